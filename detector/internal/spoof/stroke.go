package spoof

import (
	"slices"
	"strings"
	"unicode"

	"github.com/honmono/honmono/detector/internal/confusable"
)

// bars are Han, kana and Bopomofo characters that look like a slash, a hyphen,
// a dot or a Latin letter beside Latin ones. Between their own kind they are
// themselves.
const bars = "一ㄧ丶乀乁丿丨丩丫乂七丅丆十工ㄟㄨㄩㆺノンソゾ卜ト口ロ〇エ二ニ三ミ"

// badStrokes reports a character that looks like a separator where it stands.
func badStrokes(runes []rune, tld string) bool {
	kana := func(i int) bool {
		return 0 <= i && i < len(runes) && unicode.In(runes[i], unicode.Hiragana, unicode.Katakana) || 0 <= i && i < len(runes) && runes[i] == 'ー'
	}
	eastern := func(i int) bool {
		return i < 0 || i >= len(runes) || runes[i] == 'ー' ||
			unicode.In(runes[i], unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo, unicode.Hangul)
	}
	at := func(i int) rune {
		if 0 <= i && i < len(runes) {
			return runes[i]
		}
		return 0
	}
	for i, r := range runes {
		switch {
		case r == 'ー' && !kana(i-1):
			return true // the long vowel needs a kana to lengthen
		case r == 'ヽ' && !unicode.Is(unicode.Katakana, at(i-1)), r == 'ヾ' && !unicode.Is(unicode.Katakana, at(i-1)),
			r == 'ゝ' && !unicode.Is(unicode.Hiragana, at(i-1)), r == 'ゞ' && !unicode.Is(unicode.Hiragana, at(i-1)):
			return true // the iteration marks repeat their own kana
		case strings.ContainsRune("゙゚゛゜", r):
			return true
		case r == '・' && (unicode.Is(unicode.Latin, at(i-1)) || unicode.Is(unicode.Latin, at(i+1))):
			return true
		case r == '·' && !(tld == "cat" && at(i-1) == 'l' && at(i+1) == 'l'):
			return true // Catalan l·l
		case strings.ContainsRune(bars, r) && !(eastern(i-1) && eastern(i+1)) && !(r == '一' && numbered(runes, i)):
			return true
		case strings.ContainsRune("へべぺ", r) && katakanaElse(runes):
			return true // the two scripts write this syllable alike
		case strings.ContainsRune("ヘベペ", r) && hiraganaElse(runes):
			return true
		}
	}
	return false
}

// numbered reports that what follows is a number and nothing stands before: 一123.
func numbered(runes []rune, i int) bool {
	return i == 0 && len(runes) > 1 && !slices.ContainsFunc(runes[1:], func(r rune) bool { return r < '0' || r > '9' })
}

func katakanaElse(runes []rune) bool { return only(runes, "へべぺー", unicode.Katakana) }
func hiraganaElse(runes []rune) bool { return only(runes, "ヘベペー", unicode.Hiragana) }

// only reports that every kana of the label is in the script, those listed
// apart, and that there is one.
func only(runes []rune, apart string, script *unicode.RangeTable) bool {
	found := false
	for _, r := range runes {
		switch {
		case strings.ContainsRune(apart, r) || !unicode.In(r, unicode.Hiragana, unicode.Katakana):
		case unicode.Is(script, r):
			found = true
		default:
			return false
		}
	}
	return found
}

// passesForNumber reports a label that reads as a number throughout, with a
// character in it that is none of ASCII's: 1շ for 12, ৪੨ for 42.
func passesForNumber(runes []rune) bool {
	foreign := false
	for _, r := range runes {
		if r == '-' || '0' <= r && r <= '9' {
			continue
		}
		if !strings.ContainsRune(digitShapes, r) && !slices.ContainsFunc(confusable.Readings(string(r)), func(s string) bool {
			return len(s) == 1 && '0' <= s[0] && s[0] <= '9'
		}) {
			return false
		}
		foreign = true
	}
	return foreign
}

// digitShapes are letters that pass for a digit beside digits, though nobody
// reads them so elsewhere.
const digitShapes = "ꓲꓳ٠१২٢२౦೦൦०০੦૦୦๐໐၀ဝоοօỏ"
