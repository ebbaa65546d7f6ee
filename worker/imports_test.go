//go:build !js

package main

import (
	"go/parser"
	"go/token"
	"os"
	"strconv"
	"strings"
	"testing"
)

// The workers packages build only under js, and this program sees of Honmono no
// more than the form of a manifest.
func TestImports(t *testing.T) {
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		name := file.Name()
		if !strings.HasSuffix(name, ".go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range parsed.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasPrefix(path, "github.com/syumai/workers") && !strings.HasSuffix(name, "_js.go") {
				t.Errorf("%s imports %s: only *_js.go may", name, path)
			}
			if strings.HasPrefix(path, "github.com/honmono/honmono/") && path != "github.com/honmono/honmono/detector/rules/bundle" {
				t.Errorf("%s imports %s: the worker may import detector/rules/bundle alone", name, path)
			}
		}
	}
}
