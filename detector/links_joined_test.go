package detector

import (
	"strings"
	"testing"

	"github.com/honmono/honmono/detector/rules"
)

// TestSplitLinks: a URL cut into several links to one host is read as one.
func TestSplitLinks(t *testing.T) {
	d, err := New(rules.Default())
	if err != nil {
		t.Fatal(err)
	}
	const evil = `<a href="https://zvqkwt.cn/a">`
	for _, c := range []struct{ name, html, shown string }{
		{"two", evil + "paypal</a>" + evil + ".com</a>", "paypal.com"},
		{"marked up, and a hidden word between", evil + "<b>paypal</b></a><span style=\"display:none\">x y</span>" + evil + "<i>.com</i>/login</a>", "paypal.com"},
		{"a letter each", evil + strings.Join(strings.Split("paypal.com", ""), "</a>"+evil) + "</a>", "paypal.com"},
		{"one", evil + "paypal.com</a>", "paypal.com"},
		{"a space between", evil + "paypal</a> " + evil + ".com</a>", ""},
		{"a space within", evil + "paypal </a>" + evil + ".com</a>", ""},
		{"a space at the second's start", evil + "paypal</a>" + evil + " .com</a>", ""},
		{"a line between", "<p>" + evil + "paypal</a></p>" + evil + ".com</a>", ""},
		{"to another host", evil + `paypal</a><a href="https://other.example/">.com</a>`, ""},
		{"the same host", `<a href="https://www.paypal.com/a">paypal</a><a href="https://www.paypal.com/b">.com</a>`, ""},
	} {
		v := d.Check(Message{HTML: "<p>" + c.html + "</p>", From: Address{Name: "x", Address: "x@zvqkwt.cn"}})
		shown := ""
		for _, f := range v.Findings {
			if f.Symbol == LinkTextMismatch {
				shown = f.Evidence.Shown
			}
		}
		if shown != c.shown {
			t.Errorf("%s: shown %q, want %q", c.name, shown, c.shown)
		}
	}
	if v := d.Check(Message{HTML: "<p>" + strings.Repeat(evil+"a.b</a>", 5000) + "</p>"}); len(v.Links) == 0 {
		t.Error("thousands of joined links: none read")
	}
}

// TestLeadsOn: a link that ends at a host which forwards says so.
func TestLeadsOn(t *testing.T) {
	d, err := New(rules.Default())
	if err != nil {
		t.Fatal(err)
	}
	for raw, want := range map[string]LeadsOn{
		"https://bit.ly/3EXAMPLE":                                 LeadsOnShortener,
		"https://www.google.com/url?q=https://bit.ly/3EXAMPLE":    LeadsOnShortener,
		"https://bit.ly/":                                         "",
		"https://u1.ct.sendgrid.net/ls/click?upn=EXAMPLE":         LeadsOnMailer,
		"https://protect-eu.mimecast.com/s/EXAMPLE":               LeadsOnGateway,
		"https://www.google.com/url?q=https://shop.example.org/x": "",
		"https://shop.example.org/":                               "",
		"mailto:a@example.org":                                    "",
	} {
		if v := d.CheckURL(raw); v.Links[0].LeadsOn != want {
			t.Errorf("%s leads on by %q, want %q", raw, v.Links[0].LeadsOn, want)
		}
	}
}
