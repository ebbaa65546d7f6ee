package changes_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/honmono/honmono/cmd/honmono/internal/changes"
	"github.com/honmono/honmono/detector/rules"
)

func set() *rules.Set {
	return &rules.Set{
		Version: 1, Created: 1, Expires: 2,
		Brands: []rules.Brand{
			{ID: "one", Names: []string{"One", "壱"}, Domains: []rules.Domain{{Domain: "one.com"}, {Domain: "one.jp"}}, Region: "jp", Category: "shop", Policy: rules.Policy{PlainURL: "https://one.com/"}},
			{ID: "two", Names: []string{"Two"}, Domains: []rules.Domain{{Domain: "two.com"}}, Region: "world", Category: "bank"},
		},
		Phrases:  []rules.Phrase{{Kind: rules.Threat, Lang: "en", Text: "suspended"}},
		Phones:   []rules.Phone{{Digits: "0120333245"}},
		Links:    rules.Links{Shorteners: []string{"bit.ly", "t.co"}, Wrappers: []rules.Wrapper{{Name: "w", Kind: rules.Gateway, Host: "w.com", Method: "query"}}},
		Webmails: []rules.Webmail{{ID: "mail", Message: []string{".m"}}},
		Scoring:  rules.Scoring{Weights: map[string]float64{"A": 1, "B": 2}, Caution: 3, Danger: 6},
	}
}

func TestBetween(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*rules.Set)
		want   []string
	}{
		{"nothing", func(*rules.Set) {}, nil},
		{"another version", func(s *rules.Set) { s.Version, s.Created, s.Expires = 9, 9, 9 }, nil},
		{"a brand more", func(s *rules.Set) {
			s.Brands = append(s.Brands, rules.Brand{ID: "zz", Names: []string{"Zed"}, Domains: []rules.Domain{{Domain: "z.com"}, {Domain: "z.jp"}}})
		}, []string{"+ brand: zz (Zed), of z.com, z.jp"}},
		{"a brand less", func(s *rules.Set) { s.Brands = s.Brands[1:] }, []string{"- brand: one (One), of one.com, one.jp"}},
		{"a domain swapped", func(s *rules.Set) { s.Brands[0].Domains[1].Domain = "one.net" }, []string{"+ brand one: domain: one.net", "- brand one: domain: one.jp"}},
		{"a name more", func(s *rules.Set) { s.Brands[0].Names = append(s.Brands[0].Names, "Uno") }, []string{"+ brand one: name: Uno"}},
		{"names in another order", func(s *rules.Set) { s.Brands[0].Names = []string{"壱", "One"} }, []string{"~ brand one: name: the order changed, or one stands there twice"}},
		{"another category", func(s *rules.Set) { s.Brands[1].Category = "card" }, []string{"~ brand two: category: bank → card"}},
		{"a policy", func(s *rules.Set) { s.Brands[0].Policy.NeverLoginLink = true }, []string{"~ brand one: policy: neverLoginLink: no → yes"}},
		{"a place to check", func(s *rules.Set) { s.Brands[0].Check = &rules.Place{URL: "https://one.com/a", Name: "App"} }, []string{"+ brand one: check: https://one.com/a App"}},
		{"a phrase for another", func(s *rules.Set) { s.Phrases[0].Text = "停止" }, []string{`+ phrase: en threat "停止"`, `- phrase: en threat "suspended"`}},
		{"a number less", func(s *rules.Set) { s.Phones = nil }, []string{"- telephone number: 0120333245"}},
		{"a shortener more", func(s *rules.Set) { s.Links.Shorteners = append(s.Links.Shorteners, "x.gd") }, []string{"+ shortener: x.gd"}},
		{"a selector", func(s *rules.Set) { s.Webmails[0].Message = []string{".n"} }, []string{"+ webmail mail: message: .n", "- webmail mail: message: .m"}},
		{"a weight", func(s *rules.Set) { s.Scoring.Weights["A"] = 1.5 }, []string{"~ weight: A 1 → 1.5"}},
		{"weights come and go", func(s *rules.Set) { s.Scoring.Weights = map[string]float64{"A": 1, "C": 4} }, []string{"+ weight: C 4", "- weight: B 2"}},
		{"a threshold", func(s *rules.Set) { s.Scoring.Danger = 7 }, []string{"~ danger: 6 → 7"}},
		{"a signal off", func(s *rules.Set) { s.Scoring.Off = []string{"A"} }, []string{"+ switched off: A"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			after := set()
			c.change(after)
			if got := changes.Between(set(), after); !slices.Equal(got, c.want) {
				t.Errorf("said\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

// From nothing, everything is new, and each line is one line.
func TestFromNothing(t *testing.T) {
	for _, line := range changes.Between(&rules.Set{}, rules.Default()) {
		if strings.Contains(line, "\n") || strings.HasPrefix(line, "-") {
			t.Fatalf("%q", line)
		}
	}
}
