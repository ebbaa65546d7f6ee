package lookalike

import (
	"strings"
	"testing"
	"time"

	"github.com/honmono/honmono/detector/internal/domain"
)

var fuzzTargets = []Target{
	{Domain: "amazon.co.jp", Brand: "amazon", Keywords: []string{"amazon", "amzn"}, MayResemble: []string{"amazing.com"}},
	{Domain: "amazon.com", Brand: "amazon", Keywords: []string{"amazon", "amzn"}},
	{Domain: "jcb.co.jp", Brand: "jcb", Keywords: []string{"jcb", "myjcb"}},
	{Domain: "eki-net.com", Brand: "ekinet", Keywords: []string{"eki-net", "eki"}},
	{Domain: "au.com", Brand: "au", Keywords: []string{"au", "aupay"}},
	{Domain: "apple.com", Brand: "apple", Keywords: []string{"apple"}},
	{Domain: "line.me", Brand: "line", Keywords: []string{"line"}},
	{Domain: "xn--eckwd4c7c.jp", Brand: "domain"},
	{Domain: "mycompany.example"},
}

func fuzzSeeds(f *testing.F) {
	for _, h := range benchHosts {
		f.Add(h, "example.com")
	}
	for _, h := range []string{
		"", ".", "..", "a", "com", "amazon", "amazon.co.jp", "xn--.com", "xn--a.xn--b.c", "-.-.-", "a.-b-.com", "a__b.com",
		strings.Repeat("a.", 126) + "com", strings.Repeat("jcb", 21) + ".top", strings.Repeat("amazon-", 36) + ".cn",
		"xn--wgv71a119e.jp", "xn--" + strings.Repeat("ex", 29) + ".com", "192.0.2.1", "[::1]", "\xff\xfe.com", "łłłłłłłł.com",
	} {
		f.Add(h, "paypal.com")
	}
}

// FuzzCheck: no panic, bounded matches, and a host that is protected or below
// one imitates nothing.
func FuzzCheck(f *testing.F) {
	fuzzSeeds(f)
	x := NewIndex(fuzzTargets)
	f.Fuzz(func(t *testing.T, host, _ string) {
		ms := x.Check(host)
		if len(ms) > len(x.owners)+2 {
			t.Errorf("%+q: %d matches", host, len(ms))
		}
		seen := map[string]bool{}
		for i, m := range ms {
			if m.Strength < Hint || m.Strength > Strong || m.Kind < Homograph || m.Kind > Tenant || m.Target == "" || m.Part == "" {
				t.Errorf("%+q: %+v is no match", host, m)
			}
			if i > 0 && m.Strength > ms[i-1].Strength {
				t.Errorf("%+q: %v is surer than %v before it", host, m, ms[i-1])
			}
			if m.Brand != "" && seen[m.Brand] {
				t.Errorf("%+q: two matches of %s", host, m.Brand)
			}
			seen[m.Brand] = true
		}
		for _, d := range fuzzTargets {
			if domain.Matches(host, d.Domain) && len(ms) > 0 {
				t.Errorf("%+q belongs to %s, and yet %v", host, d.Domain, ms)
			}
		}
		if again := x.Check(host); len(again) != len(ms) {
			t.Errorf("%+q: %v, then %v", host, ms, again)
		}
	})
}

// FuzzProtectMore: protecting another domain takes no match away and weakens
// none, unless the host is below that domain.
func FuzzProtectMore(f *testing.F) {
	fuzzSeeds(f)
	x := NewIndex(fuzzTargets)
	f.Fuzz(func(t *testing.T, host, more string) {
		more, err := domain.ToASCII(more)
		if err != nil || domain.Matches(host, more) {
			return
		}
		after := NewIndex(append(fuzzTargets[:len(fuzzTargets):len(fuzzTargets)], Target{Domain: more, Brand: "more", Keywords: []string{more}})).Check(host)
		for _, m := range x.Check(host) {
			found := false
			for _, a := range after {
				found = found || (a.Brand == m.Brand || a.Target == m.Target) && a.Strength >= m.Strength
			}
			if !found {
				t.Errorf("%+q: with %+q protected, %+v is gone: %+v", host, more, m, after)
			}
		}
	})
}

// TestHostile: the longest and most ambiguous hosts take milliseconds.
func TestHostile(t *testing.T) {
	targets := inventedTargets(10_000)
	x := NewIndex(targets)
	label, _ := domain.ToASCII(strings.Repeat("ł", 30))
	hosts := []string{
		strings.Repeat("a.", 1<<19) + "com",             // 1 MB
		strings.Repeat("x.", 10_000) + "com",            // 10,000 labels
		strings.Repeat("a.", 126) + "com",               // the most labels that DNS has
		strings.Repeat("rakuten-", 30) + ".cn",          // names end to end
		strings.Repeat(label+".", 5) + "com",            // 128-way ambiguous, in every label
		strings.Repeat("amazon.co.jp.", 18) + "top",     // suffixes end to end
		strings.Repeat("xn--80ak6aa92e.", 16) + "co.jp", // punycode in every label
		strings.Repeat("-", 63) + "." + strings.Repeat("0", 63) + ".com",
		"\x00\xff\xc0.\xed\xa0\x80.com",
	}
	for _, h := range hosts {
		start := time.Now()
		x.Check(h)
		UnsafeIDN(h)
		if d := time.Since(start); d > 2*time.Second {
			t.Errorf("%.40q… (%d bytes) took %v", h, len(h), d)
		}
	}
}

func BenchmarkHostile(b *testing.B) {
	x := NewIndex(inventedTargets(10_000))
	label, _ := domain.ToASCII(strings.Repeat("ł", 30))
	for name, h := range map[string]string{
		"labels":    strings.Repeat("a.", 126) + "com",
		"names":     strings.Repeat("rakuten-", 30) + ".cn",
		"ambiguous": strings.Repeat(label+".", 5) + "com",
		"suffixes":  strings.Repeat("amazon.co.jp.", 18) + "top",
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				x.Check(h)
			}
		})
	}
}
