package detector

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/honmono/honmono/detector/rules"
)

// newsletter is a mail of about n bytes built as mailing tools build them:
// nested tables, inline styles, a picture and a link a row.
func newsletter(n int) string {
	const row = `<tr><td style="padding:12px 24px;font-family:Helvetica,Arial,sans-serif;font-size:14px;color:#333333"><table width="100%" cellpadding="0" cellspacing="0"><tr><td width="120"><a href="https://www.example.com/item/12345?utm_source=mail"><img src="https://img.example.com/12345.jpg" width="120" height="90" alt="Item"></a></td><td><h3 style="margin:0">今週のおすすめ</h3><p>送料無料でお届けします。Free delivery on your next order, while stocks last.</p><a href="https://www.example.com/item/12345" style="color:#0066c0;text-decoration:none">くわしく見る</a></td></tr></table></td></tr>`
	var b strings.Builder
	b.WriteString(`<html><body><table width="600">`)
	for i := range max(1, n/len(row)) {
		// Every row links to another item, as real ones do.
		b.WriteString(strings.ReplaceAll(row, "12345", strconv.Itoa(10000+i)))
	}
	b.WriteString(`</table></body></html>`)
	return b.String()
}

// BenchmarkCheck measures a full verdict, and goquery's parse of the same HTML
// for comparison. BenchmarkCheckRatio compares them.
func BenchmarkCheck(b *testing.B) {
	d := newDetector(b)
	for _, size := range benchSizes {
		m := benchMail(size.n)
		b.Run(size.name+"/parse", func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(m.HTML)))
			for b.Loop() {
				parse(b, m.HTML)
			}
		})
		b.Run(size.name+"/verdict", func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(m.HTML)))
			for b.Loop() {
				d.Check(m)
			}
		})
	}
}

// BenchmarkCheckRatio is the budget: a full verdict takes at most 1.5 times as
// long as goquery needs to parse the same HTML. The two take turns, some
// milliseconds each, and the quickest turn of each counts: on a machine that
// does other work too, both are slowed alike and now and then not at all.
func BenchmarkCheckRatio(b *testing.B) {
	d := newDetector(b)
	for _, size := range benchSizes {
		b.Run(size.name, func(b *testing.B) {
			m := benchMail(size.n)
			turn := 1 + (256<<10)/len(m.HTML)
			best := [2]time.Duration{math.MaxInt64, math.MaxInt64}
			for b.Loop() {
				for who := range best {
					start := time.Now()
					for range turn {
						if who == 0 {
							parse(b, m.HTML)
						} else {
							d.Check(m)
						}
					}
					best[who] = min(best[who], time.Since(start)/time.Duration(turn))
				}
			}
			b.ReportMetric(float64(best[0].Microseconds()), "parse-µs")
			b.ReportMetric(float64(best[1].Microseconds()), "verdict-µs")
			b.ReportMetric(float64(best[1])/float64(best[0]), "x-parse")
			b.ReportMetric(0, "ns/op")
		})
	}
}

var benchSizes = []struct {
	name string
	n    int // bytes of HTML
}{{"5KB", 5 << 10}, {"50KB", 50 << 10}, {"500KB", 500 << 10}}

func benchMail(n int) Message {
	return Message{From: Address{"Example Shop", "news@example.com"}, Subject: "今週のおすすめ", HTML: newsletter(n)}
}

func parse(b *testing.B, html string) {
	if _, err := goquery.NewDocumentFromReader(strings.NewReader(html)); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkNew measures what a browser does at every start.
func BenchmarkNew(b *testing.B) {
	set := rules.Default()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := New(set); err != nil {
			b.Fatal(err)
		}
	}
}
