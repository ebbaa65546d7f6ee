package spoof

import (
	"os"
	"strings"
	"testing"

	"github.com/honmono/honmono/detector/internal/domain"
)

// deviations from Chromium, and why. A host that Chromium calls unsafe because
// it looks like a domain of its test list is for package lookalike to tell,
// whose tests hold these rows again.
var deviations = map[string]string{
	"www.xn--igklmo68-kcb.com":       "looks like digklmo68.com",
	"xn--digklmo68-7vf.com":          "looks like digklmo68.com",
	"xn--digkmo68-9ob.com":           "looks like digklmo68.com",
	"xn--l1acpzs.com":                "looks like wmhtb.com",
	"xn--b1atdu1a.com":               "looks like wmhtb.com",
	"xn--pktb-5xa.com":               "looks like phktb.com",
	"xn--phkb-d7a.com":               "looks like phktb.com",
	"xn--wmr-jxa.com":                "looks like wmnr.com",
	"xn--03ae.com":                   "looks like rf.com",
	"xn--ce-0ia.com":                 "looks like aece.com",
	"xn--6ca2t.com":                  "looks like aeoe.com",
	"xn--wder-qqa.com":               "looks like woder.com",
	"xn--xample-9ua.test.xn--nt-bja": "looks like test.net",
	"xn--fgb.com":                    "Chromium: on Apple's systems only, whose fonts lack the letter",
	"xn--fu-hia.de":                  "safe in today's Chromium, which no longer maps ß to ss",
}

func TestChromium(t *testing.T) {
	b, err := os.ReadFile("testdata/chromium-idn.tsv")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 4 {
			t.Fatalf("%q: %d fields", line, len(f))
		}
		seen++
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
