// Command pack puts together what the page's "try it" runs on: the detector, the
// parts of the extension that turn a verdict into words, and a MIME parser, into
// one folder that the Worker serves under /app/. Our scripts are minified; the
// MIME parser comes from node_modules and is never committed.
//
// Run it from worker/ (build.sh does), after `make wasm`.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/minify/v2/json"
)

// files are what is taken: from a place below the repository to one below /app/.
// A place that ends in a slash is a folder, of which the files with the endings
// that shape knows are taken.
var files = [][2]string{
	{"worker/page/app/", ""},
	{"extension/background/detector.js", "background/detector.js"},
	{"extension/background/program.js", "background/program.js"},
	{"extension/background/marks.js", "background/marks.js"},
	{"extension/content/namespace.js", "content/namespace.js"},
	{"extension/content/banner-parts.js", "content/banner-parts.js"},
	{"extension/view/", "view/"},
	{"extension/shared/tokens.css", "shared/tokens.css"},
	{"extension/shared/components.css", "shared/components.css"},
	{"extension/shared/verdict.css", "shared/verdict.css"},
	{"extension/_locales/en/messages.json", "_locales/en/messages.json"},
	{"extension/_locales/ja/messages.json", "_locales/ja/messages.json"},
	{"node_modules/postal-mime/dist/esm/", "esm/"},
	{"node_modules/postal-mime/LICENSE.txt", "esm/LICENSE.txt"},
	{"testdata/messages/attack/amazon-payment-method.eml", "sample-ja.eml"},
	{"testdata/messages/attack/chase-alert.eml", "sample-en.eml"},
	{"build/detector.wasm", "detector.wasm"},
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("page/pack: ")
	out := flag.String("out", "build/assets/app", "folder to write")
	flag.Parse()
	if err := pack("..", *out); err != nil {
		log.Fatal(err)
	}
}

func pack(root, out string) error {
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	m := minify.New()
	m.AddFunc("text/css", css.Minify)
	m.AddFunc("application/javascript", js.Minify)
	m.AddFunc("application/json", json.Minify)
	for _, f := range files {
		from, to := filepath.Join(root, filepath.FromSlash(f[0])), filepath.Join(out, filepath.FromSlash(f[1]))
		if !strings.HasSuffix(f[0], "/") {
			if err := take(m, from, to); err != nil {
				return err
			}
			continue
		}
		entries, err := os.ReadDir(from)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if e.Type().IsRegular() && shape(e.Name()) != "" && e.Name() != "package.json" {
				if err := take(m, filepath.Join(from, e.Name()), filepath.Join(to, e.Name())); err != nil {
					return err
				}
			}
		}
	}
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return err
	}
	return take(m, filepath.Join(strings.TrimSpace(string(goroot)), "lib", "wasm", "wasm_exec.js"), filepath.Join(out, "wasm_exec.js"))
}

// shape is the media type of what is minified; empty for what is copied.
func shape(name string) string {
	switch filepath.Ext(name) {
	case ".js":
		return "application/javascript"
	case ".css":
		return "text/css"
	case ".json":
		return "application/json"
	}
	return ""
}

func take(m *minify.M, from, to string) error {
	data, err := os.ReadFile(from)
	if os.IsNotExist(err) && filepath.Base(from) == "detector.wasm" {
		return fmt.Errorf("%s is missing: run make wasm first", from)
	}
	if err != nil {
		return err
	}
	// What others wrote goes as they wrote it, licence and all.
	foreign := strings.Contains(from, "node_modules") || filepath.Base(from) == "wasm_exec.js"
	if kind := shape(from); kind != "" && !foreign {
		var small bytes.Buffer
		if err := m.Minify(kind, &small, bytes.NewReader(data)); err != nil {
			return fmt.Errorf("%s: %w", from, err)
		}
		data = small.Bytes()
	}
	if err := os.MkdirAll(filepath.Dir(to), fs.ModePerm); err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o644)
}
