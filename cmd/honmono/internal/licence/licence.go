// Package licence collects the licences of what a packed extension holds that
// others wrote: the Go modules linked into detector.wasm, Go's own library and
// runtime, and the data built into them.
//
//	text, err := licence.Collect("path/to/the/repository")
//
// The go command says which modules are linked; each must have a licence file,
// or Collect fails: a package must not be handed out without one. Data built in
// names its origin and terms in the README of its folder; which folders these are
// is listed here, and a test sees that none is forgotten.
package licence

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// A Work is something by others, and on what terms it is used.
type Work struct {
	// Name is a module path with its version, or what the data is called.
	Name string
	// Files are the texts of its terms by their file names.
	Files map[string]string
}

// data are the works inside modules and folders of our own whose terms stand
// beside the data: the folder's README, whole, since it is the notice asked for.
var data = []struct{ name, readme string }{
	{"Unicode confusables and identifier status (Unicode, Inc.)", "detector/internal/confusable/README.md"},
	{"SCOWL word list (Kevin Atkinson)", "detector/internal/segment/README.md"},
	{"Popular domains (Tranco)", "detector/internal/popular/README.md"},
}

// suffixList is the notice that the Mozilla Public License asks for: where the
// source form is.
const suffixList = `The table of public suffixes in golang.org/x/net/publicsuffix is made from the
Public Suffix List of https://publicsuffix.org, which is subject to the terms of
the Mozilla Public License, version 2.0 (https://mozilla.org/MPL/2.0/). Its source
form is https://publicsuffix.org/list/public_suffix_list.dat.
`

// licenceFile matches the files that hold terms.
var licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents)([.-].*)?$`)

// Collect answers all terms as one text. It depends on nothing but the modules
// and Go's own version.
func Collect(root string) (string, error) {
	works, err := Works(root)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString("Honmono is under the Apache License 2.0; see LICENSE.\nIt is built with the works below.\n")
	for _, w := range works {
		fmt.Fprintf(&b, "\n%s\n%s\n", strings.Repeat("=", 72), w.Name)
		for _, name := range slices.Sorted(maps.Keys(w.Files)) {
			fmt.Fprintf(&b, "\n--- %s ---\n\n%s\n", name, strings.TrimSpace(w.Files[name]))
		}
	}
	return b.String(), nil
}

// Works lists the works of others in detector.wasm, by name.
func Works(root string) ([]Work, error) {
	modules, err := Modules(root)
	if err != nil {
		return nil, err
	}
	goroot, err := run(root, "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	version, err := run(root, "env", "GOVERSION")
	if err != nil {
		return nil, err
	}
	std, err := terms(strings.TrimSpace(string(goroot)))
	if err != nil {
		return nil, err
	}
	works := []Work{{"The Go programming language, its library and runtime, " + strings.TrimSpace(string(version)), std}}
	for _, m := range modules {
		files, err := terms(m.Dir)
		if err != nil {
			return nil, err
		}
		works = append(works, Work{m.Path + " " + m.Version, files})
	}
	works = append(works, Work{"Public Suffix List (Mozilla and contributors)", map[string]string{"notice": suffixList}})
	for _, d := range data {
		text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(d.readme)))
		if err != nil {
			return nil, fmt.Errorf("licence: %w", err)
		}
		works = append(works, Work{d.name, map[string]string{path.Base(d.readme): string(text)}})
	}
	return works, nil
}

// A Module is one that is linked into detector.wasm.
type Module struct {
	Path, Version, Dir string
}

// Modules asks the go command what is linked, but for our own module.
func Modules(root string) ([]Module, error) {
	out, err := run(root, "list", "-deps", "-json=Module", "./wasm")
	if err != nil {
		return nil, err
	}
	found := map[string]Module{}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var pkg struct {
			Module *struct {
				Path, Version, Dir string
				Main               bool
				Replace            *struct{ Path, Version, Dir string }
			}
		}
		if err := dec.Decode(&pkg); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("licence: what go list says: %w", err)
		}
		m := pkg.Module
		if m == nil || m.Main {
			continue // the standard library, or ours
		}
		if m.Replace != nil {
			m.Path, m.Version, m.Dir = m.Replace.Path, m.Replace.Version, m.Replace.Dir
		}
		found[m.Path] = Module{m.Path, m.Version, m.Dir}
	}
	var modules []Module
	for _, name := range slices.Sorted(maps.Keys(found)) {
		modules = append(modules, found[name])
	}
	return modules, nil
}

// terms reads the files of a folder that hold terms. None is an error.
func terms(dir string) (map[string]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("licence: %w", err)
	}
	files := map[string]string{}
	for _, e := range entries {
		if !e.Type().IsRegular() || !licenceFile.MatchString(e.Name()) || filepath.Ext(e.Name()) == ".go" {
			continue
		}
		text, err := fs.ReadFile(os.DirFS(dir), e.Name())
		if err != nil {
			return nil, fmt.Errorf("licence: %w", err)
		}
		files[e.Name()] = string(text)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("licence: %q has no licence file", filepath.Base(dir))
	}
	return files, nil
}

// run asks the go command, as it builds detector.wasm.
func run(root string, args ...string) ([]byte, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("licence: go %s: %w", args[0], err)
	}
	return out, nil
}
