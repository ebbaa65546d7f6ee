package detector

import (
	"slices"
	"strings"

	"github.com/honmono/honmono/detector/rules"
)

// wording pairs the kinds of phrases with their signals, in a fixed order.
var wording = []struct {
	kind   rules.PhraseKind
	symbol Symbol
}{
	{rules.Deadline, TextDeadline},
	{rules.Threat, TextThreat},
	{rules.Credential, TextCredential},
	{rules.Payment, TextPayment},
	{rules.Reward, TextReward},
	{rules.Action, TextAction},
	{rules.Salutation, TextSalutation},
}

// text looks at the wording. It only ever boosts: honest mails have deadlines
// too, and words alone never reach caution.
func (e *evidence) text() {
	r := e.r
	for _, w := range wording {
		phrase, n := e.d.first(r, w.kind)
		if n == 0 || e.genuine {
			continue
		}
		scale := 0.7
		if n >= 2 {
			scale = 1
		}
		if n >= 4 {
			scale = 1.3
		}
		if w.kind == rules.Salutation {
			scale = 1
		}
		e.add(w.symbol, scale, Evidence{Phrase: phrase, Count: n})
	}
	if n := longNumber(r.subject); n != "" {
		e.add(SubjectNumber, 1, Evidence{Shown: n})
	}
	if e.bodyObfuscated() {
		e.add(TextObfuscated, 1, Evidence{Count: r.bodySp.Invisible + r.bodySp.Mixed})
	}
	if e.filler() {
		e.add(TextHidden, 1, Evidence{Count: len(r.page.Hidden)})
	}
	e.phones()
}

// bodyObfuscated wants more than one word: quoted names and sloppy typing mix
// alphabets now and then, newsletters split long words with soft hyphens.
func (e *evidence) bodyObfuscated() bool {
	return e.r.bodySp.Mixed >= 3 || e.r.bodySp.Invisible >= 5 && !e.r.m.List
}

// filler reports hidden text that is no preheader: much of it, or pieces of it
// between the words that are shown.
func (e *evidence) filler() bool {
	p := e.r.page
	h := strings.TrimSpace(p.Hidden)
	return p.HiddenInside >= 2 || p.HiddenInside == 1 && len(h) > 200 || len(h) > 1500 && len(h) > len(p.Text)/2
}

// longNumber returns a number of eight to sixteen digits that stands at the end
// of the subject: mass mailers put one there to make each subject unique.
func longNumber(subject string) string {
	s := strings.TrimRight(subject, " .!。」】)]番号")
	end := len(s)
	start := end
	for start > 0 && s[start-1] >= '0' && s[start-1] <= '9' {
		start--
	}
	if n := end - start; n >= 8 && n <= 16 {
		return s[start:end]
	}
	return ""
}

// phones looks for telephone numbers: known to be abused, or another company's
// than the one claimed.
func (e *evidence) phones() {
	d := e.d
	for _, p := range e.r.numbers() {
		if a, ok := d.abused[p.digits]; ok {
			claimed := len(a.Brands) == 0
			for _, b := range a.Brands {
				claimed = claimed || e.c.main >= 0 && d.brands[e.c.main].ID == b
			}
			if claimed {
				data := Evidence{Shown: p.shown}
				if e.c.main >= 0 {
					data = e.brandData()
					data.Shown = p.shown
				}
				e.add(PhoneAbused, 1, data)
				continue
			}
		}
		if e.c.main < 0 || e.genuine {
			continue
		}
		if owners, ok := d.phones[p.digits]; ok && !slices.Contains(owners, e.c.main) {
			data := e.brandData()
			data.Shown = p.shown
			e.add(PhoneForeign, 1, data)
		}
	}
}

type phone struct{ shown, digits string }

// opensNumber holds what a telephone number begins with.
var opensNumber = [256]bool{
	'+': true, '(': true,
	'0': true, '1': true, '2': true, '3': true, '4': true, '5': true, '6': true, '7': true, '8': true, '9': true,
}

// phonesIn returns the numbers of nine to fifteen digits in normalised text,
// written with hyphens, dots, spaces or brackets; at most 50. A leading +81
// becomes the national 0.
func phonesIn(s string) []phone {
	var found []phone
	for i := 0; len(found) < 50; {
		for i < len(s) && !opensNumber[s[i]] {
			i++
		}
		if i == len(s) {
			break
		}
		start, gap := i, 0
		var room [16]byte
		digits := room[:0]
		end := i
		for ; i < len(s) && len(digits) <= 15; i++ {
			switch c := s[i]; {
			case '0' <= c && c <= '9':
				digits, gap, end = append(digits, c), 0, i+1
				continue
			case c == '+' && i == start:
				continue
			case (c == ' ' || c == '(' || c == '/') && len(digits) >= 9:
				// What follows a whole number is another one, or the hours.
			case (c == '-' || c == '.' || c == ' ' || c == '(' || c == ')' || c == '/') && gap < 2:
				gap++
				continue
			}
			break
		}
		if i == start {
			i++
		}
		if len(digits) < 9 {
			continue
		}
		d := string(digits)
		if strings.HasPrefix(s[start:], "+81") {
			d = "0" + strings.TrimPrefix(d[2:], "0")
		}
		if len(d) >= 9 && len(d) <= 15 {
			found = append(found, phone{strings.TrimSpace(s[start:end]), d})
		}
	}
	return found
}
