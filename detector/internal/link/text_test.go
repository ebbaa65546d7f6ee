package link

import (
	"strings"
	"testing"
)

func TestTextURL(t *testing.T) {
	for _, c := range []struct{ text, host string }{
		{"https://www.amazon.co.jp/ap/signin", "www.amazon.co.jp"},
		{"  <https://www.amazon.co.jp>  ", "www.amazon.co.jp"},
		{"「https://www.amazon.co.jp/」", "www.amazon.co.jp"},
		{"[https://www.amazon.co.jp]", "www.amazon.co.jp"},
		{"→ https://www.amazon.co.jp をご確認ください", "www.amazon.co.jp"},
		{"https://www.amazon.co.jpをクリック", "www.amazon.co.jp"},
		{"https://www.amazon.co.jp（公式）", "www.amazon.co.jp"},
		{"https://amazon.co.jpアカウント.evil.example.org/", "amazon.co.xn--jp-ig4aqay9ool.evil.example.org"},
		{"https://日本語.jp", "xn--wgv71a119e.jp"},
		{"ｈｔｔｐｓ：／／ｗｗｗ．ａｍａｚｏｎ．ｃｏ．ｊｐ／", "www.amazon.co.jp"},
		{"ht\u200btps://ama\u00adzon.co.jp", "amazon.co.jp"},
		{"hxxps://amazon.co.jp", "amazon.co.jp"},
		{"ttps://amazon.co.jp", "amazon.co.jp"},
		{"http:/amazon.co.jp", "amazon.co.jp"},
		{`https:\\amazon.co.jp`, "amazon.co.jp"},
		{"https://amazon.co.jp@evil.example.org/", "evil.example.org"},
		{"https://192.0.2.1/x", "192.0.2.1"},
		{"https://[2001:db8::1]/x", "[2001:db8::1]"},
		{"(https://[2001:db8::1])", "[2001:db8::1]"},
		{"https://intranet/", "intranet"},
		{"amazon.co.jp", "amazon.co.jp"},
		{"Amazon.co.jp", "amazon.co.jp"},
		{"amazon.co.jp.", "amazon.co.jp"},
		{"amazon.co.jp/ap/signin?x=1", "amazon.co.jp"},
		{"amazon.co.jp:443", "amazon.co.jp"},
		{"amazon.web.app", "amazon.web.app"},
		{"www.amazon.co.jp へ", "www.amazon.co.jp"},
		{"www.amazon.co.jpへ", "www.amazon.co.jp"},
		{"WWW.AMAZON.CO.JP", "www.amazon.co.jp"},
		{"amazon．co．jp", "amazon.co.jp"},
	} {
		u, ok := TextURL(c.text)
		if !ok || u.Host != c.host {
			t.Errorf("%+q: got %v, %v, want %s", c.text, u, ok, c.host)
		}
	}
}

// TestTextURLUnreadable wants a URL that is there and that nobody can open.
func TestTextURLUnreadable(t *testing.T) {
	for _, text := range []string{"https://<b>x", "http://a%00b/", "https://1.2.3.4.5/"} {
		u, ok := TextURL(text)
		if !ok || u.Host != "" || u.Raw == "" {
			t.Errorf("%+q: got %+v, %v", text, u, ok)
		}
	}
}

// TestTextURLNone holds the near misses: texts that name a URL somewhere, a
// company, a file, an address.
func TestTextURLNone(t *testing.T) {
	for _, text := range []string{
		"", " ", "https://", "http:", "://", "こちら", "Click here", "アカウントを更新する", "続きを読む https://amazon.co.jp",
		"Booking.com の特典", "Booking.com and more", "Amazon.co.jpにログイン", "Node.js", "invoice.zip", "README.md", "final.report.zip", "libpython2.7.so",
		"user@amazon.co.jp", "<user@amazon.co.jp>", "mailto:user@amazon.co.jp", "@amazon.co.jp", "www.user@amazon.co.jp",
		"1.2.3", "192.0.2.1", "v1.0", "p.m.", "St. John", "co.jp", "お知らせです。みんな", "www.", "www.x", "tel:03-0000-0000",
		"See https://amazon.co.jp", "Yahoo! JAPAN", "foo.bar.invalid", "Q: what is this? https://x.example.com", "a.b@c://x",
	} {
		if u, ok := TextURL(text); ok {
			t.Errorf("%+q: got %v", text, u)
		}
	}
}

func TestMismatch(t *testing.T) {
	const opaqueMailer = "https://u1.ct.sendgrid.net/ls/click?upn=1"
	for _, c := range []struct {
		name, text, href string
		want             bool
	}{
		{"other domain", "https://www.amazon.co.jp/", "https://evil.example.org/", true},
		{"bare host", "amazon.co.jp", "https://evil.example.org/", true},
		{"subdomain of another", "https://www.amazon.co.jp/", "https://www.amazon.co.jp.evil.example.org/", true},
		{"longer label", "https://amazon.co.jp/", "https://notamazon.co.jp/", true},
		{"userinfo", "https://amazon.co.jp/", "https://amazon.co.jp@evil.example.org/", true},
		{"address", "https://amazon.co.jp/", "http://192.0.2.1/", true},
		{"other address", "http://192.0.2.1/", "http://192.0.2.2/", true},
		{"unreadable", "https://<b>", "https://evil.example.org/", true},
		{"shortener", "https://www.amazon.co.jp/", "https://bit.ly/x", true},
		{"other tenant", "https://a.web.app/", "https://b.web.app/", true},
		{"same label at a host of tenants", "https://amazon.co.jp/", "https://amazon.web.app/", true},
		{"host in a stranger's path", "www.amazon.co.jp", "https://evil.example.org/www.amazon.co.jp", true},
		{"two urls in a stranger's query", "www.amazon.co.jp", "https://evil.example.org/?a=https://www.amazon.co.jp&b=https://x.example.org", true},
		{"wrapped", "https://amazon.co.jp/", "https://www.google.com/url?q=https://evil.example.org/", true},
		{"through the host shown", "https://www.google.com/maps", "https://www.google.com/url?q=https://evil.example.org/", true},
		{"opaque redirector", "https://amazon.co.jp/", "https://r10.to/x", true},
		{"cut, other", "https://www.amazon.c…", "https://evil.example.org/", true},
		{"machine's name", "https://wiki/", "https://evil.example.org/", true},

		{"same", "https://www.amazon.co.jp/", "https://www.amazon.co.jp/", false},
		{"www", "https://amazon.co.jp/", "https://www.amazon.co.jp/x", false},
		{"slash", "https://amazon.co.jp", "https://amazon.co.jp/", false},
		{"subdomain", "https://amazon.co.jp/", "https://click.mail.amazon.co.jp/x", false},
		{"scheme", "http://amazon.co.jp/", "https://amazon.co.jp/", false},
		{"case", "Amazon.CO.JP", "https://amazon.co.jp/", false},
		{"trailing dot", "https://amazon.co.jp/", "https://amazon.co.jp./", false},
		{"other suffix", "https://www.amazon.com/", "https://www.amazon.co.jp/", false},
		{"punycode", "https://日本語.jp/", "https://xn--wgv71a119e.jp/", false},
		{"mail", "https://amazon.co.jp/", "mailto:x@evil.example.org", false},
		{"telephone", "www.amazon.co.jp", "tel:0300000000", false},
		{"address in text", "x@amazon.co.jp", "https://evil.example.org/", false},
		{"words", "アカウントを確認", "https://evil.example.org/", false},
		{"words before", "確認は https://amazon.co.jp", "https://evil.example.org/", false},
		{"wrapped", "https://amazon.co.jp/", "https://www.google.com/url?q=https://www.amazon.co.jp/", false},
		{"wrapped text too", "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fevil.example.org", "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fevil.example.org%2F&data=1", false},
		{"wrapped text, link not", "https://www.google.com/url?q=https://evil.example.org", "https://evil.example.org/x", false},
		{"proxy", "https://example.org/", "https://example-org.translate.goog/", false},
		{"opaque mailer", "https://amazon.co.jp/", opaqueMailer, false},
		{"opaque gateway", "https://amazon.co.jp/", "https://protect-eu.mimecast.com/s/abc", false},
		{"host in a mailer's path", "www.example.org", "https://mandrillapp.com/track/click/1/www.example.org?p=1", false},
		{"url in a stranger's query", "https://example.org/", "https://tracker.example.net/?u=https%3A%2F%2Fwww.example.org%2F", false},
		{"one owner", "https://www5.smbc-card.com/", "https://click.contact.vpass.ne.jp/?qs=1", false},
		{"same address", "http://192.0.2.1/", "http://0xc0000201/x", false},
		{"file", "report.zip", "https://files.example.org/dl/report.zip", false},
		{"cut", "https://www.ama…", "https://www.amazon.co.jp/x", false},
		{"cut in ASCII", "https://www.ama...", "https://www.amazon.co.jp/x", false},
		{"machine's name", "https://wiki/", "https://wiki.example.org/", false},
		{"script", "https://amazon.co.jp/", "javascript:x()", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := testReader()
			shown, got := r.Mismatch(c.text, r.Follow(mustParse(t, c.href)))
			if got != c.want {
				t.Errorf("%+q → %s: mismatch %v", c.text, c.href, got)
			}
			if got && shown == nil {
				t.Errorf("%+q → %s: mismatch, and nothing shown", c.text, c.href)
			}
		})
	}
	if _, got := NewReader(Config{}).Mismatch("https://www5.smbc-card.com/", Destination{Leaf: mustParse(t, "https://click.contact.vpass.ne.jp/")}); !got {
		t.Error("without owners these are two")
	}
	if _, got := testReader().Mismatch("https://amazon.co.jp", Destination{}); got {
		t.Error("no leaf, no mismatch")
	}
}

// TestTextCap: what lies beyond MaxText is not read.
func TestTextCap(t *testing.T) {
	if _, ok := TextURL(strings.Repeat(" ", MaxText) + "https://amazon.co.jp"); ok {
		t.Error("read beyond MaxText")
	}
	if u, ok := TextURL("https://amazon.co.jp/" + strings.Repeat("a", 10*MaxText)); !ok || len(u.Raw) > MaxText+16 {
		t.Error("not cut")
	}
}
