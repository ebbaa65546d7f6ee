// Package popular knows the domains that many people visit: facts from a public
// ranking, kept as a filter and not as a list.
//
// A popular domain that resembles a protected one is hardly an imitation of it
// ([Known] keeps it quiet), and an internationalised domain that reads like a
// popular one is hardly a coincidence ([Famous] says what is imitated).
//
// A filter can be wrong in one way: it holds about one in 65,536 domains that
// nobody put in. See README.md for the origin and how it is made again.
package popular

import (
	_ "embed"

	"github.com/honmono/honmono/detector/internal/fuse"
)

//go:generate go run gen.go -list ../../../../shared/corpora/top-domains.tsv.gz

//go:embed known.bin
var known fuse.Filter

//go:embed famous.bin
var famous fuse.Filter

// Known reports whether the registrable domain is among the 20,000 most
// visited.
func Known(registrable string) bool { return known.Contains(registrable) }

// Famous reports whether the registrable domain is among the 500 most
// visited.
func Famous(registrable string) bool { return famous.Contains(registrable) }
