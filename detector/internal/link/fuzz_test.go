package link

import (
	"strings"
	"testing"

	"github.com/honmono/honmono/detector/internal/domain"
)

var seeds = []string{
	"https://www.amazon.co.jp/ap/signin?x=1#y", "https:evil.example", `https:\\evil.example\@x`, "https://amazon.co.jp%2Fx@evil.example:8443/",
	"http://0x7f.1/", "http://43.00000046317760/", "http://[::ffff:127.0.0.1]/", "https://ａｍａｚｏｎ。co\u00ad.jp/../a/%2e%2E/b", "ht\ntp://a\tb.c",
	"mailto:x@example.com", "data:text/html,x ", "javascript:x()", "file:///c|/x/../..", "file:\\\\server\\share", "web+demo:/.//not-a-host/", "blob:https://x/1",
	"intent://evil.example/a#Intent;scheme=http;end", "microsoft-edge:https://evil.example", "//x", "/x", "?x", "#x", "..", "",
	"https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%253A%252F%252Fevil.example",
	"https://urldefense.com/v3/__https://evil.example/a**Bb__;44GC44GC44GC!!x", "https://urldefense.proofpoint.com/v2/url?u=https-3A__evil.example_a",
	"https://my--evil-example-org.translate.goog/?_x_tr_hp=www-&_x_tr_sch=http", "https://evil-org.cdn.ampproject.org/c/s/evil.org/x",
	"https://eu.protection.sophos.com/?d=evil.org&u=aHR0cHM6Ly9ldmlsLm9yZw==", "https://out.example.com/?a=https://a.b&b=//c.d",
	"https://secure-web.cisco.com/1x/https%3A%2F%2Fevil.org", "https://bit.ly/x", "https://xn--a/", "https://\xff\xfe/", "https://a\u202e.b/",
}

func FuzzParse(f *testing.F) {
	for i, s := range seeds {
		f.Add(s, seeds[(i*7)%len(seeds)])
	}
	for _, row := range readRows[wptRow](f, "testdata/wpt/urltestdata-http.json") {
		base := ""
		if row.Base != nil {
			base = *row.Base
		}
		f.Add(row.Input, base)
	}
	f.Fuzz(func(t *testing.T, raw, baseRaw string) {
		base, err := Parse(baseRaw, nil)
		if err != nil {
			base = nil
		}
		u, err := Parse(raw, base)
		if err != nil {
			if u != nil {
				t.Fatalf("%+q: a URL beside an error", raw)
			}
			return
		}
		href := u.String()
		// Percent-encoding triples; a code point U+FFFD for a bad byte makes nine.
		if len(href) > 9*(len(raw)+len(baseRaw))+domain.MaxHost+64 {
			t.Fatalf("%+q: %d bytes from %d", raw, len(href), len(raw))
		}
		again, err := Parse(href, nil)
		if err != nil {
			t.Fatalf("%+q: %+q is not canonical: %v", raw, href, err)
		}
		if s := again.String(); s != href {
			t.Fatalf("%+q: %+q reads again as %+q", raw, href, s)
		}
		if again.Host != u.Host || again.Kind != u.Kind || again.Numeric != u.Numeric || again.IDN != u.IDN || again.Dots != u.Dots || again.UserinfoHost != u.UserinfoHost {
			t.Fatalf("%+q: %+v reads again as %+v", raw, u, again)
		}
		if again.Invisible || again.Split || again.Folded || again.Escaped && u.Kind == Domain || again.Disguised && u.Kind == IPv4 {
			t.Fatalf("%+q: %+q is not written plainly: %+v", raw, href, again)
		}
		if u.Web() && u.Kind != Domain && u.Kind != IPv4 && u.Kind != IPv6 {
			t.Fatalf("%+q: a web URL with a host of kind %d", raw, u.Kind)
		}
	})
}

func FuzzFollow(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	r := testReader()
	f.Fuzz(func(t *testing.T, raw string) {
		u, err := Parse(raw, nil)
		if err != nil {
			return
		}
		d := r.Follow(u)
		if d.Leaf == nil || len(d.Hops) > MaxDepth+1 {
			t.Fatalf("%+q: %+v", raw, d)
		}
		// Each level decodes, so it is no longer than what it was in; base64
		// and escapes only shrink, re-encoding what they held triples.
		if n := len(d.Leaf.String()); n > 9*len(raw)+domain.MaxHost+64 {
			t.Fatalf("%+q: leaf of %d bytes", raw, n)
		}
		for i, h := range d.Hops {
			if h.Opaque && i != len(d.Hops)-1 {
				t.Fatalf("%+q: went on behind an opaque hop: %+v", raw, d.Hops)
			}
		}
		if d.Capped {
			return
		}
		again := r.Follow(d.Leaf)
		if again.Leaf.String() != d.Leaf.String() || d.Opaque() != again.Opaque() {
			t.Fatalf("%+q: the leaf %s is not the last: %s", raw, d.Leaf, again.Leaf)
		}
	})
}

func FuzzMismatch(f *testing.F) {
	for i, s := range seeds {
		f.Add(s, seeds[(i*5)%len(seeds)])
		f.Add("→ "+s+" をクリック", s)
	}
	r := testReader()
	f.Fuzz(func(t *testing.T, text, href string) {
		u, err := Parse(href, nil)
		if err != nil {
			return
		}
		d := r.Follow(u)
		shown, mismatch := r.Mismatch(text, d)
		if mismatch && (shown == nil || !d.Leaf.Web()) {
			t.Fatalf("%+q, %+q: mismatch with nothing to show", text, href)
		}
		if first, ok := TextURL(text); ok != (first != nil) {
			t.Fatalf("%+q: %v, %v", text, first, ok)
		}
		// A link that shows itself is honest about where it goes.
		if s := u.String(); u.Web() && len(s) < MaxText && !u.HasUserinfo() && domain.Listed(u.Host) && !strings.ContainsAny(u.Host, "()<>{}|\"'`^*,;!") {
			if shown, mismatch := r.Mismatch(s, d); mismatch {
				t.Fatalf("%+q: shows itself, %v, leaf %v: mismatch", s, shown, d.Leaf)
			}
		}
	})
}
