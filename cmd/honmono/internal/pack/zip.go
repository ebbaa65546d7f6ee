package pack

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// epoch is the time of every packed file: the earliest that zip can hold.
var epoch = time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)

// writeZip writes files as a zip that depends on nothing but them, and answers
// its size in bytes.
func writeZip(name string, files map[string][]byte) (int64, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	w.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(out, flate.BestCompression)
	})
	for _, file := range slices.Sorted(maps.Keys(files)) {
		header := &zip.FileHeader{Name: file, Method: zip.Deflate, Modified: epoch}
		header.SetMode(0o644)
		part, err := w.CreateHeader(header)
		if err == nil {
			_, err = part.Write(files[file])
		}
		if err != nil {
			return 0, fmt.Errorf("pack: %s: %w", name, err)
		}
	}
	if err := w.Close(); err != nil {
		return 0, fmt.Errorf("pack: %s: %w", name, err)
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return 0, fmt.Errorf("pack: %w", err)
	}
	if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
		return 0, fmt.Errorf("pack: %w", err)
	}
	return int64(b.Len()), nil
}
