package place

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"github.com/honmono/honmono/detector/rules/publish"
)

// A directory is a Place of files, one a key. Each is written under another
// name and renamed, so that a reader finds it whole or not at all.
type directory struct{ path string }

func (d *directory) String() string        { return d.path }
func (d *directory) Settle() time.Duration { return 0 }

// file is the file of a valid key.
func (d *directory) file(key string) string {
	if name, ok := strings.CutPrefix(key, Blobs); ok {
		return filepath.Join(d.path, "blobs", name)
	}
	return filepath.Join(d.path, filepath.FromSlash(key))
}

func (d *directory) Get(_ context.Context, key string) ([]byte, error) {
	if err := validKey(key); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(d.file(key))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrMissing
	}
	if err != nil {
		return nil, fmt.Errorf("place: %w", err)
	}
	return data, nil
}

func (d *directory) Put(_ context.Context, key string, value []byte) error {
	if err := validKey(key); err != nil {
		return err
	}
	name := d.file(key)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return fmt.Errorf("place: %w", err)
	}
	return publish.WriteFile(name, value, 0o644)
}

func (d *directory) List(_ context.Context, prefix string) ([]string, error) {
	entries, err := os.ReadDir(filepath.Dir(d.file(prefix + "x")))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("place: %w", err)
	}
	var keys []string
	for _, e := range entries {
		// What is not one of ours (a file half written, a note somebody put
		// there) is left alone.
		if key := prefix + e.Name(); validKey(key) == nil {
			keys = append(keys, key)
		}
	}
	sort.Strings(keys)
	return keys, nil
}

func (d *directory) Delete(_ context.Context, keys []string) error {
	for _, key := range keys {
		if err := validKey(key); err != nil {
			return err
		}
		if err := os.Remove(d.file(key)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("place: %w", err)
		}
	}
	return nil
}
