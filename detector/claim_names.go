package detector

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/honmono/honmono/detector/internal/text"
	"github.com/honmono/honmono/detector/rules"
)

// withoutAddresses cuts the mail addresses out of a display name.
func withoutAddresses(s string) string {
	if strings.IndexByte(s, '@') < 0 {
		return s
	}
	words := strings.FieldsFunc(s, func(c rune) bool { return strings.ContainsRune(" <>()[]\"',;|", c) })
	kept := words[:0]
	for _, w := range words {
		if strings.IndexByte(w, '@') < 0 {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}

// withoutURLs blanks the web addresses in a subject: https://www.google.com/url?…
// does not speak as Google.
func withoutURLs(s string) string {
	for {
		i := strings.Index(s, "://")
		if i < 0 {
			return s
		}
		start, end := i, i+3
		for start > 0 && 'a' <= s[start-1] && s[start-1] <= 'z' {
			start--
		}
		for end < len(s) && s[end] > ' ' && s[end] < 0x7F {
			end++
		}
		s = s[:start] + strings.Repeat(" ", end-start) + s[end:]
	}
}

// isGift reports whether what follows a brand's name makes it the prize and not
// the sender: half of all surveys end with an Amazon gift card.
func isGift(after string) bool {
	after = strings.TrimLeft(after, " -.")
	for _, gift := range gifts {
		if strings.HasPrefix(after, gift) {
			return true
		}
	}
	return false
}

var gifts = []string{text.Normalize("ギフト"), "gift", "voucher", "gutschein", "geschenk", "vale-presente", "商品券", text.Normalize("プリペイドカード"), text.Normalize("プリカ")}

// opensWith reports whether a match at the offset stands in the brackets that a
// subject opens with.
func opensWith(subject string, at int) bool {
	for _, pair := range [][2]string{{"【", "】"}, {"[", "]"}, {"［", "］"}, {"<", ">"}, {"「", "」"}, {"《", "》"}} {
		if strings.HasPrefix(subject, pair[0]) {
			end := strings.Index(subject, pair[1])
			return end > at && at-len(pair[0]) <= 12
		}
	}
	return false
}

// spelledLike returns the brand whose name is written into a display name so
// that a person reads it and a word match does not: NetfIix, MetaMaskTeam,
// Pay-Pa1; -1 if there is none. Only names of shapeHead letters and more that open a
// word are looked for, and the longest wins.
func (d *Detector) spelledLike(name string) int {
	best, brand := shapeHead-1, -1
	name = cutText(name, 200)
	var room [200]byte
	shape := appendGlyphs(room[:0], name)
	opens := true
	for i, at := 0, 0; len(shape)-at >= shapeHead; i++ {
		switch c := name[i]; {
		case c == ' ' || c == ',' || c == ':' || c == '(' || c == '[':
			opens = true
			continue
		case opens:
			// From each word on to the end, so that "Pay Pal" is read as one.
			opens = false
			rest := shape[at:]
			for _, s := range d.shapes[string(rest[:shapeHead])] {
				if len(s.glyphs) > best && len(s.glyphs) <= len(rest) && string(rest[:len(s.glyphs)]) == s.glyphs {
					best, brand = len(s.glyphs), s.brand
				}
			}
		}
		if glyph[name[i]] != 0 {
			at++
		}
	}
	return brand
}

// glyphs reduces Latin text to the shapes that a person sees: letters and
// digits only, those that look alike in common fonts made one.
func glyphs(s string) string { return string(appendGlyphs(make([]byte, 0, len(s)), s)) }

func appendGlyphs(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		if g := glyph[s[i]]; g != 0 {
			b = append(b, g)
		}
	}
	return b
}

// glyph is what a byte looks like; 0 if it is no letter.
var glyph = [256]byte{
	'a': 'a', 'b': 'b', 'c': 'c', 'd': 'd', 'e': 'e', 'f': 'f', 'g': 'g', 'h': 'h', 'i': 'l', 'j': 'j', 'k': 'k', 'l': 'l', 'm': 'm',
	'n': 'n', 'o': 'o', 'p': 'p', 'q': 'q', 'r': 'r', 's': 's', 't': 't', 'u': 'u', 'v': 'v', 'w': 'w', 'x': 'x', 'y': 'y', 'z': 'z',
	'0': 'o', '1': 'l', '2': '2', '3': 'e', '4': '4', '5': 's', '6': '6', '7': '7', '8': '8', '9': '9',
	'|': 'l', '!': 'l', '$': 's', '@': 'a',
}

// inContext reports whether a common word (au, LINE, Visa) stands for the
// brand: alone as the whole text and written as the brand writes it (TIM is a
// carrier, Tim a person), or with one of the brand's context words in the
// headers or around it.
func (d *Detector) inContext(r *reading, ref nameRef, s string, m text.Match) bool {
	if alone(s, m) &&
		(strings.Contains(r.m.From.Name, ref.written) || strings.Contains(r.m.Subject, ref.written)) {
		return true
	}
	from, to := max(0, m.Start-80), min(len(s), m.End+80)
	near := s[from:to]
	in := d.context(r, ref.brand)
	if in.headers {
		return true
	}
	// A word that stands in a body again and again may stand there a hundred times:
	// once as much was looked through around it as the body has, all of it is.
	if s == r.body {
		if !in.body.weighed {
			if in.asked += len(near); in.asked > len(s) {
				in.body = weighed{true, containsAny(s, d.brands[ref.brand].context)}
			}
		}
		if in.body.weighed && !in.body.says {
			return false
		}
	}
	return containsAny(near, d.brands[ref.brand].context)
}

// A context says where a message has a brand's context words.
type context struct {
	brand   int
	headers bool    // in the subject or the display name
	body    weighed // in the body
	asked   int     // how many bytes of it were looked through, piece by piece
}

// context returns what is known of the brand's context words in the message.
func (d *Detector) context(r *reading, brand int) *context {
	for i := range r.contexts {
		if r.contexts[i].brand == brand {
			return &r.contexts[i]
		}
	}
	words := d.brands[brand].context
	r.contexts = append(r.contexts, context{brand: brand, headers: containsAny(r.subject, words) || containsAny(r.fromName, words)})
	return &r.contexts[len(r.contexts)-1]
}

// alone reports whether a match is all of a text but for what stands around words.
func alone(s string, m text.Match) bool {
	const around = " .,:;!-_()[]【】「」『』<>\"'・"
	if m.Start > 0 {
		if first, _ := utf8.DecodeRuneInString(s); !strings.ContainsRune(around, first) {
			return false
		}
	}
	return strings.Trim(s, around) == s[m.Start:m.End]
}

// speaksAs reports whether a display name that holds a common word stands for the
// brand. It does with the brand's context beside it (ANAマイレージ), and where it is
// written as the brand writes it, with the context in the subject. Written another
// way it has to be the whole name, or have a role behind it, and the mail the
// context: LEDGER, Ledger Support and Katie From Ledger write about wallets. Ana
// Santos, who writes about a flight, is a person.
func (d *Detector) speaksAs(r *reading, ref nameRef, name string, m text.Match) bool {
	context := d.brands[ref.brand].context
	written := strings.Contains(r.m.From.Name, ref.written)
	if containsAny(name, context) || written && containsAny(r.subject, context) {
		return true
	}
	before, after := strings.TrimLeftFunc(name[:m.Start], notLetter), strings.TrimFunc(name[m.End:], notLetter)
	if before == "" && after == "" && written {
		return true
	}
	if before != "" && before != "株式会社" && !strings.HasSuffix(before, "from ") {
		return false
	}
	if after != "" {
		role := false
		d.findPhrases(after, func(hit phraseHit) bool {
			role = hit.pos == 0 && d.set.Phrases[hit.phrase].Kind == rules.Company
			return false
		})
		if !role {
			return false
		}
	}
	return containsAny(r.subject, context) || containsAny(cutText(r.body, 3*lead), context)
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

func notLetter(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }

// signs reports whether a name in the body is followed or preceded by what
// marks a company's signature: 株式会社, Inc., ©.
func (d *Detector) signs(body string, m text.Match) bool {
	before, after := body[max(0, m.Start-24):m.Start], body[m.End:min(len(body), m.End+24)]
	return strings.Contains(before, "株式会社") || strings.HasPrefix(after, "株式会社") ||
		strings.Contains(before, "©") || strings.Contains(before, "(c)") || strings.Contains(before, "copyright") ||
		strings.HasPrefix(after, " inc") || strings.HasPrefix(after, ", inc") || strings.HasPrefix(after, " team") ||
		strings.HasPrefix(after, "カスタマー") || strings.HasPrefix(after, "サポート") || strings.HasPrefix(after, "事務局") ||
		strings.HasPrefix(after, " support") || strings.HasPrefix(after, " security") || strings.HasPrefix(after, " customer")
}
