// Command gen writes worker/page/*.min.html: each page with the style sheet in it,
// minified. Run it by go generate ./worker after a change to the sources; a test
// sees to it that nobody forgets.
package main

import (
	"bytes"
	"flag"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/html"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("page/gen: ")
	out := flag.String("out", "page", "directory to write to")
	flag.Parse()
	m := minify.New()
	m.AddFunc("text/css", css.Minify)
	m.AddFunc("text/html", html.Minify)

	style, err := os.ReadFile("page/page.css")
	if err != nil {
		log.Fatal(err)
	}
	for _, lang := range []string{"en", "ja"} {
		source, err := os.ReadFile("page/" + lang + ".html")
		if err != nil {
			log.Fatal(err)
		}
		whole := strings.Replace(string(source), "{{style}}", string(style), 1)
		var small bytes.Buffer
		if err := m.Minify("text/html", &small, strings.NewReader(whole)); err != nil {
			log.Fatalf("%s.html: %v", lang, err)
		}
		if err := os.WriteFile(filepath.Join(*out, lang+".min.html"), small.Bytes(), 0o666); err != nil {
			log.Fatal(err)
		}
	}
}
