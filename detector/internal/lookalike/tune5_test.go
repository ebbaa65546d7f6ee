package lookalike

import (
	"fmt"
	"strings"
	"testing"
)

func BenchmarkTuneReal(b *testing.B) {
	var all []Target
	for s := lines(sharedFile(b, "corpora/top-domains.tsv.gz")); s.Scan() && len(all) < 100000; {
		d, _, _ := strings.Cut(strings.Split(s.Text(), "\t")[1], "/")
		all = append(all, Target{Domain: d})
	}
	for _, n := range sizes {
		x := NewIndex(append(inventedTargets(5), all[:n]...))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			i := 0
			b.ReportAllocs()
			for b.Loop() {
				x.Check(benchHosts[i%len(benchHosts)])
				i++
			}
		})
	}
}
