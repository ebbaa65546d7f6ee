package detector

import "testing"

// finding returns the finding with a symbol, or nil.
func finding(v Verdict, s Symbol) *Finding {
	for i := range v.Findings {
		if v.Findings[i].Symbol == s {
			return &v.Findings[i]
		}
	}
	return nil
}

// TestButton: the evidence says whether the link is a button or only a link, so
// that nobody is told of a button that is not there.
func TestButton(t *testing.T) {
	d := newDetector(t)
	for _, c := range []struct {
		name, html string
		button     bool
	}{
		{"words of a button", `<a href="https://qzkfwv-mihon.top/a">Verify now</a>`, true},
		{"a picture", `<a href="https://qzkfwv-mihon.top/a"><img src="https://qzkfwv-mihon.top/b.png" width="400" height="80"></a>`, true},
		{"a form", `<form action="https://qzkfwv-mihon.top/a"><input type="password"></form>`, true},
		{"a bare address", `<p>https://qzkfwv-mihon.top/a</p>`, false},
		{"a word in a sentence", `<a href="https://qzkfwv-mihon.top/a">qzkfwv-mihon.top</a>`, false},
	} {
		v := d.Check(Message{From: Address{"PayPal", "service@mihon-mail.example"}, Subject: "Your account is limited",
			HTML: "<p>Dear customer, your PayPal account will be suspended within 24 hours. Verify your identity.</p>" + c.html})
		f := finding(v, BrandForeignLink)
		if f == nil {
			t.Errorf("%s: no %s in %+v", c.name, BrandForeignLink, v.Findings)
		} else if f.Evidence.Button != c.button {
			t.Errorf("%s: button is %v", c.name, f.Evidence.Button)
		}
	}
}
