package spoof

import (
	"slices"
	"strings"
	"unicode"

	"github.com/honmono/honmono/detector/internal/confusable"
)

// A wholeRule says when a label in one script is suspicious: every letter is
// one of those that look Latin, and the top-level domain is not one where the
// script is at home.
type wholeRule struct {
	script  *unicode.RangeTable
	letters string // "" means every letter that package confusable reads as ASCII
	home    string
}

var wholeRules = []wholeRule{
	{unicode.Cyrillic, "асԁеһіјӏорԗԛѕԝхуъьҽпгѵѡюӕғҙԍө", " bg by kz mk mn rs ru su ua uz kg tj pyc com.ru "},
	{unicode.Greek, "αικνρυωηοτϲϳ", " gr cy "},
	{unicode.Armenian, "", " am "},
	{unicode.Georgian, "", " ge "},
	{unicode.Ethiopic, "ሀሠሰስበነከዐዘፐዠአ", " er et "},
	{unicode.Hebrew, "", " il "},
	{unicode.Thai, "", " th "},
	{unicode.Lao, "", " la "},
	{unicode.Myanmar, "", " mm "},
	{unicode.Bengali, "", " bd in "},
	{unicode.Devanagari, "०ऽ२", " in np "},
	{unicode.Gujarati, "", " in "},
	{unicode.Gurmukhi, "", " in "},
	{unicode.Kannada, "", " in "},
	{unicode.Malayalam, "", " in "},
	{unicode.Oriya, "", " in "},
	{unicode.Tamil, "", " in lk sg "},
	{unicode.Telugu, "", " in "},
}

// wholeScript reports a label that is written in one foreign script, in nothing
// but letters that look Latin, where that script is not at home.
func wholeScript(runes []rune, tld string) bool {
	for _, w := range wholeRules {
		if !slices.ContainsFunc(runes, func(r rune) bool { return unicode.Is(w.script, r) }) {
			continue
		}
		if strings.Contains(w.home, " "+tld+" ") || strings.IndexFunc(tld, func(r rune) bool { return unicode.Is(w.script, r) }) >= 0 {
			return false
		}
		return !slices.ContainsFunc(runes, func(r rune) bool {
			if r < 0x80 || unicode.Is(unicode.Mn, r) {
				return false
			}
			if w.letters != "" {
				return !strings.ContainsRune(w.letters, r)
			}
			return !isASCII(confusable.Reading(string(r)))
		})
	}
	return false
}
