package lookalike

import (
	"github.com/honmono/honmono/detector/internal/confusable"
	"github.com/honmono/honmono/detector/internal/segment"
)

const (
	// minGlued and maxGlued bound the length, in bytes, of the names that are
	// looked for with a letter wrong inside a longer word.
	minGlued = 6
	maxGlued = 14
)

// glued looks for the names of brands that readers know at the beginning and at
// the end of longer words, with one letter wrong or another shape: amazoonzca,
// amaz0nsrvcs, infoamazoum. What such a word imitates is a guess, so that it is
// a hint at most.
func (f *finder) glued() {
	v := &f.view
	if f.popular || f.network {
		return
	}
	suspicious := f.cheap || f.faked() || f.weird()
	tokens := 0
	for at := v.n; at > 0 && tokens < maxTokens; {
		from, to := v.chunk(at - 1)
		if to-from > minGlued && (from < v.label || !reserved(f.cut.suffix)) {
			f.glue(from, to, suspicious)
		}
		tokens++
		at = from
	}
}

// glue looks at one word. At its end a name counts only behind another word,
// unless the host is suspicious for another reason already.
func (f *finder) glue(from, to int, suspicious bool) {
	v := &f.view
	start := from
	for n := 2; n <= min(to-from-minGlued, 6); n++ { // www, my, jp, info, login
		if fillingOf(asString(v.text[from:from+n])) <= lures && !digit(v.text[from+n]) {
			start = from + n
		}
	}
	known, covered := false, false
	try := func(a, b int) {
		f.inside(a, b, func() bool {
			if !known {
				known, covered = true, segment.Covers(asString(v.text[from:to]))
			}
			return covered
		})
	}
	for n := minGlued - 1; n <= maxGlued; n++ {
		if from+n < to {
			try(from, from+n)
		}
		if start > from && start+n <= to {
			try(start, start+n)
		}
		if to-n > start && (suspicious || segment.Covers(asString(v.text[from:to-n])) || fillingOf(asString(v.text[from:to-n])) <= lures) {
			try(to-n, to)
		}
	}
}

// inside compares a piece of a word with the names; words reports whether the
// whole word is written in words, so that no name is in it.
func (f *finder) inside(from, to int, words func() bool) {
	x, text := f.index, f.view.text[from:to]
	var a, b [maxName + 2]byte
	check := func(id int, shaped bool) {
		n := &x.names[id]
		if n.class != distinct || !n.keyword || len(n.text) < minGlued || n.text[0] != text[0] && !shaped ||
			x.owners[n.owner].personal() || f.own(n.owner) || f.target(n).standing < home {
			return
		}
		if shaped {
			if n.text == asString(text) || string(confusable.Shape(b[:0], n.text)) != string(confusable.Shape(a[:0], asString(text))) {
				return
			}
		} else if e, at, ok := oneEdit(n.text, text); !ok || at >= len(n.text)-1 && e != transposition {
			return // a wrong last letter is the first of what is glued
		}
		if words() {
			return
		}
		kind := Typo
		switch {
		case from < f.view.label:
			kind = Embedded
		case f.cut.tenant:
			kind = Tenant
		}
		f.report(n, f.target(n), kind, f.cap(kind, Hint), string(text), 2)
	}
	if h := hashBytes(shapeSeed, confusable.Shape(a[:0], asString(text))); x.near.may(h) {
		x.near.each(h, func(id int) { check(id, true) })
	}
	eachDeletion(text, func(h uint64) {
		if x.near.may(h) {
			x.near.each(h, func(id int) { check(id, false) })
		}
	})
}
