package domain

import (
	"strings"
	"testing"
)

// The web-platform-tests vectors are held against package link, whose host
// parser these functions are the greater part of. Here stand the edges.
func TestToASCII(t *testing.T) {
	for _, c := range []struct{ host, want string }{
		{"Amazon.CO.JP", "amazon.co.jp"},
		{"amazon\u00ad.co\u00ad.jp", "amazon.co.jp"},
		{"ａｍａｚｏｎ．ｃｏ．ｊｐ", "amazon.co.jp"},
		{"amazon。co｡jp", "amazon.co.jp"},
		{"𝐚𝐦𝐚𝐳𝐨𝐧.jp", "amazon.jp"},
		{"\U0001CCD6mazon.jp", "amazon.jp"}, // outlined a: Unicode 16
		{"ama\u2063zon.jp", "amazon.jp"},    // invisible separator: dropped since Unicode 16
		{"amazon\u3164.jp", "amazon.jp"},    // Hangul filler, likewise
		{"faß.de", "xn--fa-hia.de"},
		{"STRAẞE.de", "xn--strae-oqa.de"},
		{"a_b.example.com", "a_b.example.com"},
		{"r3---sn-apo3qvuoxuxbt-j5pe.example.com", "r3---sn-apo3qvuoxuxbt-j5pe.example.com"},
		{"example.com.", "example.com."},
		{"xn--a.com", "xn--a.com"}, // all ASCII is not looked into
		{"", ""}, {"\u00ad", ""}, {"a b", ""}, {"a/b", ""}, {"a%b", ""}, {"a／b", ""}, {"a＠b", ""},
		{"\xff", ""}, {"xn--é", ""}, {"xn--é-", ""}, {"XN--é-x.jp", ""}, {"ｘn－-é-.jp", ""}, {"xn\u00ad--é-.jp", ""}, {"é.xn--", ""}, {"é.xn--。jp", ""}, {"a\u202eb", ""},
		{strings.Repeat("a", MaxHost) + "é", ""},
		{strings.Repeat("a", MaxHost+1), ""},
	} {
		got, err := ToASCII(c.host)
		if got != c.want || (err != nil) != (c.want == "") {
			t.Errorf("ToASCII(%+q) = %+q, %v, want %+q", c.host, got, err, c.want)
		}
	}
}

func TestUnicode(t *testing.T) {
	for host, want := range map[string]string{
		"xn--bcher-kva.example.com": "bücher.example.com",
		"a.xn--mazon-zjc.co.jp":     "a.ɑmazon.co.jp",
		"xn--a.xn--bcher-kva.com":   "xn--a.bücher.com", // one bad label stays
		"xn--.com":                  "xn--.com",
		"example.com":               "example.com",
		"exn--bcher-kva.com":        "exn--bcher-kva.com",
	} {
		if got := Unicode(host); got != want {
			t.Errorf("Unicode(%+q) = %+q, want %+q", host, got, want)
		}
		if IsIDN(host) != (want != host || strings.HasPrefix(host, "xn--")) {
			t.Errorf("IsIDN(%+q) = %v", host, IsIDN(host))
		}
	}
}

func FuzzToASCII(f *testing.F) {
	for _, s := range []string{
		"amazon.co.jp", "ａｍａｚｏｎ。jp", "xn--bcher-kva.de", "xn--a", "a\u00ad.jp", "١٢٣.jp", "\u202eabc", "a..b.", "פּ.jp",
		"\xff\xfe", "𝐚.𝟙", "\u1e9e.de", "a.b.web.app", "x.city.kobe.jp", "..ck", "192.0.2.1",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := ToASCII(s)
		if err != nil {
			if a != "" {
				t.Fatalf("%+q: %+q beside an error", s, a)
			}
			return
		}
		if len(a) > MaxHost {
			t.Fatalf("%d bytes", len(a))
		}
		if again, err := ToASCII(a); again != a || err != nil {
			t.Fatalf("%+q: %+q is not canonical: %+q, %v", s, a, again, err)
		}
		u := Unicode(a)
		if len(u) > 4*MaxHost {
			t.Fatalf("%d bytes", len(u))
		}
		r := Registrable(a)
		if r != "" && !Matches(a, r) {
			t.Fatalf("%+q: registrable %+q", a, r)
		}
		if Registrable(s) != r {
			t.Fatalf("%+q: registrable %+q, of %+q %+q", s, Registrable(s), a, r)
		}
		if r != "" && Registrable(r) != r {
			t.Fatalf("%+q: registrable of %+q is %+q", a, r, Registrable(r))
		}
		if i := ICANNRegistrable(a); r != "" && i != "" && !Matches(r, i) {
			t.Fatalf("%+q: ICANN %+q is no part of %+q", a, i, r)
		}
	})
}

func BenchmarkRegistrable(b *testing.B) {
	for _, host := range []string{"www.amazon.co.jp", "a.amazon.web.app", "xn--u9j9ea7jjc1ld2f6ef3r6692ghf0b.bjugfrrjh.com"} {
		b.Run(host, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Registrable(host)
			}
		})
	}
}

func BenchmarkToASCII(b *testing.B) {
	for name, host := range map[string]string{
		"ascii":       "www.amazon.co.jp",
		"idn":         "アップルジャパンのログインid.thisweekpunch.com",
		"labels":      strings.Repeat("a.", MaxHost/2),
		"idn-labels":  strings.Repeat("é.", MaxHost/3),
		"long-label":  strings.Repeat("é", MaxHost/2-1),
		"punycode":    "é.xn--" + strings.Repeat("z", MaxHost/2),
		"soft-hyphen": "a" + strings.Repeat("\u00ad", MaxHost/2-5) + ".jp",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ToASCII(host)
			}
		})
	}
}
