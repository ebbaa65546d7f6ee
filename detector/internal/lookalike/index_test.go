package lookalike

import "testing"

var brands = []Target{
	{Domain: "amazon.co.jp", Brand: "amazon", Keywords: []string{"amazon"}},
	{Domain: "apple.com", Brand: "apple"},
	{Domain: "jcb.co.jp", Brand: "jcb", Keywords: []string{"jcb", "myjcb"}},
}

func TestCheck(t *testing.T) {
	x := NewIndex(brands)
	for _, c := range []struct {
		host  string
		kind  Kind
		brand string
	}{
		{"www.amazon.co.jp", 0, ""},
		{"amazon.top", Suffix, "amazon"},
		{"amazom.co.jp", Typo, "amazon"},
		{"xn--80ak6aa92e.com", Homograph, "apple"},
		{"my-jcb.cn", Combo, "jcb"},
		{"pineapple.com", 0, ""},
		{"amazon.co.jp.evil.top", Embedded, "amazon"},
		{"www-amazon-co-jp.xn5.cn", Embedded, "amazon"},
		{"amazon.web.app", Tenant, "amazon"},
	} {
		m := x.Check(c.host)
		if c.kind == 0 {
			if len(m) > 0 {
				t.Errorf("%+q: %+v, want nothing", c.host, m)
			}
			continue
		}
		if len(m) == 0 || m[0].Kind != c.kind || m[0].Brand != c.brand {
			t.Errorf("%+q: %+v, want %v of %s", c.host, m, c.kind, c.brand)
		}
	}
}
