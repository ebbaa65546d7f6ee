package lookalike

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// benchHosts are links as mails have them: honest ones first, then attacks on
// the targets below and on others. Every benchmark asks about all in turn.
var benchHosts = []string{
	"www.example.com", "click.email.example.co.jp", "store.steamgames.net", "github.com", "www.city.kyoto.lg.jp",
	"news.ycombinator.com", "d1a2b3c4.cloudfront.net", "tracking.newsletter-service.example.org", "blog.hatena.ne.jp",
	"www3.nhk-ondemand.example", "support.pineapple-online.com", "adhlawfirm.com", "mail.university.ac.jp", "img.shop-pro.jp",
	"amazon.co.jp.evil.top", "www-rakuten-co-jp.xn5.cn", "paypa1.com", "xn--80ak6aa92e.com", "myjcb-card.login.top", "amaznon.co.jp.xyz.cn",
}

// inventedTargets are n domains whose names are made of syllables, as those of
// companies are, and the targets of the attacks above.
func inventedTargets(n int) []Target {
	r := rand.New(rand.NewPCG(1, 2))
	onsets := []string{"b", "c", "ch", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "sh", "st", "t", "tr", "v", "w", "y", "z", ""}
	rimes := []string{"a", "e", "i", "o", "u", "ai", "ou", "an", "en", "in", "on", "ar", "er", "or", "al", "el", "us", "ix"}
	syllable := func() string { return onsets[r.IntN(len(onsets))] + rimes[r.IntN(len(rimes))] }
	suffixes := []string{"com", "co.jp", "jp", "net", "de", "co.uk", "ne.jp", "io"}
	targets := []Target{
		{Domain: "amazon.co.jp", Brand: "amazon", Keywords: []string{"amazon"}}, {Domain: "rakuten.co.jp", Brand: "rakuten", Keywords: []string{"rakuten"}},
		{Domain: "paypal.com", Brand: "paypal", Keywords: []string{"paypal"}}, {Domain: "apple.com", Brand: "apple", Keywords: []string{"apple"}},
		{Domain: "jcb.co.jp", Brand: "jcb", Keywords: []string{"jcb", "myjcb"}},
	}
	for i := 0; len(targets) < n; i++ {
		name := ""
		for range 2 + r.IntN(4) {
			name += syllable()
		}
		if r.IntN(5) == 0 {
			name += "-" + syllable() + syllable()
		}
		targets = append(targets, Target{Domain: name + "." + suffixes[r.IntN(len(suffixes))]})
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
