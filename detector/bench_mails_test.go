package detector

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// mailsOf returns about n mails in HTML of a corpus, evenly spread over it. The
// corpora are no part of the repository; a benchmark is skipped without them.
func mailsOf(b *testing.B, corpus string, n int) []Message {
	b.Helper()
	f, err := os.Open(filepath.Join("../../shared/corpora", corpus))
	if err != nil {
		b.Skip("the corpora are not here: ", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		b.Fatal(err)
	}
	var all []Message
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var row struct {
			From    string `json:"from_name"`
			Address string `json:"from_addr"`
			Subject string `json:"subject"`
			HTML    string `json:"html"`
			Text    string `json:"text"`
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			b.Fatal(err)
		}
		if len(row.HTML) >= 500 {
			all = append(all, Message{From: Address{row.From, row.Address}, Subject: row.Subject, HTML: row.HTML, Text: row.Text})
		}
	}
	if err := lines.Err(); err != nil {
		b.Fatal(err)
	}
	some := make([]Message, 0, n)
	for i := range min(n, len(all)) {
		some = append(some, all[i*len(all)/min(n, len(all))])
	}
	return some
}

// BenchmarkCheckMails is BenchmarkCheckRatio for mails that people were sent: all
// their verdicts beside all their parses, of each mail the quickest turn of either.
// Their hosts have been seen before, as most of a person's mail is.
func BenchmarkCheckMails(b *testing.B) {
	d := newDetector(b)
	for _, corpus := range []struct{ name, file string }{{"phishing", "phish-mail.jsonl.gz"}, {"genuine", "ham-mail.jsonl.gz"}} {
		b.Run(corpus.name, func(b *testing.B) {
			mails := mailsOf(b, corpus.file, 100)
			best := make([][2]time.Duration, len(mails))
			for i := range best {
				best[i] = [2]time.Duration{math.MaxInt64, math.MaxInt64}
			}
			for b.Loop() {
				for i := range mails {
					for who := range best[i] {
						start := time.Now()
						if who == 0 {
							parse(b, mails[i].HTML)
						} else {
							d.Check(mails[i])
						}
						best[i][who] = min(best[i][who], time.Since(start))
					}
				}
			}
			var sum [2]time.Duration
			for i := range best {
				sum[0] += best[i][0]
				sum[1] += best[i][1]
			}
			n := time.Duration(len(mails))
			b.ReportMetric(float64((sum[0]/n).Nanoseconds())/1000, "parse-µs")
			b.ReportMetric(float64((sum[1]/n).Nanoseconds())/1000, "verdict-µs")
			b.ReportMetric(float64(sum[1])/float64(sum[0]), "x-parse")
			b.ReportMetric(0, "ns/op")
		})
	}
}
