package text

import (
	"strings"
	"unicode"
)

// lower is unicode.ToLower, at once for western letters and for the punctuation and
// ideographs that have no case.
func lower(r rune) rune {
	switch {
	case r < 0x100:
		if 'A' <= r && r <= 'Z' || 'À' <= r && r <= 'Þ' && r != '×' {
			r += 'a' - 'A'
		}
		return r
	case 0x2000 <= r && r < 0x2100, 0x2E80 <= r && r < 0xA640:
		return r
	}
	return unicode.ToLower(r)
}

const kanaDash = 'ー'

// dash reports the characters that stand for a hyphen in Latin text and for
// the long-vowel mark in kana.
func dash(r rune) bool {
	switch r {
	case '―', '—', '–', '─', '━', '－', '‐', '‑', '‒', '−':
		return true
	}
	return false
}

// wordLen returns the length in bytes of the run of letters, marks and digits
// that s starts with; at least one rune.
func wordLen(s string) int {
	for i, r := range s {
		if i > 0 && !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) || cjk(r) {
			return max(i, 1)
		}
	}
	return len(s)
}

func hasLatin(s string) bool { return strings.IndexFunc(s, isLatin) >= 0 }

func isLatin(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r >= 0xC0 && unicode.Is(unicode.Latin, r)
}

// isForeignAlphabet reports the scripts that are used to imitate Latin words.
func isForeignAlphabet(r rune) bool {
	switch {
	case 0x370 <= r && r <= 0x3FF, 0x400 <= r && r <= 0x52F, 0x531 <= r && r <= 0x58F,
		0x13A0 <= r && r <= 0x13FF, 0xAB70 <= r && r <= 0xABBF, 0x1C80 <= r && r <= 0x1C8F:
		return true
	}
	return false
}

// Invisible reports characters that take no place on the screen: zero-width
// characters, soft hyphens, directional controls, variation selectors, tags
// and invisible operators. U+200D and U+FE0F between emoji are counted too;
// callers that count take care of that.
func Invisible(r rune) bool {
	switch {
	case r < 0xAD:
		return false
	case r == 0xAD, r == 0x34F, r == 0x61C, r == 0x115F, r == 0x1160, r == 0x17B4, r == 0x17B5,
		0x180B <= r && r <= 0x180F, 0x200B <= r && r <= 0x200F, 0x202A <= r && r <= 0x202E,
		0x2060 <= r && r <= 0x206F, r == 0x3164, 0xFE00 <= r && r <= 0xFE0F,
		r == 0xFEFF, r == 0xFFA0, 0xFFF9 <= r && r <= 0xFFFB, 0x1BCA0 <= r && r <= 0x1BCA3,
		0x1D173 <= r && r <= 0x1D17A, 0xE0000 <= r && r <= 0xE0FFF:
		return true
	}
	return false
}

func kana(r rune) bool { return 0x3040 <= r && r <= 0x30FF }

// cjk reports the scripts that are written without spaces between words,
// their punctuation included.
func cjk(r rune) bool {
	return 0x2E80 <= r && r <= 0x9FFF || 0xF900 <= r && r <= 0xFAFF || 0xFE30 <= r && r <= 0xFE4F || 0x20000 <= r && r <= 0x3FFFF
}
