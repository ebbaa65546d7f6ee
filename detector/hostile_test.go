package detector

import (
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/honmono/honmono/detector/rules"
)

// hostile are ways to make a reader of HTML slow or large, n bytes of each.
var hostile = []struct {
	name string
	make func(n int) string
}{
	{"nested", func(n int) string { return strings.Repeat("<div>", n/5) }},
	{"nested-links", func(n int) string { return strings.Repeat(`<a href=//a.example>x<b>`, n/24) }},
	{"links", func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			b.WriteString(`<a href="https://h` + string(rune('a'+i%26)) + strings.Repeat("x", i%40) + `.example/?q=aGVsbG8=">verify</a>`)
		}
		return b.String()
	}},
	{"styles", func(n int) string {
		return strings.Repeat(`<p style="color:red;font-size:0;`+strings.Repeat("width:1px;", 50)+`">x`, n/540)
	}},
	{"attributes", func(n int) string { return "<p " + strings.Repeat(`a="b" `, n/6) + ">" }},
	{"one-tag", func(n int) string { return `<a href="` + strings.Repeat("x", n) + `">` }},
	{"text", func(n int) string { return strings.Repeat("アカウント verify your account ", n/40) }},
	{"marks", func(n int) string { return "a" + strings.Repeat("\u0301", n/2) }},
	{"invisible", func(n int) string { return strings.Repeat("a\u200b", n/4) }},
	{"tables", func(n int) string { return strings.Repeat("<table><tr><td>x<b>", n/19) }},
	{"formatting", func(n int) string { return strings.Repeat("<b><i><a><p>", n/12) }},
	{"half-tags", func(n int) string { return strings.Repeat("<", n) }},
	{"comments", func(n int) string { return strings.Repeat("<!--x-->y", n/9) }},
	{"entities", func(n int) string { return strings.Repeat("&amp;&#x200b;", n/13) }},
}

// peak answers the verdict, the time it took and the most memory that was in use
// for it at once, in bytes. The collector is made to run all the time: what it
// has not got round to is not in use.
func peak(d *Detector, m Message) (v Verdict, took time.Duration, bytes uint64) {
	defer debug.SetGCPercent(debug.SetGCPercent(5))
	runtime.GC()
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	base := s.HeapAlloc
	done := make(chan struct{})
	go func() {
		defer close(done)
		start := time.Now()
		v = d.Check(m)
		took = time.Since(start)
	}()
	for {
		select {
		case <-done:
			return v, took, bytes
		default:
			runtime.ReadMemStats(&s)
			if s.HeapAlloc > base {
				bytes = max(bytes, s.HeapAlloc-base)
			}
			runtime.Gosched()
		}
	}
}

// Ten megabytes take no more than ten times their size in memory, whatever is in
// them. A mail small enough for a tree may take more times its size, but never
// more than a large one.
func TestHostileMemory(t *testing.T) {
	if testing.Short() || runtime.GOOS == "js" {
		t.Skip("reads large mails, and watches from another thread")
	}
	d, err := New(rules.Default())
	if err != nil {
		t.Fatal(err)
	}
	const most = 160 << 20
	for _, h := range hostile {
		for _, n := range []int{1 << 20, 10 << 20} { // as a tree, and as tokens
			html := h.make(n)
			v, _, bytes := peak(d, Message{From: Address{Address: "a@b.example"}, HTML: html})
			if times := float64(bytes) / float64(len(html)); bytes > most || n == 10<<20 && times > 10 {
				t.Errorf("%s: %d bytes of HTML took %d of memory, %.1f times as much", h.name, len(html), bytes, times)
			}
			if v.Level == "" {
				t.Errorf("%s: no verdict", h.name)
			}
		}
	}
}

// BenchmarkHostile is the budget: 10 MB of anything within 2 s. The worst of
// hostile counts.
func BenchmarkHostile(b *testing.B) {
	d := newDetector(b)
	for _, h := range hostile {
		b.Run(h.name, func(b *testing.B) {
			m := Message{From: Address{Address: "a@b.example"}, HTML: h.make(10 << 20)}
			for b.Loop() {
				d.Check(m)
			}
			_, _, bytes := peak(d, m)
			b.ReportMetric(float64(bytes)/float64(len(m.HTML)), "x-input")
		})
	}
}
