package main

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/honmono/honmono"

// mayImport says which of our own packages a package may import; "/..." means
// the package and those below it. The line with the longest prefix counts.
var mayImport = []struct {
	pkg string
	own []string
	why string
}{
	{"detector/internal", []string{"detector/internal/..."}, "the concepts know nothing of rules or verdicts, so that rules can be compiled with them"},
	{"detector/rules", []string{"detector/internal/...", "detector/rules/bundle"}, "the clients read rules without the detector"},
	{"detector/rules/bundle", nil, "the worker hands bundles out and needs nothing of what is in them"},
	{"detector/rules/publish", []string{"detector/rules", "detector/rules/bundle"}, "publishing writes files; reading rules does not"},
	{"detector/rules/feed", []string{"detector/rules", "detector/internal/..."}, "making a blocklist takes what reading one takes"},
	{"detector", []string{"detector/rules", "detector/internal/..."}, "the detector is a library: whoever embeds it gets nothing else"},
	{"detector/wire", []string{"detector/internal/..."}, "the codec knows no types but those it is given"},
	{"extension", nil, "the catalogue is data"},
	{"wasm", []string{"detector", "detector/wire", "detector/rules", "detector/rules/bundle", "wasm/..."}, "the browser's door is a codec, and its size is counted"},
	{"worker", []string{"detector/rules/bundle", "worker/..."}, "the server needs to know what a manifest is, and nothing of mails"},
	{"cmd/honmono", []string{"detector", "detector/rules", "detector/rules/bundle", "detector/rules/feed", "detector/rules/publish", "extension", "cmd/honmono/internal/..."}, "the command line is the top, and nothing imports it"},
}

// forbidden are imports of the world that a package must not have of its own
// doing. What a library drags in is another matter, and counted by size.
var forbidden = []struct {
	below   string
	imports []string
	why     string
}{
	{"detector", []string{"syscall/js", "github.com/syumai/workers", "net/http"}, "the detector runs everywhere alike"},
	{"detector", []string{"os", "os/exec", "net", "log", "math/rand", "math/rand/v2", "crypto/rand", "time", "runtime"}, "same message and same rules, same verdict: no input, no clock, no chance"},
	{"wasm", []string{"net/http", "os/exec", "net"}, "the page's program reaches nothing"},
	{"extension", []string{"os", "net/http", "time"}, "the catalogue is data"},
}

// exempt are packages that a line of forbidden does not mean.
var exempt = map[string][]string{
	"detector/rules/feed":    {"time"}, // formats days
	"detector/rules/publish": {"os", "time", "crypto/rand"},
	"wasm":                   {"os"},
	"wasm/build":             {"os", "os/exec"}, // runs on the developer's machine
}

type listed struct {
	ImportPath, Dir string
	Name            string
	GoFiles         []string
	Imports         []string
}

// packages answers our packages as go builds them for a system.
func packages(t *testing.T, goos, goarch string) []listed {
	t.Helper()
	watch(t)
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Dir,Name,GoFiles,Imports", module+"/...")
	cmd.Env = append(os.Environ(), "GOOS="+goos, "GOARCH="+goarch)
	out, err := cmd.Output()
	if err != nil {
		t.Skipf("the go command is not to be had: %v", err)
	}
	var all []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		// Git-ignored folders are somebody's scratch.
		if pkg := p.pkg(); !below(pkg, "out") && !below(pkg, "build") && !below(pkg, "dist") {
			all = append(all, p)
		}
	}
	if len(all) < 10 {
		t.Fatalf("go list found %d packages", len(all))
	}
	return all
}

// watch looks at our folders, so that go test sees when a file comes or changes
// and does not answer from its cache: what the go command reads, it does not see.
func watch(t *testing.T) {
	t.Helper()
	for _, dir := range []string{"cmd", "detector", "extension", "wasm", "worker"} {
		err := filepath.WalkDir(filepath.Join("../..", dir), func(path string, entry fs.DirEntry, err error) error {
			if err == nil && entry.Name() == "node_modules" {
				return fs.SkipDir
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// pkg is the path within the module.
func (p *listed) pkg() string {
	return strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
}

func below(pkg, root string) bool { return pkg == root || strings.HasPrefix(pkg, root+"/") }

// Imports point one way.
func TestImports(t *testing.T) {
	for _, system := range [][2]string{{"linux", "amd64"}, {"js", "wasm"}} {
		for _, p := range packages(t, system[0], system[1]) {
			checkOwn(t, p.pkg(), p)
			checkForeign(t, p.pkg(), p)
		}
	}
}

func checkOwn(t *testing.T, pkg string, p listed) {
	t.Helper()
	best := -1
	for i, line := range mayImport {
		if below(pkg, line.pkg) && (best < 0 || len(line.pkg) > len(mayImport[best].pkg)) {
			best = i
		}
	}
	for _, path := range p.Imports {
		own, ok := strings.CutPrefix(path, module+"/")
		if !ok {
			continue
		}
		if best < 0 {
			t.Errorf("%s imports %s, and no line of mayImport speaks of it", pkg, own)
			continue
		}
		line := mayImport[best]
		allowed := slices.ContainsFunc(line.own, func(a string) bool {
			family, ok := strings.CutSuffix(a, "/...")
			return own == a || ok && below(own, family)
		})
		if !allowed {
			t.Errorf("%s imports %s, but may import %q only: %s", pkg, own, line.own, line.why)
		}
	}
}

func checkForeign(t *testing.T, pkg string, p listed) {
	t.Helper()
	for _, line := range forbidden {
		if !below(pkg, line.below) {
			continue
		}
		for _, path := range p.Imports {
			bad := slices.ContainsFunc(line.imports, func(f string) bool {
				return path == f || strings.Contains(f, ".") && below(path, f)
			})
			if bad && p.Name == "main" && below(pkg, "detector") {
				continue // a generator of tables, run by hand
			}
			if bad && !slices.Contains(exempt[pkg], path) && !(pkg == "wasm" && path == "syscall/js") {
				t.Errorf("%s imports %q: %s", pkg, path, line.why)
			}
		}
	}
}

// Files that know JavaScript say so in their names, and are few.
func TestJavaScriptIsAtTheRim(t *testing.T) {
	for _, p := range packages(t, "js", "wasm") {
		pkg := p.pkg()
		for _, name := range p.GoFiles {
			for _, path := range importsOf(t, filepath.Join(p.Dir, name)) {
				js := path == "syscall/js" || below(path, "github.com/syumai/workers")
				if !js {
					continue
				}
				if !strings.HasSuffix(name, "_js.go") {
					t.Errorf("%s/%s imports %q: only files named _js.go may, so that the rest is tested natively", pkg, name, path)
				}
				if path == "syscall/js" && pkg == "wasm" && name != "main_js.go" {
					t.Errorf("wasm/%s imports %q: one file is enough", name, path)
				}
				if pkg != "wasm" && !below(pkg, "worker") {
					t.Errorf("%s/%s imports %q: only wasm and worker meet JavaScript", pkg, name, path)
				}
			}
		}
	}
}

func importsOf(t *testing.T, file string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, spec := range f.Imports {
		paths = append(paths, strings.Trim(spec.Path.Value, `"`))
	}
	return paths
}

// The detector and the reading of rules are told the time; they do not look.
func TestNoClock(t *testing.T) {
	for _, p := range packages(t, "linux", "amd64") {
		pkg := p.pkg()
		if !below(pkg, "detector") || below(pkg, "detector/rules/publish") || p.Name == "main" {
			continue
		}
		for _, name := range p.GoFiles {
			f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, name), nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok {
					if x, ok := s.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains([]string{"Now", "Since", "Until", "Sleep", "After", "Tick"}, s.Sel.Name) {
						t.Errorf("%s/%s calls time.%s", pkg, name, s.Sel.Name)
					}
				}
				return true
			})
		}
	}
}
