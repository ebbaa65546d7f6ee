package main

import (
	"strings"
	"testing"

	"github.com/honmono/honmono/detector"
	"github.com/honmono/honmono/detector/rules"
	"github.com/honmono/honmono/detector/rules/bundle"
)

// The exact part of a blocklist is fetched with the others, brought in when a
// verdict needs it, and no sooner.
func TestBlocklist(t *testing.T) {
	private, public := keys(t)
	set := *rules.Default()
	period, err := rules.NewBlockPeriod("20261120-1", []string{"harbour-notes.net"})
	if err != nil {
		t.Fatal(err)
	}
	set.Blocked = []rules.BlockPeriod{period}
	list, err := rules.Encode(&set)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := bundle.Sign(bundle.New(list, set.Version+1, 2e9, 2e9+1000), private)
	if err != nil {
		t.Fatal(err)
	}
	order := map[string]any{"manifest": string(signed), "keys": []string{public}, "now": int64(2e9)}

	s := NewSession()
	plan, failed := ask[RulesPlan](t, s, "planRules", order)
	if failed != "" {
		t.Fatal(failed)
	}
	var missing []string
	for _, sec := range plan.Sections {
		if sec.Later != strings.HasSuffix(sec.Name, "-exact") {
			t.Errorf("section %s: later is %v", sec.Name, sec.Later)
		}
		if !sec.Have {
			missing = append(missing, sec.Name)
		}
	}
	if got := strings.Join(missing, " "); got != "blocklist-20261120-1 blocklist-20261120-1-exact" {
		t.Errorf("to fetch: %s", got)
	}
	order["sections"] = map[string]string{bundle.Hash([]byte(period.Filter)): period.Filter}
	if _, failed := ask[RulesInfo](t, s, "loadRules", order); failed != "" {
		t.Fatal(failed)
	}
	plan, _ = ask[RulesPlan](t, s, "planRules", order)
	for _, sec := range plan.Sections {
		if !sec.Have {
			t.Errorf("section %s is asked for twice", sec.Name)
		}
	}

	look := func() detector.Verdict {
		v, failed := ask[detector.Verdict](t, s, "checkURL", map[string]any{"url": "https://harbour-notes.net/"})
		if failed != "" {
			t.Fatal(failed)
		}
		return v
	}
	if v := look(); v.Level != detector.OK || len(v.Needs) != 1 || v.Needs[0] != period.ExactHash {
		t.Fatalf("before the exact part: %s, needs %v", v.Level, v.Needs)
	}
	for name, sections := range map[string]map[string]string{
		"a section of no set": {bundle.Hash([]byte("AA==\n")): "AA==\n"},
		"other bytes":         {period.ExactHash: "AA==\n"},
	} {
		if _, failed := ask[struct{}](t, s, "loadBlocklist", map[string]any{"sections": sections}); failed == "" {
			t.Errorf("%s was taken", name)
		}
	}
	if _, failed := ask[struct{}](t, s, "loadBlocklist", map[string]any{"sections": map[string]string{period.ExactHash: period.Exact}}); failed != "" {
		t.Fatal(failed)
	}
	if v := look(); v.Level != detector.Danger || v.Needs != nil {
		t.Errorf("with the exact part: %s, needs %v", v.Level, v.Needs)
	}
	// What one detector of the session knows, the others know.
	v, _ := ask[detector.Verdict](t, s, "checkURL", map[string]any{"url": "https://harbour-notes.net/", "protect": []string{"mihon.example"}})
	if v.Level != detector.Danger {
		t.Errorf("with domains to protect: %s, needs %v", v.Level, v.Needs)
	}
}
