package lookalike

import (
	"github.com/honmono/honmono/detector/internal/confusable"
	"github.com/honmono/honmono/detector/internal/segment"
)

const (
	// minGlued and maxGlued bound the length, in bytes, of the pieces of a longer
	// word that are compared with names: those of minProminent with a letter left
	// out, and longer ones up to here.
	minGlued = minProminent - 1
	maxGlued = 14
)

// glued looks for the names of brands that readers know at the beginning and at
// the end of longer words, with one letter wrong or another shape: amazoonzca,
// amaz0nsrvcs, infoamazoum. What such a word imitates is a guess, so that it is
// a hint at most.
func (f *finder) glued(suspicious bool) {
	v := &f.view
	tokens := 0
	for at := v.n; at > 0 && tokens < maxTokens; {
		from, to := v.chunk(at - 1)
		if to-from > minProminent && (from < v.label || !reserved(f.cut.suffix)) {
			w := word{finder: f, from: from, to: to, suspicious: suspicious}
			w.look()
		}
		tokens++
		at = from
	}
}

// A word is what stands between separators, long enough to hold more than a name.
type word struct {
	*finder
	from, to   int
	suspicious bool // the host is, for another reason than this word
}

// look compares the pieces at the ends of the word, and behind a lure that it
// begins with.
func (w *word) look() {
	text, start := &w.view.text, w.behindLure()
	var first, second, last piece
	for n := 1; n <= maxGlued; n++ {
		long := n >= minGlued
		if w.from+n < w.to {
			if first.append(text[w.from+n-1]); long {
				w.compare(&first, w.from, w.from+n, false)
			}
		}
		if start > w.from && start+n <= w.to {
			if second.append(text[start+n-1]); long {
				w.compare(&second, start, start+n, false)
			}
		}
		if w.to-n > start {
			if last.prepend(text[w.to-n]); long {
				w.compare(&last, w.to-n, w.to, true)
			}
		}
	}
}

// behindLure returns where what follows a lure at the beginning of the word starts
// (www, my, jp, info, login); without one, where the word does.
func (w *word) behindLure() int {
	text := w.text(w.from, w.to)
	most := min(len(text)-minProminent, 6)
	if most < 2 {
		return w.from
	}
	beginnings := beginningsOf(text[:most])
	for n := most; n >= 2; n-- {
		if beginnings.filling(text[:n]) <= lures && !digit(text[n]) {
			return w.from + n
		}
	}
	return w.from
}

// compare looks up which names the piece at text[from:to] may be. One at the end of
// the word counts only behind another word, unless the host is suspicious anyway.
func (w *word) compare(p *piece, from, to int, atEnd bool) {
	x, text := w.index, w.view.text[from:to]
	try := func(hash uint64, shaped bool) {
		x.near.each(hash, func(id int) {
			n := &x.names[id]
			if !w.misread(n, text, shaped) || atEnd && !w.suspicious && !w.joins(from) || segment.Covers(w.text(w.from, w.to)) {
				return
			}
			kind := Typo
			switch {
			case from < w.view.label:
				kind = Embedded
			case w.cut.tenant:
				kind = Tenant
			}
			w.report(n, w.target(n), kind, w.cap(kind, Hint), string(text), 2)
		})
	}
	var shape [maxGlued]byte
	if h := hashBytes(shapeSeed, confusable.Shape(shape[:0], asString(text))); x.prominent.may(h) {
		try(h, true)
	}
	if h := p.whole + dropSeed; x.prominent.may(h) {
		try(h, false)
	}
	for i, without := range p.without() {
		if h := without + dropSeed; x.prominent.may(h) && !twice(text, i) {
			try(h, false)
		}
	}
}

// misread reports that the text is the name with one letter wrong, or, shaped, in
// other letters of its shape.
func (w *word) misread(n *name, text []byte, shaped bool) bool {
	if !w.index.isProminent(n) || w.own(n.owner) || w.target(n).standing < home {
		return false
	}
	if shaped {
		var a, b [maxName]byte
		return n.text != asString(text) && string(confusable.Shape(b[:0], n.text)) == string(confusable.Shape(a[:0], asString(text)))
	}
	// A wrong first letter makes another word, a wrong last one is the first of
	// what is glued.
	e, at, ok := oneEdit(n.text, text)
	return ok && n.text[0] == text[0] && (at < len(n.text)-1 || e == transposition)
}

// joins reports that what stands in front of text[from] is another word or a lure.
func (w *word) joins(from int) bool {
	front := w.text(w.from, from)
	return segment.Covers(front) || fillingOf(front) <= lures
}

// text gives a piece of the view.
func (w *word) text(from, to int) string { return asString(w.view.text[from:to]) }
