package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/honmono/honmono/cmd/honmono/internal/mail"
	"github.com/honmono/honmono/detector"
	"github.com/honmono/honmono/detector/rules"
)

const messages = "../../testdata/messages"

// severity orders the levels; unknown is none.
var severity = map[detector.Level]int{detector.OK: 1, detector.Caution: 2, detector.Danger: 3}

// Every mail of testdata comes out as expect.json says, read from its file as a
// person would give it.
func TestMessages(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(messages, "expect.json"))
	if err != nil {
		t.Fatal(err)
	}
	var expected map[string]struct {
		Level         detector.Level
		Brand         string
		Must, MustNot []detector.Symbol
	}
	if err := json.Unmarshal(raw, &expected); err != nil {
		t.Fatal(err)
	}
	// The built-in set has no blocklist; the mails know of one entry.
	blocked, err := rules.NewBlockPeriod("20250317-7", []string{"known-attack.example.net"})
	if err != nil {
		t.Fatal(err)
	}
	set := *rules.Default()
	set.Blocked = []rules.BlockPeriod{blocked}
	d, err := detector.New(&set)
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	err = fs.WalkDir(os.DirFS(messages), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".eml" {
			return err
		}
		want, listed := expected[name]
		if !listed {
			if !strings.HasPrefix(name, "hostile/") {
				t.Errorf("%s is not in expect.json", name)
			}
			return nil
		}
		seen++
		t.Run(name, func(t *testing.T) {
			f, err := os.Open(filepath.Join(messages, name))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			m, err := mail.Read(f)
			if errors.Is(err, mail.ErrNotMail) && strings.HasPrefix(name, "hostile/") && want.Level == "" {
				return // refused, with a clear word
			}
			if err != nil {
				t.Fatal(err)
			}
			v := d.Check(m.Message)
			var found []detector.Symbol
			for _, finding := range v.Findings {
				found = append(found, finding.Symbol)
			}
			switch {
			case want.Level == "":
			case !strings.HasPrefix(name, "genuine/") && severity[v.Level] < severity[want.Level]:
				t.Errorf("level %s (%.1f), want at least %s; found %q", v.Level, v.Score, want.Level, found)
			case strings.HasPrefix(name, "genuine/") && severity[v.Level] > severity[want.Level]:
				t.Errorf("level %s (%.1f), want at most %s; found %q", v.Level, v.Score, want.Level, found)
			}
			if want.Brand != "" && v.Brand != want.Brand {
				t.Errorf("brand %q, want %q", v.Brand, want.Brand)
			}
			for _, s := range want.Must {
				if !slices.Contains(found, s) {
					t.Errorf("%s is missing; found %q", s, found)
				}
			}
			for _, s := range want.MustNot {
				if slices.Contains(found, s) {
					t.Errorf("%s was found: %+v", s, v.Findings[slices.Index(found, s)].Evidence)
				}
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen == 0 || seen != len(expected) {
		t.Errorf("%d mails, %d in expect.json", seen, len(expected))
	}
}

// Every signal has a mail that fires it and a near miss that does not.
func TestEverySignalHasMails(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(messages, "expect.json"))
	if err != nil {
		t.Fatal(err)
	}
	var expected map[string]struct{ Must, MustNot []detector.Symbol }
	if err := json.Unmarshal(raw, &expected); err != nil {
		t.Fatal(err)
	}
	for _, s := range detector.Signals {
		name := "signals/" + strings.ToLower(strings.ReplaceAll(string(s.Symbol), "_", "-"))
		if !slices.Contains(expected[name+"-hit.eml"].Must, s.Symbol) {
			t.Errorf("%s-hit.eml does not have to fire %s", name, s.Symbol)
		}
		if !slices.Contains(expected[name+"-miss.eml"].MustNot, s.Symbol) {
			t.Errorf("%s-miss.eml may fire %s", name, s.Symbol)
		}
	}
}
