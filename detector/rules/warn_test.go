package rules_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/honmono/honmono/detector/rules"
)

// TestWarnings: what is right and could be better is said, by file.
func TestWarnings(t *testing.T) {
	compile := func(m fstest.MapFS) *rules.Set {
		t.Helper()
		s, err := rules.Compile(m)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	m := good(t)
	before := rules.Warnings(compile(m)).Error()
	for _, c := range []struct{ name, text, want string }{
		{"whole", "name: Third Bank\nname-ja: 第三銀行\ndomain: third-bank.co.jp | https://www.third-bank.co.jp/\nregion: jp\ncategory: bank\ncheck: https://www.third-bank.co.jp/ | Third Bank | 第三銀行\n", ""},
		{"one source of two", "name: Third Bank\nname-ja: 第三銀行\ndomain: third-bank.co.jp | common knowledge\ndomain: third-bank.com | x\nregion: jp\ncategory: bank\ncheck: https://www.third-bank.co.jp/ | Third Bank\n", ""},
		{"no source", "name: Third Bank\nname: 第三銀行\ndomain: third-bank.co.jp | common knowledge\nregion: jp\ncategory: bank\ncheck: https://www.third-bank.co.jp/ | x\n", `brands/third.txt: only common knowledge says that "third-bank.co.jp"`},
		{"no check", "name: Third Bank\nname: 第三銀行\ndomain: third-bank.co.jp | x\nregion: jp\ncategory: bank\n", "brands/third.txt: no check"},
		{"no Latin name", "name: 第三銀行\ndomain: third-bank.co.jp | x\nregion: jp\ncategory: bank\ncheck: https://www.third-bank.co.jp/ | x\n", "brands/third.txt: no name in Latin letters"},
		{"no Japanese name", "name: Third Bank\ndomain: third-bank.co.jp | x\nregion: jp\ncategory: bank\ncheck: https://www.third-bank.co.jp/ | x\n", "brands/third.txt: no name in Japanese letters"},
		{"no Japanese name elsewhere", "name: Third Bank\ndomain: third-bank.com | x\nregion: us\ncategory: bank\ncheck: https://www.third-bank.com/ | x\n", ""},
	} {
		m["brands/third.txt"] = &fstest.MapFile{Data: []byte(c.text)}
		got := rules.Warnings(compile(m)).Error()
		if c.want == "" && got != before || c.want != "" && !strings.Contains(got, c.want) {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

// TestMostImitated: the brands that are imitated the most have no warning.
func TestMostImitated(t *testing.T) {
	s, err := rules.Compile(os.DirFS("source"))
	if err != nil {
		t.Fatal(err)
	}
	warned := map[string]string{}
	for _, w := range rules.Warnings(s) {
		warned[w.File] = w.Text
	}
	known := map[string]bool{}
	for _, b := range s.Brands {
		known[b.ID] = true
	}
	for _, id := range mostImitated {
		if !known[id] {
			t.Errorf("no brand %q", id)
		} else if w := warned["brands/"+id+".txt"]; w != "" {
			t.Errorf("%s: %s", id, w)
		}
	}
	if len(mostImitated) < 100 {
		t.Errorf("%d brands", len(mostImitated))
	}
}

// mostImitated are the brands of Japan and of the world that phishing takes the
// name of the most, by JPCERT/CC's lists and the yearly reports on phishing.
var mostImitated = strings.Fields(`smbc-card jcb jabank sbisec monex ekinet saison mercari daiwa apple uccard amazon tscubic
	rakuten yamato au mizuho orico viewcard matsui epos aeon paypay biglobe amex nomura japanpost nhk nta docomo tepco jaccs
	gmo-aozora ana sagawa pocketcard boy mufg resona etc lifecard tokyogas nintendo micard jal softbank line smbc yucho
	rakuten-bank rakuten-sec smtb sonybank aeon-bank paypay-bank sbi-netbank smbc-nikko mufg-sec mufg-nicos coincheck bitflyer
	microsoft google meta paypal netflix dhl fedex ups usps linkedin docusign adobe dropbox coinbase binance metamask ledger
	chase bofa wellsfargo citi capitalone mastercard visa hsbc booking airbnb spotify disney steam ebay aliexpress walmart
	costco intuit zoom github x tiktok norton mcafee godaddy stripe irs roblox shopify wetransfer hmrc itau bradesco nubank bb
	caixa correios govbr mercadolibre santander ctt cgd sparkasse dkb aeat dgt ameli impots laposte`)
