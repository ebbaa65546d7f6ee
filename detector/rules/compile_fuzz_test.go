package rules_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/honmono/honmono/detector/rules"
)

// FuzzCompile compiles one file of any kind in the place of a good one: the
// compiler never panics, and its answer is a set or mistakes, never both or none.
func FuzzCompile(f *testing.F) {
	files := []string{"brands/example-bank.txt", "phrases/ja.txt", "phones.txt", "links/all.txt", "webmails/example.txt", "scoring.txt"}
	for i := range files {
		for _, s := range []string{"name: x\ndomain: a.b | c\n", "gateway: a.b/c | query | d", "message: [a", "weight: LINK_USERINFO | NaN", "abused: 1 | x | y", "check: https://[::1 | x", "report: mailto:@", "suffix: . | x"} {
			f.Add(i, s)
		}
	}
	f.Fuzz(func(t *testing.T, which int, text string) {
		if which < 0 || len(text) > 10000 {
			return
		}
		m := fstest.MapFS{}
		for _, name := range files {
			m[name] = &fstest.MapFile{Data: goodFile(name)}
		}
		m["brands/example-card.txt"] = &fstest.MapFile{Data: goodFile("brands/example-card.txt")}
		m["phrases/en.txt"] = &fstest.MapFile{Data: goodFile("phrases/en.txt")}
		m[files[which%len(files)]] = &fstest.MapFile{Data: []byte(text)}
		s, err := rules.Compile(m)
		if (s == nil) == (err == nil) {
			t.Fatalf("answered %v and %v", s, err)
		}
		var ms rules.Mistakes
		if err != nil && (!errors.As(err, &ms) || len(ms) == 0 || strings.TrimSpace(err.Error()) == "") {
			t.Fatalf("no mistakes in %v", err)
		}
		if s != nil {
			if _, err := rules.Encode(s); err != nil {
				t.Fatal(err)
			}
		}
	})
}
