package main

import (
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/honmono/honmono/detector"
	"github.com/honmono/honmono/detector/rules"
)

var (
	interfaceText = regexp.MustCompile(`(?s)export interface (\w+) \{\n(.*?)\n\}`)
	member        = regexp.MustCompile(`(?m)^  (\w+)(\?)?:`)
)

// The hand-written types are those of the Go structs: the same fields, and
// optional exactly where Go leaves a field out.
func TestTypesMirrorTheStructs(t *testing.T) {
	text, err := os.ReadFile("honmono.d.ts")
	if err != nil {
		t.Fatal(err)
	}
	declared := map[string]map[string]bool{}
	for _, m := range interfaceText.FindAllStringSubmatch(string(text), -1) {
		fields := map[string]bool{}
		for _, f := range member.FindAllStringSubmatch(m[2], -1) {
			fields[f[1]] = f[2] == "?"
		}
		declared[m[1]] = fields
	}
	for name, value := range map[string]any{
		"Message": detector.Message{}, "Address": detector.Address{}, "Authentication": detector.Authentication{},
		"Verdict": detector.Verdict{}, "Finding": detector.Finding{}, "Evidence": detector.Evidence{},
		"LinkVerdict": detector.LinkVerdict{}, "Advice": detector.Advice{}, "Webmail": rules.Webmail{},
		"RulesInfo": RulesInfo{}, "RulesPlan": RulesPlan{}, "PlanSection": PlanSection{},
	} {
		want := map[string]bool{}
		typ := reflect.TypeOf(value)
		for i := range typ.NumField() {
			field, options, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
			want[field] = options != ""
		}
		if got := declared[name]; !maps.Equal(got, want) {
			t.Errorf("interface %s: declared %v, Go has %v", name, got, want)
		}
	}
	got := slices.Sorted(maps.Keys(declared["Methods"]))
	if want := slices.Sorted(maps.Keys(methods)); !slices.Equal(got, want) {
		t.Errorf("methods: declared %q, Go has %q", got, want)
	}
}
