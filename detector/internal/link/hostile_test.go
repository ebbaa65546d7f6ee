package link

import (
	"strings"
	"testing"

	"github.com/honmono/honmono/detector/internal/domain"
)

// hostile holds inputs made to cost: each must be refused, or read in time
// linear in its length. The benchmark of the same name says how long.
func hostile() map[string]string {
	mega := func(s string) string { return strings.Repeat(s, (MaxURL-100)/len(s)) }
	return map[string]string{
		"path":         "https://example.org/" + mega("a"),
		"dot segments": "https://example.org/" + mega("a/../"),
		"climbing":     "https://example.org/" + mega("../"),
		"spaces":       "https://example.org/" + mega(" "),
		"newlines":     "https://exa" + mega("\n") + "mple.org/",
		"bytes":        "https://example.org/" + mega("\xff"),
		"percents":     "https://example.org/?u=" + mega("%25"),
		"userinfo":     "https://" + mega("a@") + "example.org/",
		"colons":       "https://" + mega(":") + "@example.org/",
		"slashes":      "https:" + mega("/") + "example.org",
		"ports":        "https://example.org:" + mega("0") + "/",
		"labels":       "https://" + strings.Repeat("a.", 10000) + "org/",
		"many labels":  "https://" + strings.Repeat("a.", domain.MaxHost/2-2) + "org/",
		"idn labels":   "https://" + strings.Repeat("é.", domain.MaxHost/8-2) + "org/",
		"idn":          "https://" + strings.Repeat("é", domain.MaxHost/2-2) + "/",
		"soft hyphens": "https://a" + strings.Repeat("\u00ad", domain.MaxHost/2-4) + ".org/",
		"host":         "https://" + mega("a") + "/",
		"escaped host": "https://" + mega("%41") + "/",
		"ipv4":         "https://0x" + strings.Repeat("0", domain.MaxHost-2) + "/",
		"ipv6":         "https://[" + mega("0:") + "]/",
		"parameters":   "https://out.example.com/?" + mega("a=1&"),
		"urls":         "https://out.example.com/?" + mega("a=http://b.org&"),
		"paths":        "https://secure-web.cisco.com/" + mega("http"),
		"segments":     "https://secure-web.cisco.com/" + mega("aHR0c/"),
		"stars":        "https://urldefense.com/v3/__https://example.org/" + mega("**_") + "__;YWE!!",
		"nested":       nested(),
		"translate":    "https://" + strings.Repeat("a-", domain.MaxHost/2-20) + "org.translate.goog/?" + mega("_x_tr_sl=a&")[domain.MaxHost:],
		"mailer":       "https://mandrillapp.com/" + strings.Repeat("a.", domain.MaxHost/2) + mega("/a.org")[domain.MaxHost:],
	}
}

// nested is a redirector around itself as often as fits, not encoded, so that
// every level is there at once.
func nested() string {
	const level = "https://www.google.com/url?q="
	return strings.Repeat(level, MaxURL/len(level)-1) + "https://example.org/"
}

func TestHostile(t *testing.T) {
	refused := map[string]bool{
		"labels": true, "host": true, "escaped host": true, "ipv6": true,
	}
	r := testReader()
	for name, raw := range hostile() {
		t.Run(name, func(t *testing.T) {
			u, err := Parse(raw, nil)
			if (err != nil) != refused[name] {
				t.Fatalf("error %v", err)
			}
			if err != nil {
				return
			}
			if !u.Oversized {
				t.Error("not oversized")
			}
			if n := len(u.String()); n > 9*len(raw)+domain.MaxHost {
				t.Errorf("%d bytes of %d", n, len(raw))
			}
			d := r.Follow(u)
			if len(d.Hops) > MaxDepth {
				t.Errorf("%d hops", len(d.Hops))
			}
			r.Mismatch("https://amazon.co.jp/"+raw, d)
			r.Mismatch(raw, d)
		})
	}
	if _, err := Parse("https://example.org/"+strings.Repeat("a", MaxURL), nil); err == nil {
		t.Error("longer than MaxURL, and read")
	}
}

func BenchmarkHostile(b *testing.B) {
	r := testReader()
	for name, raw := range hostile() {
		b.Run(strings.ReplaceAll(name, " ", "-"), func(b *testing.B) {
			b.SetBytes(int64(len(raw)))
			b.ReportAllocs()
			for b.Loop() {
				if u, err := Parse(raw, nil); err == nil {
					r.Mismatch(raw, r.Follow(u))
				}
			}
		})
	}
}
