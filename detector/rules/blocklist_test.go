package rules_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/honmono/honmono/detector/rules"
	"github.com/honmono/honmono/detector/rules/bundle"
)

func period(t *testing.T, name string, keys ...string) rules.BlockPeriod {
	t.Helper()
	p, err := rules.NewBlockPeriod(name, keys)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestBlocklistTravels(t *testing.T) {
	s := &rules.Set{Scoring: rules.Scoring{Weights: map[string]float64{}}, Blocked: []rules.BlockPeriod{period(t, "20261109-7", "evil.example"), period(t, "20261120-1", "bad.web.app")}}
	sections := sectionsOf(t, s)
	m := bundle.New(sections, 1, 1, 2)
	if _, err := bundle.Parse(m.Text()); err != nil {
		t.Fatalf("the sections' names do not fit into a manifest: %v", err)
	}
	back, err := rules.Open(m, fetcher(sections))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(back.Blocked, s.Blocked) {
		t.Errorf("came back as %+v", back.Blocked)
	}

	asked := 0
	later, err := rules.Open(m, func(sec bundle.Section) ([]byte, error) {
		if _, later := rules.KnownSection(sec.Name); later {
			asked++
			return nil, rules.ErrLater
		}
		return fetcher(sections)(sec)
	})
	if err != nil || asked != 2 {
		t.Fatalf("asked for %d exact sections, %v", asked, err)
	}
	for i, p := range later.Blocked {
		if p.Exact != "" || p.ExactHash != s.Blocked[i].ExactHash || p.Filter != s.Blocked[i].Filter {
			t.Errorf("period %s without its exact part came back as %+v", p.Name, p)
		}
	}
	// What has no exact parts still lists them when it is encoded.
	if again := bundle.New(sectionsOf(t, later), 1, 1, 2); !reflect.DeepEqual(again, m) {
		t.Errorf("encoded again: %+v, want %+v", again, m)
	}
}

func TestBlocklistRefused(t *testing.T) {
	whole := sectionsOf(t, &rules.Set{Blocked: []rules.BlockPeriod{period(t, "20261120-1", "evil.example")}})
	without := func(suffix string) []bundle.Section {
		var left []bundle.Section
		for _, s := range whole {
			if !strings.HasPrefix(s.Name, "blocklist") || !strings.HasSuffix(s.Name, suffix) {
				left = append(left, s)
			}
		}
		return left
	}
	garbled := func(suffix string) []bundle.Section {
		var out []bundle.Section
		for _, s := range whole {
			if strings.HasPrefix(s.Name, "blocklist") && strings.HasSuffix(s.Name, suffix) {
				s.Data = []byte("AAAA\n")
				s.Size, s.SHA256 = int64(len(s.Data)), bundle.Hash(s.Data)
			}
			out = append(out, s)
		}
		return out
	}
	for name, sections := range map[string][]bundle.Section{
		"no exact part":      without("-exact"),
		"no filter":          without("-1"),
		"garbled filter":     garbled("-1"),
		"garbled exact part": garbled("-exact"),
	} {
		if _, err := rules.Open(bundle.New(sections, 1, 1, 2), fetcher(sections)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	// Only the exact part may come later.
	_, err := rules.Open(bundle.New(whole, 1, 1, 2), func(bundle.Section) ([]byte, error) { return nil, rules.ErrLater })
	if err == nil {
		t.Error("brands were put off, and the set was opened")
	}
}

func TestKnownSection(t *testing.T) {
	for name, want := range map[string][2]bool{
		"brands":                     {true, false},
		"blocklist-20261120-1":       {true, false},
		"blocklist-20261120-1-exact": {true, true},
		"blocklist-today":            {false, false},
		"blocklist-20261120-1-exac":  {false, false},
		"tomorrow":                   {false, false},
	} {
		if known, later := rules.KnownSection(name); known != want[0] || later != want[1] {
			t.Errorf("%s: known %v, later %v; want %v", name, known, later, want)
		}
	}
}
