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

// DefaultSections returns the sections of the built-in set as they are published.
func DefaultSections() []bundle.Section {
	sections := builtIn().Sections
	for i := range sections {
		sections[i].Data = []byte(builtInSection(sections[i].Name))
	}
	return sections
}

func builtInSection(name string) string {
	switch name {
	case "brands":
		return builtInBrands
	case "phrases":
		return builtInPhrases
	case "phones":
		return builtInPhones
	case "links":
		return builtInLinks
	case "webmails":
		return builtInWebmails
	case "scoring":
		return builtInScoring
	}
	panic("rules: internal error: no built-in section is called " + name)
}

func builtIn() *bundle.Manifest {
	m, err := bundle.Parse([]byte(builtInManifest))
	if err != nil {
		panic("rules: internal error: " + err.Error())
	}
	return m
}

// decodeDefault does not hash the sections: they came with the program, and a
// test compares them with the manifest.
func decodeDefault() *Set {
	m := builtIn()
	s := &Set{Version: m.Version, Created: m.Created}
	for _, name := range SectionNames {
		if err := s.decode(name, builtInSection(name)); err != nil {
			panic("rules: internal error: " + err.Error())
		}
	}
	return s
}
