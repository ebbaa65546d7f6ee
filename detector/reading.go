package detector

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/honmono/honmono/detector/internal/domain"
	"github.com/honmono/honmono/detector/internal/link"
	"github.com/honmono/honmono/detector/internal/page"
	"github.com/honmono/honmono/detector/internal/text"
	"github.com/honmono/honmono/detector/rules"
)

// maxHeader is how many bytes of a header are read.
const maxHeader = 4096

// lead is how many bytes of the normalised body count as its beginning: the
// heading, the salutation and the first sentence.
const lead = 600

// A reading is what one message shows, before anything is judged.
type reading struct {
	m    *Message
	page *page.Page

	fromName string // normalised
	subject  string // normalised
	body     string // normalised visible text
	headings string // normalised

	nameHosts []string // that stand in fromName

	from       sender
	reply      sender
	reader     string // the reader's own registrable domain, or empty
	readerHost string
	// readerAddress is the reader's address, lower case, or empty; guessed says
	// that it was taken from the mail itself, addressed that it was taken from
	// its text and not from a link.
	readerAddress      string
	guessed, addressed bool

	links     []linkRead
	room      *room
	phones    []phone // see numbers
	phonesSet bool
	finds
	spoof  text.Spoof // of From name and subject
	bodySp text.Spoof
}

// A sender is a header address cut to pieces.
type sender struct {
	address, local, host, domain string
	label                        string // of the domain, in front of its public suffix
	// broken: there is an address, and no host in it that could be one.
	broken bool
	owners []owner
}

// owned reports whether the address is at the brand's own or one of its third
// parties' domains.
func (s *sender) owned(brand int) bool {
	return ownedBy(s.owners, brand)
}

// company reports whether the address is at a domain that is some brand's own.
func (s *sender) company() bool {
	for _, o := range s.owners {
		if !o.sender {
			return true
		}
	}
	return false
}

type phraseHit struct {
	phrase int // index in rules.Set.Phrases
	pos    int // byte offset in the normalised text
}

const (
	inHeader = iota
	inBody
	inLink
)

func (d *Detector) read(m *Message) *reading {
	r := &reading{m: m}
	name, subject := cutText(m.From.Name, maxHeader), cutText(m.Subject, maxHeader)
	var a, b text.Spoof
	r.fromName, a = text.Read(name)
	r.subject, b = text.Read(subject)
	r.spoof = text.Spoof{Invisible: a.Invisible + b.Invisible, Mixed: a.Mixed + b.Mixed}
	r.nameHosts = hostsIn(r.fromName)
	r.from = d.sender(m.From.Address)
	if m.ReplyTo != nil {
		r.reply = d.sender(m.ReplyTo.Address)
	}

	visible := m.Text
	if strings.TrimSpace(m.HTML) != "" {
		r.page = page.Read(m.HTML)
		visible = r.page.Text
		// A part without words (a lone picture) leaves the text part to be read.
		if len(strings.TrimSpace(visible)) < 20 && len(r.page.Links) == 0 && len(m.Text) > len(visible) {
			visible += "\n" + m.Text
		}
	} else {
		r.page = &page.Page{}
		if len(visible) > page.MaxText {
			visible, r.page.Capped = cutText(visible, page.MaxText), true
		}
	}
	r.body, r.bodySp = text.Read(visible)
	r.headings = text.Normalize(strings.Join(r.page.Headings, "\n"))
	d.readLinks(r, visible)
	d.findReader(r)
	d.readPhrases(r)
	return r
}

func (d *Detector) sender(address string) sender {
	s := sender{address: strings.ToLower(strings.TrimSpace(cutText(address, maxHeader)))}
	at := strings.LastIndexByte(s.address, '@')
	if at < 0 {
		return s
	}
	s.local = s.address[:at]
	host := strings.Trim(s.address[at+1:], "[]<> .")
	ascii, err := domain.ToASCII(host)
	s.broken = err != nil || strings.ContainsAny(host, " %/\\,;")
	if !s.broken {
		s.host = ascii
		p := d.place(ascii, link.Domain)
		s.domain, s.label = p.domain, p.label
		if !d.freemail[ascii] {
			// A mailbox at gmail.com is not Google's word.
			s.owners = p.owners
		}
	}
	return s
}

// maxHits is how many phrases are kept of the headers, of the body and of the links.
const maxHits = 2000

// readPhrases finds the phrases of the headers and of the links. Those of the body are
// found with the names in it: see claimByWords.
func (d *Detector) readPhrases(r *reading) {
	find := func(where int, s string) (asks bool) {
		d.findPhrases(s, func(hit phraseHit) bool {
			asks = asks || d.asksBy(hit)
			r.phrases[where] = append(r.phrases[where], hit)
			return len(r.phrases[where]) < maxHits
		})
		return asks
	}
	find(inHeader, r.fromName+"\n"+r.subject)
	for i := range r.links {
		l := &r.links[i]
		if i > 0 && l.text == r.links[i-1].text {
			l.calls = r.links[i-1].calls
		} else if i < 200 {
			asks := find(inLink, l.text)
			l.calls = weighed{asks || len(r.phrases[inLink]) < maxHits, asks}
		}
	}
}

// asksBy reports a phrase that calls for the click.
func (d *Detector) asksBy(hit phraseHit) bool {
	switch d.set.Phrases[hit.phrase].Kind {
	case rules.Button, rules.Action, rules.Credential, rules.Payment:
		return true
	}
	return false
}

// findPhrases calls f for every phrase in s, which is normalised, until f returns
// false.
func (d *Detector) findPhrases(s string, f func(phraseHit) bool) {
	d.words.Find(s, func(m text.Match) bool {
		return m.ID < len(d.nameOf) || f(phraseHit{m.ID - len(d.nameOf), m.Start})
	})
}

// findNames calls f for every brand name in s, which is normalised, until f returns
// false.
func (d *Detector) findNames(s string, f func(nameRef, text.Match) bool) {
	d.words.Find(s, func(m text.Match) bool {
		return m.ID >= len(d.nameOf) || f(d.nameOf[m.ID], m)
	})
}

// first returns the phrase of a kind that says the most, headers before body
// before links and the longest there, and how many different ones there are. It is
// for readings whose names and phrases are all found.
func (d *Detector) first(r *reading, kind rules.PhraseKind) (phrase string, count int) {
	if !r.sorted {
		d.sortPhrases(r)
	}
	for i := range r.kinds {
		if k := &r.kinds[i]; k.kind == kind {
			return k.phrase, k.count
		}
	}
	return "", 0
}

// kindFound is what first says of a kind.
type kindFound struct {
	kind   rules.PhraseKind
	phrase string
	// where the phrase stands: inHeader, inBody or inLink.
	where int
	count int
	seen  [maxDifferent]int32
}

// maxDifferent is how many phrases of a kind are counted.
const maxDifferent = 20

// sortPhrases fills the kinds of a reading.
func (d *Detector) sortPhrases(r *reading) {
	r.sorted = true
	for where := range r.phrases {
		for _, h := range r.phrases[where] {
			p := &d.set.Phrases[h.phrase]
			k := r.kindFound(p.Kind)
			if k.count == maxDifferent || slices.Contains(k.seen[:k.count], int32(h.phrase)) {
				continue
			}
			if k.count == 0 || where == k.where && len(p.Text) > len(k.phrase) {
				k.phrase, k.where = p.Text, where
			}
			k.seen[k.count] = int32(h.phrase)
			k.count++
		}
	}
}

// kindFound returns what is found of a kind, to be written.
func (r *reading) kindFound(kind rules.PhraseKind) *kindFound {
	for i := range r.kinds {
		if k := &r.kinds[i]; k.kind == kind {
			return k
		}
	}
	r.kinds = append(r.kinds, kindFound{kind: kind})
	return &r.kinds[len(r.kinds)-1]
}

// numbers returns the telephone numbers of the body.
func (r *reading) numbers() []phone {
	if !r.phonesSet {
		r.phones, r.phonesSet = phonesIn(r.body), true
	}
	return r.phones
}

// cutText returns at most n bytes of s, ending between characters.
func cutText(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
