package pack

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// leftOut are folders of extension/ that only its developers need.
var leftOut = []string{"test", "e2e", "types", "node_modules"}

// packed are the kinds of files that are part of an extension. A kind that is
// not known stops the packing: it is either missing here or should not be there.
var packed = []string{".js", ".html", ".css", ".json", ".svg", ".png", ".woff2"}

// notPacked are the kinds that are passed over.
var notPacked = []string{".go", ".md", ".ts", ".mjs"}

// tree reads the files below extension/ that go into the package.
func tree(root string) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := filepath.WalkDir(root, func(p string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(rel)
		base, ext := path.Base(name), path.Ext(name)
		switch {
		case entry.IsDir() && (slices.Contains(leftOut, name) || strings.HasPrefix(base, ".") && name != "."):
			return fs.SkipDir
		case entry.IsDir(), strings.HasPrefix(base, "."), slices.Contains(notPacked, ext):
			return nil
		case !entry.Type().IsRegular():
			return fmt.Errorf("%q is no regular file", p)
		case !slices.Contains(packed, ext):
			return fmt.Errorf("%q is of a kind that is not packed", p)
		}
		files[name], err = os.ReadFile(p)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("pack: %w", err)
	}
	return files, nil
}
