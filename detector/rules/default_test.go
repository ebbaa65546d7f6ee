package rules_test

import (
	"testing"

	"github.com/honmono/honmono/detector/rules"
)

func BenchmarkDecode(b *testing.B) {
	sections, err := rules.Encode(rules.Default())
	if err != nil {
		b.Fatal(err)
	}
	data := map[string][]byte{}
	for _, s := range sections {
		data[s.SHA256] = s.Data
	}
	m := rules.NewManifest(sections, 1, 1, 0)
	for b.Loop() {
		if _, err := m.Open(func(s rules.Section) ([]byte, error) { return data[s.SHA256], nil }); err != nil {
			b.Fatal(err)
		}
	}
}
