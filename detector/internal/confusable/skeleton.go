package confusable

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// MaxLabel is the longest string, in bytes, that this package works on; of a
// longer one only the first MaxLabel bytes count. DNS labels have 63 octets in
// ASCII; decoded from punycode they can be some times longer.
const MaxLabel = 512

// Skeleton returns the skeleton of s by UTS #39, section 4: NFD, without
// default-ignorable code points, every character replaced by its prototype,
// NFD. A few prototypes hold characters that have prototypes themselves (ǆ), so
// this is done until nothing changes: Skeleton is idempotent.
func Skeleton(s string) string {
	s = truncate(s)
	for range 4 {
		next := replace(norm.NFD.String(s))
		if next == s {
			break
		}
		s = next
	}
	return s
}

// replace is one round of Skeleton.
func replace(s string) string {
	var b strings.Builder
	for _, r := range s {
		if ignorable(r) {
			continue
		}
		if p, ok := prototypes.lookup(r); ok {
			b.WriteString(p)
		} else {
			b.WriteRune(r)
		}
	}
	return norm.NFD.String(b.String())
}

func truncate(s string) string {
	if len(s) <= MaxLabel {
		return s
	}
	return strings.ToValidUTF8(s[:MaxLabel], "")
}

// ignorable reports a default-ignorable code point (DerivedCoreProperties of
// Unicode 17): it has no glyph, so a reader cannot see it.
func ignorable(r rune) bool {
	switch {
	case r < 0xad:
		return false
	case r == 0xad, r == 0x34f, r == 0x61c, r == 0x115f, r == 0x1160, r == 0x17b4, r == 0x17b5,
		0x180b <= r && r <= 0x180f, 0x200b <= r && r <= 0x200f, 0x202a <= r && r <= 0x202e,
		0x2060 <= r && r <= 0x206f, r == 0x3164, 0xfe00 <= r && r <= 0xfe0f, r == 0xfeff, r == 0xffa0,
		0xfff0 <= r && r <= 0xfff8, 0x1bca0 <= r && r <= 0x1bca3, 0x1d173 <= r && r <= 0x1d17a,
		0xe0000 <= r && r <= 0xe0fff:
		return true
	}
	return false
}

// Ignorable reports a code point without a glyph, which a reader cannot see:
// zero-width characters, joiners, variation selectors, fillers, tags.
func Ignorable(r rune) bool { return ignorable(r) }
