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
	"math/bits"
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
	// maxInflected is the longest inflected one: maxWord and -ness.
	maxInflected = maxWord + 4
	// maxText bounds the text that Covers looks at: a DNS label.
	maxText = 63
)

// Word reports whether s, in lower-case ASCII, is a word or its regular plural,
// past, comparative, adverb or gerund.
func Word(s string) bool {
	if len(s) < minWord || len(s) > maxInflected {
		return false
	}
	var b beginnings
	b[0] = fuse.Empty
	for i := range len(s) {
		b[i+1] = fuse.Extend(b[i], s[i])
	}
	return b.word(s)
}

// beginnings are the hashes of a text's first 0, 1, 2 … letters: the stem of an
// inflected word is one of them.
type beginnings [maxInflected + 1]uint64

// word reports whether the text s is a word. What it knows of the regular
// inflections is what the generator leaves out.
func (b *beginnings) word(s string) bool {
	n := len(s)
	if b.base(n) {
		return true
	}
	switch s[n-1] {
	case 's':
		return b.base(n-1) || s[n-2] == 'e' && b.base(n-2) || strings.HasSuffix(s, "ness") && b.base(n-4)
	case 'd', 'r':
		return b.base(n-1) || s[n-2] == 'e' && b.base(n-2)
	case 'g':
		return strings.HasSuffix(s, "ing") && (b.base(n-3) || b.baseWithE(n-3))
	case 'y':
		return s[n-2] == 'l' && b.base(n-2)
	}
	return false
}

// base reports whether the first n letters are a stored word.
func (b *beginnings) base(n int) bool {
	return minWord <= n && n <= maxWord && words.ContainsHash(b[n])
}

// baseWithE reports whether they are one with an e behind them: making.
func (b *beginnings) baseWithE(n int) bool {
	return minWord <= n+1 && n+1 <= maxWord && words.ContainsHash(fuse.Extend(b[n], 'e'))
}

// small reports a word too short to be stored that labels are glued with.
func small(w string) bool {
	switch w {
	case "a", "i", "e", "my", "to", "of", "in", "on", "at", "by", "us", "uk", "eu", "jp", "go", "up", "we", "me", "it",
		"is", "be", "do", "or", "co", "de", "la", "le", "el":
		return true
	}
	return false
}

// maxCovering bounds the words that a text is written in, in letters.
const maxCovering = maxWord + 3

// wordsAt tells by their lengths which words the text begins with: bit n is set
// in long for one of n letters that carries, in short for one that glues.
func wordsAt(text string) (long, short uint32) {
	var b beginnings
	b[0] = fuse.Empty
	for n := 1; n <= min(len(text), maxCovering); n++ {
		b[n] = fuse.Extend(b[n-1], text[n-1])
		switch w := text[:n]; {
		case n < minWord:
			if small(w) {
				short |= 1 << n
			}
		case !b.word(w):
		case n == 3:
			short |= 1 << n
		default:
			long |= 1 << n
		}
	}
	return long, short
}

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
	// ends has bit i set if the text can be cut there.
	ends := uint64(1)
	for i := range len(text) {
		if ends>>i&1 != 0 {
			long, _ := wordsAt(text[i:])
			ends |= uint64(long) << i
		}
	}
	return ends>>len(text)&1 != 0
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
	var least [2][maxText + 1]uint8
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
		long, short := wordsAt(text[i:])
		for ends := long | short; ends != 0; ends &= ends - 1 {
			n := bits.TrailingZeros32(ends)
			j, cost := i+n, uint8(0)
			if long>>n&1 == 0 {
				cost = uint8(n)
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
	return int(least[1][len(text)])*5 <= len(text)*3
}
