package link

import "testing"

func mustParse(t testing.TB, raw string) *URL {
	t.Helper()
	u, err := Parse(raw, nil)
	if err != nil {
		t.Fatalf("%+q: %v", raw, err)
	}
	return u
}

// TestParseHost holds the tricks by which a host is hidden, and near misses.
func TestParseHost(t *testing.T) {
	for _, c := range []struct {
		raw, host string
		kind      HostKind
	}{
		{"https://www.amazon.co.jp/", "www.amazon.co.jp", Domain},
		{"https:evil.example", "evil.example", Domain},
		{"https:/evil.example", "evil.example", Domain},
		{"https:///evil.example/", "evil.example", Domain},
		{`https:\\evil.example\path`, "evil.example", Domain},
		{`https://amazon.co.jp\@evil.example`, "amazon.co.jp", Domain}, // net/url: evil.example
		{`https://evil.example\.amazon.co.jp/`, "evil.example", Domain},
		{"https://amazon.co.jp@evil.example/", "evil.example", Domain},
		{"https://amazon.co.jp:443@evil.example:8443/", "evil.example", Domain},
		{"https://a@b@evil.example/", "evil.example", Domain},
		{"https://amazon.co.jp#@evil.example/", "amazon.co.jp", Domain},
		{"https://amazon.co.jp?@evil.example/", "amazon.co.jp", Domain},
		{" \x01https://evil.example\x1f ", "evil.example", Domain},
		{"ht\ntps://ev\til.exa\rmple/", "evil.example", Domain},
		{"HTTPS://EVIL.Example./", "evil.example.", Domain},
		{"https://%65vil%2Eexample/", "evil.example", Domain},
		{"https://ｅｖｉｌ。ｅｘａｍｐｌｅ/", "evil.example", Domain},
		{"https://evil\u00ad.ex\u200bample/", "evil.example", Domain},
		{"https://бank.example/", "xn--ank-9cd.example", Domain},
		{"http://0x7f.1/", "127.0.0.1", IPv4},
		{"http://017700000001/", "127.0.0.1", IPv4},
		{"http://2130706433/", "127.0.0.1", IPv4},
		{"http://127.0.0.1./", "127.0.0.1", IPv4},
		{"http://１２７。１/", "127.0.0.1", IPv4},
		{"http://106.0x35.0x53.0231/", "106.53.83.153", IPv4},
		{"http://43.00000046317760/", "43.153.159.240", IPv4}, // octal
		{"http://0x/", "0.0.0.0", IPv4},
		{"http://1.2.3.4.example/", "1.2.3.4.example", Domain},
		{"http://[::ffff:127.0.0.1]/", "[::ffff:7f00:1]", IPv6},
		{"http://[2001:DB8:0:0:1:0:0:1]/", "[2001:db8::1:0:0:1]", IPv6},
		{"mailto:someone@example.com", "", None},
		{"tel:+81-3-0000-0000", "", None},
		{"data:text/html,<b>x</b>", "", None},
		{"javascript:location='https://evil.example'", "", None},
		{"blob:https://evil.example/0a", "", None},
		{"line://msg/text/x", "msg", Opaque},
		{"file://server/share", "server", Domain},
		{"file:///c|/x", "", None},
	} {
		u, err := Parse(c.raw, nil)
		if err != nil {
			t.Errorf("%+q: %v", c.raw, err)
			continue
		}
		if u.Host != c.host || u.Kind != c.kind {
			t.Errorf("%+q: host %+q kind %d, want %+q kind %d", c.raw, u.Host, u.Kind, c.host, c.kind)
		}
	}
}

func TestParseFails(t *testing.T) {
	for _, raw := range []string{
		"", " ", "example.com", "//example.com", "/path", "#x", "https://", "https:///", "https://@", "https://user@/",
		"https://a b/", "https://a%20b/", "https://a%00b/", "https://a／b/", "https://a%2Fb/", "https://a＠b/", "https://a%23/",
		"https://1.2.3.4.5/", "https://256.1.1.1/", "https://4294967296/", "https://1.2.3.08/", "https://a.0x1g.1/",
		"https://[::1/", "https://::1/", "https://[::1%25en0]/", "https://[1:2]/", "https://[:::]/", "https://[::1.2.3]/",
		"https://a:b/", "https://a:65536/", "https://:80/", "https://\u00ad/", "https://\xff/", "https://a\u202eb/", "https://xn--é/",
		"1https://example.com", "ht%74ps://example.com",
	} {
		if u, err := Parse(raw, nil); err == nil {
			t.Errorf("%+q: got %+q", raw, u)
		}
	}
}

// TestParseFlags wants exactly the flags named.
func TestParseFlags(t *testing.T) {
	for raw, want := range map[string]string{
		"https://www.amazon.co.jp/":                           "",
		"https://www.amazon.co.jp/a%20b?q=\u00ad\u200b#アカウント": "",
		"http://192.0.2.1/":                                   "numeric",
		"http://0xc0000201/":                                  "numeric disguised",
		"http://192.0.2.1./":                                  "numeric disguised",
		"http://[2001:db8::1]/":                               "numeric",
		"http://[::ffff:192.0.2.1]/":                          "numeric disguised",
		"http://[64:ff9b::c000:201]/":                         "numeric disguised",
		"http://[::1]/":                                       "numeric",
		"https://ama\u00adzon.co.jp/":                         "invisible",
		"https://amazon.co.jp\ufeff/":                         "invisible",
		"https://ama%E2%80%8Bzon.co.jp/":                      "invisible escaped",
		"https://ama\u2063zon.co.jp/":                         "invisible",
		"https://ama\nzon.co.jp/":                             "split",
		"https://amazon.co.jp/\n/path":                        "",
		"https://ａmazon.co.jp/":                               "folded",
		"https://amazon。co.jp/":                               "folded",
		"https://𝐚mazon.co.jp/":                               "folded",
		"https://%61mazon.co.jp/":                             "escaped",
		"https://amazon.co.jp\u2215x.example/":                "idn slash",
		"https://amazon.co.jp\u2044x.example/":                "idn slash",
		"https://amazon.co.jpノx.example/":                     "idn slash",
		"https://xn--amazonx-hf0d.example/":                   "idn slash", // the same, in punycode: ∕
		"https://日本語.jp/":                                     "idn",
		"https://user@amazon.co.jp/":                          "userinfo",
		"https://:secret@amazon.co.jp/":                       "userinfo",
		"https://@amazon.co.jp/":                              "",
		"https://amazon.co.jp/user@example.com":               "",
		"javascript:alert(1)":                                 "script",
		"data:text/html,x":                                    "script",
		"blob:https://example.com/1":                          "script",
		"mailto:x@example.com":                                "",
	} {
		u, err := Parse(raw, nil)
		if err != nil {
			t.Errorf("%+q: %v", raw, err)
			continue
		}
		got := ""
		for _, f := range []struct {
			on   bool
			name string
		}{
			{u.Numeric, "numeric"}, {u.Disguised, "disguised"}, {u.IDN, "idn"}, {u.Invisible, "invisible"}, {u.Split, "split"},
			{u.SlashLike, "slash"}, {u.Folded, "folded"}, {u.Escaped, "escaped"}, {u.HasUserinfo(), "userinfo"},
			{u.Script(), "script"}, {u.Oversized, "oversized"},
		} {
			if f.on {
				if got != "" {
					got += " "
				}
				got += f.name
			}
		}
		if got != want {
			t.Errorf("%+q: flags %q, want %q", raw, got, want)
		}
	}
}

func TestUserinfo(t *testing.T) {
	for _, c := range []struct{ raw, userinfo, imitated string }{
		{"https://www.amazon.co.jp@evil.example/", "www.amazon.co.jp", "www.amazon.co.jp"},
		{"https://yahoo%2Eco%2Ejp@evil.example/", "yahoo.co.jp", "yahoo.co.jp"},
		{"https://smbc.co.jp%2Fsignin%3Fid%3D1@evil.example/", "smbc.co.jp/signin?id=1", "smbc.co.jp"},
		{"https://nta.go.jp%E2%88%95x@evil.example/", "nta.go.jp∕x", "nta.go.jp"},
		{"https://Amazon.co.jp:443@evil.example/", "Amazon.co.jp:443", "amazon.co.jp"},
		{"https://login:www.amazon.co.jp@evil.example/", "login:www.amazon.co.jp", "www.amazon.co.jp"},
		{"https://ａｍａｚｏｎ．ｃｏ．ｊｐ@evil.example/", "ａｍａｚｏｎ．ｃｏ．ｊｐ", "amazon.co.jp"},
		{"https://admin@evil.example/", "admin", ""},
		{"https://taro.yamada@evil.example/", "taro.yamada", ""},
		{"https://admin:1.2@evil.example/", "admin:1.2", ""},
		{"https://co.jp@evil.example/", "co.jp", ""},
		{"https://evil.example/@amazon.co.jp", "", ""},
	} {
		u := mustParse(t, c.raw)
		if u.Userinfo() != c.userinfo || u.UserinfoHost != c.imitated || u.Host != "evil.example" {
			t.Errorf("%+q: userinfo %+q, imitated %+q, host %+q, want %+q, %+q", c.raw, u.Userinfo(), u.UserinfoHost, u.Host, c.userinfo, c.imitated)
		}
	}
}

func TestParseBase(t *testing.T) {
	base := mustParse(t, "https://mail.example.com/a/b?q#f")
	for raw, want := range map[string]string{
		"c":                     "https://mail.example.com/a/c",
		"/c":                    "https://mail.example.com/c",
		"//evil.example/c":      "https://evil.example/c",
		`\\evil.example/c`:      "https://evil.example/c",
		`/\evil.example`:        "https://evil.example/",
		"https:c":               "https://mail.example.com/a/c",
		"http:c":                "http://c/",
		"?x":                    "https://mail.example.com/a/b?x",
		"#x":                    "https://mail.example.com/a/b?q#x",
		"":                      "https://mail.example.com/a/b?q",
		"..//evil.example":      "https://mail.example.com//evil.example",
		"mailto:x@evil.example": "mailto:x@evil.example",
	} {
		u, err := Parse(raw, base)
		if err != nil || u.String() != want {
			t.Errorf("%+q: got %v, %v, want %s", raw, u, err, want)
		}
	}
}

func TestDots(t *testing.T) {
	for raw, want := range map[string]int{
		"https://a.b.c.d.e.f.g.example/": 7, "https://example.com./": 1, "https://localhost/": 0, "https://192.0.2.1/": 0,
	} {
		if u := mustParse(t, raw); u.Dots != want {
			t.Errorf("%s: %d dots, want %d", raw, u.Dots, want)
		}
	}
}
