package rules

import (
	"slices"
	"strings"
	"unicode/utf8"
)

var phraseKinds = []string{
	string(Deadline), string(Threat), string(Credential), string(Payment), string(Reward),
	string(Action), string(Salutation), string(Button), string(Topic), string(MailSystem), string(Company),
	string(Document), string(Callback), string(ScanCode),
}

const maxPhrase = 80 // characters: longer wording is a sentence, which never comes again as it is

// phrases compiles phrases/<language>.txt, whose keys are the kinds.
func (c *compiler) phrases(lang string, entries []entry) {
	if len(lang) < 2 || len(lang) > 3 || !all(lang, lower) {
		c.ms.add(entries[0].file, 0, "%q is no language: two or three lower-case letters (BCP 47)", lang)
	}
	keys := map[string]key{}
	for _, kind := range phraseKinds {
		var seen []string
		keys[kind] = key{read: func(e entry, f []string) {
			if c.phrase(e, &seen, f[0]) {
				c.set.Phrases = append(c.set.Phrases, Phrase{Kind: PhraseKind(kind), Lang: lang, Text: f[0]})
			}
		}}
	}
	c.read(entries[0].file, entries, keys)
}

// phrase checks the wording v and reports whether it is to be kept: as it is
// written, for a person reads it in the reasons. Compared is its normal
// spelling; seen holds those of the phrases it must differ from.
func (c *compiler) phrase(e entry, seen *[]string, v string) bool {
	n := normal(v)
	switch runes := utf8.RuneCountInString(n); {
	case runes < 2:
		c.mistake(e, "the phrase %q is too short to mean anything", v)
	case runes > maxPhrase:
		c.mistake(e, "a phrase of %d characters, the limit is %d: write the part that comes again", runes, maxPhrase)
	case slices.Contains(*seen, n):
		c.mistake(e, "%q again, as it is compared", n)
	default:
		*seen = append(*seen, n)
		return true
	}
	return false
}

// A phoneSource is a phone with its line.
type phoneSource struct {
	Phone
	at entry
}

// phoneList compiles phones.txt: `abused: number | brand ids | what is known`.
func (c *compiler) phoneList(_ string, entries []entry) {
	c.read(entries[0].file, entries, map[string]key{
		"abused": {min: 3, max: 3, read: func(e entry, f []string) {
			digits, ok := c.digits(e, f[0])
			if !ok {
				return
			}
			for _, p := range c.phones {
				if p.Digits == digits {
					c.mistake(e, "%s again, first on line %d", digits, p.at.line)
					return
				}
			}
			brands := strings.Fields(f[1])
			if len(brands) == 1 && brands[0] == "any" {
				brands = nil
			}
			slices.Sort(brands)
			c.phones = append(c.phones, phoneSource{Phone{Digits: digits, Brands: brands}, e})
		}},
	})
}

// digits returns the digits of a telephone number in national form.
func (c *compiler) digits(e entry, v string) (string, bool) {
	digits := strings.ReplaceAll(v, "-", "")
	if !hyphenated(v, digit) || len(digits) < 4 || len(digits) > 15 {
		c.mistake(e, "%q is no telephone number: 4 to 15 digits in national form, grouped by hyphens", v)
		return "", false
	}
	return digits, true
}
