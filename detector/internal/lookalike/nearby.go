package lookalike

import (
	"strings"

	"github.com/honmono/honmono/detector/internal/confusable"
	"github.com/honmono/honmono/detector/internal/segment"
)

// maxTokens bounds how many parts of a host are compared with names, those
// nearest to its end first: an attacker can write 126 labels, a reader sees few.
const maxTokens = 16

// nearby compares the parts of the view with names that they look like, sound
// like, or are one slip away from.
func (f *finder) nearby() {
	v := &f.view
	tokens := 0
	for at := v.n; at > 0 && tokens < maxTokens; {
		from, to := v.labelAt(at - 1)
		f.token(token{from: from, to: to, inLabel: from >= v.label, whole: true})
		tokens++
		for k := from; k < to && tokens < maxTokens; {
			a, b := v.chunk(k)
			if b-a < to-from {
				f.token(token{from: a, to: b, inLabel: from >= v.label})
				tokens++
			}
			k = b
		}
		at = from
	}
}

// around returns the worst of the other chunks of the label.
func (f *finder) around(a, b int) (worst filling) {
	from, to := f.view.labelAt(a)
	for k := from; k < to; {
		c, d := f.view.chunk(k)
		if c != a {
			worst = max(worst, fillingOf(asString(f.view.text[c:d])))
		}
		k = d
	}
	return worst
}

// A token is a label, hyphens left out, or what stands between its hyphens.
type token struct {
	from, to int
	inLabel  bool
	whole    bool
	asked    bool    // the next two are set
	word     bool    // it is a word of the language
	around   filling // of the other chunks; empty for a whole label
}

func (f *finder) token(t token) {
	x, text := f.index, f.view.text[t.from:t.to]
	if len(text) < 3 || len(text) > maxName+1 || t.inLabel && f.known() {
		return
	}
	var a, b [maxName + 2]byte
	shape := confusable.Shape(a[:0], asString(text))
	if h := hashBytes(shapeSeed, shape); x.near.may(h) {
		x.near.each(h, func(id int) {
			if n := &x.names[id]; n.text != asString(text) && string(confusable.Shape(b[:0], n.text)) == asString(shape) {
				f.resembles(&t, n, looks, none, 0)
			}
		})
	}
	coarse := confusable.Coarse(a[:0], asString(text))
	if h := hashBytes(coarseSeed, coarse); x.near.may(h) {
		x.near.each(h, func(id int) {
			if n := &x.names[id]; (len(coarse) > 4 || len(text) == len(n.text)) && n.text != asString(text) && string(confusable.Coarse(b[:0], n.text)) == asString(coarse) {
				f.resembles(&t, n, glimpsed, none, 0)
			}
		})
	}
	heard := sound(a[:0], asString(text))
	if h := hashBytes(soundSeed, heard); x.near.may(h) {
		x.near.each(h, func(id int) {
			if n := &x.names[id]; n.text != asString(text) && string(sound(b[:0], n.text)) == asString(heard) {
				f.resembles(&t, n, sounds, none, 0)
			}
		})
	}
	try := func(h uint64) {
		x.near.each(h, func(id int) {
			n := &x.names[id]
			if e, at, ok := oneEdit(n.text, text); ok {
				f.resembles(&t, n, slips, e, at)
			}
		})
	}
	var room [maxName + 1]uint64
	whole, drops := deletions(room[:0], text)
	if x.near.may(whole) {
		try(whole)
	}
	for i, drop := range drops {
		if h := whole + drop; x.near.may(h) && !twice(text, i) {
			try(h)
		}
	}
}

// known reports that the registrable label is not compared with any name that can be
// misspelt, because people know it by its own (see quiet).
func (f *finder) known() bool { return f.popular && !f.cut.tenant && !f.view.read }

// A nearness says how a token is near to a name.
type nearness uint8

const (
	looks    nearness = iota // has its shape
	glimpsed                 // has its coarse shape
	sounds                   // is read aloud alike
	slips                    // is one edit away, the first letter at index at
)

func (f *finder) resembles(t *token, n *name, how nearness, e edit, at int) {
	if n.class <= tiny || f.own(n.owner) || t.inLabel && f.quiet(n) {
		return
	}
	if !t.asked {
		t.asked, t.word = true, segment.Word(asString(f.view.text[t.from:t.to]))
		if !t.whole && !t.word {
			t.around = f.around(t.from, t.to)
		}
	}
	if t.word {
		return
	}
	kind, strength := Typo, f.nearStrength(*t, n, how, e, at)
	if _, _, slip := oneEdit(n.text, f.view.text[t.from:t.to]); how == looks || how == glimpsed && !slip || f.view.read {
		kind = Homograph
	}
	if t.inLabel && f.cut.tenant {
		kind = Tenant
	} else if !t.inLabel {
		kind = Embedded
	}
	if strength = f.cap(kind, strength); strength > f.ignored(n.owner) {
		f.report(n, f.target(n), kind, strength, string(f.view.text[t.from:t.to]), 1)
	}
}

func (f *finder) nearStrength(t token, n *name, how nearness, e edit, at int) Strength {
	w := f.target(n)
	same := w.suffix == f.cut.suffix && sameLabel(w.label, n.text)
	text := f.view.text[t.from:t.to]
	if n.class == short || len(n.text) < 5 {
		return f.nearShort(t, n, how, at, same)
	}
	// What is left of icloud, ymobile or gmail without its first letter is a
	// word of its own, so that another first letter is no slip.
	first := how == slips && at == 0
	if first && (!same || segment.Word(n.text[1:]) || segment.Word(asString(text[1:])) && !(e == insertion && w.standing >= home)) {
		return 0
	}
	lured := t.whole || t.around <= lures
	switch {
	case how == looks:
		return f.looksLike(t, n, text, same)
	case !n.keyword, w.standing < home && len(n.text) < 12 && segment.Compound(asString(text)):
		return 0
	case !t.inLabel && (n.class == common && !lured || len(n.text) < 6 && !f.cheap && !f.faked()):
		return 0
	case !t.inLabel:
		return hintUnless(lured || f.cheap)
	case !t.whole && n.class == distinct:
		if t.around <= lures {
			return hintUnless(f.cheap || t.around == lures && len(n.text) > 6)
		}
		return hintIf(len(n.text) > 5)
	case !t.whole:
		return 0
	case !same && n.class == distinct && len(n.text) > 5:
		return hintUnless(f.cheap && len(n.text) > 6 && len(text) >= len(n.text)-1)
	case !same:
		return 0
	}
	return f.sameSuffix(t, n, how, w.standing, at)
}

// sameSuffix judges a resemblance of the whole label, under the target's own
// suffix. How much it says depends on how many labels of that length there are,
// and on how many people mistype the target.
func (f *finder) sameSuffix(t token, n *name, how nearness, s standing, at int) Strength {
	text := f.view.text[t.from:t.to]
	kept := n.gaps != 0 && f.keepsHyphens(t, n)
	plain := how != slips || s == home || plausible(n, text)
	switch {
	case how == glimpsed && len(n.text) < 6:
		return hintUnless(s == famous && deliberate(text, n.text))
	case s < famous && how == slips && !kept && (at < generic(n.text) || at == 0 && n.gaps != 0):
		return Hint
	case s == famous:
		return hintUnless(plain || len(n.text) > 6)
	case s == home:
		return hintUnless(len(n.text) > 5 || twoLevel(f.cut.suffix))
	}
	return hintUnless(plain && (kept || len(n.text) > 7 && s == popular))
}

// generic returns how many letters a name has before a last word that many
// companies' names end in, 0 if it ends in none or has more than three
// letters of its own: uccard, dccard and kc-card are three honest cards.
func generic(name string) int {
	for _, w := range [...]string{"card", "bank", "mail"} {
		if strings.HasSuffix(name, w) && len(name)-len(w) <= 3 {
			return len(name) - len(w)
		}
	}
	return 0
}

// keepsHyphens reports that the token has hyphens where the name has them,
// give or take one place.
func (f *finder) keepsHyphens(t token, n *name) bool {
	seen := uint64(0)
	for k := t.from + 1; k < t.to; k++ {
		if f.view.sep[k] == '-' {
			seen |= 1 << (k - t.from)
		}
	}
	return seen != 0 && seen&^(n.gaps|n.gaps<<1|n.gaps>>1) == 0
}

// looksLike judges a token of the name's shape.
func (f *finder) looksLike(t token, n *name, text []byte, same bool) Strength {
	lured := t.whole || t.around <= lures
	switch {
	case !n.keyword && (len(n.text) < 6 || !same):
		return 0
	case !t.inLabel:
		if n.class == common && !lured {
			return Hint
		}
		return Weak
	case !t.whole:
		return hintUnless(lured && n.class == distinct || f.cheap)
	case deliberate(text, n.text) && (same || f.cheap):
		return Strong
	}
	return hintUnless(n.class == distinct || f.target(n).standing >= home)
}

// nearShort judges a resemblance to three or four letters: almost every such
// label is somebody's honest name, so that only what nobody chooses by chance
// counts, under the target's own suffix.
func (f *finder) nearShort(t token, n *name, how nearness, at int, same bool) Strength {
	text := f.view.text[t.from:t.to]
	if !t.inLabel && how == looks && n.keyword && (t.whole || t.around <= lures || f.cheap) {
		return hintUnless(n.class == short && deliberate(text, n.text) && f.cheap)
	}
	if !t.inLabel || !t.whole || !same || n.class != short || f.cut.tenant {
		return 0
	}
	if how == slips && len(text) == len(n.text)+1 && (digit(text[at]) || strings.HasSuffix(f.cut.suffix, ".jp") || at > 0 && text[at] == text[at-1]) {
		return Weak
	}
	return 0
}

func twoLevel(suffix string) bool { return strings.IndexByte(suffix, '.') >= 0 }

// deliberate reports a resemblance that no honest name has: a digit, or two
// letters for one, where the name has a letter.
func deliberate(text []byte, name string) bool {
	if len(text) != len(name) {
		return true
	}
	for i, c := range text {
		if digit(c) && !digit(name[i]) {
			return true
		}
	}
	return false
}
