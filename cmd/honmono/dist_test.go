package main

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// A reviewer who unpacks the source elsewhere, another day, builds the packages
// that are handed out, byte for byte; and the source's zip again.
func TestDistIsReproducible(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the extension twice")
	}
	here, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	first := dist(t, here)
	there := filepath.Join(t.TempDir(), "a folder of another name")
	unpack(t, first["honmono-source-0.1.0.zip"], there)
	second := dist(t, there)
	if len(first) != 3 {
		t.Fatalf("%d zips were made", len(first))
	}
	for name, zipped := range first {
		if !bytes.Equal(zipped, second[name]) {
			t.Errorf("%s: built from the source's zip it has %d bytes instead of %d, or others", name, len(second[name]), len(zipped))
		}
		if bytes.Contains(zipped, []byte(here)) {
			t.Errorf("%s holds a path of this machine", name)
		}
	}
}

// dist does what "make dist" does, and answers the zips by their names.
func dist(t *testing.T, root string) map[string][]byte {
	t.Helper()
	out := t.TempDir()
	wasm := filepath.Join(out, "detector.wasm")
	for _, args := range [][]string{
		{"run", "./wasm/build", "-o", wasm},
		{"run", "./cmd/honmono", "pack", "--source", "--wasm", wasm, "--out", out, "--version", "0.1.0"},
	} {
		cmd := exec.Command("go", args...)
		cmd.Dir = root
		if text, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("go %v: %v\n%s", args, err, text)
		}
	}
	names, err := filepath.Glob(filepath.Join(out, "*.zip"))
	if err != nil {
		t.Fatal(err)
	}
	zips := map[string][]byte{}
	for _, name := range names {
		if zips[filepath.Base(name)], err = os.ReadFile(name); err != nil {
			t.Fatal(err)
		}
	}
	return zips
}

// unpack writes a zip's files, with a time of another year.
func unpack(t *testing.T, zipped []byte, dir string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(zipped), int64(len(zipped)))
	if err != nil {
		t.Fatal(err)
	}
	then := time.Date(2001, time.March, 4, 5, 6, 7, 0, time.UTC)
	for _, f := range z.File {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err == nil {
			err = os.WriteFile(name, text, 0o644)
		}
		if err == nil {
			err = os.Chtimes(name, then, then)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
