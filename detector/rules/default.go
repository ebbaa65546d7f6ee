package rules

import (
	"embed"
	"sync"
)

//go:generate go run ../../cmd/honmono rules build --out compiled source

//go:embed compiled
var compiled embed.FS

// Default returns the rule set that is built in: what a first start and an
// offline machine run on. It is decoded once; callers share it and must not
// change it.
func Default() *Set { return defaultSet() }

var defaultSet = sync.OnceValue(func() *Set {
	text, err := compiled.ReadFile("compiled/manifest")
	if err != nil {
		panic("rules: internal error: " + err.Error())
	}
	m, err := ParseManifest(text)
	if err != nil {
		panic("rules: internal error: " + err.Error())
	}
	s, err := m.Open(func(sec Section) ([]byte, error) {
		return compiled.ReadFile("compiled/" + sec.Name + ".json")
	})
	if err != nil {
		panic("rules: internal error: " + err.Error())
	}
	return s
})
