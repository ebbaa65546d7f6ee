package spoof

import (
	"os"
	"strings"
	"testing"

	"github.com/honmono/honmono/detector/internal/domain"
)

// deviations from Chromium, and why.
var deviations = map[string]string{
	"xn--fgb.com":   "Chromium: on Apple's systems only, whose fonts lack the letter",
	"xn--fu-hia.de": "safe in today's Chromium, which no longer maps ß to ss",
}

// TestChromium holds the rows that say what is unsafe by itself. A host that
// Chromium calls unsafe because it looks like a domain of its test list, which
// is then the last column, is for package lookalike to tell; its tests hold those.
func TestChromium(t *testing.T) {
	b, err := os.ReadFile("testdata/chromium-idn.tsv")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 5 {
			t.Fatalf("%q: %d fields", line, len(f))
		}
		if seen++; f[4] != "" {
			continue
		}
		host, err := domain.ToASCII(f[0])
		if err != nil {
			host = f[0] // what no browser would look up must not be called safe either
		}
		reason, unsafe := Unsafe(host)
		agrees := unsafe == (f[1] != "kSafe")
		switch why, known := deviations[f[0]]; {
		case !agrees && !known:
			t.Errorf("%s %+q is %s (%s), Unsafe says %v %s", f[0], f[2], f[1], f[3], unsafe, reason)
		case agrees && known:
			t.Errorf("%s %+q is %s as in Chromium; it stands among the deviations: %s", f[0], f[2], f[1], why)
		}
	}
	if seen < 200 {
		t.Errorf("only %d rows", seen)
	}
}

func TestReasons(t *testing.T) {
	for _, c := range []struct{ host, want string }{
		{"example.com", ""}, {"münchen.de", ""}, {"日本語.jp", ""}, {"東京ガス.jp", ""}, {"россия.рф", ""}, {"l·l.cat", ""},
		{"þór.is", ""}, {"ə.az", ""},
		{"аррӏе.com", ReasonWholeScript}, {"ρau.com", ReasonMixedScript}, {"раypal.com", ReasonMixedScript},
		{"google·com.com", ReasonStroke}, {"amazon丿jp.com", ReasonStroke}, {"日本ー野球.jp", ReasonStroke},
		{"þór.com", ReasonLetter}, {"pi\u0307xel.com", ReasonMarks}, {"৪৭.com", ReasonDigits}, {"1շ.com", ReasonDigits},
		{"accountvıewer.com", ReasonDecorated}, {"magıceden.com", ReasonDecorated}, {"chạinlink.net", ReasonDecorated},
		{"ışıkevi.com", ""}, {"bạnbè.com", ""}, {"walletşop.com.tr", ""}, {"résumé-online.com", ""}, {"señoritas.com", ""}, {"ılık.com", ""},
		{"xn--a.com", ReasonInvalid}, {"xn--bc-9x80a.xyz", ReasonInvalid}, {"➯.ws", ReasonSymbol}, {"xn--11b6iy14e.in", ReasonInvisible}, {"نامه\u200cای.com", ReasonInvisible},
	} {
		host, err := domain.ToASCII(c.host)
		if err != nil {
			host = c.host
		}
		if got, _ := Unsafe(host); got != c.want {
			t.Errorf("Unsafe(%+q) = %q, want %q", c.host, got, c.want)
		}
	}
}

func TestBounded(t *testing.T) {
	for _, h := range []string{strings.Repeat("xn--80ak6aa92e.", 100000), "xn--" + strings.Repeat("a", 1<<20), strings.Repeat(".", 300), "xn--", "", "\xff.xn--80ak6aa92e.com"} {
		Unsafe(h)
	}
}

func FuzzUnsafe(f *testing.F) {
	for _, s := range []string{"xn--80ak6aa92e.com", "xn--e1argc3h.xn--p1ai", "xn--google-gn7i.com", "xn--a-oju.jp", "xn--", "a.b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		reason, unsafe := Unsafe(s)
		if unsafe != (reason != "") {
			t.Errorf("Unsafe(%+q) = %q, %v", s, reason, unsafe)
		}
		if unsafe && !domain.IsIDN(s) {
			t.Errorf("%+q is no IDN, but unsafe: %s", s, reason)
		}
	})
}
