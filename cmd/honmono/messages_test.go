package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/honmono/honmono/cmd/honmono/internal/mail"
	"github.com/honmono/honmono/detector"
	"github.com/honmono/honmono/detector/rules"
)

// TestMessages judges every mail of testdata/messages and holds the verdict
// against expect.json: the level, the brand, the signals that must and must
// not speak. A mail without an expectation, or the other way round, is an error.
func TestMessages(t *testing.T) {
	const dir = "../../testdata/messages"
	type expectation struct {
		Level         detector.Level
		Brand         string
		Must, MustNot []detector.Symbol
	}
	raw, err := os.ReadFile(filepath.Join(dir, "expect.json"))
	if err != nil {
		t.Fatal(err)
	}
	var expect map[string]expectation
	if err := json.Unmarshal(raw, &expect); err != nil {
		t.Fatal(err)
	}
	d, err := detector.New(rules.Default())
	if err != nil {
		t.Fatal(err)
	}
	fired := map[detector.Symbol]bool{}
	missed := map[detector.Symbol]bool{}
	err = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".eml") {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		want, ok := expect[name]
		if !ok {
			if !strings.HasPrefix(name, "hostile/") {
				t.Errorf("%s: expect.json says nothing about it", name)
			}
			return nil
		}
		delete(expect, name)
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		m, err := mail.Read(f)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return nil
		}
		v := d.Check(m.Message)
		if want.Level != "" && v.Level != want.Level {
			t.Errorf("%s: %s with %.2f, want %s; findings %s", name, v.Level, v.Score, want.Level, weights(v))
		}
		if want.Brand != "" && v.Brand != want.Brand {
			t.Errorf("%s: claims %q, want %q", name, v.Brand, want.Brand)
		}
		for _, s := range want.Must {
			fired[s] = true
			if !has(v, s) {
				t.Errorf("%s: %s is missing; findings %s", name, s, weights(v))
			}
		}
		for _, s := range want.MustNot {
			missed[s] = true
			if has(v, s) {
				t.Errorf("%s: %s must not fire; findings %s", name, s, weights(v))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range expect {
		t.Errorf("expect.json: %s does not exist", name)
	}
	for _, s := range detector.Signals {
		if !fired[s.Symbol] || !missed[s.Symbol] {
			t.Errorf("%s: a message that fires it: %v, a near miss: %v", s.Symbol, fired[s.Symbol], missed[s.Symbol])
		}
	}
}

func has(v detector.Verdict, s detector.Symbol) bool {
	return slices.ContainsFunc(v.Findings, func(f detector.Finding) bool { return f.Symbol == s })
}

func weights(v detector.Verdict) string {
	var b strings.Builder
	for _, f := range v.Findings {
		b.WriteString(string(f.Symbol))
		data, _ := json.Marshal(f.Evidence)
		b.Write(data)
		b.WriteByte(' ')
	}
	return b.String()
}
