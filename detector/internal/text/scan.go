package text

import (
	"unicode"
	"unicode/utf8"
)

// A Spoof counts what a text hides from programs and shows to people.
type Spoof struct {
	// Invisible counts characters without width that stand between letters.
	Invisible int
	// Mixed counts words that mix Latin with lookalike letters of another
	// alphabet, and letters from the mathematical and enclosed blocks.
	Mixed int
}

func (s *Spoof) add(more Spoof) {
	s.Invisible += more.Invisible
	s.Mixed += more.Mixed
}

// Scan counts the spoofing in s. Emoji sequences, Persian and Indic joiners
// and words of one alphabet are not counted.
func Scan(s string) Spoof {
	var sp Spoof
	var prev rune
	latin, other, styled := 0, 0, 0
	flush := func() {
		if latin > 0 && other > 0 || styled > 1 {
			sp.Mixed++
		}
		latin, other, styled = 0, 0, 0
	}
	pending := 0 // invisible characters since the last letter
	for i, n := 0, 0; i < len(s); i += n {
		if r := rune(s[i]); r < utf8.RuneSelf {
			n = 1
			if 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
				latin++
				sp.Invisible += pending
			} else if (r < '0' || r > '9') && latin+other+styled > 0 {
				flush()
			}
			pending, prev = 0, r
			continue
		}
		if r := bulk(s[i:]); 'ぁ' <= r && r <= 'ヾ' || '一' <= r && r <= '龯' { // the rest in short, for the bulk of Japanese text
			n = 3
			if latin+other+styled > 0 {
				flush()
			}
			sp.Invisible += pending
			pending, prev = 0, r
			continue
		}
		var r rune
		r, n = utf8.DecodeRuneInString(s[i:])
		if Invisible(r) {
			// A joiner after a letter of a joining script, or beside an emoji,
			// is how those are written; U+FEFF and soft hyphens after a space
			// are what newsletters pad their preheader with.
			if (isLetter(prev) || cjk(prev)) && !joining(prev) {
				pending++
			}
			continue
		}
		_, small := smallCapital(r)
		switch {
		case small:
			styled++
		case isForeignAlphabet(r):
			if _, ok := latinLookalike(unicode.ToLower(r)); ok {
				other++
			}
		case isLatin(r):
			latin++
		case 0x1D400 <= r && r <= 0x1D7FF, 0x24B6 <= r && r <= 0x24E9, 0x1F130 <= r && r <= 0x1F189:
			styled++
		default:
			flush()
		}
		if isLetter(r) || cjk(r) {
			sp.Invisible += pending
		}
		pending, prev = 0, r
	}
	flush()
	return sp
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// joining reports the scripts that need joiners and directional marks.
func joining(r rune) bool {
	return 0x590 <= r && r <= 0x8FF || 0x900 <= r && r <= 0x109F || 0x1780 <= r && r <= 0x18AF || 0xFB1D <= r && r <= 0xFDFF || 0xFE70 <= r && r <= 0xFEFC
}
