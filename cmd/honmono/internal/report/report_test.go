package report

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/honmono/honmono/detector"
	"github.com/honmono/honmono/detector/rules"
)

var update = flag.Bool("update", false, "write the golden files anew")

var set = &rules.Set{Brands: []rules.Brand{
	{ID: "mihon-bank", Names: []string{"Mihon Bank"}, NameJa: "みほん銀行"},
}}

// attack is a verdict with every kind of evidence, and with text that tries to
// steer the terminal.
var attack = detector.Verdict{
	Level: detector.Danger, Score: 8.5, Brand: "mihon-bank",
	Findings: []detector.Finding{
		{Symbol: detector.BrandForeignLink, Group: detector.GroupClaim, Weight: 3.5,
			Evidence: detector.Evidence{Brand: "mihon-bank", BrandName: "Mihon Bank", Host: "login.evil.example", Domain: "evil.example", Link: 1, Button: true}},
		{Symbol: detector.LookalikeEmbedded, Group: detector.GroupLookalike, Weight: 3,
			Evidence: detector.Evidence{Host: "mihon.example.evil.example", Domain: "evil.example", Target: "mihon.example", Link: 2}},
		{Symbol: detector.TextDeadline, Group: detector.GroupText, Weight: 1.25, Evidence: detector.Evidence{Phrase: "24時間以内\x1b[2J"}},
		{Symbol: "SOMETHING_NEW", Group: detector.GroupText, Weight: 0.75},
		{Symbol: detector.ListMail, Group: detector.GroupContext, Weight: 0},
	},
	Links: []detector.LinkVerdict{
		{Href: "https://login.evil.example/a", Text: "今すぐ確認", Host: "login.evil.example", RegistrableDomain: "evil.example", Level: detector.Danger, Brand: "mihon-bank"},
		{Href: "https://mihon.example.evil.example/", Text: "\u202egro.knab", Host: "mihon.example.evil.example", RegistrableDomain: "evil.example", Level: detector.Danger},
		{Href: "https://xn--wgv71a119e.example/", Text: "", Host: "xn--wgv71a119e.example", RegistrableDomain: "xn--wgv71a119e.example", Unicode: "日本語.example", Level: detector.Caution},
		{Href: "https://mihon.example/<a>&", Text: "help", Host: "mihon.example", RegistrableDomain: "mihon.example", Level: detector.OK},
		{Href: "https://192.0.2.1/", Text: "ip", Host: "192.0.2.1", Level: detector.Caution},
		{Href: "javascript:alert(1)", Text: "x", Level: detector.Unknown},
	},
	Advice: []detector.Advice{
		{Symbol: detector.AdviceDoNotClick},
		{Symbol: detector.AdviceOfficialCheck, Brand: "mihon-bank", Name: "Notices", URL: "https://mihon.example/notices"},
	},
}

var message = detector.Message{
	From:    detector.Address{Name: "みほん\u200b銀行\x07", Address: "info@evil.example"},
	Subject: "【重要】ご確認\u202e",
}

var quiet = detector.Verdict{Level: detector.OK, Score: -1, Findings: []detector.Finding{}, Links: []detector.LinkVerdict{}}

func TestGolden(t *testing.T) {
	text := func(lang string, color bool) string {
		var b bytes.Buffer
		p := NewPrinter(&b, lang, set)
		p.Color = color
		p.Message("inbox/a.eml", &message, attack)
		p.Message("inbox/b.eml", &detector.Message{From: detector.Address{Address: "friend@example.test"}}, quiet)
		p.URL("https://mihon.example.evil.example/", detector.Verdict{Level: detector.Danger, Score: 3, Findings: attack.Findings[1:2], Links: attack.Links[1:2]})
		p.URL("https:", detector.Verdict{Level: detector.Unknown})
		p.Totals(map[detector.Level]int{detector.Danger: 1, detector.OK: 1}, 2)
		return b.String()
	}
	lines := func() string {
		var b bytes.Buffer
		WriteLine(&b, NewMessageLine("a@example.test", "inbox/a.eml", attack))
		WriteLine(&b, NewMessageLine("b@example.test", "inbox/b.eml", quiet))
		WriteLine(&b, NewURLLine("https://mihon.example.evil.example/", detector.Verdict{Level: detector.Danger, Score: 3, Findings: attack.Findings[1:2], Links: attack.Links[1:2]}))
		WriteLine(&b, NewURLLine("https:", detector.Verdict{Level: detector.Unknown}))
		return b.String()
	}
	for name, got := range map[string]string{
		"en.txt": text("en_GB.UTF-8", false), "ja.txt": text("ja_JP.UTF-8", false),
		"color.txt": text("en", true), "lines.jsonl": lines(),
	} {
		file := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s:\n got %+q\nwant %+q", name, got, want)
		}
	}
}

// Nothing of a mail steers the terminal or turns the reading direction.
func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"plain 文字 é":                "plain 文字 é",
		"a\x1b]0;title\x07b":        `a\u001b]0;title\u0007b`,
		"abc\u202edef":              `abc\u202edef`,
		"zero\u200bwidth\u00adsoft": `zero\u200bwidth\u00adsoft`,
		"line\r\nbreak\ttab":        "line  break tab",
		"full\u3000width":           "full width",
		"bad\xffutf8":               `bad\xffutf8`,
		"\ufffd":                    "\ufffd",
		"\u0085c1":                  `\u0085c1`,
		strings.Repeat("あ", 300):    strings.Repeat("あ", maxShown) + "…",
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%+q) = %+q, want %+q", in, got, want)
		}
	}
}

// Every level has its mark, and long lists of links are cut.
func TestManyLinks(t *testing.T) {
	v := detector.Verdict{Level: detector.OK}
	for range 100 {
		v.Links = append(v.Links, attack.Links[3])
	}
	var b bytes.Buffer
	NewPrinter(&b, "en", set).Message("a", &message, v)
	if n := strings.Count(b.String(), "[mihon.example]"); n != maxLinks {
		t.Errorf("%d links are listed, want %d", n, maxLinks)
	}
	if !strings.Contains(b.String(), "and 70 more") {
		t.Errorf("it does not say that there are more:\n%s", b.String())
	}
}
