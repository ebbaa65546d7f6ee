// Package extension holds the browser extension, and lends its sentences to the
// rest of the program.
//
// The detector answers with symbols and evidence, never with sentences. The
// sentences stand in _locales/<lang>/messages.json, in the form browsers want,
// and the command line says the same words:
//
//	messages := extension.Messages("ja")
//	sentence, ok := messages.Sentence("BRAND_FOREIGN_LINK", map[string]string{"brand": "Amazon", "domain": "xn5.cn"})
//
// # How a sentence is chosen
//
// A sentence has holes, written {brand}. A value that is missing or empty leaves
// no hole to be seen: the sentence is then passed over for the one under the
// same key with "_plain" added, which needs no evidence. Values are hostile text;
// whoever shows the sentence makes them harmless for the place where it is shown.
// view/sentence.js does the same in the browser.
package extension

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Languages are those that every message exists in; the first is the one used
// for readers of any other language.
var Languages = []string{"en", "ja"}

// A Catalogue holds the messages of one language by their key.
type Catalogue map[string]string

//go:embed _locales/en/messages.json _locales/ja/messages.json
var locales embed.FS

var catalogues = sync.OnceValue(func() map[string]Catalogue {
	all := make(map[string]Catalogue)
	for _, lang := range Languages {
		data, err := locales.ReadFile("_locales/" + lang + "/messages.json")
		if err != nil {
			panic("extension: internal error: " + err.Error())
		}
		var entries map[string]struct {
			Message string `json:"message"`
		}
		if err := json.Unmarshal(data, &entries); err != nil {
			panic(fmt.Sprintf("extension: internal error: messages of %q: %v", lang, err))
		}
		c := make(Catalogue, len(entries))
		for key, e := range entries {
			c[key] = e.Message
		}
		all[lang] = c
	}
	return all
})

// Messages returns the messages of a language, given as a BCP 47 tag or a POSIX
// locale ("ja", "ja-JP", "ja_JP.UTF-8"); English for one that has none. The
// caller owns the map.
func Messages(lang string) Catalogue {
	primary, _, _ := strings.Cut(strings.ToLower(lang), "-")
	primary, _, _ = strings.Cut(primary, "_")
	if !slices.Contains(Languages, primary) {
		primary = Languages[0]
	}
	return maps.Clone(catalogues()[primary])
}

var hole = regexp.MustCompile(`\{([a-z]+)\}`)

// Sentence returns the message under key, or else under key with "_plain" added,
// its holes filled from values. It reports false where neither can be filled.
func (c Catalogue) Sentence(key string, values map[string]string) (string, bool) {
	for _, k := range []string{key, key + "_plain"} {
		message, ok := c[k]
		if !ok {
			continue
		}
		filled := hole.ReplaceAllStringFunc(message, func(h string) string {
			value := values[h[1:len(h)-1]]
			ok = ok && value != ""
			return value
		})
		if ok {
			return filled, true
		}
	}
	return "", false
}
