package detector

import (
	"strconv"
	"strings"
	"testing"

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

// BenchmarkCheck measures a full verdict beside goquery's parse of the same
// HTML: the budget is 1.5 times.
func BenchmarkCheck(b *testing.B) {
	d := newDetector(b)
	for _, size := range []struct {
		name string
		n    int
	}{{"5KB", 5 << 10}, {"50KB", 50 << 10}, {"500KB", 500 << 10}} {
		html := newsletter(size.n)
		m := Message{From: Address{"Example Shop", "news@example.com"}, Subject: "今週のおすすめ", HTML: html}
		b.Run(size.name+"/parse", func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(html)))
			for b.Loop() {
				if _, err := goquery.NewDocumentFromReader(strings.NewReader(html)); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(size.name+"/verdict", func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(html)))
			for b.Loop() {
				d.Check(m)
			}
		})
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
