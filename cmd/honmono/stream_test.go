package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// mailbox writes a directory of n mails of about 20 KB.
func mailbox(t testing.TB, n int) string {
	t.Helper()
	dir := t.TempDir()
	body := strings.Repeat("<p>今週のおすすめ <a href=https://shop.example/item>くわしく見る</a></p>\r\n", 200)
	for i := range n {
		text := fmt.Sprintf("From: Shop %d <news@shop.example>\r\nSubject: number %d\r\nMessage-ID: <%05d@shop.example>\r\nContent-Type: text/html; charset=utf-8\r\n\r\n%s", i, i, i, body)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%05d.eml", i)), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// A gauge reads the lines of "check --json": whether they come in the order of
// the files, and how much memory is in use meanwhile.
type gauge struct {
	t     *testing.T
	lines int
	most  uint64 // bytes
}

func (g *gauge) Write(p []byte) (int, error) {
	if want := fmt.Sprintf("%05d", g.lines); !bytes.Contains(p, []byte(want)) {
		g.t.Errorf("line %d is not of %s.eml: %.200s", g.lines, want, p)
	}
	if g.lines++; g.lines%50 == 0 {
		var s runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&s)
		g.most = max(g.most, s.HeapAlloc)
	}
	return len(p), nil
}

// A directory is read as it is judged: four times the mails take no more memory,
// and they come out in their order.
func TestCheckStreams(t *testing.T) {
	if testing.Short() {
		t.Skip("judges some hundred mails")
	}
	use := func(n int) uint64 {
		g := &gauge{t: t}
		if status := run([]string{"check", "--json", mailbox(t, n)}, environment{stdin: strings.NewReader(""), stdout: g, stderr: io.Discard, lang: "en_GB.UTF-8"}); status != exitOK || g.lines != n {
			t.Fatalf("status %d after %d of %d mails", status, g.lines, n)
		}
		return g.most
	}
	few, many := use(150), use(600)
	if many > few+4<<20 {
		t.Errorf("600 mails took %d bytes of memory, 150 took %d", many, few)
	}
}

// BenchmarkCheckDirectory judges a directory of 10,000 mails: run it with
// -cpu=1,2,4 to see the cores used.
func BenchmarkCheckDirectory(b *testing.B) {
	const mails = 10_000
	dir := mailbox(b, mails)
	for b.Loop() {
		run([]string{"check", "--json", dir}, environment{stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard, lang: "en_GB.UTF-8"})
	}
	b.ReportMetric(b.Elapsed().Seconds()*1e6/float64(b.N*mails), "µs/mail")
}
