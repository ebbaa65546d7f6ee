package lookalike

import (
	"strings"
	"unicode/utf8"

	"github.com/honmono/honmono/detector/internal/confusable"
	"github.com/honmono/honmono/detector/internal/domain"
	"github.com/honmono/honmono/detector/internal/segment"
)

// A class says how much a name tells by itself.
type class uint8

const (
	// bare: up to four letters that nobody listed as a keyword. Only the whole
	// domain, suffix included, names it.
	bare class = iota
	// tiny: two letters that somebody listed as a keyword. It needs edges on both
	// sides and a lure beside it.
	tiny
	// short: three or four letters. It needs edges on both sides.
	short
	// common: a word of the language. It needs a lure beside it.
	common
	// distinct: five letters or more that mean nothing else.
	distinct
)

// A name is one spelling by which an owner is named: the label of a domain, or
// a keyword.
type name struct {
	// text is the name as it is read, without hyphens.
	text string
	// gaps has bit i set where a hyphen stands before text[i].
	gaps    uint64
	owner   int
	class   class
	keyword bool
	// native: written in another script than ASCII. It is looked for as it is.
	native bool
}

// maxName is the longest name, in bytes; the rest of a longer label is ignored.
const maxName = 63

// makeName makes a name of a label or keyword.
func makeName(spelling string, keyword bool) (n name, ok bool) {
	n.keyword = keyword
	if !isASCII(spelling) || strings.HasPrefix(spelling, "xn--") {
		spelling = confusable.Reading(strings.ToLower(domain.Unicode(spelling)))
	}
	n.text = spelling
	if strings.ContainsAny(spelling, "-./_") {
		b := make([]byte, 0, len(spelling))
		for i := 0; i < len(spelling); i++ {
			if c := spelling[i]; c != '-' && c != '.' && c != '/' && c != '_' {
				b = append(b, c)
			} else if 0 < len(b) && len(b) < 64 {
				n.gaps |= 1 << len(b)
			}
		}
		n.text = string(b)
	}
	if len(n.text) < 2 || len(n.text) > maxName {
		return n, false
	}
	if n.native = !isASCII(n.text); n.native {
		letters := utf8.RuneCountInString(n.text)
		if n.class = distinct; letters < 3 {
			n.class = short
			if !keyword {
				n.class = bare
			}
		}
		return n, letters > 1
	}
	n.class = classOf(n.text, keyword)
	return n, true
}

func classOf(text string, keyword bool) class {
	switch {
	case len(text) < 5 && !keyword:
		return bare
	case len(text) < 3:
		return tiny
	case segment.Word(text):
		return common
	case len(text) < 5:
		return short
	}
	return distinct
}

// An owner is whom matches are reported for: a brand, or a domain without one.
type owner struct {
	brand   string
	targets []target
	may     []string // domains that may resemble this owner's
	// japanese: most customers are in Japan.
	japanese bool
	standing standing // the best of the targets'
}

// personal reports a domain that the reader or their administrator protects as
// their own: it has no brand.
func (o *owner) personal() bool { return o.brand == "" }

type target struct {
	domain      string
	registrable string
	label       string
	suffix      string
	flat        string // the suffix without its dots
	standing    standing
}

// standing is how well readers know a domain. What resembles a known one is
// hardly a coincidence; of all the others there are so many that it may be.
type standing uint8

const (
	obscure standing = iota
	popular          // among the 20,000 most visited
	home             // of an owner at home in Japan, where most readers are
	famous           // among the 500 most visited
)
