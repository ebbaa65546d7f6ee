package lookalike

import (
	"fmt"
	"testing"

	"github.com/honmono/honmono/detector/internal/domain"
	"github.com/honmono/honmono/detector/internal/lookalike/sample"
)

// benchHosts are what every benchmark asks about, all in turn.
var benchHosts = sample.Hosts

// inventedTargets are n protected domains, the targets of some hosts among them.
func inventedTargets(n int) []Target {
	targets := make([]Target, 0, n)
	for _, d := range sample.Domains(n) {
		t := Target{Domain: d.Name, Brand: d.Brand}
		if d.Keyword != "" {
			t.Keywords = []string{d.Keyword}
		}
		targets = append(targets, t)
	}
	return targets
}

var sizes = []int{1_000, 10_000, 100_000}

// BenchmarkCheck is one host against n protected domains.
func BenchmarkCheck(b *testing.B) {
	for _, n := range sizes {
		x := NewIndex(inventedTargets(n))
		b.Run(fmt.Sprintf("domains=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				x.Check(benchHosts[i%len(benchHosts)])
				i++
			}
		})
	}
}

// BenchmarkCheckHost is each kind of host against 10,000 protected domains.
func BenchmarkCheckHost(b *testing.B) {
	x := NewIndex(inventedTargets(10_000))
	for _, h := range benchHosts {
		b.Run(h, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				x.Check(h)
			}
		})
	}
}

// BenchmarkNewIndex is the building of an index of n protected domains.
func BenchmarkNewIndex(b *testing.B) {
	for _, n := range sizes {
		targets := inventedTargets(n)
		b.Run(fmt.Sprintf("domains=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			var x *Index
			for b.Loop() {
				x = NewIndex(targets)
			}
			_, bytes := x.size()
			b.ReportMetric(float64(bytes)/float64(n), "bytes/domain")
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/domain")
		})
	}
}

// BenchmarkPublicSuffix is the division of one host by the Public Suffix List.
func BenchmarkPublicSuffix(b *testing.B) {
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		domain.Cut(benchHosts[i%len(benchHosts)])
		i++
	}
}

// TestAllocations: a link that imitates nobody costs next to nothing.
func TestAllocations(t *testing.T) {
	x := NewIndex(inventedTargets(1_000))
	for host, want := range map[string]float64{"www.example.com": 1, "click.email.example.co.jp": 2, "amazon.co.jp.evil.top": 16} {
		if n := testing.AllocsPerRun(100, func() { x.Check(host) }); n > want {
			t.Errorf("%s: %v allocations, want at most %v", host, n, want)
		}
	}
}
