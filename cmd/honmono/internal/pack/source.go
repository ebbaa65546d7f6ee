package pack

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// notSource are folders that are made, not written; .gitignore names the same.
var notSource = []string{".git", ".keys", ".wrangler", "build", "dist", "node_modules", "out", "worker/build"}

// Source writes Out/honmono-source-<version>.zip: what a store's reviewer builds
// the packages from, byte for byte (docs/store/review.md tells how). In a git
// checkout these are the files that git tracks, as they are in the working tree;
// elsewhere, as in the unpacked zip itself, all but what is made.
func Source(o Options) (Package, error) {
	version, err := o.version()
	if err != nil {
		return Package{}, err
	}
	names, err := tracked(o.Root)
	if err != nil {
		return Package{}, err
	}
	files := map[string][]byte{}
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join(o.Root, filepath.FromSlash(name)))
		if errors.Is(err, fs.ErrNotExist) {
			continue // deleted and not yet committed
		}
		if err != nil {
			return Package{}, fmt.Errorf("pack: %w", err)
		}
		files[name] = text
	}
	if files["manifest.json"] == nil || files["go.mod"] == nil {
		return Package{}, fmt.Errorf("pack: %q is not the repository's root", o.Root)
	}
	p := Package{Browser: "source", Files: len(files), Zip: filepath.Join(o.Out, fmt.Sprintf("honmono-source-%s.zip", version))}
	p.Size, err = writeZip(p.Zip, files)
	return p, err
}

// tracked lists the source's files, slash-separated and sorted.
func tracked(root string) ([]string, error) {
	if _, err := os.Stat(filepath.Join(root, ".git")); err == nil {
		cmd := exec.Command("git", "ls-files", "-z")
		cmd.Dir = root
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("pack: git ls-files: %w", err)
		}
		names := strings.Split(string(bytes.TrimSuffix(out, []byte{0})), "\x00")
		slices.Sort(names)
		return names, nil
	}
	var names []string
	err := filepath.WalkDir(root, func(p string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(rel)
		switch {
		case entry.IsDir() && (slices.Contains(notSource, name) || entry.Name() == "node_modules"):
			return fs.SkipDir
		case entry.Type().IsRegular():
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("pack: %w", err)
	}
	slices.Sort(names)
	return names, nil
}
