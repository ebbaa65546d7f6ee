package rules_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/honmono/honmono/detector/rules"
	"github.com/honmono/honmono/detector/rules/bundle"
)

// TestDefaultIsCurrent compares the built-in set with its sources.
func TestDefaultIsCurrent(t *testing.T) {
	s, err := rules.Compile(os.DirFS("source"))
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := os.ReadFile("compiled/manifest")
	if err != nil {
		t.Fatal(err)
	}
	m, err := bundle.Parse(manifest)
	if err != nil {
		t.Fatal(err)
	}
	if m.Expires != 0 {
		t.Error("the built-in set expires")
	}
	if got, want := sectionsOf(t, rules.Default()), m.Sections; len(got) != len(want) || rules.Default().Version != m.Version {
		t.Errorf("the built-in set is not that of its manifest")
	} else {
		for i := range got {
			if got[i].SHA256 != want[i].SHA256 {
				t.Errorf("section %q is not that of the manifest", want[i].Name)
			}
		}
	}
	for i, sec := range sectionsOf(t, s) {
		if i >= len(m.Sections) || m.Sections[i].Name != sec.Name || m.Sections[i].SHA256 != sec.SHA256 {
			t.Errorf("section %q is not that of source/: run go generate ./detector/rules", sec.Name)
		}
	}
}

func TestDefault(t *testing.T) {
	s := rules.Default()
	if s != rules.Default() {
		t.Error("decoded twice")
	}
	if len(s.Brands) < 250 || len(s.Phrases) < 500 || len(s.Links.Wrappers) < 100 || len(s.Webmails) < 8 || s.Version == 0 || s.Created == 0 {
		t.Errorf("%d brands, %d phrases, %d wrappers, %d webmails, version %d", len(s.Brands), len(s.Phrases), len(s.Links.Wrappers), len(s.Webmails), s.Version)
	}
	for _, id := range []string{"amazon", "apple", "rakuten", "jcb", "etc", "ekinet", "monex", "paypal", "microsoft"} {
		if !slices.ContainsFunc(s.Brands, func(b rules.Brand) bool { return b.ID == id }) {
			t.Errorf("no brand %q", id)
		}
	}
}

// TestSymbols holds the list of symbols that may have a weight to those that the
// detector declares.
func TestSymbols(t *testing.T) {
	f, err := parser.ParseFile(token.NewFileSet(), "../signals.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	declared := map[string]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Names) != 1 || len(spec.Values) != 1 {
			return true
		}
		if typ, ok := spec.Type.(*ast.Ident); ok && typ.Name == "Symbol" {
			value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(value, "ADVICE_") {
				declared[value] = true
			}
		}
		return true
	})
	if len(declared) < 40 {
		t.Fatalf("read %d symbols from signals.go", len(declared))
	}
	for _, s := range rules.Symbols {
		if !declared[s] {
			t.Errorf("the detector has no symbol %s", s)
		}
		delete(declared, s)
	}
	for s := range declared {
		t.Errorf("symbols.go lacks %s", s)
	}
}

// TestPolicies holds what is known of Amazon, Monex, ETC and えきねっと: people
// are sent there, and verdicts rest on it.
func TestPolicies(t *testing.T) {
	brands := map[string]rules.Brand{}
	for _, b := range rules.Default().Brands {
		brands[b.ID] = b
	}
	if b := brands["amazon"]; b.Check == nil || b.Check.URL != "https://www.amazon.co.jp/gp/message" || b.Check.NameJa != "メッセージセンター" ||
		b.Policy.PlainURL != "https://www.amazon.co.jp/" || !b.Policy.RealName || !slices.Contains(b.Phones, "0120899543") {
		t.Errorf("amazon is %+v", b)
	}
	if !brands["monex"].Policy.NeverLoginLink {
		t.Error("monex puts links to sign in into mails")
	}
	if got := brands["etc"].Policy.SendsFrom; !slices.Equal(got, []string{"admin@ml.etc-meisai.jp"}) {
		t.Errorf("etc sends from %q", got)
	}
	if got := brands["ekinet"].Policy.NeverSent; len(got) == 0 {
		t.Error("ekinet sends everything")
	}
	if got := brands["jcb"].Senders; len(got) == 0 || got[0].Domain != "dnp-cdms.jp" {
		t.Errorf("jcb sends through %v", got)
	}
}

// BenchmarkDecode is what a browser does at a cold start with fetched rules.
func BenchmarkDecode(b *testing.B) {
	sections, err := rules.Encode(rules.Default())
	if err != nil {
		b.Fatal(err)
	}
	var bytes int64
	data := map[string][]byte{}
	for _, s := range sections {
		data[s.SHA256] = s.Data
		bytes += s.Size
	}
	m := bundle.New(sections, 1, 1, 0)
	b.SetBytes(bytes)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := rules.Open(m, func(s bundle.Section) ([]byte, error) { return data[s.SHA256], nil }); err != nil {
			b.Fatal(err)
		}
	}
}
