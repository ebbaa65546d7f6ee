// Package text makes the wording of a mail comparable and finds known phrases
// in it.
//
// A phishing mail is written to be read by a person and missed by a program:
// fullwidth letters, Cyrillic а in Amazon, katakana ヘ in hiragana text,
// zero-width characters inside a word, compatibility ideographs. [Normalize]
// folds all of that into one spelling; a [Matcher] is built from phrases in
// that spelling and finds them in text in that spelling. [Scan] says how much
// was folded away, which is evidence by itself.
package text

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Normalize returns s in the spelling that phrases are compared in: NFKC,
// lower case, invisible characters removed, letters that only look like Latin
// or kana replaced by what they look like, white space folded to one space,
// and no space beside a CJK character. It is idempotent. Invalid UTF-8 becomes
// U+FFFD.
func Normalize(s string) string {
	if untouched(s) {
		return s
	}
	normal, _ := fold(s)
	return normal
}

// Read returns s in the spelling of [Normalize], and what [Scan] counts in it.
func Read(s string) (normal string, spoof Spoof) {
	if untouched(s) {
		return s, Spoof{}
	}
	return fold(s)
}

// untouched reports a text that is in the spelling of Normalize already.
func untouched(s string) bool {
	if isPlain(s) {
		return true
	}
	n, _ := unchanged(s)
	return n == len(s)
}

// compose brings any text into NFKC. Invisible characters go first: they would
// keep it from composing.
func compose(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	s = strip(s)
	if norm.NFKC.IsNormalString(s) {
		return s
	}
	return norm.NFKC.String(s)
}

// isPlain reports whether s is ASCII in normal form already, the common case
// for phrases and for short English text.
func isPlain(s string) bool {
	space := true
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' || c < ' ' || c == 0x7F:
			return false
		case c == ' ':
			if space {
				return false
			}
			space = true
		default:
			space = false
		}
	}
	return !space || s == ""
}

func strip(s string) string {
	i := strings.IndexFunc(s, Invisible)
	if i < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:i])
	for _, r := range s[i:] {
		if !Invisible(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}
