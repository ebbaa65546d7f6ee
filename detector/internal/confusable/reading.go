package confusable

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// MaxReadings is the most readings a label has. A label of many ambiguous
// glyphs has more (2ⁿ); what is beyond is dropped, the likeliest come first.
const MaxReadings = 128

// Readings returns what the string may be read as, likeliest first: the ASCII
// letters its glyphs look like, in lower case, accents and invisible characters
// dropped. A character that looks like no ASCII letter stays as its prototype.
// An ASCII string has one reading, itself in lower case.
func Readings(s string) []string {
	s = truncate(s)
	if isLowerASCII(s) {
		return []string{s}
	}
	out := []string{""}
	for _, r := range norm.NFKC.String(s) {
		alts := read(r)
		if len(alts) == 1 {
			for i := range out {
				out[i] += alts[0]
			}
			continue
		}
		// Alternatives multiply; the likeliest reading of every glyph stays
		// within the cap because it is appended to all that is there first.
		n := len(out)
		for _, a := range alts[1:] {
			for i := 0; i < n && len(out) < MaxReadings; i++ {
				out = append(out, out[i]+a)
			}
		}
		for i := range n {
			out[i] += alts[0]
		}
	}
	return out
}

// Reading returns the likeliest of the readings.
func Reading(s string) string {
	s = truncate(s)
	if isLowerASCII(s) {
		return s
	}
	var b strings.Builder
	for _, r := range norm.NFKC.String(s) {
		b.WriteString(read(r)[0])
	}
	return b.String()
}

// read returns the readings of one character, at least one.
func read(r rune) []string {
	if r < 0x80 {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return []string{string(r)}
	}
	if a, ok := readings.lookup(r); ok {
		return strings.Split(a, "\x00")
	}
	if ignorable(r) {
		return []string{""}
	}
	return []string{Skeleton(string(r))}
}

func isLowerASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 0x80 || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}
