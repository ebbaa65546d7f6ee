package licence_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/honmono/honmono/cmd/honmono/internal/licence"
)

const root = "../../../.."

// Everything that is linked has its terms in the text.
func TestComplete(t *testing.T) {
	text, err := licence.Collect(root)
	if err != nil {
		t.Fatal(err)
	}
	modules, err := licence.Modules(root)
	if err != nil {
		t.Fatal(err)
	}
	if len(modules) < 4 {
		t.Fatalf("only %d modules are said to be linked: %v", len(modules), modules)
	}
	for _, m := range modules {
		_, rest, ok := strings.Cut(text, "\n"+m.Path+" "+m.Version+"\n")
		own, _, _ := strings.Cut(rest, strings.Repeat("=", 72))
		if !ok || !regexp.MustCompile(`(?i)copyright`).MatchString(own) {
			t.Errorf("%s %s: no terms", m.Path, m.Version)
		}
	}
	for _, want := range []string{"The Go programming language", "Mozilla Public License, version 2.0", "public_suffix_list.dat", "Unicode License v3", "Kevin Atkinson"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing", want)
		}
	}
	for _, private := range []string{os.Getenv("HOME") + "/", "/pkg/mod/"} {
		if len(private) > 4 && strings.Contains(text, private) {
			t.Errorf("the text holds the path %q", private)
		}
	}
}

// Every folder whose README names a licence for data that the program holds is
// listed: a new table must not go without.
func TestDataIsListed(t *testing.T) {
	text, err := licence.Collect(root)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := filepath.Glob(filepath.Join(root, "detector", "internal", "*", "*.bin"))
	if err != nil || len(tables) == 0 {
		t.Fatalf("no tables found: %v", err)
	}
	for _, table := range tables {
		readme, err := os.ReadFile(filepath.Join(filepath.Dir(table), "README.md"))
		if err != nil {
			t.Errorf("%s: no README beside it says where it comes from", table)
			continue
		}
		if !strings.Contains(text, strings.TrimSpace(string(readme))) {
			t.Errorf("%s: the terms in its README are not in the text", table)
		}
	}
}
