package pack

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"slices"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/html"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/minify/v2/json"
	"github.com/tdewolff/minify/v2/svg"
)

// mediaTypes are the kinds of files that are minified.
var mediaTypes = map[string]string{
	".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml",
}

// minifyAll minifies files in place. Names at the top level of a script are
// kept, since content scripts see each other's; so are comments that begin
// with "/*!", which hold licences.
func minifyAll(files map[string][]byte) error {
	m := minify.New()
	m.Add("text/html", &html.Minifier{KeepDocumentTags: true, KeepEndTags: true, KeepQuotes: true, KeepDefaultAttrVals: true})
	m.AddFunc("text/css", css.Minify)
	m.AddFunc("text/javascript", js.Minify)
	m.AddFunc("application/json", json.Minify)
	m.AddFunc("image/svg+xml", svg.Minify)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		mediaType := mediaTypes[path.Ext(name)]
		if mediaType == "" {
			continue
		}
		text := files[name]
		if name == "wasm_exec.js" {
			text = markLicence(text)
		}
		small, err := m.Bytes(mediaType, text)
		if err != nil {
			return fmt.Errorf("pack: minifying %s: %w", name, err)
		}
		files[name] = small
	}
	return nil
}

// markLicence turns the leading comment of a Go file's kind into one that
// minifiers keep: the licence asks for it.
func markLicence(script []byte) []byte {
	var head []byte
	rest := script
	for bytes.HasPrefix(rest, []byte("//")) {
		line, after, _ := bytes.Cut(rest, []byte("\n"))
		head = append(append(head, bytes.TrimPrefix(line, []byte("//"))...), '\n')
		rest = after
	}
	if head == nil {
		return script
	}
	return append([]byte("/*!\n"+string(head)+"*/\n"), rest...)
}
