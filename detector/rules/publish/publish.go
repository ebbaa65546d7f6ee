// Package publish puts rule sets into directories: the compiled default that
// the build embeds, and the signed bundle that a server hands out.
//
// A bundle is
//
//	manifest          the signed manifest
//	blobs/<sha256>    one file per section
//
// and is written so that a reader at any moment finds whole files and, for the
// manifest it sees, every blob: blobs first, each under a temporary name and
// renamed, the manifest last. Blobs of earlier manifests stay, for readers that
// hold one of those.
package publish

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/honmono/honmono/detector/rules"
	"github.com/honmono/honmono/detector/rules/bundle"
)

// Compiled writes the set into dir in the form that package rules embeds:
// "manifest", unsigned, and "<section>.json". When all sections there are the
// same already, nothing is written, so that building again changes no file;
// changed reports which it was. Now is seconds since 1970 and becomes the
// version of a set that changed.
func Compiled(dir string, s *rules.Set, now int64) (changed bool, err error) {
	sections, err := rules.Encode(s)
	if err != nil {
		return false, err
	}
	if old, err := os.ReadFile(filepath.Join(dir, "manifest")); err == nil {
		if m, err := bundle.Parse(old); err == nil && same(dir, m, sections) {
			return false, nil
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return false, fmt.Errorf("publish: %w", err)
	}
	for _, sec := range sections {
		if err := WriteFile(filepath.Join(dir, sec.Name+".json"), sec.Data, 0o644); err != nil {
			return false, err
		}
	}
	m := bundle.New(sections, uint64(now), now, 0)
	return true, WriteFile(filepath.Join(dir, "manifest"), m.Text(), 0o644)
}

func same(dir string, m *bundle.Manifest, sections []bundle.Section) bool {
	if len(m.Sections) != len(sections) {
		return false
	}
	for i, sec := range sections {
		if m.Sections[i].Name != sec.Name || m.Sections[i].SHA256 != sec.SHA256 {
			return false
		}
		data, err := os.ReadFile(filepath.Join(dir, sec.Name+".json"))
		if err != nil || !bytes.Equal(data, sec.Data) {
			return false
		}
	}
	return true
}

// Bundle writes a signed manifest and the blobs it lists into dir.
func Bundle(dir string, manifest []byte, sections []bundle.Section) error {
	blobs := filepath.Join(dir, "blobs")
	if err := os.MkdirAll(blobs, 0o755); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	for _, sec := range sections {
		name := filepath.Join(blobs, sec.SHA256)
		if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, sec.Data) {
			continue // content addressed: what is there is what belongs there
		}
		if err := WriteFile(name, sec.Data, 0o644); err != nil {
			return err
		}
	}
	return WriteFile(filepath.Join(dir, "manifest"), manifest, 0o644)
}

// Blob returns a function that reads sections from a bundle, for
// (*bundle.Manifest).Open.
func Blob(dir string) func(bundle.Section) ([]byte, error) {
	return func(sec bundle.Section) ([]byte, error) {
		data, err := os.ReadFile(filepath.Join(dir, "blobs", sec.SHA256))
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("no blob %s", sec.SHA256)
		}
		return data, err
	}
}

// WriteFile writes a file whole or not at all.
func WriteFile(name string, data []byte, mode fs.FileMode) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(mode)
	}
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	return nil
}
