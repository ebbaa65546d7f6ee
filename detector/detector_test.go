package detector

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/honmono/honmono/detector/rules"
)

func newDetector(t testing.TB, options ...Option) *Detector {
	t.Helper()
	d, err := New(rules.Default(), options...)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const (
	official = `<a href="https://www.amazon.co.jp/gp/help/customer/display.html">ヘルプ</a> <a href="https://www.amazon.co.jp/">Amazon.co.jp</a>`
	button   = `<p>Amazon 会員 様</p><p>24時間以内にアカウント情報を更新してください。更新されない場合、アカウントを停止いたします。</p><a href="https://vqzkht.cn/signin">今すぐ情報を確認する</a>`
)

// TestNobodyVouches holds the two promises of the design: a genuine link never
// vouches for the button, a genuine From never vouches for foreign links.
func TestNobodyVouches(t *testing.T) {
	d := newDetector(t)
	for _, tt := range []struct {
		name string
		from Address
		html string
		want Level
	}{
		{"foreign button, genuine footer", Address{"Amazon", "info@kzvq.example"}, button + official, Danger},
		{"foreign button, genuine From", Address{"Amazon", "cs-reply@amazon.co.jp"}, button, Danger},
		{"foreign button, genuine From and footer", Address{"Amazon", "cs-reply@amazon.co.jp"}, button + official + official, Danger},
		{"genuine throughout", Address{"Amazon", "cs-reply@amazon.co.jp"}, strings.ReplaceAll(button, "vqzkht.cn", "www.amazon.co.jp") + official, OK},
	} {
		v := d.Check(Message{From: tt.from, Subject: "【重要】会員情報更新の最終確認 要対応", HTML: tt.html})
		if v.Level != tt.want {
			t.Errorf("%s: %s with %.2f, want %s: %+v", tt.name, v.Level, v.Score, tt.want, v.Findings)
		}
	}
}

// TestMismatchAlone is the other promise: a mismatch with no claim behind it is
// a note, in a newsletter with click counters and in a mail between friends.
func TestMismatchAlone(t *testing.T) {
	d := newDetector(t)
	var news strings.Builder
	for _, s := range []string{"a", "b", "c", "d", "e"} {
		news.WriteString(`<p><a href="https://clicks.tracker-example.net/c/` + s + `">https://www.gardening-example.org/` + s + `</a></p>`)
	}
	for _, html := range []string{news.String(), `<a href="https://photos.example.org/album">www.example.com</a>`} {
		v := d.Check(Message{From: Address{"Gardening Weekly", "news@gardening-example.org"}, Subject: "Tulips", HTML: html})
		if v.Level != OK {
			t.Errorf("%s with %.2f: %+v", v.Level, v.Score, v.Findings)
		}
	}
}

func TestUnknown(t *testing.T) {
	d := newDetector(t)
	phishing := Message{From: Address{"Amazon", "x@kzvq.example"}, HTML: button}
	for name, m := range map[string]Message{
		"nothing":           {},
		"white space":       {HTML: " \n ", Text: "\t"},
		"only a clipped":    {Partial: true, From: Address{Name: "A", Address: "a@example.com"}},
		"the reader's own":  {Folder: FolderSent, From: phishing.From, HTML: phishing.HTML},
		"the reader writes": {Folder: FolderDrafts, From: phishing.From, HTML: phishing.HTML},
	} {
		if v := d.Check(m); v.Level != Unknown {
			t.Errorf("%s: %s, want unknown", name, v.Level)
		}
	}
	if v := d.Check(Message{Folder: FolderSpam, From: phishing.From, HTML: phishing.HTML}); v.Level != Danger {
		t.Errorf("in the spam folder: %s", v.Level)
	}
}

func TestPartial(t *testing.T) {
	d := newDetector(t)
	v := d.Check(Message{From: Address{"A", "a@example.com"}, HTML: "<p>Hello</p>", Partial: true})
	if !v.Partial || v.Level != OK {
		t.Errorf("a clipped mail: %+v", v)
	}
	v = d.Check(Message{HTML: strings.Repeat(`<a href="https://example.com/">x</a>`, MaxLinks+1)})
	if !v.Partial || len(v.Links) != MaxLinks {
		t.Errorf("%d links listed, partial %v", len(v.Links), v.Partial)
	}
	// The bad link behind thousands of harmless ones is still judged.
	v = d.Check(Message{From: Address{"Amazon", "x@kzvq.example"}, HTML: strings.Repeat(`<a href="https://www.amazon.co.jp/">x</a>`, 2*MaxLinks) + button})
	if v.Level != Danger {
		t.Errorf("a bad link behind %d good ones: %s %+v", 2*MaxLinks, v.Level, v.Findings)
	}
}

func TestCheckURL(t *testing.T) {
	d := newDetector(t, WithProtected("honmono-example.co.jp"))
	for _, tt := range []struct {
		in, host, domain string
		level            Level
		target           string
	}{
		{"https://www.amazon.co.jp/gp/css", "www.amazon.co.jp", "amazon.co.jp", OK, ""},
		{"www-amazon-co-jp.xn5.cn", "www-amazon-co-jp.xn5.cn", "xn5.cn", Danger, "amazon.co.jp"},
		{"https://amazon.co.jp@xn5.cn/", "xn5.cn", "xn5.cn", Danger, "amazon.co.jp"},
		{"honmono-exarnple.co.jp", "honmono-exarnple.co.jp", "honmono-exarnple.co.jp", Danger, "honmono-example.co.jp"},
		{"amazon-login.shop", "amazon-login.shop", "amazon-login.shop", Caution, "amazon.com"},
		{"https://example.com:8443/x", "example.com", "example.com", OK, ""},
		{"example.com:8443/x", "example.com", "example.com", OK, ""},
		{"https://nam01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww-amazon-co-jp.xn5.cn%2F&data=x", "www-amazon-co-jp.xn5.cn", "xn5.cn", Danger, "amazon.co.jp"},
		{"", "", "", Unknown, ""},
		{"http://[", "", "", Unknown, ""},
		{"https://exa mple.com", "", "", Unknown, ""},
	} {
		v := d.CheckURL(tt.in)
		if len(v.Links) != 1 {
			t.Errorf("%+q: %d links", tt.in, len(v.Links))
			continue
		}
		l := v.Links[0]
		if l.Host != tt.host || l.RegistrableDomain != tt.domain || v.Level != tt.level {
			t.Errorf("%+q: host %+q, domain %+q, %s; want %+q, %+q, %s (%+v)", tt.in, l.Host, l.RegistrableDomain, v.Level, tt.host, tt.domain, tt.level, v.Findings)
		}
		if l.Href != tt.in {
			t.Errorf("%+q: href %+q", tt.in, l.Href)
		}
		found := tt.target == ""
		for _, f := range v.Findings {
			found = found || f.Evidence.Target == tt.target
		}
		if !found {
			t.Errorf("%+q: nothing names %q: %+v", tt.in, tt.target, v.Findings)
		}
	}
}

func TestProtected(t *testing.T) {
	for _, bad := range []string{"", "com", "co.jp", "a b.example", "192.0.2.1"} {
		if _, err := New(rules.Default(), WithProtected(bad)); err == nil {
			t.Errorf("%q was accepted", bad)
		}
	}
	own := Message{
		Mailbox: "hanako@honmono-example.co.jp", From: Address{"honmono-example.co.jp support", "it@vqzkht.example"},
		Subject: "Your password expires today", HTML: `<p>Your mailbox password expires within 24 hours. Keep same password:</p><a href="https://vqzkht.cn/?e=hanako@honmono-example.co.jp">Keep password</a>`,
	}
	if v := newDetector(t).Check(own); v.Level != Danger || !has(v, OwnDomainForeign) {
		t.Errorf("the reader's own organisation: %s %+v", v.Level, v.Findings)
	}
	own.Mailbox, own.HTML = "", strings.ReplaceAll(own.HTML, "hanako@honmono-example.co.jp", "1")
	if v := newDetector(t, WithProtected("honmono-example.co.jp")).Check(own); v.Level != Danger || !has(v, OwnDomainForeign) {
		t.Errorf("a protected domain: %s %+v", v.Level, v.Findings)
	}
}

func has(v Verdict, s Symbol) bool {
	return slices.ContainsFunc(v.Findings, func(f Finding) bool { return f.Symbol == s })
}

// TestDeterministic: a verdict is the same byte for byte, the score is what
// the findings say, and they come heaviest first.
func TestDeterministic(t *testing.T) {
	d, again := newDetector(t), newDetector(t)
	m := Message{From: Address{"Amazon", "cs-reply@amazon.co.jp"}, ReplyTo: &Address{Address: "x@gmail.com"}, Subject: "【重要】要対応 Apple", HTML: button + official}
	a, _ := json.Marshal(d.Check(m))
	for range 20 {
		b, _ := json.Marshal(again.Check(m))
		if string(a) != string(b) {
			t.Fatalf("two verdicts:\n%s\n%s", a, b)
		}
	}
	v := d.Check(m)
	sum := 0.0
	for i, f := range v.Findings {
		sum += f.Weight
		if i > 0 && f.Weight > v.Findings[i-1].Weight {
			t.Errorf("%s comes after a lighter finding", f.Symbol)
		}
	}
	if math.Abs(sum-v.Score) > 0.005 {
		t.Errorf("score %.2f, findings add up to %.4f", v.Score, sum)
	}
}

// TestHostile judges what is made to hurt: the page package's caps hold, and
// the attack in it is still seen.
func TestHostile(t *testing.T) {
	d := newDetector(t)
	for name, html := range map[string]string{
		"10 MB of text":  button + strings.Repeat("あいうえお ", 10<<20/16),
		"100,000 links":  button + strings.Repeat(`<a href="https://www.amazon.co.jp/x">x</a>`, 100_000),
		"deep nesting":   strings.Repeat("<div>", 100_000) + button,
		"10 MB of tags":  button + strings.Repeat("<p>", 10<<20/3),
		"one huge href":  button + `<a href="https://` + strings.Repeat("a.", 1<<20) + `com/">x</a>`,
		"broken charset": button + strings.Repeat("\xff\xfe", 1<<16),
	} {
		if v := d.Check(Message{From: Address{"Amazon", "x@kzvq.example"}, Subject: "【重要】", HTML: html}); v.Level != Danger {
			t.Errorf("%s: %s with %.2f", name, v.Level, v.Score)
		}
	}
}

// FuzzCheck: whatever a mail holds there is a verdict, the same one twice, of
// bounded size, that explains itself.
func FuzzCheck(f *testing.F) {
	f.Add("Amazon", "a@amazon.co.jp", "", "", "【重要】", button, "", "", false)
	f.Add("a@b.c", "@", "@", "@", "12345678", `<a href="https://user@[::1]:1/">http://x</a>`, "", ".html", true)
	f.Add("\xff", "x@\xff", "x@\xff", "\xff@", "", "<base href=//x><a href=?url=http://y>", "\xff", "\xff", false)
	f.Add("Ledger Support", "x@kzq.top", "y@gmail.com", "me@example.jp", "Re: me@example.jp expired",
		`<a href="mailto:a@b.co?x=y">report</a><a href="https://t.co/a">go</a><img src="//x.com/l.png" alt="PayPal">`, "", "a.pdf.exe", false)
	f.Add("Norton", "a@b@c d", "", "", "", "", "call our helpline +1 (808) 555-0123 payment http://1-2-3-4.x.com/ scan the qr", "x.zip", false)
	d := newDetector(f, WithProtected("example.co.jp"))
	f.Fuzz(func(t *testing.T, name, address, reply, mailbox, subject, html, text, attachment string, list bool) {
		m := Message{From: Address{name, address}, Subject: subject, HTML: html, Text: text, Mailbox: mailbox, List: list, Attachments: []string{attachment}}
		if reply != "" {
			m.ReplyTo = &Address{Address: reply}
		}
		v := d.Check(m)
		if len(v.Links) > MaxLinks || math.IsNaN(v.Score) || len(v.Findings) > len(Signals) {
			t.Errorf("%d links, %d findings, score %v", len(v.Links), len(v.Findings), v.Score)
		}
		sum := 0.0
		for _, finding := range v.Findings {
			sum += finding.Weight
			if !slices.ContainsFunc(Signals, func(s Signal) bool { return s.Symbol == finding.Symbol && s.Group == finding.Group }) {
				t.Errorf("%s is of the group %s", finding.Symbol, finding.Group)
			}
			if finding.Evidence.Link > len(v.Links) && !v.Partial {
				t.Errorf("%s is about link %d of %d", finding.Symbol, finding.Evidence.Link, len(v.Links))
			}
		}
		if math.Abs(sum-v.Score) > 0.005 {
			t.Errorf("the findings add up to %v, the score is %v", sum, v.Score)
		}
		a, _ := json.Marshal(v)
		b, _ := json.Marshal(d.Check(m))
		if string(a) != string(b) {
			t.Errorf("two verdicts:\n%s\n%s", a, b)
		}
	})
}

// TestSignals holds the table of signals against the rules' list of symbols.
func TestSignals(t *testing.T) {
	seen := map[Symbol]bool{}
	for _, s := range Signals {
		if seen[s.Symbol] {
			t.Errorf("%s is declared twice", s.Symbol)
		}
		seen[s.Symbol] = true
		if !slices.Contains(rules.Symbols, string(s.Symbol)) {
			t.Errorf("the rules cannot weigh %s", s.Symbol)
		}
		if _, ok := rules.Default().Scoring.Weights[string(s.Symbol)]; !ok {
			t.Errorf("%s has no weight", s.Symbol)
		}
	}
	for _, s := range rules.Symbols {
		if !seen[Symbol(s)] {
			t.Errorf("the rules weigh %s, which is no signal", s)
		}
	}
}

func TestPhonesIn(t *testing.T) {
	for in, want := range map[string][]string{
		"電話0120-333-245(24時間受付)":              {"0120333245"},
		"0120-333-245 9:00-18:00":             {"0120333245"},
		"(03) 1234-5678":                      {"0312345678"},
		"+81 3-1234-5678":                     {"0312345678"},
		"+1 (800) 555-0100 or 1-888-555-0199": {"18005550100", "18885550199"},
		"order 503-1234567-7654321":           nil,
		"2025-02-11":                          nil,
		"":                                    nil,
	} {
		var got []string
		for _, p := range phonesIn(in) {
			got = append(got, p.digits)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// TestOrganisationNamesTheButton: where a mail shows the genuine address in
// plain text and its button imitates it, the finding is about the button.
func TestOrganisationNamesTheButton(t *testing.T) {
	v := newDetector(t).Check(Message{
		From: Address{"株式会社 北陸みずき銀行", "info@kzwqtvh.com"}, Subject: "【重要】お取引の確認",
		HTML: `<p>お客様各位 24時間以内にご本人様確認をお願いいたします。</p>
			<a href="https://www.hokuriku-mizuki.co.jp.kzwqtvh.com/">お手続きはこちら</a>
			<p>https://www.hokuriku-mizuki.co.jp/</p>`,
	})
	for _, f := range v.Findings {
		if f.Symbol == UnknownOrgForeign && (f.Evidence.Link != 1 || f.Evidence.Target != "hokuriku-mizuki.co.jp") {
			t.Errorf("the finding is about link %d and names %q", f.Evidence.Link, f.Evidence.Target)
		}
	}
	for _, f := range v.Findings {
		if f.Group == GroupLookalike && f.Evidence.Target != "hokuriku-mizuki.co.jp" {
			t.Errorf("%s names %q, which the host does not spell", f.Symbol, f.Evidence.Target)
		}
	}
	if !has(v, UnknownOrgForeign) {
		t.Errorf("nothing says so: %+v", v.Findings)
	}
}

// TestSpells: a domain is spelled out only where what follows is cut off.
func TestSpells(t *testing.T) {
	for _, c := range []struct {
		host, name string
		want       bool
	}{
		{"www-amazon-co-jp.example.cn", "amazon.co.jp", true}, {"amazonco.jp", "amazon.co.jp", true}, {"amazoncojp.shop", "amazon.co.jp", true},
		{"amazon.jp.example.com", "amazon.jp", true}, {"xsmbc-card.com.example.net", "smbc-card.com", true},
		{"amazon-secure.shop", "amazon.se", false}, {"amazonjp.shop", "amazon.jp", false}, {"amazon-cojpx.shop", "amazon.co.jp", false}, {"amazon", "amazon.jp", false},
	} {
		if got := spells(c.host, c.name, suffixOf(c.name)); got != c.want {
			t.Errorf("spells(%q, %q) = %v", c.host, c.name, got)
		}
	}
}

// TestReports: a danger names who takes the report: the brand, or where it has no
// place for them, the council of its country.
func TestReports(t *testing.T) {
	d := newDetector(t)
	for _, c := range []struct{ name, brand, url string }{
		{"PayPal", "paypal", "mailto:phishing@paypal.com"},
		{"三井住友カード", "antiphishing-jp", "mailto:info@antiphishing.jp"},
	} {
		v := d.Check(Message{From: Address{c.name, "x@kzqvtw.top"}, Subject: "【重要】", HTML: button})
		var got Advice
		for _, a := range v.Advice {
			if a.Symbol == AdviceReport {
				got = a
			}
		}
		if v.Level != Danger || got.Brand != c.brand || got.URL != c.url || got.Name == "" {
			t.Errorf("%s: %s, %+v", c.name, v.Level, v.Advice)
		}
	}
}
