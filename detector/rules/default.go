package rules

import (
	_ "embed"
	"sync"

	"github.com/honmono/honmono/detector/rules/bundle"
)

//go:generate go run ../../cmd/honmono rules build --out compiled source

// The built-in set. Strings, so that decoding points into the program's own
// data and copies nothing.
var (
	//go:embed compiled/manifest
	builtInManifest string
	//go:embed compiled/brands.json
	builtInBrands string
	//go:embed compiled/phrases.json
	builtInPhrases string
	//go:embed compiled/phones.json
	builtInPhones string
	//go:embed compiled/links.json
	builtInLinks string
	//go:embed compiled/webmails.json
	builtInWebmails string
	//go:embed compiled/scoring.json
	builtInScoring string
)

// Default returns the rule set that is built in: what a first start and an
// offline machine run on. It is decoded once; callers share it and must not
// change it.
func Default() *Set { return defaultSet() }

var defaultSet = sync.OnceValue(decodeDefault)

// decodeDefault does not hash the sections: they came with the program, and a
// test compares them with the manifest.
func decodeDefault() *Set {
	m, err := bundle.Parse([]byte(builtInManifest))
	if err != nil {
		panic("rules: internal error: " + err.Error())
	}
	s := &Set{Version: m.Version, Created: m.Created}
	for name, text := range map[string]string{
		"brands": builtInBrands, "phrases": builtInPhrases, "phones": builtInPhones,
		"links": builtInLinks, "webmails": builtInWebmails, "scoring": builtInScoring,
	} {
		if err := s.decode(name, text); err != nil {
			panic("rules: internal error: " + err.Error())
		}
	}
	return s
}
