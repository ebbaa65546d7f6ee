package link

import (
	"encoding/base64"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// testReader knows a few hosts of each kind; the full lists are rules.
func testReader() *Reader {
	return NewReader(Config{
		Wrappers: []Wrapper{
			{Name: "Safe Links", Kind: Gateway, Host: "safelinks.protection.outlook.com", Method: "query", Params: []string{"url"}},
			{Name: "Proofpoint v1", Kind: Gateway, Host: "urldefense.proofpoint.com", Path: "/v1/url", Method: "proofpoint-v1"},
			{Name: "Proofpoint v2", Kind: Gateway, Host: "urldefense.proofpoint.com", Path: "/v2/url", Method: "proofpoint-v2"},
			{Name: "Proofpoint v3", Kind: Gateway, Host: "urldefense.com", Path: "/v3/", Method: "proofpoint-v3"},
			{Name: "Mimecast", Kind: Gateway, Host: "mimecast.com", Path: "/s/", Method: "query", Params: []string{"domain"}},
			{Name: "Mimecast", Kind: Gateway, Host: "mimecastprotect.com", Path: "/s/", Method: "query", Params: []string{"domain"}},
			{Name: "Barracuda", Kind: Gateway, Host: "linkprotect.cudasvc.com", Path: "/url", Method: "query", Params: []string{"a"}},
			{Name: "Cisco", Kind: Gateway, Host: "secure-web.cisco.com", Path: "/", Method: "path"},
			{Name: "Check Point", Kind: Gateway, Host: "protect.checkpoint.com", Path: "/", Method: "path"},
			{Name: "Bing", Kind: Redirector, Host: "bing.com", Path: "/ck/a", Method: "base64-query", Params: []string{"u"}},
			{Name: "Trend Micro", Kind: Gateway, Host: "trendmicro.com", Path: "/wis/clicktime/v1/query", Method: "query", Params: []string{"url"}},
			{Name: "Sophos", Kind: Gateway, Host: "protection.sophos.com", Method: "sophos"},
			{Name: "Google", Kind: Redirector, Host: "www.google.com", Path: "/url", Method: "query", Params: []string{"q", "url"}},
			{Name: "Google AMP", Kind: Proxy, Host: "www.google.com", Path: "/amp/", Method: "amp-cache"},
			{Name: "AMP cache", Kind: Proxy, Host: "cdn.ampproject.org", Method: "amp-cache"},
			{Name: "Google Translate", Kind: Proxy, Host: "translate.goog", Method: "translate-goog"},
			{Name: "Google Translate", Kind: Proxy, Host: "translate.google.com", Path: "/translate", Method: "query", Params: []string{"u"}},
			{Name: "Facebook", Kind: Redirector, Host: "l.facebook.com", Path: "/l.php", Method: "query", Params: []string{"u"}},
			{Name: "Instagram", Kind: Redirector, Host: "l.instagram.com", Method: "query", Params: []string{"u"}},
			{Name: "LinkedIn", Kind: Redirector, Host: "www.linkedin.com", Path: "/redir/redirect", Method: "query", Params: []string{"url"}},
			{Name: "X", Kind: Redirector, Host: "twitter.com", Path: "/i/redirect", Method: "query", Params: []string{"url"}},
			{Name: "DoubleClick", Kind: Redirector, Host: "googleads.g.doubleclick.net", Path: "/pcs/click", Method: "query", Params: []string{"adurl"}},
			{Name: "DoubleClick", Kind: Redirector, Host: "ad.doubleclick.net", Path: "/", Method: "path"},
			{Name: "Yahoo! JAPAN", Kind: Redirector, Host: "rd.yahoo.co.jp", Path: "/", Method: "path"},
			{Name: "Yahoo", Kind: Redirector, Host: "r.search.yahoo.com", Path: "/", Method: "path"},
			{Name: "Rakuten", Kind: Redirector, Host: "hb.afl.rakuten.co.jp", Method: "query", Params: []string{"pc", "m"}},
			{Name: "Rakuten", Kind: Redirector, Host: "r10.to", Method: "opaque"},
			{Name: "Leave", Kind: Redirector, Host: "go.example.com", Path: "/leave", Method: "fragment"},
			{Name: "Leave, too", Kind: Redirector, Host: "go.example.com", Path: "/leave/by", Method: "query"},
			{Name: "Base64", Kind: Redirector, Host: "go.example.com", Path: "/b64", Method: "base64-query", Params: []string{"r"}},
			{Name: "Any", Kind: Redirector, Host: "out.example.com", Method: "query"},
			{Name: "Unheard of", Kind: Redirector, Host: "new.example.com", Method: "quantum"},
		},
		Shorteners: []string{"bit.ly", "t.co"},
		Hosting:    []string{"sites.google.com"},
		Mailers:    []string{"mandrillapp.com", "klclick.com", "eyepinnews.com", "sendgrid.net"},
		SameOwner: func(a, b string) bool {
			smbc := func(h string) bool {
				return strings.HasSuffix(h, ".smbc-card.com") || strings.HasSuffix(h, ".vpass.ne.jp")
			}
			return smbc(a) && smbc(b)
		},
	})
}

const opaque = "opaque"

// TestFollow names, for every link, the leaf and the hops; "opaque" instead of
// the leaf where the link does not tell.
func TestFollow(t *testing.T) {
	escaped := url.QueryEscape("https://evil.example.org/a?b=c&d=e#f")
	b64 := base64.StdEncoding.EncodeToString([]byte("https://evil.example.org/a?b=c"))
	for _, c := range []struct{ raw, leaf, hops string }{
		{"https://evil.example.org/", "https://evil.example.org/", ""},
		{"mailto:x@example.org?url=https://evil.example.org", "mailto:x@example.org?url=https://evil.example.org", ""},

		{"https://nam02.safelinks.protection.outlook.com/?url=" + escaped + "&data=05", "https://evil.example.org/a?b=c&d=e#f", "Safe Links"},
		{"https://NAM02.safelinks.protection.outlook.com/?URL=" + escaped, "https://evil.example.org/a?b=c&d=e#f", "Safe Links"},
		{"https://xsafelinks.protection.outlook.com/?url=" + escaped, "https://xsafelinks.protection.outlook.com/?url=" + escaped, ""},
		{"https://safelinks.protection.outlook.com.evil.example/?url=" + escaped, "https://safelinks.protection.outlook.com.evil.example/?url=" + escaped, ""},
		{"https://nam02.safelinks.protection.outlook.com/?data=05", opaque, "Safe Links"},

		{"https://urldefense.proofpoint.com/v1/url?u=http%3A//evil.example.org/a%3Fb%3Dc&k=x", "http://evil.example.org/a?b=c", "Proofpoint v1"},
		{"https://urldefense.proofpoint.com/v2/url?u=https-3A__evil.example.org_a-3Fb-3Dc-26d-3D-252Fe&d=x&c=y", "https://evil.example.org/a?b=c&d=%2Fe", "Proofpoint v2"},
		{"https://urldefense.com/v3/__https://evil.example.org/a?b=c__;!!abc!def$", "https://evil.example.org/a?b=c", "Proofpoint v3"},
		{"https://urldefense.com/v3/__https://evil.example.org/a*b*c__;Iys!!abc!def$", "https://evil.example.org/a#b+c", "Proofpoint v3"},
		{"https://urldefense.com/v3/__https://evil.example.org/**A*x__;44GC44GC44GC!!abc$", "https://evil.example.org/%E3%81%82%E3%81%82%E3%81%82x", "Proofpoint v3"},
		{"https://urldefense.com/v3/__https:/evil.example.org/__;!!x", "https://evil.example.org/", "Proofpoint v3"},
		{"https://urldefense.com/v3/__https:**Bevil.example.org/__;Ly8v!!x", "https://evil.example.org/", "Proofpoint v3"},
		{"https://urldefense.com/v3/__https://evil.example.org/a__", "https://evil.example.org/a", "Proofpoint v3"},
		{"https://urldefense.com/v3/__https:*evil.example.org", opaque, "Proofpoint v3"},
		{"https://urldefense.com/v3/", opaque, "Proofpoint v3"},

		{"https://protect-eu.mimecast.com/s/AbCdEf123?domain=evil.example.org", "https://evil.example.org/", "Mimecast"},
		{"https://url.uk.m.mimecastprotect.com/s/AbC/xyz", opaque, "Mimecast"},
		{"https://www.mimecast.com/products/", "https://www.mimecast.com/products/", ""},
		{"https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fevil.example.org%2fa&c=E,1", "https://evil.example.org/a", "Barracuda"},
		{"https://secure-web.cisco.com/1AbC-dEf_g/https%3A%2F%2Fevil.example.org%2Fa%3Fb%3Dhttps%3A%2F%2Fwww.amazon.co.jp", "https://evil.example.org/a?b=https://www.amazon.co.jp", "Cisco"},
		{"https://secure-web.cisco.com/1AbC-http-dEf_g", opaque, "Cisco"},
		{"https://imsva91-ctp.trendmicro.com/wis/clicktime/v1/query?url=https%3a%2f%2fevil.example.org&umid=1", "https://evil.example.org/", "Trend Micro"},
		{"https://protect.checkpoint.com/v2/___https://evil.example.org___.YXAzOmE6Yg", "https://evil.example.org/", "Check Point"},
		{"https://protect.checkpoint.com/v2/r01/___https:/evil.example.org/a?b=c___.YXAzOmE6Yg", "https://evil.example.org/a?b=c", "Check Point"},
		{"https://www.bing.com/ck/a?!&&p=1&u=a1" + strings.TrimRight(b64, "=") + "&ntb=1", "https://evil.example.org/a?b=c", "Bing"},
		{"https://eu-west-1.protection.sophos.com/?d=evil.example.org&u=" + b64 + "&i=1", "https://evil.example.org/a?b=c", "Sophos"},
		{"https://eu-west-1.protection.sophos.com/?d=evil.example.org&u=!&i=1", "https://evil.example.org/", "Sophos"},

		{"https://www.google.com/url?sa=t&q=" + escaped, "https://evil.example.org/a?b=c&d=e#f", "Google"},
		{"https://www.google.com/url?url=" + escaped, "https://evil.example.org/a?b=c&d=e#f", "Google"},
		{"https://www.google.com/url?q=//evil.example.org/", "https://evil.example.org/", "Google"},
		{"https://www.google.com/url?q=https%253A%252F%252Fevil.example.org", "https://evil.example.org/", "Google"},
		{"https://www.google.com/url?q=evil.example.org:8080/x", "https://evil.example.org:8080/x", "Google"},
		{"https://www.google.com/%75rl?%71=" + escaped, "https://evil.example.org/a?b=c&d=e#f", "Google"},
		{"https://www.google.com.:443/x/../url?q=" + escaped, "https://evil.example.org/a?b=c&d=e#f", "Google"},
		{"https://www.google.com/url?q=/maps", "https://www.google.com/url?q=/maps", ""},
		{"https://www.google.com/maps?q=https://evil.example.org", "https://www.google.com/maps?q=https://evil.example.org", ""},
		{"https://www.google.com/url?q=javascript:alert(1)", "javascript:alert(1)", "Google"},
		// Which of two counts is the server's choice: untold.
		{"https://www.google.com/url?q=https://evil.example.org&q=https://www.amazon.co.jp", opaque, "Google"},
		{"https://www.google.com/url?q=https://evil.example.org&q=https://evil.example.org", "https://evil.example.org/", "Google"},
		{"https://www.google.com/amp/s/evil.example.org/a?b=c", "https://evil.example.org/a?b=c", "Google AMP"},
		{"https://evil-example-org.cdn.ampproject.org/c/s/evil.example.org/a", "https://evil.example.org/a", "AMP cache"},
		{"https://evil-example-org.cdn.ampproject.org/i/s/evil.example.org/a.png", "https://evil.example.org/a.png", "AMP cache"},
		{"https://my--evil-example-org.cdn.ampproject.org/", "https://my-evil.example.org/", "AMP cache"},
		{"https://cdn.ampproject.org/v0.js", "https://cdn.ampproject.org/v0.js", ""},

		{"https://my--evil-example-org.translate.goog/a/b?c=d&_x_tr_sl=auto&_x_tr_sch=http", "http://my-evil.example.org/a/b?c=d", "Google Translate"},
		{"https://-evil-example-org.translate.goog/?_x_tr_hp=www", "https://www.evil.example.org/", "Google Translate"},
		{"https://0-xn--wgv71a119e-jp-0.translate.goog/?_x_tr_enc=0,1", "https://xn-wgv71a119e.jp/", "Google Translate"},
		{"https://xn---jp-s08fl0dtz6h.translate.goog/", "https://xn--wgv71a119e.jp/", "Google Translate"},
		{"https://translate.goog/", "https://translate.goog/", ""},
		{"https://translate.google.com/translate?sl=auto&u=" + escaped, "https://evil.example.org/a?b=c&d=e#f", "Google Translate"},

		{"https://l.facebook.com/l.php?u=" + escaped + "&h=AT0", "https://evil.example.org/a?b=c&d=e#f", "Facebook"},
		{"https://l.instagram.com/?e=AT0", opaque, "Instagram"},
		{"https://www.linkedin.com/redir/redirect?url=" + escaped, "https://evil.example.org/a?b=c&d=e#f", "LinkedIn"},
		{"https://twitter.com/i/redirect?url=" + escaped, "https://evil.example.org/a?b=c&d=e#f", "X"},
		{"https://googleads.g.doubleclick.net/pcs/click?xai=1&adurl=" + escaped, "https://evil.example.org/a?b=c&d=e#f", "DoubleClick"},
		{"https://ad.doubleclick.net/ddm/clk/1;2;x?https://evil.example.org/a", "https://evil.example.org/a", "DoubleClick"},
		{"http://rd.yahoo.co.jp/top/SIG=1/*http%3A//evil.example.org/", "http://evil.example.org/", "Yahoo! JAPAN"},
		{"https://r.search.yahoo.com/_ylt=A/RV=2/RE=1/RO=10/RU=https%3a%2f%2fevil.example.org%2fa/RK=2/RS=x", "https://evil.example.org/a/RK=2/RS=x", "Yahoo"},
		{"https://r.search.yahoo.com/_ylt=A/RU=" + url.QueryEscape(b64) + "/RS=x", "https://evil.example.org/a?b=c", "Yahoo"},
		{"https://hb.afl.rakuten.co.jp/hgc/1/?pc=" + escaped + "&m=http%3A%2F%2Fm.rakuten.co.jp", "https://evil.example.org/a?b=c&d=e#f", "Rakuten"},
		{"https://r10.to/hAbCdE", opaque, "Rakuten"},

		{"https://go.example.com/leave#https%3A%2F%2Fevil.example.org", "https://evil.example.org/", "Leave"},
		{"https://go.example.com/leave/by?x=https://evil.example.org", "https://evil.example.org/", "Leave, too"},
		{"https://go.example.com/b64?r=" + strings.TrimRight(b64, "="), "https://evil.example.org/a?b=c", "Base64"},
		{"https://go.example.com/b64?r=Z29vZA", opaque, "Base64"},
		{"https://go.example.com/other?r=" + b64, "https://go.example.com/other?r=" + b64, ""},
		{"https://out.example.com/x?a=1&anything=" + escaped, "https://evil.example.org/a?b=c&d=e#f", "Any"},
		{"https://out.example.com/x?a=" + b64, "https://evil.example.org/a?b=c", "Any"},
		{"https://out.example.com/x?a=1", "https://out.example.com/x?a=1", ""},
		{"https://out.example.com/x?a=https://evil.example.org&b=https://www.amazon.co.jp", opaque, "Any"},
		{"https://new.example.com/x", opaque, "Unheard of"},

		// An unknown host's parameter proves nothing: anybody can append one.
		{"https://evil.example.org/?url=https://www.amazon.co.jp", "https://evil.example.org/?url=https://www.amazon.co.jp", ""},

		// Levels.
		{"https://nam02.safelinks.protection.outlook.com/?url=" + url.QueryEscape("https://www.google.com/url?q="+escaped), "https://evil.example.org/a?b=c&d=e#f", "Safe Links, Google"},
		{"https://www.google.com/url?q=https://bit.ly/abc", opaque, "Google, shortener"},
		{"https://bit.ly/abc", opaque, "shortener"},
		{"https://bit.ly/", "https://bit.ly/", ""},
		{"https://u1.ct.sendgrid.net/ls/click?upn=abc", opaque, "mailer"},
		{"https://mandrillapp.com/", "https://mandrillapp.com/", ""},

		{"microsoft-edge:https://evil.example.org/a?b", "https://evil.example.org/a?b", "microsoft-edge"},
		{"microsoft-edge:?url=" + escaped, "https://evil.example.org/a?b=c&d=e#f", "microsoft-edge"},
		{"firefox://open-url?url=" + escaped, "https://evil.example.org/a?b=c&d=e#f", "firefox"},
		{"googlechrome://evil.example.org/a?b", "http://evil.example.org/a?b", "googlechrome"},
		{"intent://evil.example.org/a#Intent;scheme=http;package=com.android.chrome;end", "http://evil.example.org/a", "intent"},
		{"intent://scan/#Intent;scheme=zxing;end", "intent://scan/#Intent;scheme=zxing;end", ""},
		{"intent://www.google.com/url?q=" + escaped + "#Intent;end", "https://evil.example.org/a?b=c&d=e#f", "intent, Google"},
		{"line://msg/text/https://evil.example.org", "line://msg/text/https://evil.example.org", ""},
	} {
		u := mustParse(t, c.raw)
		d := testReader().Follow(u)
		var hops []string
		for i, h := range d.Hops {
			name := h.Name
			if name == "" {
				name = string(h.Kind)
			}
			hops = append(hops, name)
			if h.Opaque && i < len(d.Hops)-1 {
				t.Errorf("%s: opaque hop %s is not the last", c.raw, name)
			}
			if h.Kind != App && h.Host == "" {
				t.Errorf("%s: hop %s without a host", c.raw, name)
			}
		}
		leaf := d.Leaf.String()
		if d.Opaque() {
			leaf = opaque
		}
		if leaf != c.leaf || strings.Join(hops, ", ") != c.hops || d.Capped {
			t.Errorf("%s\n\tleaf %s by %q\n\twant %s by %q", c.raw, d.Leaf, hops, c.leaf, c.hops)
		}
	}
}

func TestFollowDescribes(t *testing.T) {
	for _, c := range []struct {
		raw                        string
		shortener, mailer, hosting bool
	}{
		{"https://bit.ly/x", true, false, false},
		{"https://www.bit.ly/x", true, false, false},
		{"https://notbit.ly/x", false, false, false},
		{"https://u1.ct.sendgrid.net/x", false, true, false},
		{"https://amazon.web.app/", false, false, true},
		{"https://web.app/", false, false, false},
		{"https://sites.google.com/view/x", false, false, true},
		{"https://www.google.com/", false, false, false},
		{"https://192.0.2.1/", false, false, false},
	} {
		d := testReader().Follow(mustParse(t, c.raw))
		if d.Shortener != c.shortener || d.Mailer != c.mailer || d.Hosting != c.hosting {
			t.Errorf("%s: shortener %v, mailer %v, hosting %v", c.raw, d.Shortener, d.Mailer, d.Hosting)
		}
	}
}

// TestFollowDepth wraps a link in itself: MaxDepth levels are peeled, one more
// is not, and says so.
func TestFollowDepth(t *testing.T) {
	wrap := func(n int) string {
		s := "https://evil.example.org/"
		for range n {
			s = "https://www.google.com/url?q=" + url.QueryEscape(s)
		}
		return s
	}
	d := testReader().Follow(mustParse(t, wrap(MaxDepth)))
	if d.Leaf.Host != "evil.example.org" || d.Capped || len(d.Hops) != MaxDepth {
		t.Errorf("%d levels: %s, capped %v", MaxDepth, d.Leaf.Host, d.Capped)
	}
	d = testReader().Follow(mustParse(t, wrap(MaxDepth+1)))
	if d.Leaf.Host != "www.google.com" || !d.Capped || len(d.Hops) != MaxDepth {
		t.Errorf("%d levels: %s, capped %v", MaxDepth+1, d.Leaf.Host, d.Capped)
	}
}

// TestMethods fails when a method is listed and not decoded, or the reverse.
func TestMethods(t *testing.T) {
	used := map[string]bool{}
	for _, list := range testReader().wrappers {
		for _, w := range list {
			used[w.Method] = true
		}
	}
	for _, m := range Methods {
		if !used[m] {
			t.Errorf("method %q has no test", m)
		}
	}
	delete(used, "quantum")
	for m := range used {
		if !slices.Contains(Methods, m) {
			t.Errorf("method %q is not listed", m)
		}
	}
}
