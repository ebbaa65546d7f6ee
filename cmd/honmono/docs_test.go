package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every test that the security page names is there under that name.
func TestSecurityNamesTests(t *testing.T) {
	page, err := os.ReadFile("../../docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	text := regexp.MustCompile(`\s+`).ReplaceAllString(string(page), " ")
	named := regexp.MustCompile("`([a-z0-9_/-]+[._](?:test\\.mjs|test\\.go|go|mjs))` “([^”]+)”").FindAllStringSubmatch(text, -1)
	if len(named) < 40 {
		t.Fatalf("only %d tests are named: has their form changed?", len(named))
	}
	for _, m := range named {
		source, err := os.ReadFile(filepath.Join("../..", m[1]))
		if err != nil {
			t.Error(err)
			continue
		}
		declared := `test("` + m[2] + `"`
		if strings.HasSuffix(m[1], ".go") {
			declared = "func " + m[2] + "("
		}
		if !strings.Contains(string(source), declared) {
			t.Errorf("%s has no test %q", m[1], m[2])
		}
	}
	if left := strings.Count(text, "“") - len(named); left > 8 {
		t.Errorf("%d quotations are no names of tests; a name may be written in another form", left)
	}
}
