package detector

import (
	"math/bits"
	"slices"
	"strings"

	"github.com/honmono/honmono/detector/internal/domain"
	"github.com/honmono/honmono/detector/internal/link"
	"github.com/honmono/honmono/detector/internal/lookalike"
	"github.com/honmono/honmono/detector/internal/text"
)

// The points that make a claim, and what it takes. A name as the sender is a
// claim by itself, as anybody reads it so; a name in the subject needs the body
// to go along, and a body alone has to speak as the brand, not about it.
const (
	pointsFromName   = 4.0
	pointsOfficial   = 4.0
	pointsFromDomain = 3.0
	pointsFromLocal  = 2.5
	pointsSubject    = 3.0
	pointsHeading    = 1.5
	pointsLead       = 1.5
	pointsBody       = 0.5
	pointsSignature  = 2.0
	pointsImage      = 1.5
	pointsImageHost  = 0.5
	pointsPhone      = 1.0
	pointsOwnLink    = 1.0
	pointsLookalike  = 2.5

	claimAt = 4.0
)

// claims says who the mail wants to be taken for.
type claims struct {
	// main is the brand claimed, an index in Detector.brands, or -1.
	main int
	// strength is 1 for a name that stands as the sender, less for a claim
	// that has to be put together from subject and body.
	strength float64
	// shown is what the reader sees that makes the claim.
	shown string
	// own: the mail speaks as the reader's own organisation.
	own bool
	// mailSystem: it speaks as the system that keeps the reader's mail.
	mailSystem bool
	phrase     string
}

// A tally gathers one brand's points.
type tally struct {
	points                                    float64
	name, subject, official, sender, lookHost bool
	tag                                       bool // the subject opens with the name
	body                                      int
	shown                                     string
}

// tallies holds a tally for each brand.
type tallies struct {
	all []tally
	// used has a bit for each that is in use, sixty-four a word.
	used []uint64
}

func newTallies(brands int) *tallies {
	return &tallies{make([]tally, brands), make([]uint64, brands/64+1)}
}

// of returns the brand's tally, to be read or written.
func (t *tallies) of(brand int) *tally {
	t.used[brand/64] |= 1 << (brand % 64)
	return &t.all[brand]
}

// brands yields the brands whose tallies are in use, in their order.
func (t *tallies) brands(yield func(int) bool) {
	for word, set := range t.used {
		for ; set != 0; set &= set - 1 {
			if !yield(64*word + bits.TrailingZeros64(set)) {
				return
			}
		}
	}
}

// reset empties every tally.
func (t *tallies) reset() {
	for i := range t.brands {
		t.all[i] = tally{}
	}
	clear(t.used)
}

func (d *Detector) claims(r *reading) *claims {
	c := &claims{main: -1}
	// One per brand, for a mail that names two: not made anew for each mail.
	tallies, _ := d.tallies.Get().(*tallies)
	if tallies == nil {
		tallies = newTallies(len(d.brands))
	}
	d.claimByWords(r, tallies)
	d.claimBySender(r, tallies)
	d.claimByLinks(r, tallies)
	d.claimByPhones(r, tallies)

	for i := range tallies.brands {
		if t := tallies.of(i); t.points >= claimAt && (c.main < 0 || better(t, tallies.of(c.main))) {
			c.main = i
		}
	}
	if c.main >= 0 {
		t := tallies.of(c.main)
		c.shown = t.shown
		switch {
		case t.name:
			c.strength = 1
		case t.tag:
			c.strength = 0.95
		case t.sender:
			c.strength = 0.9
		case t.subject:
			c.strength = 0.8
		default:
			c.strength = 0.6
		}
	}
	tallies.reset()
	d.tallies.Put(tallies)
	d.claimByReader(r, c)
	return c
}

// better prefers the name that stands as the sender, then the owner of the From
// domain, then points; earlier brands win ties, so the order is stable.
func better(a, b *tally) bool {
	if a.name != b.name {
		return a.name
	}
	if a.official != b.official && a.body+btoi(a.subject) > 0 && b.official == (b.body+btoi(b.subject) > 0) {
		return a.official
	}
	return a.points > b.points
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (d *Detector) claimByWords(r *reading, tallies *tallies) {
	lower := min(lead, len(r.body))
	// An address in the display name is looked at by its host (claimBySender):
	// jane@gmail.com does not speak as Gmail.
	fromName := withoutAddresses(r.fromName)
	// stands: a common word is a claim only where it stands for the brand.
	stands := func(s string, ref nameRef, m text.Match) bool {
		return !ref.word || s != fromName && d.inContext(r, ref, s, m) || s == fromName && d.speaksAs(r, ref, s, m)
	}
	once := func(s string, f func(ref nameRef, m text.Match)) {
		d.findNames(s, func(ref nameRef, m text.Match) bool {
			if stands(s, ref, m) {
				f(ref, m)
			}
			return true
		})
	}
	once(fromName, func(ref nameRef, m text.Match) {
		t := tallies.of(ref.brand)
		if !t.name {
			t.name, t.points, t.shown = true, t.points+pointsFromName, r.m.From.Name
		}
	})
	if i := d.spelledLike(fromName); i >= 0 && !tallies.of(i).name {
		t := tallies.of(i)
		t.name, t.points, t.shown = true, t.points+pointsFromName, r.m.From.Name
	}
	once(withoutURLs(r.subject), func(ref nameRef, m text.Match) {
		t := tallies.of(ref.brand)
		if !t.subject && !isGift(r.subject[m.End:]) {
			t.subject, t.points = true, t.points+pointsSubject
			// 【楽天カード】… is how a company signs its subjects.
			t.tag = opensWith(r.subject, m.Start) || strings.TrimFunc(r.subject, notLetter) == r.subject[m.Start:m.End]
			if t.tag {
				t.points++
			}
			if t.shown == "" {
				t.shown = r.m.Subject
			}
		}
	})
	once(r.headings, func(ref nameRef, m text.Match) {
		t := tallies.of(ref.brand)
		if t.body == 0 {
			t.points += pointsHeading
		}
		t.body++
	})
	inText := func(ref nameRef, m text.Match) {
		t := tallies.of(ref.brand)
		if t.body > 8 || !stands(r.body, ref, m) || isGift(r.body[m.End:]) {
			return
		}
		if t.body++; m.Start < lower && t.body <= 2 {
			t.points += pointsLead
		} else {
			t.points += pointsBody
		}
		if d.signs(r.body, m) {
			t.points += pointsSignature
		}
		if t.shown == "" {
			t.shown = d.brands[ref.brand].name
		}
	}
	// The one pass over all of the text, which finds its phrases too.
	d.words.Find(r.body, func(m text.Match) bool {
		if m.ID < len(d.nameOf) {
			inText(d.nameOf[m.ID], m)
		} else if hits := &r.phrases[inBody]; len(*hits) < maxHits {
			*hits = append(*hits, phraseHit{m.ID - len(d.nameOf), m.Start})
		}
		return true
	})
	var shown []int
	host, whose := "", -1
	alt, said := "", "" // the words of the picture before, as they are and normalised
	for i := range r.page.Images {
		if i >= 40 {
			break
		}
		img := &r.page.Images[i]
		// A logo that is fetched from the brand's own server. Pictures lie side by side
		// there, so the one before has mostly told whose it is.
		if h := hostOf(img.Src); h != host {
			host, whose = h, d.official(h)
		}
		if whose >= 0 && !slices.Contains(shown, whose) {
			shown = append(shown, whose)
			tallies.of(whose).points += pointsImageHost
		}
		if img.Alt == "" || len(img.Alt) > 80 {
			continue
		}
		if img.Alt != alt {
			alt, said = img.Alt, text.Normalize(img.Alt)
		}
		once(said, func(ref nameRef, m text.Match) {
			if t := tallies.of(ref.brand); t.points < 20 {
				t.points += pointsImage
			}
		})
	}
}

// hostOf returns the host of an absolute web address, or the empty string. It is
// for pictures, which nobody follows: what a browser would make of a strange one
// does not matter here.
func hostOf(src string) string {
	_, rest, ok := strings.Cut(src, "//")
	if !ok {
		return ""
	}
	if i := strings.IndexAny(rest, "/?#:\\@ "); i >= 0 {
		rest = rest[:i]
	}
	return strings.ToLower(rest)
}

// shapeHead is how many glyphs a name must have to be looked for.
const shapeHead = 6

// localWords cuts an address's local part into words.
var localWords = strings.NewReplacer("-", " ", "_", " ", ".", " ", "+", " ")

func (d *Detector) claimBySender(r *reading, tallies *tallies) {
	for _, o := range r.from.owners {
		t := tallies.of(o.brand)
		if o.sender {
			// A shared mailing house claims nothing by itself.
			continue
		}
		t.official, t.points = true, t.points+pointsOfficial
		if t.shown == "" {
			t.shown = r.m.From.Address
		}
	}
	if len(r.from.owners) == 0 && r.from.host != "" && !d.freemail[r.from.domain] {
		for _, m := range d.place(r.from.host, link.Domain).matches {
			if m.brand >= 0 {
				t := tallies.of(m.brand)
				t.sender, t.points = t.sender || m.Strength > lookalike.Hint, t.points+pointsFromDomain
				if t.shown == "" {
					t.shown = r.m.From.Address
				}
			}
		}
	}
	if len(r.from.owners) == 0 && r.from.local != "" {
		// "amazon-update@xn5.cn" speaks as Amazon to whoever reads that far.
		d.findNames(localWords.Replace(r.from.local), func(ref nameRef, _ text.Match) bool {
			if !ref.word {
				t := tallies.of(ref.brand)
				t.sender, t.points = true, t.points+pointsFromLocal
				if t.shown == "" {
					t.shown = r.m.From.Address
				}
				return false
			}
			return true
		})
	}
	// A display name that is itself an address or a domain.
	for _, host := range r.nameHosts {
		if i := d.official(host); i >= 0 && !d.freemail[host] {
			t := tallies.of(i)
			t.name, t.points, t.shown = true, t.points+pointsFromName, r.m.From.Name
		}
	}
}

// claimByPhones counts a brand's own telephone number, which false mails quote to
// look genuine as they quote its address.
func (d *Detector) claimByPhones(r *reading, tallies *tallies) {
	var counted []int
	for _, p := range r.numbers() {
		for _, b := range d.phones[p.digits] {
			if !slices.Contains(counted, b) {
				counted = append(counted, b)
				tallies.of(b).points += pointsPhone
			}
		}
	}
}

func (d *Detector) claimByLinks(r *reading, tallies *tallies) {
	var seen []int
	for i := range r.links {
		l := &r.links[i]
		for _, o := range l.owners {
			if !o.sender && !slices.Contains(seen, o.brand) {
				seen = append(seen, o.brand)
				tallies.of(o.brand).points += pointsOwnLink
			}
		}
		for _, m := range l.matches {
			if m.brand < 0 || tallies.of(m.brand).lookHost {
				continue
			}
			t := tallies.of(m.brand)
			t.lookHost = true
			switch m.Strength {
			case lookalike.Strong:
				t.points += pointsLookalike + 1.5
			case lookalike.Weak:
				t.points += pointsLookalike
			default:
				t.points += 1
			}
		}
	}
}

// hostsIn returns the hosts that stand in a header's text: of addresses, and
// bare domains under a public suffix people know.
func hostsIn(s string) []string {
	if strings.IndexByte(s, '.') < 0 {
		return nil
	}
	var hosts []string
	for _, w := range strings.FieldsFunc(s, func(c rune) bool {
		return c <= ' ' || strings.ContainsRune("<>()[]{}\"',;:/|「」【】『』", c) || c > 0x7F
	}) {
		if at := strings.LastIndexByte(w, '@'); at >= 0 {
			w = w[at+1:]
		}
		w = strings.Trim(w, ".-")
		if strings.IndexByte(w, '.') <= 0 || len(w) > 253 {
			continue
		}
		if host, err := domain.ToASCII(w); err == nil && len(hosts) < 5 && registered(host) {
			hosts = append(hosts, host)
		}
	}
	return hosts
}
