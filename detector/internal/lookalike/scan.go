package lookalike

import (
	"math/bits"
	"strings"

	"github.com/honmono/honmono/detector/internal/segment"
)

// maxHits bounds how many names of one view are judged. A host has room for a
// few dozen; more come only from thousands of targets of one label.
const maxHits = 4096

// scan finds every name in the view and judges where it stands, those apart
// that are part of a longer name of the same owner. It tests all substrings
// that begin like some name of their length.
func (f *finder) scan() {
	x, v := f.index, &f.view
	f.hits = f.hits[:0]
	for i := 0; i+1 < v.n; i++ {
		hash, end := uint64(fnvBasis), i
		for lengths := x.starts[pair(v.text[i], v.text[i+1])]; lengths != 0; lengths &= lengths - 1 {
			to := i + bits.TrailingZeros64(lengths)
			if to > v.n {
				break
			}
			for ; end < to; end++ {
				hash = (hash ^ uint64(v.text[end])) * fnvPrime
			}
			if x.exact.may(hash) {
				f.hit(hash, i, to)
			}
		}
	}
	for _, h := range f.hits {
		if !f.covered(h) {
			f.judge(h)
		}
	}
}

// hit keeps the names that stand at text[from:to].
func (f *finder) hit(hash uint64, from, to int) {
	x, text := f.index, f.view.text[from:to]
	x.exact.each(hash, func(id int) {
		n := &x.names[id]
		if n.text == asString(text) && !f.own(n.owner) && len(f.hits) < maxHits {
			f.hits = append(f.hits, hit{name: n, from: from, to: to})
		}
	})
}

// covered reports that the hit lies within a longer one of the same owner, in
// one piece, that stands for itself.
func (f *finder) covered(h hit) bool {
	for _, o := range f.hits {
		if o.owner == h.owner && o.from <= h.from && h.to <= o.to && o.to-o.from > h.to-h.from && o.class > tiny &&
			f.jointOf(o) <= joined && (o.keyword || !h.keyword && f.view.cutAt(o.from) && f.view.cutAt(o.to)) {
			return true
		}
	}
	return false
}

// A hit is a name found in the view, at text[from:to].
type hit struct {
	*name
	from, to int
}

// joint says how the letters of a name hang together in the host.
type joint uint8

const (
	exact  joint = iota // hyphens where the name has them
	joined              // no hyphens, though the name has some
	split               // hyphens or dots where the name has none
	dotted              // at least one dot within
)

func (f *finder) jointOf(h hit) joint {
	seps, gaps := uint64(0), h.gaps
	for k := h.from + 1; k < h.to; k++ {
		switch f.view.sep[k] {
		case '.':
			if gaps>>(k-h.from)&1 == 0 {
				return dotted // else a stroke of the name's own that looks like one
			}
			seps |= 1 << (k - h.from)
		case '-':
			seps |= 1 << (k - h.from)
		}
	}
	switch {
	case seps == gaps:
		return exact
	case seps == 0:
		return joined
	}
	return split
}

// surroundings is where a name stands.
type surroundings struct {
	joint       joint
	inLabel     bool    // within the registrable label
	whole       bool    // nothing else stands in its label
	left, right filling // what is glued to it, up to the next hyphen or dot
	around      filling // the worst of everything else in the label, left and right included
	lured       bool    // something in the label is a lure, or may be
	sure        bool    // something between hyphens in the label is a lure
	leftCut     bool    // a separator or digit before
	rightCut    bool
}

func (f *finder) surroundingsOf(h hit) (s surroundings) {
	v := &f.view
	s.joint = f.jointOf(h)
	s.inLabel = h.from >= v.label
	s.leftCut, s.rightCut = v.cutAt(h.from), v.cutAt(h.to)
	from, _ := v.labelAt(h.from)
	_, to := v.labelAt(h.to - 1)
	s.whole = from == h.from && to == h.to
	if s.whole {
		return s
	}
	cut, _ := v.chunk(h.from)
	s.left = fillingOf(asString(v.text[cut:h.from]))
	_, end := v.chunk(h.to - 1)
	s.right = fillingOf(asString(v.text[h.to:end]))
	s.around = max(s.left, s.right)
	s.lured = s.left == lures || s.right == lures
	for k := from; k < to; {
		a, b := v.chunk(k)
		if b <= h.from || a >= h.to {
			other := fillingOf(asString(v.text[a:b]))
			s.around = max(s.around, other)
			s.lured = s.lured || other == mildLures || other == lures
			s.sure = s.sure || other == lures
		}
		k = b
	}
	return s
}

// crossed reports that words run over the name's edges, so that it is no word of
// its own: line in online.
func (f *finder) crossed(h hit) bool {
	v := &f.view
	from, _ := v.chunk(h.from)
	_, to := v.chunk(h.to - 1)
	if asString(v.text[h.to:to]) == "s" {
		to = h.to // the plural runs over every edge
	}
	return (from < h.from || h.to < to) && segment.Straddles(asString(v.text[from:to]), h.from-from, h.to-from)
}

// suffixAfter returns how a public suffix follows the hit, as if it ended a host.
type follows uint8

const (
	nothing follows = iota
	fake            // some public suffix
	own             // that of the target
)

func (f *finder) suffixAfter(h hit) (follows, *target) {
	v := &f.view
	rest := asString(v.text[h.to:v.n])
	if h.from >= v.label && !f.cut.tenant {
		// amazonco.jp: the dot is missing.
		for i := range f.index.owners[h.owner].targets {
			t := &f.index.owners[h.owner].targets[i]
			if n := len(t.flat) - len(f.cut.suffix); n > 0 && rest == t.flat[:n] && t.flat[n:] == f.cut.suffix && sameLabel(t.label, h.text) {
				return own, t
			}
		}
	}
	ends := func(flat string) bool {
		return strings.HasPrefix(rest, flat) && v.sep[h.to+len(flat)] != 0
	}
	for i := range f.index.owners[h.owner].targets {
		t := &f.index.owners[h.owner].targets[i]
		// Glued to the name, a short suffix is only how a word goes on: youtu.be
		// in youtube.
		if (len(t.flat) > 2 || v.sep[h.to] == '.') && ends(t.flat) && sameLabel(t.label, h.text) {
			return own, t
		}
	}
	if v.sep[h.to] == 0 && h.class != distinct {
		return nothing, nil
	}
	for _, s := range fakes {
		if ends(s) {
			return fake, nil
		}
	}
	return nothing, nil
}
