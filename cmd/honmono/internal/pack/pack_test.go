package pack_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"image/png"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/honmono/honmono/cmd/honmono/internal/pack"
)

const key = "honmono-test+62920a3f+AZV/dJb3KM24ptqdkX/VLsUoDR0jcu4186UoNS7ZxeIW"

// sources are a small repository.
var sources = map[string]string{
	"manifest.json": `{
		"manifest_version": 3, "name": "__MSG_name__", "version": "1.2.3", "minimum_chrome_version": "121",
		"browser_specific_settings": {"gecko": {"id": "a@b"}},
		"icons": {"16": "icons/icon-16.png", "128": "icons/icon-128.png"},
		"action": {"default_icon": {"16": "icons/state-ok-16.png"}, "default_popup": "popup/popup.html"},
		"background": {"service_worker": "background/main.js", "scripts": ["background/main.js"], "type": "module"},
		"content_scripts": [{"matches": ["https://mail.example.test/*"], "js": ["content/a.js", "content/b.js"]}]
	}`,
	"LICENSE":                             "A licence\n",
	"extension/background/main.js":        "import { x } from \"./x.js\";\n// comment\nexport const main = () => x;\n",
	"extension/background/x.js":           "/*! a licence that stays */\nexport const x = 1;\n",
	"extension/content/a.js":              "// classic\nfunction sharedName(argument) { return argument + 1; }\nvar honmono = { sharedName };\n",
	"extension/content/b.js":              "(() => { honmono.sharedName(1); })();\n",
	"extension/popup/popup.html":          "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<link rel=\"stylesheet\" href=\"popup.css\">\n</head>\n<body>\n<!-- comment -->\n<input type=\"text\" id=\"a\">\n<script type=\"module\" src=\"popup.js\"></script>\n</body>\n</html>\n",
	"extension/popup/popup.css":           "/* comment */\n:host { all: initial !important; }\n",
	"extension/popup/popup.js":            "export {};\n",
	"extension/_locales/en/messages.json": "{\n  \"name\": { \"message\": \"Name {host}\" }\n}\n",
	"extension/icons/icon.svg":            `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="16" fill="#123456"/></svg>`,
	"extension/icons/state-ok.svg":        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M0 16H32" stroke="#00ff00" stroke-width="16"/></svg>`,
	"extension/config.json":               `{"rulesURL":"development","rulesKeys":[]}`,
	"extension/catalogue.go":              "package extension\n",
	"extension/README.md":                 "notes\n",
	"extension/test/a.test.mjs":           "test\n",
	"extension/e2e/run.js":                "test\n",
	"extension/types/a.d.ts":              "type A = 1;\n",
	"extension/.hidden.js":                "hidden\n",
	"build/detector.wasm":                 "\x00asm\x01\x00\x00\x00",
	"build/wasm_exec.js":                  "// Copyright The Authors\n// Licence text\n\n\"use strict\";\n\n(() => { globalThis.Go = 1; })();\n",
}

// repository writes the sources, with changes; "" removes a file.
func repository(t *testing.T, changes map[string]string) pack.Options {
	t.Helper()
	root := t.TempDir()
	all := maps.Clone(sources)
	maps.Copy(all, changes)
	for name, text := range all {
		if text == "" {
			continue
		}
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return pack.Options{Root: root, Licences: "Terms of others\n", Out: filepath.Join(t.TempDir(), "dist"), Browsers: pack.Browsers,
		Wasm: filepath.Join(root, "build/detector.wasm"), WasmExec: filepath.Join(root, "build/wasm_exec.js")}
}

// read answers the files below a folder.
func read(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			var text []byte
			text, err = os.ReadFile(filepath.Join(dir, name))
			files[name] = string(text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestContent(t *testing.T) {
	o := repository(t, nil)
	packages, err := pack.Run(o)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"LICENSE", "_locales/en/messages.json", "background/main.js", "background/x.js", "config.json",
		"content/a.js", "content/b.js", "detector.wasm",
		"icons/icon-128.png", "icons/icon-16.png", "icons/icon-32.png", "icons/icon-48.png", "icons/icon.svg",
		"icons/state-ok-16.png", "icons/state-ok-32.png", "icons/state-ok.svg",
		"licences.txt", "manifest.json", "popup/popup.css", "popup/popup.html", "popup/popup.js", "wasm_exec.js",
	}
	for _, p := range packages {
		files := read(t, p.Folder)
		if got := slices.Sorted(maps.Keys(files)); !slices.Equal(got, want) {
			t.Errorf("%s: files %q, want %q", p.Browser, got, want)
		}
		if p.Files != len(want) {
			t.Errorf("%s: says %d files", p.Browser, p.Files)
		}
		for name, wanted := range map[string]string{
			"background/x.js":  "/*! a licence that stays */export const x=1",
			"content/a.js":     "function sharedName(e){return e+1}var honmono={sharedName}",
			"popup/popup.css":  ":host{all:initial!important}",
			"config.json":      `{"rulesURL":"","rulesKeys":[],"welcome":true}`,
			"licences.txt":     "Terms of others\n",
			"popup/popup.html": `<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="stylesheet" href="popup.css"></head><body><input type="text" id="a">` + "\n" + `<script type="module" src="popup.js"></script></body></html>`,
			"detector.wasm":    sources["build/detector.wasm"],
		} {
			if files[name] != wanted {
				t.Errorf("%s: %s: %q, want %q", p.Browser, name, files[name], wanted)
			}
		}
		if got := files["wasm_exec.js"]; !strings.HasPrefix(got, "/*!") || !strings.Contains(got, "Copyright The Authors") {
			t.Errorf("%s: wasm_exec.js lost its licence: %q", p.Browser, got)
		}
		same(t, p, files)
	}
}

// same holds the zip to the folder.
func same(t *testing.T, p pack.Package, files map[string]string) {
	t.Helper()
	z, err := zip.OpenReader(p.Zip)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	if len(z.File) != len(files) {
		t.Errorf("%s: %d files in the zip, %d in the folder", p.Browser, len(z.File), len(files))
	}
	for _, f := range z.File {
		if f.Modified.UTC().Year() != 1980 || f.Mode() != 0o644 {
			t.Errorf("%s: %s has time %v and mode %v", p.Browser, f.Name, f.Modified, f.Mode())
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		b.ReadFrom(r)
		if b.String() != files[f.Name] {
			t.Errorf("%s: %s differs between zip and folder", p.Browser, f.Name)
		}
	}
}

func TestManifests(t *testing.T) {
	o := repository(t, nil)
	o.RulesURL, o.RulesKeys = "https://rules.example.test/", []string{key}
	o.DevOrigins = []string{"http://localhost:8080", "https://demo.example.test/"}
	o.Version = "2.0"
	packages, err := pack.Run(o)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range packages {
		if want := filepath.Join(o.Out, "honmono-"+string(p.Browser)+"-2.0.zip"); p.Zip != want {
			t.Errorf("the zip is %q, want %q", p.Zip, want)
		}
		files := read(t, p.Folder)
		var m map[string]any
		if err := json.Unmarshal([]byte(files["manifest.json"]), &m); err != nil {
			t.Fatal(err)
		}
		background := m["background"].(map[string]any)
		_, worker := background["service_worker"]
		_, scripts := background["scripts"]
		_, gecko := m["browser_specific_settings"]
		_, minimum := m["minimum_chrome_version"]
		if chrome := p.Browser == pack.Chrome; worker != chrome || minimum != chrome || scripts == chrome || gecko == chrome {
			t.Errorf("%s: %s", p.Browser, files["manifest.json"])
		}
		if background["type"] != "module" || m["version"] != "2.0" {
			t.Errorf("%s: %s", p.Browser, files["manifest.json"])
		}
		origins := []any{"http://localhost/*", "https://demo.example.test/*"}
		if !reflect.DeepEqual(m["host_permissions"], origins) {
			t.Errorf("%s: host permissions %v", p.Browser, m["host_permissions"])
		}
		matches := m["content_scripts"].([]any)[0].(map[string]any)["matches"]
		if want := append([]any{"https://mail.example.test/*"}, origins...); !reflect.DeepEqual(matches, want) {
			t.Errorf("%s: content scripts on %v", p.Browser, matches)
		}
		if want := `{"rulesURL":"https://rules.example.test","rulesKeys":["` + key + `"],"welcome":true}`; files["config.json"] != want {
			t.Errorf("config.json is %s, want %s", files["config.json"], want)
		}
	}
}

// The same sources give the same bytes, wherever they lie and whatever lay in
// the output before.
func TestReproducible(t *testing.T) {
	first, second := repository(t, nil), repository(t, nil)
	for i := range 2 {
		if _, err := pack.Run(first); err != nil {
			t.Fatalf("run %d: %v", i, err)
		}
	}
	if err := os.WriteFile(filepath.Join(first.Out, "chrome", "stale.js"), []byte("1"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := pack.Run(first); err != nil {
		t.Fatal(err)
	}
	if _, err := pack.Run(second); err != nil {
		t.Fatal(err)
	}
	a, b := read(t, first.Out), read(t, second.Out)
	if len(a) == 0 || !maps.Equal(a, b) {
		t.Errorf("two packings differ: %d files and %d", len(a), len(b))
		for name := range a {
			if a[name] != b[name] {
				t.Errorf("%s differs", name)
			}
		}
	}
}

func TestIcons(t *testing.T) {
	o := repository(t, nil)
	packages, err := pack.Run(o)
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{16, 32} {
		name := map[int]string{16: "icons/state-ok-16.png", 32: "icons/state-ok-32.png"}[size]
		picture, err := png.Decode(strings.NewReader(read(t, packages[0].Folder)[name]))
		if err != nil {
			t.Fatal(err)
		}
		if b := picture.Bounds(); b.Dx() != size || b.Dy() != size {
			t.Errorf("%s is %v", name, b)
		}
		// The pen of 16 units covers the middle half at every size.
		for y := range size {
			_, _, _, alpha := picture.At(size/2, y).RGBA()
			if want := y >= size/4 && y < size*3/4; (alpha > 0x8000) != want {
				t.Errorf("%s: row %d: alpha %#x", name, y, alpha)
			}
		}
	}
	// rx without ry rounds both ways: the corner of a full circle is empty.
	picture, err := png.Decode(strings.NewReader(read(t, packages[0].Folder)["icons/icon-32.png"]))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, alpha := picture.At(1, 1).RGBA(); alpha != 0 {
		t.Errorf("the corner of a rounded rectangle has alpha %#x", alpha)
	}
	if _, _, _, alpha := picture.At(16, 16).RGBA(); alpha != 0xffff {
		t.Errorf("its middle has alpha %#x", alpha)
	}
}

func TestRefusals(t *testing.T) {
	cases := []struct {
		name    string
		changes map[string]string
		options func(*pack.Options)
		want    string
	}{
		{"a file the manifest names is missing", map[string]string{"extension/content/b.js": ""}, nil, "content/b.js"},
		{"broken script", map[string]string{"extension/content/b.js": "(() => {"}, nil, "content/b.js"},
		{"broken manifest", map[string]string{"manifest.json": "{"}, nil, "manifest.json"},
		{"no version", map[string]string{"manifest.json": "{}"}, nil, "version"},
		{"an unknown kind of file", map[string]string{"extension/content/a.exe": "MZ"}, nil, "a.exe"},
		{"an icon that shows nothing", map[string]string{"extension/icons/icon.svg": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"></svg>`}, nil, "empty"},
		{"an icon with what the renderer lacks", map[string]string{"extension/icons/icon.svg": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><text>a</text></svg>`}, nil, "icon.svg"},
		{"an icon that is not square", map[string]string{"extension/icons/icon.svg": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 16"><path d="M0 0h32v16z"/></svg>`}, nil, "square"},
		{"no detector", map[string]string{"build/detector.wasm": ""}, nil, "detector.wasm"},
		{"bad version", nil, func(o *pack.Options) { o.Version = "v1" }, "v1"},
		{"unknown browser", nil, func(o *pack.Options) { o.Browsers = []pack.Browser{"lynx"} }, "lynx"},
		{"no origin", nil, func(o *pack.Options) { o.DevOrigins = []string{"localhost:8080"} }, "localhost"},
		{"an origin with a path", nil, func(o *pack.Options) { o.DevOrigins = []string{"http://localhost/mail"} }, "mail"},
		{"rules over http", nil, func(o *pack.Options) { o.RulesURL, o.RulesKeys = "http://rules.example.test", []string{key} }, "https"},
		{"rules without a key", nil, func(o *pack.Options) { o.RulesURL = "https://rules.example.test" }, "without a key"},
		{"a key that is none", nil, func(o *pack.Options) { o.RulesKeys = []string{"abc"} }, "abc"},
		{"the private key", nil, func(o *pack.Options) { o.RulesKeys = []string{"PRIVATE+KEY+honmono-test+b3a06e8e+SECRET"} }, "private"},
	}
	for _, c := range cases {
		o := repository(t, c.changes)
		if c.options != nil {
			c.options(&o)
		}
		_, err := pack.Run(o)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want an error with %q", c.name, err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), "SECRET") {
			t.Errorf("%s: the error tells the key: %v", c.name, err)
		}
	}
}

// A folder of something else is not deleted.
func TestOtherFoldersStay(t *testing.T) {
	o := repository(t, nil)
	precious := filepath.Join(o.Out, "chrome", "precious.txt")
	if err := os.MkdirAll(filepath.Dir(precious), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(precious, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := pack.Run(o); err == nil {
		t.Error("packed over a folder of something else")
	}
	if _, err := os.Stat(precious); err != nil {
		t.Error(err)
	}
}

// The source's zip holds what was written, and nothing that was made.
func TestSource(t *testing.T) {
	o := repository(t, map[string]string{
		"go.mod": "module example\n", ".ci/run": "run\n", ".keys/private": "secret\n", "node_modules/a/a.js": "a\n", "extension/e2e/node_modules/b.js": "b\n",
		"dist/x.zip": "x\n", "out/shot.png": "x\n", "worker/build/worker.mjs": "x\n", "worker/main.go": "package main\n",
	})
	p, err := pack.Source(o)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.OpenReader(p.Zip)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	var got []string
	for _, f := range z.File {
		got = append(got, f.Name)
	}
	for _, name := range []string{"manifest.json", "go.mod", ".ci/run", "LICENSE", "worker/main.go", "extension/e2e/run.js"} {
		if !slices.Contains(got, name) {
			t.Errorf("%s is missing", name)
		}
	}
	for _, name := range got {
		if strings.Contains(name, "node_modules") || strings.HasPrefix(name, ".keys") || strings.HasPrefix(name, "dist") || strings.HasPrefix(name, "out") || strings.Contains(name, "build/") {
			t.Errorf("%s is not source", name)
		}
	}
	if filepath.Base(p.Zip) != "honmono-source-1.2.3.zip" || p.Files != len(got) {
		t.Errorf("%s with %d files, says %d", p.Zip, len(got), p.Files)
	}
	o.Root = t.TempDir()
	if _, err := pack.Source(o); err == nil {
		t.Error("an empty folder was taken for the repository")
	}
}
