// Package spoof tells of internationalised host names that are written so that a
// careful browser shows them in punycode, as Chromium does: they may imitate
// anything, so no target is named. [Unsafe] is all there is to call.
//
// Sources: UTS #39, sections 3.1 and 5; Chromium's IDN policy (docs/idn.md),
// with its exceptions for country-code domains. The sets of letters are ours.
package spoof

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/honmono/honmono/detector/internal/confusable"
	"github.com/honmono/honmono/detector/internal/domain"
)

// maxHost is the longest host that is looked at, in bytes; DNS allows 253.
const maxHost = 253

// The reasons that [Unsafe] gives.
const (
	ReasonInvalid     = "invalid"      // no valid internationalised label
	ReasonInvisible   = "invisible"    // a character without a glyph
	ReasonSymbol      = "symbol"       // a character that names do not need
	ReasonMixedScript = "mixed-script" // scripts that no language writes together
	ReasonMarks       = "marks"        // accents where no language has them
	ReasonStroke      = "stroke"       // a letter that looks like a slash, a dot, a hyphen or a bar where it stands
	ReasonDigits      = "digits"       // letters or foreign digits that pass for a number
	ReasonWholeScript = "whole-script" // one foreign script, every letter like a Latin one
	ReasonLetter      = "letter"       // a letter for another country's language
	ReasonDecorated   = "decorated"    // English words with a letter that English is never written with
)

// Unsafe reports whether a label of the host, which is in canonical form, is
// written so that its letters should not be shown, and the first reason why. It
// knows nothing of protected domains.
func Unsafe(host string) (reason string, unsafe bool) {
	if len(host) > maxHost || !domain.IsIDN(host) {
		return "", false
	}
	host = strings.TrimSuffix(host, ".")
	labels := strings.Split(domain.Unicode(host), ".")
	tld := labels[len(labels)-1]
	for i, l := range labels {
		if isASCII(l) && !strings.HasPrefix(l, "xn--") {
			continue
		}
		if i == len(labels)-1 && i > 0 {
			if _, icann := domain.PublicSuffix(host[strings.LastIndexByte(host, '.')+1:]); icann {
				continue // a real top-level domain imitates nothing
			}
		}
		if r := unsafeLabel(l, tld, i == len(labels)-2); r != "" {
			return r, true
		}
	}
	return "", false
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// unsafeLabel returns what is wrong with a label under a top-level domain, ""
// if nothing is. A label of a single character is too short to imitate.
func unsafeLabel(label, tld string, registered bool) string {
	runes := []rune(label)
	if strings.HasPrefix(label, "xn--") || len(runes) > 3 && runes[2] == '-' && runes[3] == '-' {
		return ReasonInvalid
	}
	for _, r := range runes {
		switch {
		case confusable.Ignorable(r):
			return ReasonInvisible
		case !confusable.Allowed(r) && !unicode.Is(unicode.Bopomofo, r) && !strings.ContainsRune(exempt, r) || strings.ContainsRune(blocked, r):
			return ReasonSymbol
		case r == 'þ' && tld != "is" && tld != "fo", r == 'ð' && tld != "is" && tld != "fo", r == 'ə' && tld != "az":
			return ReasonLetter
		}
	}
	switch {
	case badMarks(runes):
		return ReasonMarks
	case mixedScripts(runes):
		return ReasonMixedScript
	case badStrokes(runes, tld):
		return ReasonStroke
	case passesForNumber(runes):
		return ReasonDigits
	case registered && len(runes) > 1 && wholeScript(runes, tld):
		return ReasonWholeScript
	case decorated(runes, tld):
		return ReasonDecorated
	}
	return ""
}

// exempt are characters that UTS #39 does not recommend, but that honest names
// have: sharp s, and two letters of Georgian.
const exempt = "ßჽჿ"

// blocked are characters that are allowed in identifiers, but in a host look
// like punctuation or like another letter: kra, open o, the apostrophes, the
// hyphens.
const blocked = "ĸɔ’ʻʼ‧゠\u0337\u0338⁄∕֊"

// badMarks reports an accent on an accent, an accent on what is neither Latin,
// Greek nor Cyrillic, and a dot over a letter that has one or had one.
func badMarks(runes []rune) bool {
	for i, r := range runes {
		if r < 0x300 || r > 0x36f {
			continue
		}
		if i == 0 {
			return true
		}
		p := runes[i-1]
		switch {
		case 0x300 <= p && p <= 0x36f, !unicode.In(p, unicode.Latin, unicode.Greek, unicode.Cyrillic):
			return true
		case r == 0x307 && strings.ContainsRune("ijlłıȷ", p), strings.ContainsRune("ıȷ", p):
			return true
		case unicode.Is(unicode.Latin, p) && p >= utf8.RuneSelf:
			return true
		}
	}
	return false
}

// mixedScripts applies the highly restrictive profile of UTS #39, with Latin
// beside other scripts limited to ASCII: one script; or Latin with Japanese,
// with Korean, or with Han and Bopomofo.
func mixedScripts(runes []rune) bool {
	var seen scripts
	plain := true // Latin letters are ASCII
	for _, r := range runes {
		s := scriptOf(r)
		if s == latin && r >= utf8.RuneSelf {
			plain = false
		}
		seen |= s
	}
	seen &^= common
	if seen&(seen-1) == 0 {
		return false
	}
	if seen&foreign != 0 || seen&latin != 0 && !plain {
		return true
	}
	east := seen &^ latin
	return east&^(han|hiragana|katakana) != 0 && east&^(han|hangul) != 0 && east&^(han|bopomofo) != 0
}

type scripts uint32

const (
	common scripts = 1 << iota
	latin
	han
	hiragana
	katakana
	hangul
	bopomofo
	other // the first of tables; each has a bit of its own, beyond them all share one
)

// tables are the scripts that no profile mixes with another.
var tables = [...]*unicode.RangeTable{
	unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Georgian, unicode.Hebrew, unicode.Arabic, unicode.Thai,
	unicode.Lao, unicode.Ethiopic, unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya,
	unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Myanmar, unicode.Khmer,
	unicode.Tibetan,
}

// foreign is every script of tables, and the bit beyond them.
const foreign scripts = (1<<(len(tables)+1) - 1) * other

// scriptOf returns the script of a character, as far as this package tells them
// apart.
func scriptOf(r rune) scripts {
	switch {
	case r < utf8.RuneSelf:
		if 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
			return latin
		}
		return common
	case unicode.Is(unicode.Latin, r):
		return latin
	case unicode.Is(unicode.Han, r):
		return han
	case unicode.Is(unicode.Hiragana, r):
		return hiragana
	case unicode.Is(unicode.Katakana, r):
		return katakana
	case unicode.Is(unicode.Hangul, r):
		return hangul
	case unicode.Is(unicode.Bopomofo, r):
		return bopomofo
	case unicode.In(r, unicode.Common, unicode.Inherited):
		return common
	}
	for i, t := range tables {
		if unicode.Is(t, r) {
			return other << i
		}
	}
	return other << len(tables)
}
