// Package segment knows words, and whether a label is written in them.
//
// A brand's name inside a label means something only where a word begins and
// ends: jcb in myjcb-card, but not apple in pineapple, line in online, or dhl in
// adhlawfirm. [Covers] answers whether a string is made of words, [Word] whether
// it is one.
//
// The words are English ones and what labels use beside them (web, places,
// romaji), in their base form; see README.md. They are kept as a filter, so one
// string in 65,536 is a word by chance.
package segment

import (
	_ "embed"
	"strings"

	"github.com/honmono/honmono/detector/internal/fuse"
)

//go:generate go run gen.go -words english.txt

//go:embed words.bin
var words fuse.Filter

const (
	// minWord and maxWord bound the length of a stored word, in bytes.
	minWord = 3
	maxWord = 12
	// maxText bounds the text that Covers looks at: a DNS label.
	maxText = 63
)

// Word reports whether s, in lower-case ASCII, is a word or its regular plural,
// past, comparative, adverb or gerund.
func Word(s string) bool {
	if base(s) {
		return true
	}
	for _, e := range endings {
		if stem, ok := strings.CutSuffix(s, e.suffix); ok {
			for _, add := range e.adds {
				if base(stem + add) {
					return true
				}
			}
		}
	}
	return false
}

func base(s string) bool {
	return minWord <= len(s) && len(s) <= maxWord && words.Contains(s)
}

// endings are the regular inflections, and what the stem loses to them. The
// generator leaves out words that these give.
var endings = []struct {
	suffix string
	adds   []string
}{
	{"s", []string{""}},
	{"es", []string{""}},
	{"d", []string{""}},
	{"ed", []string{""}},
	{"ing", []string{"", "e"}},
	{"r", []string{""}},
	{"er", []string{""}},
	{"ly", []string{""}},
	{"ness", []string{""}},
}

// small are the words too short to be stored that labels are glued with.
const small = " a i e my the to of in on at by us uk eu jp go up we me it is be do or and for co de la le el "

// Covers reports whether the text is written in words and digits from its first
// byte to its last, hyphens apart. Short words glue, they do not carry: at
// least two fifths of the text must be in words of four letters and more.
func Covers(text string) bool { return covers(text, 0, 0) }

// Straddles reports whether the text is written in words (as [Covers] says) one
// of which runs over an edge of text[from:to]: then what stands there is no word
// of its own. eplus in tableplus, line in online; not book in bookgarden.
func Straddles(text string, from, to int) bool {
	return 0 <= from && from < to && to <= len(text) && covers(text, from, to)
}

// Compound reports whether the text is nothing but words of four letters and
// more: bestbuys, salefire.
func Compound(text string) bool {
	if text == "" || len(text) > maxText {
		return false
	}
	var ends [maxText + 1]bool
	ends[0] = true
	for i := range len(text) {
		for j := i + 4; ends[i] && j <= min(len(text), i+maxWord+3); j++ {
			ends[j] = ends[j] || Word(text[i:j])
		}
	}
	return ends[len(text)]
}

// covers looks for a way to write the text in words; if from < to, for one with
// a word that runs over from or over to.
func covers(text string, from, to int) bool {
	if text == "" || len(text) > maxText {
		return false
	}
	// least[s][i] is the least number of letters in short words over text[:i];
	// s is 1 once a word has run over an edge.
	const never = maxText + 1
	var least [2][maxText + 1]int
	for i := range least[0] {
		least[0][i], least[1][i] = never, never
	}
	if from < to {
		least[0][0] = 0
	} else {
		least[1][0] = 0
	}
	for i := range len(text) {
		if least[0][i] == never && least[1][i] == never {
			continue
		}
		if c := text[i]; c == '-' || '0' <= c && c <= '9' {
			for s := range least {
				least[s][i+1] = min(least[s][i+1], least[s][i])
			}
			continue
		}
		for j := i + 1; j <= min(len(text), i+maxWord+3); j++ {
			w := text[i:j]
			cost := 0
			switch {
			case len(w) >= 4 && Word(w):
			case len(w) == 3 && Word(w), len(w) < 4 && strings.Contains(small, " "+w+" "):
				cost = len(w)
			default:
				continue
			}
			over := i < from && from < j || i < to && to < j
			for s := range least {
				next := s
				if over {
					next = 1
				}
				least[next][j] = min(least[next][j], least[s][i]+cost)
			}
		}
	}
	return least[1][len(text)]*5 <= len(text)*3
}
