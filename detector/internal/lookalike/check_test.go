package lookalike

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/honmono/honmono/detector/internal/domain"
)

// protected are the targets of this file's tests.
var protected = []Target{
	{Domain: "amazon.co.jp", Brand: "amazon", Keywords: []string{"amazon"}},
	{Domain: "amazon.com", Brand: "amazon", Keywords: []string{"amazon"}},
	{Domain: "amazonaws.com", Brand: "amazon", Keywords: []string{"amazon"}},
	{Domain: "rakuten.co.jp", Brand: "rakuten", Keywords: []string{"rakuten"}, Japanese: true},
	{Domain: "paypay.ne.jp", Brand: "paypay", Keywords: []string{"paypay"}, Japanese: true},
	{Domain: "jcb.co.jp", Brand: "jcb", Keywords: []string{"jcb", "myjcb"}, Japanese: true},
	{Domain: "smbc-card.com", Brand: "smbc", Keywords: []string{"smbc-card", "smbc"}, Japanese: true},
	{Domain: "smbc.co.jp", Brand: "smbc", Keywords: []string{"smbc-card", "smbc"}, Japanese: true},
	{Domain: "eki-net.com", Brand: "ekinet", Keywords: []string{"eki-net", "eki"}, Japanese: true},
	{Domain: "jrepoint.jp", Brand: "ekinet", Keywords: []string{"eki-net", "eki"}, Japanese: true},
	{Domain: "au.com", Brand: "au", Keywords: []string{"au", "aupay"}, Japanese: true},
	{Domain: "line.me", Brand: "line", Keywords: []string{"line"}, Japanese: true},
	{Domain: "ana.co.jp", Brand: "ana", Keywords: []string{"ana"}, Japanese: true},
	{Domain: "nhk.or.jp", Brand: "nhk", Keywords: []string{"nhk"}, Japanese: true},
	{Domain: "dhl.com", Brand: "dhl", Keywords: []string{"dhl"}, MayResemble: []string{"dhl-collectors.org"}},
	{Domain: "epos.jp", Brand: "epos", Keywords: []string{"epos", "eposcard"}, Japanese: true},
	{Domain: "apple.com", Brand: "apple", Keywords: []string{"apple"}},
	{Domain: "google.com", Brand: "google", Keywords: []string{"google"}},
	{Domain: "paypal.com", Brand: "paypal", Keywords: []string{"paypal"}, MayResemble: []string{"paypa1-fans.org"}},
	{Domain: "microsoft.com", Brand: "microsoft", Keywords: []string{"microsoft", "outlook"}},
	{Domain: "icloud.com", Brand: "apple", Keywords: []string{"icloud"}},
	{Domain: "docomo.ne.jp", Brand: "docomo", Keywords: []string{"docomo"}, Japanese: true},
	{Domain: "kuronekoyamato.co.jp", Brand: "yamato", Keywords: []string{"kuroneko", "kuronekoyamato"}, Japanese: true},
	{Domain: "uccard.co.jp", Brand: "uccard", Keywords: []string{"uccard"}, Japanese: true},
	{Domain: "eplus.jp", Brand: "eplus", Keywords: []string{"eplus"}, Japanese: true},
	{Domain: "zug-bahn.de", Brand: "zug", Keywords: []string{"zug-bahn"}},
	{Domain: "kokuzei.go.jp", Brand: "kokuzei", Keywords: []string{"kokuzei"}, Japanese: true},
	{Domain: "microlab.jp"}, // the reader's own
}

func TestCheck(t *testing.T) {
	x := NewIndex(protected)
	for _, c := range []struct {
		host     string
		kind     Kind     // 0: nothing
		strength Strength // at least; what is nothing may be a hint
		target   string
	}{
		// What belongs to them.
		{"amazon.co.jp", 0, 0, ""}, {"www.amazon.co.jp", 0, 0, ""}, {"amazon.com.amazon.com", 0, 0, ""}, {"mail.microlab.jp", 0, 0, ""},

		// Homographs.
		{"аррӏе.com", Homograph, Strong, "apple.com"},
		{"googlé.com", Homograph, Strong, "google.com"},
		{"ɢᴏᴏɢʟᴇ.com", Homograph, Strong, "google.com"},
		{"paypa1.com", Homograph, Strong, "paypal.com"},
		{"rnicrosoft.com", Homograph, Strong, "microsoft.com"},
		{"g00g1e.com", Homograph, Strong, "google.com"},
		{"rakvtcn.co.jp", Homograph, Weak, "rakuten.co.jp"},
		{"smbc-carcl.com", Homograph, Weak, "smbc-card.com"},
		{"goggle.com", 0, 0, ""},                              // a word
		{"modern.com", 0, 0, ""},                              // no one's shape
		{"wikipédia.org", Homograph, Strong, "wikipedia.org"}, // popular, though nobody listed it,
		{"docusígn.com", Homograph, Weak, "docusign.com"},

		// Slips.
		{"amazom.co.jp", Typo, Weak, "amazon.co.jp"},
		{"amazzon.co.jp", Typo, Weak, "amazon.co.jp"},
		{"gogle.com", Typo, Weak, "google.com"},
		{"paypla.com", Typo, Weak, "paypal.com"},
		{"ama-zon.co.jp", Typo, Weak, "amazon.co.jp"},
		{"p.aypay.ne.jp", Typo, Weak, "paypay.ne.jp"},
		{"ekinet.com", Typo, Weak, "eki-net.com"},
		{"lakuten.co.jp", Typo, Weak, "rakuten.co.jp"},
		{"jcb2.co.jp", Typo, Weak, "jcb.co.jp"},
		{"jtb.co.jp", 0, 0, ""},    // three letters are somebody's
		{"cloud.com", 0, 0, ""},    // a word is not icloud mistyped
		{"dccard.co.jp", 0, 0, ""}, // nor every card uccard
		{"zug-bahm.de", Typo, Weak, "zug-bahn.de"},
		{"zugbahm.de", 0, 0, ""}, // without its hyphen it is any German word
		{"goigle.com", Typo, Weak, "google.com"},
		{"goxgle.com", 0, 0, ""}, // no finger goes there
		{"ample.com", 0, 0, ""},
		{"amazed.com", 0, 0, ""},

		// Combosquatting.
		{"amazon-login.com", Combo, Weak, "amazon.com"},
		{"myjcb-card.top", Combo, Weak, "jcb.co.jp"},
		{"jcbsupport.com", Combo, Weak, "jcb.co.jp"},
		{"smbc-verify.com", Combo, Weak, "smbc-card.com"},
		{"eki-account.com", Combo, Weak, "eki-net.com"},
		{"ana-login.top", Combo, Weak, "ana.co.jp"},
		{"apple-support.com", Combo, Weak, "apple.com"},
		{"nhk-jp.com", Combo, Weak, "nhk.or.jp"},
		{"eposcard-verify.com", Combo, Weak, "epos.jp"},
		{"line-verify.top", Combo, Weak, "line.me"},
		{"au-login.top", Combo, Weak, "au.com"},
		{"wwwamazon.co.jp", Combo, Weak, "amazon.co.jp"},
		{"microlab-payroll.com", Combo, Weak, "microlab.jp"},
		{"my-jcb.cn", Combo, Weak, "jcb.co.jp"}, // and not myjcb with a hyphen too many
		{"rakuten-card.com", Combo, Weak, "rakuten.co.jp"},
		{"rakuten-card.ru", 0, 0, ""}, // a shop in another country
		{"rakuten-tools.top", Combo, Weak, "rakuten.co.jp"},
		{"rakuten-tools.info", 0, 0, ""},
		{"kokuzai.go.jp", 0, 0, ""},                           // only authorities get a name there
		{"smbc-direct-kzq.com", Combo, Weak, "smbc-card.com"}, // a lure, and letters that mean nothing
		{"dhl-parcel-kzqh.com", Combo, Weak, "dhl.com"},
		{"dhl-parcel-museum.com", 0, 0, ""},
		{"dhl-kzqh.com", 0, 0, ""},                                                      // no lure
		{"www.microsoft-security-de-register-device.com", Combo, Weak, "microsoft.com"}, // half a sentence with a lure
		{"microsoft-in-the-classroom.com", 0, 0, ""},
		{"microsoft-security-blog.com", 0, 0, ""},
		{"kuronekoyamatologin.com", Combo, Weak, "kuronekoyamato.co.jp"},
		{"au-logiin.top", Combo, Weak, "au.com"}, // a lure misspelt
		{"au-logic.top", 0, 0, ""},               // a word
		{"rakuten-card-security.shop", Combo, Weak, "rakuten.co.jp"},
		{"pineapple.com", 0, 0, ""},
		{"pineapple-online.com", 0, 0, ""},
		{"online.com", 0, 0, ""},
		{"banana.com", 0, 0, ""},
		{"canada-login.com", 0, 0, ""},
		{"adhlawfirm.com", 0, 0, ""},
		{"attendhlth.com", 0, 0, ""},
		{"lineage.com", 0, 0, ""},
		{"reposting.com", 0, 0, ""},
		{"tableaux.com", 0, 0, ""},
		{"dhl-collectors.org", 0, 0, ""}, // an exception

		// Embedding.
		{"amazon.co.jp.evil.top", Embedded, Strong, "amazon.co.jp"},
		{"www-amazon-co-jp.xn5.cn", Embedded, Strong, "amazon.co.jp"},
		{"amazoncojp.shop", Embedded, Strong, "amazon.co.jp"},
		{"amazonco.jp", Embedded, Strong, "amazon.co.jp"},
		{"login.smbc-card.com.example.net", Embedded, Strong, "smbc-card.com"},
		{"au.com.evil.top", Embedded, Strong, "au.com"},
		{"jcb.example.top", Embedded, Weak, "jcb.co.jp"},
		{"amazon.example.net", Embedded, Weak, "amazon.com"},
		{"wikipedia.org.evil-host.net", Embedded, Weak, "wikipedia.org"},
		{"eki.example.com", 0, 0, ""}, // a short name alone is a hint
		{"online.example.com", 0, 0, ""},
		{"outlook.acme-tools.net", 0, 0, ""},         // a company's own mail
		{"www-amazon-co-jp.akamaized.net", 0, 0, ""}, // a network's name for amazon.co.jp

		// Other suffixes.
		{"amazon.cm", Suffix, Weak, "amazon.com"},
		{"rakuten.top", Suffix, Weak, "rakuten.co.jp"},
		{"smbc-card.xyz", Suffix, Weak, "smbc-card.com"},
		{"rakuten.net", Suffix, Weak, "rakuten.co.jp"},
		{"rakuten.cn", Suffix, Weak, "rakuten.co.jp"},
		{"paypal.cn", 0, 0, ""}, {"paypal.org.cn", 0, 0, ""}, // a real market, for a global brand
		{"rakuten.de", 0, 0, ""}, // mostly the brand's own
		{"line.org", 0, 0, ""},

		// Tenants.
		{"amazon.web.app", Tenant, Weak, "amazon.com"},
		{"jcb-login.pages.dev", Tenant, Weak, "jcb.co.jp"},
		{"amazon-login.s3.amazonaws.com", Tenant, Weak, "amazon.com"},
		{"pineapple.web.app", 0, 0, ""},
		{"rakuten.com.de", 0, 0, ""}, // sold as any country's suffix

		// Far, where something else is wrong too.
		{"amzone.co.jp.example.cn", Embedded, Weak, "amazon.com"},
		{"kuronkoyomata.co.jp.evil-host.net", Embedded, Weak, "kuronekoyamato.co.jp"},
		{"amzone.com", 0, 0, ""},
	} {
		host, err := domain.ToASCII(c.host)
		if err != nil {
			t.Fatalf("%+q: %v", c.host, err)
		}
		ms := x.Check(host)
		if c.kind == 0 {
			if len(ms) > 0 && ms[0].Strength > Hint {
				t.Errorf("%+q: %v, want nothing", c.host, ms)
			}
			continue
		}
		if !slices.ContainsFunc(ms, func(m Match) bool { return m.Kind == c.kind && m.Strength >= c.strength && m.Target == c.target }) {
			t.Errorf("%+q: %v, want a %v %v of %s", c.host, ms, c.strength, c.kind, c.target)
		}
	}
}

func TestHints(t *testing.T) {
	x := NewIndex(protected)
	for _, c := range []struct{ host, brand string }{
		{"amazon-pape.example-shop.com", "amazon"}, {"rakutenxy.com", "rakuten"}, {"eki.example.com", "ekinet"}, {"rakuten.de", "rakuten"},
		{"smbcxr.com", "smbc"}, {"login.amzone-x.top", "amazon"}, {"rekutenn-ab.com", "rakuten"}, {"rakutens.com", "rakuten"},
		{"rekutenxkv.com", "rakuten"}, {"wwwd0comoxx.example.cn", "docomo"}, {"loginraktenzz.top", "rakuten"}, // glued, a letter wrong
		{"x.au-logiin.sqwrtz.com", "au"}, {"au.1q-x9.com", "au"}, {"eposxkv.com", "epos"},
	} {
		if ms := x.Check(c.host); len(ms) == 0 || ms[0].Brand != c.brand {
			t.Errorf("%s: %v, want a hint at %s", c.host, ms, c.brand)
		}
	}
	for _, host := range []string{"microlabxy.com", "www.example.com", "city.kyoto.lg.jp", "github.com", "nightline.example.com", "tableplus.top", "epostal.com", "googletagmanager.com",
		"au.example-travel.com", "documentary.com", "rakastan.fi", "epostage.com", "decomposed.com", "yamamoto-docs.com"} {
		if ms := x.Check(host); len(ms) > 0 {
			t.Errorf("%s: %v, want nothing at all", host, ms)
		}
	}
}

func TestNoMoreThanWeak(t *testing.T) {
	x := NewIndex(protected)
	for _, host := range []string{"appie.com", "amazom.co.jp", "amazon-login.com", "rakuten.top", "amazon.web.app", "amazon.example.net", "googlé.cóm"} {
		host, err := domain.ToASCII(host)
		if err != nil {
			t.Fatal(err)
		}
		if ms := x.Check(host); len(ms) == 0 || ms[0].Strength != Weak {
			t.Errorf("%+q: %v, want a weak match", host, ms)
		}
	}
}

// TestNative: names in their own script are found as they are written; they are
// no homographs of themselves, and nothing is a slip away from them.
func TestNative(t *testing.T) {
	x := NewIndex([]Target{
		{Domain: "rakuten.co.jp", Brand: "rakuten", Keywords: []string{"rakuten", "楽天"}, Japanese: true},
		{Domain: "y-logi.com", Brand: "yamato", Keywords: []string{"黑貓宅急便", "クロネコヤマト"}, Japanese: true},
		{Domain: "mercari.com", Brand: "mercari", Keywords: []string{"メルカリ"}, Japanese: true},
		{Domain: "xn--wgv71a119e.jp", Brand: "nihongo"},
	})
	for _, c := range []struct {
		host     string
		strength Strength // 0: nothing
		brand    string
	}{
		{"楽天-カード.shop", Weak, "rakuten"}, {"楽天カード認証.com", Hint, "rakuten"}, {"楽天-ログイン.com", Weak, "rakuten"},
		{"黑貓宅急便aw.xyz", Weak, "yamato"}, {"黑貓宅急便.top", Weak, "yamato"}, {"login.黑貓宅急便.example.com", Weak, "yamato"},
		{"クロネコヤマト-再配達.com", Weak, "yamato"}, {"メルカリ.cn", Weak, "mercari"}, {"日本語.top", Hint, "nihongo"}, {"日本語.jp.example.net", Strong, "nihongo"},
		{"楽天ファン.jp", Hint, "rakuten"}, {"メルカリ.com", Weak, "mercari"},
		{"行楽天国.jp", 0, ""}, {"楽園.com", 0, ""}, {"黑猫警长.com", 0, ""}, {"日本語学校.com", 0, ""}, {"楽天.jp.rakuten.co.jp", 0, ""},
	} {
		host, err := domain.ToASCII(c.host)
		if err != nil {
			t.Fatalf("%+q: %v", c.host, err)
		}
		ms := x.Check(host)
		switch {
		case c.strength == 0 && len(ms) > 0:
			t.Errorf("%+q (%s): %v, want nothing", c.host, c.host, ms)
		case c.strength > 0 && (len(ms) == 0 || ms[0].Strength != c.strength || ms[0].Brand != c.brand || ms[0].Kind == Homograph):
			t.Errorf("%+q (%s): %v, want a %v of %s", c.host, c.host, ms, c.strength, c.brand)
		}
	}
}

// TestNamesTheNearest: of several brands the one is named that explains most of
// the host with the fewest letters wrong, and of its domains the best known.
func TestNamesTheNearest(t *testing.T) {
	targets := append([]Target{
		{Domain: "paypal.at", Brand: "paypal", Keywords: []string{"paypal"}}, {Domain: "amazon.ae", Brand: "amazon", Keywords: []string{"amazon"}},
		{Domain: "smbc.co.jp", Brand: "bank", Keywords: []string{"smbc"}, Japanese: true},
		{Domain: "rakuten.co.jp", Brand: "rakuten-bank", Keywords: []string{"rakuten-bank"}, Japanese: true},
	}, protected...)
	for _, x := range []*Index{NewIndex(targets), NewIndex(reversed(targets))} {
		for host, want := range map[string]string{
			"paypal-secure.shop": "paypal.com", "paypay-secure.shop": "paypay.ne.jp", "paypai.ne.jp": "paypay.ne.jp",
			"smbc-card.xyz": "smbc-card.com", "smbc-cardx.com": "smbc-card.com", "amazon-card.top": "amazon.com", "amazon-login.jp": "amazon.com",
		} {
			if ms := x.Check(host); len(ms) == 0 || ms[0].Target != want {
				t.Errorf("%s: %v, want %s", host, ms, want)
			}
		}
		// A name that a brand lists is its own before it is another one's label.
		if ms := x.Check("rakuten05.com"); len(ms) == 0 || ms[0].Brand != "rakuten" {
			t.Errorf("rakuten05.com: %v, want rakuten", ms)
		}
	}
}

// TestInAnyOrder: the targets of a brand need not stand together.
func TestInAnyOrder(t *testing.T) {
	targets := []Target{
		{Domain: "northgate-bank.com", Brand: "northgate", Keywords: []string{"northgate"}}, {Domain: "hanemura.co.jp", Brand: "hanemura", Keywords: []string{"hanemura"}},
		{Domain: "northgate.co.uk", Brand: "northgate", Keywords: []string{"northgate"}}, {Domain: "northgate-cards.com", Brand: "northgate", Keywords: []string{"northgate"}},
		{Domain: "hanemura-card.com", Brand: "hanemura", Keywords: []string{"hanemura", "hanekado"}}, {Domain: "hanemura.com", Brand: "hanemura", Keywords: []string{"hanemura", "hanekado"}},
	}
	together := slices.Clone(targets)
	slices.SortStableFunc(together, func(a, b Target) int { return strings.Compare(a.Brand, b.Brand) })
	mixed, sorted := NewIndex(targets), NewIndex(together)
	for _, host := range []string{
		"northgate-cards.net", "n0rthgate.co.uk", "northgate-bank.com.kzvq.top", "northgate.co.uk.kzvq.top", "northgate-cards.com.kzvq.top",
		"hanemura-card.net", "hanemuura.co.jp", "hanemura.com.kzvq.top", "hanemura-card.com.kzvq.top", "hanekado-login.com",
	} {
		got, want := mixed.Check(host), sorted.Check(host)
		if len(got) == 0 || !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", host, got, want)
		}
	}
}

// TestHostsOfOneDomain: thousands of protected hosts under one registrable domain
// have one name, which is found once wherever it stands.
func TestHostsOfOneDomain(t *testing.T) {
	targets := make([]Target, 0, 5001)
	for i := range 5000 {
		targets = append(targets, Target{Domain: "host" + strconv.Itoa(i) + ".mihon-kaisha.co.jp"})
	}
	x := NewIndex(append(targets, Target{Domain: "mihon-kaisha.co.jp"}))
	if names, _ := x.size(); names != 1 {
		t.Errorf("%d names, want 1", names)
	}
	ms := x.Check("mihon-kaisya.co.jp")
	if len(ms) != 1 || ms[0].Target != "mihon-kaisha.co.jp" {
		t.Errorf("got %d matches, %v, want one of mihon-kaisha.co.jp", len(ms), ms)
	}
	for _, own := range []string{"host7.mihon-kaisha.co.jp", "www.host4999.mihon-kaisha.co.jp", "mihon-kaisha.co.jp"} {
		if !x.Official(own) {
			t.Errorf("%s is not official", own)
		}
	}
}

func reversed(targets []Target) []Target {
	out := slices.Clone(targets)
	slices.Reverse(out)
	return out
}

// TestOwnDomain: what the reader protects is protected under every suffix, with
// as many levels as it has, and against schools and authorities too.
func TestOwnDomain(t *testing.T) {
	for _, c := range []struct {
		own  string
		bad  []string
		good []string
	}{
		{"u-tokai.ac.jp", []string{"u-tokal.ac.jp", "u-tokia.ac.jp", "utokai.ac.jp", "u-tokai-ac.jp", "u-tokai.ac.jp.example.top", "u-tokai-login.com"}, []string{"u-toyama.ac.jp", "www.u-tokai.ac.jp", "tokyo.ac.jp"}},
		{"microlab.co.jp", []string{"micr0lab.co.jp", "microlabco.jp", "micro1ab.co.jp", "microlab.co.jp.example.net"}, []string{"macrofab.co.jp", "microscope.co.jp"}},
		{"maruyama.chuo.tokyo.jp", []string{"maruyamma.chuo.tokyo.jp", "maruyama-chuo-tokyo-jp.example.com"}, []string{"marugame.chuo.tokyo.jp"}},
		{"hakubi.ed.jp", []string{"hakubl.ed.jp", "hakuubi.ed.jp"}, []string{"hakui.ed.jp.example.org"}},
		{"brightside.ac.uk", []string{"brigthside.ac.uk", "brightslde.ac.uk"}, []string{"brightwater.ac.uk"}},
		{"clearbrook.k12.ca.us", []string{"clearbrok.k12.ca.us", "dearbrook.k12.ca.us"}, []string{"clearwater.k12.ca.us"}},
		{"nordwind.com.au", []string{"nordwlnd.com.au", "norwind.com.au", "nordwindcom.au"}, []string{"nordkind.net.au"}},
	} {
		x := NewIndex([]Target{{Domain: c.own}})
		for _, h := range c.bad {
			if ms := x.Check(h); len(ms) == 0 || ms[0].Strength < Weak || ms[0].Target != c.own {
				t.Errorf("%s: %v, want at least a weak match of %s", h, ms, c.own)
			}
		}
		for _, h := range c.good {
			if ms := x.Check(h); len(ms) > 0 {
				t.Errorf("%s: %v, want nothing (%s is protected)", h, ms, c.own)
			}
		}
	}
}

func TestMayResembleIsScoped(t *testing.T) {
	x := NewIndex([]Target{
		{Domain: "tunaswap.jp", Brand: "a", Keywords: []string{"tunaswap"}, MayResemble: []string{"tunaswop.jp"}},
		{Domain: "tunaswip.jp", Brand: "b", Keywords: []string{"tunaswip"}},
	})
	ms := x.Check("tunaswop.jp")
	if len(ms) != 1 || ms[0].Brand != "b" {
		t.Errorf("what may resemble a only: %v", ms)
	}
	if ms := x.Check("shop.tunaswop.jp"); len(ms) != 1 || ms[0].Brand != "b" {
		t.Errorf("a host below it: %v", ms)
	}
}

func TestOptions(t *testing.T) {
	targets := []Target{{Domain: "rakuten.co.jp", Brand: "rakuten", Keywords: []string{"rakuten"}, Japanese: true}}
	x := Options{
		Popular: func(d string) bool { return d == "rakutan.co.jp" },
		Cheap:   func(s string) bool { return s == "example" },
	}.NewIndex(targets)
	if ms := x.Check("rakutan.co.jp"); len(ms) > 0 {
		t.Errorf("a popular domain: %v", ms)
	}
	if ms := x.Check("rakutun.co.jp"); len(ms) == 0 {
		t.Error("an unpopular one: nothing")
	}
	if ms := x.Check("rakuten.example"); len(ms) != 1 || ms[0].Strength != Weak {
		t.Errorf("under a cheap suffix: %v", ms)
	}
	if ms := x.Check("rakuten.top"); len(ms) != 1 || ms[0].Strength != Hint {
		t.Errorf("under one that is not: %v", ms)
	}
}

func TestOfficial(t *testing.T) {
	x := NewIndex([]Target{{Domain: "amazonaws.com"}, {Domain: "team.sharepoint.com"}, {Domain: "blogspot.com"}, {Domain: "example"}, {Domain: "10.0.0.1"}, {Domain: ""}})
	for host, want := range map[string]bool{
		"amazonaws.com": true, "status.amazonaws.com": true, "bucket.s3.amazonaws.com": false,
		"team.sharepoint.com": true, "x.team.sharepoint.com": true, "sharepoint.com": false,
		"blogspot.com": true, "me.blogspot.com": false, "example": false, "10.0.0.1": false, "notamazonaws.com": false,
	} {
		if got := x.Official(host); got != want {
			t.Errorf("Official(%q) = %v", host, got)
		}
	}
}

func TestStrings(t *testing.T) {
	if Homograph.String() != "homograph" || Tenant.String() != "tenant" || Kind(99).String() != "invalid" ||
		Hint.String() != "hint" || Strong.String() != "strong" || Strength(99).String() != "invalid" {
		t.Error("kinds and strengths have other names")
	}
}
