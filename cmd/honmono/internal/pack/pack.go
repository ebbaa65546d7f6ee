// Package pack makes what a browser installs: the extension's folder and its
// zip, for Chrome and for Firefox.
//
// # What goes in
//
//   - manifest.json, cut to what the browser knows (manifest.go);
//   - the content of extension/, minified (minify.go), without tests, type
//     declarations, Go files and notes (tree.go);
//   - config.json with the rule server and its keys;
//   - the icons as PNG, drawn from icons/*.svg (icons.go);
//   - detector.wasm, and wasm_exec.js of the Go that built it, which is never
//     committed;
//   - the licences: ours and, in licences.txt, those of the works built in.
//
// Beside the packages, Source writes what they are built from (source.go).
//
// # Reproducible
//
// The same sources, flags and Go version give the same bytes: names are sorted,
// times are fixed, nothing of the machine goes in. Stores rebuild an extension
// from its source and compare.
package pack

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// A Browser is what to pack for.
type Browser string

const (
	Chrome  Browser = "chrome"
	Firefox Browser = "firefox"
)

// Browsers are all that can be packed for.
var Browsers = []Browser{Chrome, Firefox}

// Options say what to pack and where to.
type Options struct {
	// Root is the repository's root; Out the folder written to.
	Root, Out string
	Browsers  []Browser
	// Wasm is the built detector; WasmExec the wasm_exec.js of the same Go.
	Wasm, WasmExec string
	// RulesURL is the rule server's base URL, without /v1; empty for none.
	RulesURL string
	// RulesKeys are the verifier keys of who may sign rules.
	RulesKeys []string
	// DevOrigins are further origins the extension works on: for testing only.
	DevOrigins []string
	// Licences are the terms of the works of others; licences.txt.
	Licences string
	// NoWelcome keeps the first page from opening at install: for tests, and for
	// packages that an organisation installs itself.
	NoWelcome bool
	// Version replaces the manifest's, if not empty.
	Version string
}

// A Package is one browser's result.
type Package struct {
	Browser Browser
	Folder  string // unpacked
	Zip     string
	Files   int
	Size    int64 // of the zip, in bytes
}

// Run packs for each browser. It writes Out/<browser>/ and
// Out/honmono-<browser>-<version>.zip, replacing what an earlier run wrote
// there.
func Run(o Options) ([]Package, error) {
	if err := o.validate(); err != nil {
		return nil, err
	}
	shared, err := o.files()
	if err != nil {
		return nil, err
	}
	var done []Package
	for _, browser := range o.Browsers {
		files := maps.Clone(shared)
		version, err := o.manifest(files, browser)
		if err != nil {
			return nil, err
		}
		p := Package{
			Browser: browser, Files: len(files),
			Folder: filepath.Join(o.Out, string(browser)),
			Zip:    filepath.Join(o.Out, fmt.Sprintf("honmono-%s-%s.zip", browser, version)),
		}
		if err := writeFolder(p.Folder, files); err != nil {
			return nil, err
		}
		if p.Size, err = writeZip(p.Zip, files); err != nil {
			return nil, err
		}
		done = append(done, p)
	}
	return done, nil
}

// files are the packed files by their slash-separated names, but for the
// manifest.
func (o *Options) files() (map[string][]byte, error) {
	files, err := tree(filepath.Join(o.Root, "extension"))
	if err != nil {
		return nil, err
	}
	for name, from := range map[string]string{
		"detector.wasm": o.Wasm, "wasm_exec.js": o.WasmExec, "LICENSE": filepath.Join(o.Root, "LICENSE"),
	} {
		if files[name], err = os.ReadFile(from); err != nil {
			return nil, fmt.Errorf("pack: %w", err)
		}
	}
	if files["config.json"], err = o.config(); err != nil {
		return nil, err
	}
	files["licences.txt"] = []byte(o.Licences)
	if err := icons(files); err != nil {
		return nil, err
	}
	if err := minifyAll(files); err != nil {
		return nil, err
	}
	return files, nil
}

var validVersion = regexp.MustCompile(`^(0|[1-9][0-9]{0,4})(\.(0|[1-9][0-9]{0,4})){0,3}$`)

func (o *Options) validate() error {
	var errs []error
	for _, b := range o.Browsers {
		if !slices.Contains(Browsers, b) {
			errs = append(errs, fmt.Errorf("pack: unknown browser %q", b))
		}
	}
	if o.Version != "" && !validVersion.MatchString(o.Version) {
		errs = append(errs, fmt.Errorf("pack: version %q: one to four numbers of at most five digits, separated by dots", o.Version))
	}
	return errors.Join(append(errs, o.validateRules(), o.validateOrigins())...)
}

// writeFolder replaces a folder that an earlier run wrote. Anything else that
// stands in its place is left alone.
func writeFolder(dir string, files map[string][]byte) error {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		if _, err := os.Stat(filepath.Join(dir, "manifest.json")); err != nil {
			return fmt.Errorf("pack: %q holds something else than a packed extension", dir)
		}
		if err := os.RemoveAll(dir); err != nil {
			return fmt.Errorf("pack: %w", err)
		}
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("pack: %w", err)
	}
	// The manifest goes last: a folder without one is no extension to a browser
	// that looks in between.
	names := slices.Sorted(maps.Keys(files))
	slices.SortStableFunc(names, func(a, b string) int {
		return strings.Compare(last(a), last(b))
	})
	for _, name := range names {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("pack: %w", err)
		}
		if err := os.WriteFile(path, files[name], 0o644); err != nil {
			return fmt.Errorf("pack: %w", err)
		}
	}
	return nil
}

func last(name string) string {
	if name == "manifest.json" {
		return "2"
	}
	return "1"
}
