//go:build !js

package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// A directory is a Store over the files "manifest" and "blobs/<sha256>", the
// layout that `honmono rules sign --out` writes. Files are read at each request,
// so a publication is seen at once; write the manifest last, by a rename.
type directory struct{ root *os.Root }

// openDirectory opens the directory at path. Reads cannot leave it, whatever the
// names and symbolic links in it say.
func openDirectory(path string) (*directory, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, fmt.Errorf("worker: %w", err)
	}
	return &directory{root}, nil
}

func (d *directory) Manifest(context.Context) ([]byte, error) {
	return d.read("manifest", maxManifest)
}

func (d *directory) Blob(_ context.Context, name string) ([]byte, error) {
	return d.read("blobs/"+name, maxBlob)
}

func (d *directory) read(name string, limit int) ([]byte, error) {
	f, err := d.root.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errMissing
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readLimited(f, limit)
}
