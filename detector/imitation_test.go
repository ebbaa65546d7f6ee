package detector

import (
	"testing"

	"github.com/honmono/honmono/detector/rules"
)

// TestImitations holds every way to imitate a host that the built-in rules must
// see, each with hosts that come near and are nobody's imitation.
func TestImitations(t *testing.T) {
	d, err := New(rules.Default())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		way, target string
		bad         []string // at least caution, naming the target
		good        []string // nothing that counts
	}{
		{"two letters for one, digits for letters", "microsoft.com", []string{"rnicrosoft.com", "micr0soft.com", "mlcrosoft.com"}, []string{"microcosm.com", "macrosoft-garden.com"}},
		{"vv for w", "wikipedia.org", []string{"ẃikipedia.org"}, []string{"wikimapia.org"}},
		{"cl for d", "docomo.ne.jp", []string{"clocomo.ne.jp", "d0como.ne.jp"}, []string{"cocomo.jp"}},
		{"Cyrillic", "apple.com", []string{"аррӏе.com", "аpple.com"}, []string{"яблоко.рф", "аптека.com.ua"}},
		{"Greek", "apple.com", []string{"αpple.com", "appιe.com"}, []string{"ελλάδα.gr"}},
		{"Cherokee", "google.com", []string{"Ꮐoogle.com"}, nil},
		{"small capitals", "google.com", []string{"ɢoogle.com", "ɢᴏᴏɢʟᴇ.com"}, nil},
		{"fullwidth and mathematical letters, in front of somebody else's domain", "amazon.co.jp", []string{"ａｍａｚｏｎ．ｃｏ．ｊｐ.zqvk.top", "𝐚𝐦𝐚𝐳𝐨𝐧.co.jp.zqvk.top"}, []string{"ａｍａｚｏｎ.ｃｏ.ｊｐ", "𝐚𝐦𝐚𝐳𝐨𝐧.co.jp"}},
		{"strokes like a slash", "amazon.co.jp", []string{"amazon.co.jp丿login.zqvk.top", "amazon.co.jpノlogin.zqvk.top", "amazon.co.jp⼃x.zqvk.top"}, []string{"ノート.jp", "ソノシート.jp"}},
		{"strokes like a hyphen", "amazon.co.jp", []string{"amazonーco-jp.zqvk.top", "www一amazon-co-jp.zqvk.top"}, []string{"カード.jp", "一番.jp"}},
		{"invisible characters", "amazon.co.jp", []string{"ama\u00adzon.co.jp.zqvk.top", "ama\u200bzon.co.jp.zqvk.top"}, []string{"ama\u00adzon.co.jp"}},
		{"accents", "paypal.com", []string{"paypàl.com", "pạypal.com"}, []string{"café-de-paris.fr"}},

		{"insertion", "amazon.co.jp", []string{"amazoon.co.jp", "amazoln.co.jp"}, []string{"amazing.co.jp"}},
		{"omission", "rakuten.co.jp", []string{"rakten.co.jp"}, []string{"raku.co.jp"}},
		{"replacement", "mercari.com", []string{"mercaro.com"}, []string{"mercury.com"}},
		{"transposition", "paypal.com", []string{"payapl.com"}, nil},
		{"repetition", "netflix.com", []string{"nettflix.com"}, nil},
		{"vowels", "rakuten.co.jp", []string{"rakuton.co.jp"}, nil},
		{"a flipped bit", "microsoft.com", []string{"microsgft.com", "eicrosoft.com"}, nil},
		{"guards: length, first letter, words", "jcb.co.jp", nil, []string{"jtb.co.jp", "cloud.com", "ample.com"}},

		{"short brands beside a lure", "jcb.co.jp", []string{"jcb-login.top", "myjcb-card.top"}, []string{"jcbuilders.com"}},
		{"short brands beside a lure", "smbc.co.jp", []string{"smbc-verify.com", "smbc-direct-kzq.com"}, nil},
		{"short brands beside a lure", "ana.co.jp", []string{"ana-login.top", "ana-account.com"}, []string{"canada-login.com", "banana.com", "anatomy.com"}},
		{"short brands beside a lure", "jal.co.jp", []string{"jal-login.top", "jal-verify.com"}, []string{"jalopnik-fans.com", "halal-card.com"}},
		{"short brands beside a lure", "nhk.or.jp", []string{"nhk-account.com"}, nil},
		{"short brands beside a lure", "epos.jp", nil, []string{"reposting.com", "epostal.com"}},
		{"short brands beside a lure", "line.me", []string{"line-verify.top", "line-login.cn"}, []string{"online.com", "nightline.com", "lineage.com", "line-dance.com", "airline-card.com"}},
		{"words that hold a brand", "apple.com", []string{"apple-support-id.com"}, []string{"pineapple.com", "pineapple-online.com", "applebees.com"}},
		{"words that hold a brand", "dhl.com", []string{"dhl-parcel-kzqh.com", "dhl-tracking.top"}, []string{"adhlawfirm.com", "attendhlth.com"}},

		{"the domain as subdomain", "amazon.co.jp", []string{"amazon.co.jp.zqvk.top", "www.amazon.co.jp.signin.zqvk.com"}, nil},
		{"hyphens for dots", "amazon.co.jp", []string{"www-amazon-co-jp.xn5.cn"}, nil},
		{"no dots", "amazon.co.jp", []string{"amazoncojp.shop", "amazonco.jp"}, nil},
		{"another suffix", "rakuten.co.jp", []string{"rakuten.top"}, []string{"rakuten.co.jp", "rakuten.com"}},
		{"another suffix", "amazon.com", []string{"amazon.cm"}, []string{"amazon.de"}},
		{"www glued on", "amazon.co.jp", []string{"wwwamazon.co.jp"}, nil},
		{"sounds alike: raku and laku", "rakuten.co.jp", []string{"lakuten.co.jp"}, nil},
		{"sounds alike: shi and si", "yodobashi.com", []string{"yodobasi.com"}, nil},
		{"sounds alike: tsu and tu", "matsui.co.jp", []string{"matui.co.jp"}, nil},
		{"a tenant's name", "amazon.com", []string{"amazon.web.app", "amazon-login.pages.dev"}, []string{"example.web.app", "pineapple.web.app"}},
	} {
		for _, h := range c.bad {
			v := d.CheckURL("https://" + h + "/")
			brand := ""
			for _, f := range v.Findings {
				if f.Group == GroupLookalike && f.Weight > 0 {
					brand = f.Evidence.Brand
				}
			}
			if want := d.brandOf(c.target); rank(v.Level) < rank(Caution) || brand != want && want != "" {
				t.Errorf("%s: %+q (%s) is %s, imitating %q; want %q (%s)", c.way, h, h, v.Level, brand, want, c.target)
			}
		}
		for _, h := range c.good {
			v := d.CheckURL("https://" + h + "/")
			for _, f := range v.Findings {
				if f.Group == GroupLookalike && f.Weight > 0 {
					t.Errorf("%s: %+q (%s) is %s: %s of %s", c.way, h, h, v.Level, f.Symbol, f.Evidence.Target)
				}
			}
		}
	}
}

// brandOf returns the id of a brand whose own the host is, or "".
func (d *Detector) brandOf(host string) string {
	if b := d.official(host); b >= 0 {
		return d.brands[b].ID
	}
	return ""
}

// TestUserinfoImitates: what stands before the @ is no host, and says so where it
// looks like one.
func TestUserinfoImitates(t *testing.T) {
	d, err := New(rules.Default())
	if err != nil {
		t.Fatal(err)
	}
	for raw, want := range map[string]Level{
		"https://www.amazon.co.jp@zqvk.top/":                 Danger,
		"https://amazon.co.jp%2Fap%2Fsignin@zqvk.top/":       Danger,
		"https://www.amazon.co.jp%E2%88%95gp@zqvk.top/":      Danger,
		"https://www.amazon.co.jp:443@zqvk.example/":         Danger,
		"https://jane@example.org/":                          OK,
		"https://www.amazon.co.jp/gp/@zqvk.top/":             OK,
		"https://www.amazon.co.jp/?to=jane@example.org":      OK,
		"https://www.amazon.co.jp#@zqvk.top/":                OK,
		"https://www.amazon.co.jp/ap/signin?openid=a@zqvk.t": OK,
	} {
		v := d.CheckURL(raw)
		level := v.Links[0].Level
		if want == OK && rank(level) >= rank(Caution) || want == Danger && rank(v.Level) < rank(Caution) {
			t.Errorf("%s is %s, link %s, want %s", raw, v.Level, level, want)
		}
	}
}

// TestWrappers: the built-in rules peel every wrapper that mails really have, and
// none that only looks like it.
func TestWrappers(t *testing.T) {
	d, err := New(rules.Default())
	if err != nil {
		t.Fatal(err)
	}
	const leaf, esc, b64 = "leaf.example.org", "https%3A%2F%2Fleaf.example.org%2Fa", "aHR0cHM6Ly9sZWFmLmV4YW1wbGUub3JnL2E"
	for name, raw := range map[string]string{
		"Safe Links":            "https://jpn01.safelinks.protection.outlook.com/?url=" + esc + "&data=05",
		"Proofpoint v1":         "https://urldefense.proofpoint.com/v1/url?u=" + esc + "&k=x",
		"Proofpoint v2":         "https://urldefense.proofpoint.com/v2/url?u=https-3A__leaf.example.org_a&d=x",
		"Proofpoint v3":         "https://urldefense.com/v3/__https://leaf.example.org/a__;!!abc!def$",
		"Mimecast":              "https://protect-us.mimecast.com/s/AbC?domain=leaf.example.org",
		"Barracuda":             "https://linkprotect.cudasvc.com/url?a=" + esc + "&c=E,1",
		"Cisco":                 "https://secure-web.cisco.com/1AbC/" + esc,
		"Trend Micro":           "https://ctp.trendmicro.com/wis/clicktime/v1/query?url=" + esc + "&umid=1",
		"Sophos":                "https://us-west-2.protection.sophos.com/?d=leaf.example.org&u=" + b64,
		"google.com/url":        "https://www.google.com/url?q=" + esc + "&source=gmail",
		"google.co.jp/url":      "https://www.google.co.jp/url?sa=t&url=" + esc,
		"translate.goog":        "https://leaf-example-org.translate.goog/a?_x_tr_sl=auto",
		"Google AMP":            "https://www.google.com/amp/s/leaf.example.org/a",
		"AMP cache":             "https://leaf-example-org.cdn.ampproject.org/c/s/leaf.example.org/a",
		"Facebook":              "https://l.facebook.com/l.php?u=" + esc + "&h=AT0",
		"Instagram":             "https://l.instagram.com/?u=" + esc + "&e=AT0",
		"LinkedIn":              "https://www.linkedin.com/redir/redirect?url=" + esc,
		"X":                     "https://x.com/i/redirect?url=" + esc,
		"DoubleClick":           "https://googleads.g.doubleclick.net/pcs/click?adurl=" + esc,
		"DoubleClick, campaign": "https://ad.doubleclick.net/ddm/clk/1;2;x?https://leaf.example.org/a",
		"Yahoo! JAPAN":          "http://rd.yahoo.co.jp/top/SIG=1/*" + esc,
		"Rakuten":               "https://hb.afl.rakuten.co.jp/hgc/1/?pc=" + esc,
		"two of them":           "https://jpn01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%253A%252F%252Fleaf.example.org%252Fa",
	} {
		if v := d.CheckURL(raw); v.Links[0].Host != leaf {
			t.Errorf("%s: %s leads to %q, want %s", name, raw, v.Links[0].Host, leaf)
		}
	}
	for _, raw := range []string{
		"https://jpn01.safelinks.protection.outlook.com.zqvk.top/?url=" + esc, "https://notgoogle.com/url?q=" + esc, "https://evil-translate.goog.zqvk.top/",
		"https://zqvk.top/url?url=" + esc, "https://www.google.com/maps?q=" + esc,
	} {
		if v := d.CheckURL(raw); v.Links[0].Host == leaf {
			t.Errorf("%s: an unknown host's parameter is taken for where it leads", raw)
		}
	}
}

// TestWebmailsAttributes: what a webmail writes beside an href anybody can write
// into a mail, so that the href alone says where a link leads.
func TestWebmailsAttributes(t *testing.T) {
	d, err := New(rules.Default())
	if err != nil {
		t.Fatal(err)
	}
	v := d.Check(Message{HTML: `<a href="https://zqvk.top/x" originalsrc="https://www.paypal.com/" data-saferedirecturl="https://www.google.com/url?q=https://www.paypal.com/">Log in</a>`})
	if len(v.Links) != 1 || v.Links[0].Host != "zqvk.top" {
		t.Errorf("%+v", v.Links)
	}
}
