package rules_test

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/honmono/honmono/detector/rules"
)

var update = flag.Bool("update", false, "write what the compiler says of testdata/bad to bad.txt")

// good is the rule set of testdata/good, to be changed by one test.
func good(t *testing.T) fstest.MapFS {
	t.Helper()
	m := fstest.MapFS{}
	dir := os.DirFS("testdata/good")
	err := fs.WalkDir(dir, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(dir, name)
		m[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	m["scoring.txt"] = &fstest.MapFile{Data: withWeights(m["scoring.txt"].Data)}
	return m
}

// withWeights adds a weight for every symbol that scoring.txt leaves out, so
// that a new symbol needs no change of the test data.
func withWeights(scoring []byte) []byte {
	for _, symbol := range rules.Symbols {
		if !strings.Contains(string(scoring), "weight: "+symbol+" ") {
			scoring = append(scoring, "weight: "+symbol+" | 0.5\n"...)
		}
	}
	return scoring
}

func TestCompileGood(t *testing.T) {
	s, err := rules.Compile(good(t))
	if err != nil {
		t.Fatal(err)
	}
	want := rules.Brand{
		ID: "example-bank", Names: []string{"Example Bank", "エグザンプル銀行"}, NameJa: "エグザンプル銀行",
		Words: []string{"EXB"}, Context: []string{"account", "口座"},
		Domains: []rules.Domain{
			{Domain: "example-bank.co.jp", Source: "https://www.example-bank.co.jp/security/"},
			{Domain: "example-group.co.jp", Source: "https://www.example-bank.co.jp/security/"},
		},
		Senders:  []rules.Domain{{Domain: "mail-house.example.net", Source: "the bank's own list of senders"}},
		Keywords: []string{"examplebank"}, MayResemble: []string{"example-banker.com"},
		Phones: []string{"0120000111"}, Region: "jp", Category: "bank",
		Check:  &rules.Place{URL: "https://www.example-bank.co.jp/login", Name: "Online banking", NameJa: "インターネットバンキング"},
		Report: &rules.Place{URL: "mailto:report@example-bank.co.jp", Name: "Example Bank", NameJa: "エグザンプル銀行"},
		Policy: rules.Policy{
			NeverLoginLink: true, PlainURL: "https://www.example-bank.co.jp/", RealName: true,
			SendsFrom: []string{"info@mail.example-bank.co.jp", "mail-house.example.net"}, NeverSent: []string{"自動退会"},
		},
	}
	if len(s.Brands) != 2 || !reflect.DeepEqual(s.Brands[0], want) {
		t.Errorf("brands are %+v\nwant the first to be %+v", s.Brands, want)
	}
	if got := s.Brands[1].Domains; len(got) != 2 || got[1].Domain != "gov.uk" {
		t.Errorf("the suffix is not among the domains: %+v", got)
	}
	if got := s.Links.Wrappers; len(got) != 4 || got[2].Path != "/amp/s/" || got[3].Method != "query" || !reflect.DeepEqual(got[3].Params, []string{"q", "url"}) {
		t.Errorf("wrappers are %+v", got)
	}
	if !reflect.DeepEqual(s.Links.Freemail, []string{"gmail.com"}) {
		t.Errorf("freemail is %q", s.Links.Freemail)
	}
	if len(s.Phrases) != 4 || s.Phrases[2] != (rules.Phrase{Kind: rules.Deadline, Lang: "ja", Text: "２４時間以内"}) {
		t.Errorf("phrases are %+q", s.Phrases)
	}
	if len(s.Phones) != 2 || s.Phones[0].Digits != "0120333245" || s.Phones[0].Brands[0] != "example-bank" || s.Phones[1].Brands != nil {
		t.Errorf("phones are %+v", s.Phones)
	}
	if len(s.Webmails) != 1 || !reflect.DeepEqual(s.Webmails[0].SenderAddress, []string{"email", "text"}) {
		t.Errorf("webmails are %+v", s.Webmails)
	}
	if s.Scoring.Caution != 3 || s.Scoring.Danger != 6 || s.Scoring.Weights["IMAGE_ONLY"] != 0.5 || len(s.Scoring.Off) != 2 {
		t.Errorf("scoring is %+v", s.Scoring)
	}
}

// TestCompileBad compares everything the compiler says of a rule set full of
// mistakes; run with -update after a change of wording, and read the diff.
func TestCompileBad(t *testing.T) {
	s, err := rules.Compile(os.DirFS("testdata/bad"))
	var mistakes rules.Mistakes
	if !errors.As(err, &mistakes) || s != nil {
		t.Fatalf("Compile answered %v, %T", s, err)
	}
	var b strings.Builder
	for _, m := range mistakes {
		if !strings.HasPrefix(m.Text, "no weight for ") { // as many as there are symbols
			fmt.Fprintln(&b, m)
		}
	}
	got := b.String()
	if *update {
		if err := os.WriteFile("testdata/bad.txt", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/bad.txt")
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range max(len(g), len(w)) {
		switch {
		case i >= len(g):
			t.Fatalf("line %d is missing: %s", i+1, w[i])
		case i >= len(w) || g[i] != w[i]:
			t.Fatalf("line %d is\n%s\nwant\n%s", i+1, g[i], strings.Join(w[min(i, len(w)):min(i+1, len(w))], ""))
		}
	}
}

// TestCompileOne changes one thing of the good set. Every mistake stands beside
// a near miss, whose want is empty.
func TestCompileOne(t *testing.T) {
	const bank = "brands/example-bank.txt"
	for _, c := range []struct{ name, file, text, want string }{
		{"key", bank, "nam: x", bank + `:26: unknown key "nam": did you mean "name"?`},
		{"another name", bank, "name: Example Bank Ltd", ""},
		{"name of another brand", bank, "name: example card", "is a name of brands/example-bank.txt:26 too"},
		{"several names in one line", bank, "name: a bank | b bank", "takes one value"},

		{"host below own domain", bank, "domain: www.example-bank.co.jp | x", `lies under "example-bank.co.jp"`},
		{"domain of the same label", bank, "domain: example-bank.com | x", ""},
		{"no source", bank, "domain: example-bank.com", "has 1 fields, want 2"},
		{"public suffix", bank, "domain: co.jp | x", "is a public suffix"},
		{"private suffix", bank, "domain: github.io | x", "is a public suffix"},
		{"tenant of a private suffix", bank, "domain: example-bank.github.io | x", ""},
		{"unknown suffix", bank, "domain: example.nosuchtld | x", "does not know"},
		{"upper case", bank, "domain: Example-Bank.com | x", `write "example-bank.com"`},
		{"Unicode", bank, "domain: 例え.jp | x", `write "xn--r8jz45g.jp"`},
		{"punycode", bank, "domain: xn--r8jz45g.jp | x", ""},
		{"address", bank, "domain: 192.0.2.1 | x", "is not a domain"},
		{"trailing dot", bank, "domain: example-bank.com. | x", "is not"},
		{"shared by one file only", bank, "domain: example-group.com | x\nshared-domain: example-group.net | x", `no other brand has "example-group.net"`},
		{"another brand's", "brands/example-card.txt", "domain: example-bank.co.jp | x", `write "shared-domain" in both`},
		{"below another brand's", "brands/example-card.txt", "domain: card.example-bank.co.jp | x", `write "shared-domain: card.example-bank.co.jp" in both files`},
		{"suffix that is none", bank, "suffix: example.com | x", "is no public suffix"},
		{"suffix of its own", bank, "suffix: google | x", ""},
		{"private suffix below its own", bank, "suffix: gov.uk | x\nsuffix: service.gov.uk | x", ""},
		{"private suffix of strangers", bank, "suffix: service.gov.uk | x", "is no public suffix"},
		{"registry's suffix below its own", bank, "suffix: gov.uk | x\nsuffix: example.gov.uk | x", "is no public suffix"},
		{"place of tenants", bank, "domain: sites.google.com | x", "is a place of tenants by links/all.txt:6"},
		{"one of the tenants", bank, "domain: bank.sites.google.com | x", ""},

		{"keyword", bank, "keyword: Example", "two or more lower-case letters"},
		{"keyword with hyphen", bank, "keyword: example-net", ""},
		{"keyword in Japanese", bank, "keyword: 例示銀行", ""},
		{"keyword in Japanese with hyphen", bank, "keyword: 例示-カード", ""},
		{"keyword in half-width kana", bank, "keyword: ﾚｲｼﾞ", "in the spelling of a browser"},
		{"keyword in capitals beyond ASCII", bank, "keyword: ÉXAMPLE", "in the spelling of a browser"},
		{"keyword of one character", bank, "keyword: 例", "two or more"},
		{"keyword in punycode", bank, "keyword: xn--fsqu00a", "joined by single hyphens"},
		{"keyword with a dot in Japanese", bank, "keyword: 例.銀行", "in the spelling of a browser"},
		{"international number", bank, "phone: +81-120-000-112", "is no telephone number"},
		{"number without hyphens", bank, "phone: 0120000112", ""},
		{"abused number of its own", "phones.txt", "abused: 0120-000-111 | example-bank | x", "is abused in this brand's name"},
		{"number abused in another name", "phones.txt", "abused: 0120-000-111 | example-card | x", ""},
		{"brand of a phone", "phones.txt", "abused: 0120-000-112 | exampel-bank | x", `did you mean "example-bank"?`},
		{"check twice", bank, "check: https://www.example-bank.co.jp/", `"check" again`},
		{"check elsewhere", "brands/example-card.txt", "check: https://www.example-bank.co.jp/", "is not on a domain of this brand"},
		{"check on a host that ends alike", "brands/example-card.txt", "check: https://notexample-group.co.jp/", "is not on a domain of this brand"},
		{"check by http", "brands/example-card.txt", "check: http://www.example-group.co.jp/", "must start with https://"},
		{"check below own domain", "brands/example-card.txt", "check: https://www.example-group.co.jp/", ""},
		{"check behind userinfo", "brands/example-card.txt", "check: https://www.example-group.co.jp@evil.example.net/", "is not on a domain of this brand"},
		{"report by mail", "brands/example-card.txt", "report: mailto:abuse@example-group.co.jp", ""},
		{"report by mail elsewhere", "brands/example-card.txt", "report: mailto:abuse@example.org", "is not on a domain of this brand"},
		{"plain URL without a slash", "brands/example-card.txt", "policy-plain-url: https://www.example-group.co.jp | x", "and a slash"},
		{"takes reports", "brands/example-card.txt", "report: mailto:abuse@example-group.co.jp | Example\ntakes-reports-for: jp", ""},
		{"takes reports for no region", "brands/example-card.txt", "report: mailto:abuse@example-group.co.jp\ntakes-reports-for: japan", `unknown region "japan"`},
		{"takes reports nowhere", "brands/example-card.txt", "takes-reports-for: jp", "takes-reports-for without report"},
		{"two take reports", "brands/example-card.txt", "report: mailto:abuse@example-group.co.jp\ntakes-reports-for: jp\ntakes-reports-for: jp", `again`},
		{"empty field", "phones.txt", "abused: 0120-000-112 |  | x", "has an empty field"},
		{"policy without a source", "brands/example-card.txt", "policy-real-name: yes", "has 1 fields, want 2"},
		{"policy with a source", "brands/example-card.txt", "policy-real-name: yes | the card's page on false mails", ""},
		{"policy that is not yes", "brands/example-card.txt", "policy-real-name: true | x", `write "yes" or remove the line`},
		{"never sent twice", "brands/example-card.txt", "policy-never-sent: 自動退会 | x\npolicy-never-sent: 自動退会 | x", "again"},
		{"mails from elsewhere", "brands/example-card.txt", "policy-sends-from: a@example.org | x", "is not on a domain or sender"},

		{"phrase again", "phrases/ja.txt", "deadline: 24時間以内", `"24時間以内" again, as it is compared`},
		{"phrase of another kind", "phrases/ja.txt", "threat: 24時間以内", ""},
		{"short phrase", "phrases/ja.txt", "threat: 急", "too short"},
		{"language", "phrases/ja-jp.txt", "threat: 停止", "is no language"},

		{"method", "links/all.txt", "gateway: g.example.com | safelinks | x", "unknown method"},
		{"query without parameters", "links/all.txt", "gateway: g.example.com | query | x", ""},
		{"path without path", "links/all.txt", "gateway: g.example.com | path | x", `"/" at least`},
		{"path from the root", "links/all.txt", "gateway: g.example.com/ | path | x", ""},
		{"shortener again", "links/more.txt", "shortener: bit.ly", "first at links/all.txt:5"},
		{"below a shortener", "links/more.txt", "shortener: a.bit.ly", `lies under "bit.ly" of links/all.txt:5`},
		{"freemail again", "links/more.txt", "freemail: gmail.com", `"gmail.com" again, first at links/all.txt`},
		{"freemail that is no domain", "links/all.txt", "freemail: me@gmail.com", "is not"},
		{"another list", "links/more.txt", "hosting: a.bit.ly", ""},
		{"registry as hosting", "links/all.txt", "hosting: co.uk", "is a registry's suffix"},
		{"private suffix as hosting", "links/all.txt", "hosting: github.io", ""},
		{"cheap suffix that is a domain", "links/all.txt", "cheap-suffix: example.com", "no public suffix"},

		{"selector", "webmails/example.txt", "skip: div[", "does not parse"},
		{"selector only jQuery knows", "webmails/example.txt", "skip: div:contains(x)", "browsers do not know"},
		{"selector with a string", "webmails/example.txt", `skip: a[title=":contains(x)"]`, ""},
		{"selector list", "webmails/example.txt", "skip: .a, .b > .c:not(.d)", ""},
		{"script for an attribute", "webmails/example.txt", "message-id: data id", "no attribute's name"},
		{"text is no message id", "webmails/example.txt", "message-id: data-id", ""},
		{"frame host without a frame", "webmails/other.txt", "host: other.example.com\nmessage: a\nsender: a\nsubject: a\nbody: a\nframe-host: frame.example.com", "frame-host without frame"},
		{"frame host", "webmails/other.txt", "host: other.example.com\nmessage: a\nsender: a\nsubject: a\nbody: a\nframe: iframe\nframe-host: frame.example.com", ""},
		{"label without its row", "webmails/other.txt", "host: other.example.com\nmessage: a\nsender: a\nsubject: a\nbody: a\nsigned-by-label: signed-by:", "a label without detail"},
		{"host of two webmails", "webmails/other.txt", "host: mail.example.com\nmessage: a\nsender: a\nsubject: a\nbody: a", "is a host of webmails/example.txt:1 too"},
		{"host below one of another webmail", "webmails/other.txt", "host: x.mail.example.com\nmessage: a\nsender: a\nsubject: a\nbody: a", ""},
		{"place of no anchor", "webmails/other.txt", "host: other.example.com\nmessage: a\nsender: a\nsubject: a\nbody: a\nanchor-place: before", "anchor-place without anchor"},
		{"no message", "webmails/other.txt", "host: other.example.com\nsender: a\nsubject: a\nbody: a", `no "message"`},

		{"symbol", "scoring.txt", "weight: LINK_USERINF | 1", `did you mean "LINK_USERINFO"?`},
		{"weight twice", "scoring.txt", "weight: LINK_USERINFO | 1", "LINK_USERINFO again"},
		{"off", "scoring.txt", "off: gmail", "is neither a symbol nor a webmail"},
		{"off again", "scoring.txt", "off: LINK_SHORTENER", `"LINK_SHORTENER" again`},

		{"control character", bank, "keyword: a\x07b", "invisible character U+0007"},
		{"zero width", bank, "name: Exam\u200bple", "invisible character U+200B"},
		{"right to left", bank, "name: \u202eexample", "invisible character U+202E"},
		{"no-break space", bank, "name: Example\u00a0Two", "invisible character U+00A0"},
		{"ideographic space", bank, "name: エグザンプル　二号", ""},
		{"comment", bank, "# name: Example Card", ""},
		{"no comment behind a value", bank, "keyword: abc # why", "keyword \"abc # why\""},
		{"indented", bank, " keyword: abc", "starts with white space"},
		{"Windows line ends", bank, "keyword: abc\r\nkeyword: abd\r", ""},
		{"other file", "brands/example.json", "{}", "no place for this file"},
		{"other folder", "brands/jp/example.txt", "name: x", "no place for this file"},
		{"id", "brands/Example.txt", "name: x", "is no id"},
		{"empty file", "brands/nothing.txt", "# nothing", "holds nothing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := good(t)
			var old []byte
			if f, ok := m[c.file]; ok {
				old = f.Data
			}
			m[c.file] = &fstest.MapFile{Data: append(append([]byte{}, old...), c.text+"\n"...)}
			_, err := rules.Compile(m)
			switch {
			case c.want == "" && err != nil:
				t.Errorf("mistakes in %q: %v", c.text, err)
			case c.want != "" && err == nil:
				t.Errorf("no mistake in %q, want %s", c.text, c.want)
			case c.want != "" && !strings.Contains(err.Error(), c.want):
				t.Errorf("mistakes in %q:\n%v\nwant %s", c.text, err, c.want)
			}
		})
	}
}

func TestCompileWhole(t *testing.T) {
	if _, err := rules.Compile(fstest.MapFS{}); err == nil || !strings.Contains(err.Error(), "brands/: missing") || !strings.Contains(err.Error(), "scoring.txt: missing") {
		t.Errorf("an empty set: %v", err)
	}
	for _, gone := range []string{"links/all.txt", "scoring.txt", "webmails/example.txt"} {
		m := good(t)
		delete(m, gone)
		if _, err := rules.Compile(m); err == nil || !strings.Contains(err.Error(), "missing: a rule set needs it") {
			t.Errorf("without %s: %v", gone, err)
		}
	}
	m := good(t)
	m["scoring.txt"] = &fstest.MapFile{Data: []byte(strings.Replace(string(m["scoring.txt"].Data), "weight: LINK_USERINFO | 6\n", "", 1))}
	if _, err := rules.Compile(m); err == nil || err.Error() != "scoring.txt: no weight for LINK_USERINFO: write one, 0 if it is only to be reported" {
		t.Errorf("without a weight: %v", err)
	}
	m = good(t)
	m["phrases/de.txt"] = &fstest.MapFile{Data: []byte("threat: " + strings.Repeat("x", 300<<10))}
	if _, err := rules.Compile(m); err == nil || !strings.Contains(err.Error(), "phrases/de.txt: 307208 bytes, the limit is 262144: split the file") {
		t.Errorf("a huge file: %v", err)
	}
}

// The order of files and of lines whose order means nothing changes no byte.
func TestCompileOrder(t *testing.T) {
	m := good(t)
	a := encoded(t, m)
	lines := strings.Split(strings.TrimSpace(string(m["links/all.txt"].Data)), "\n")
	for i, j := 0, len(lines)-1; i < j; i, j = i+1, j-1 {
		lines[i], lines[j] = lines[j], lines[i]
	}
	m["links/all.txt"] = &fstest.MapFile{Data: []byte(strings.Join(lines[:4], "\n"))}
	m["links/rest.txt"] = &fstest.MapFile{Data: []byte(strings.Join(lines[4:], "\n"))}
	if b := encoded(t, m); a != b {
		t.Errorf("another order gives other bytes:\n%s\n%s", a, b)
	}
}

func encoded(t *testing.T, m fs.FS) string {
	t.Helper()
	s, err := rules.Compile(m)
	if err != nil {
		t.Fatal(err)
	}
	sections, err := rules.Encode(s)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, sec := range sections {
		b.Write(sec.Data)
	}
	return b.String()
}

var goodFiles = map[string][]byte{}

// goodFile is one file of testdata/good, read once.
func goodFile(name string) []byte {
	if _, ok := goodFiles[name]; !ok {
		data, err := os.ReadFile("testdata/good/" + name)
		if err != nil {
			panic(err)
		}
		if name == "scoring.txt" {
			data = withWeights(data)
		}
		goodFiles[name] = data
	}
	return goodFiles[name]
}
