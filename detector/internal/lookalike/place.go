package lookalike

import (
	"strings"

	"github.com/honmono/honmono/detector/internal/segment"
)

// split judges a name that hyphens or dots run through (ama-zon.com,
// p.aypay.ne.jp): a slip when it fills its labels, else seldom anything.
func (f *finder) split(h hit, s surroundings) (Kind, Strength) {
	v := &f.view
	if v.sep[h.from] == 0 || v.sep[h.to] == 0 {
		return 0, 0
	}
	t := f.target(h.name)
	same := t.suffix == f.cut.suffix && sameLabel(t.label, h.text)
	switch {
	case !h.keyword || !same && f.holdsName(h):
		return 0, 0
	case s.whole && h.to > v.label && (same || t.standing >= home):
		return Typo, Weak
	case h.class == distinct:
		return Typo, Hint
	}
	return 0, 0
}

// holdsName reports that another name of the same owner stands within the hit in
// one piece: then my-jcb is not myjcb mistyped, but jcb beside something.
func (f *finder) holdsName(h hit) bool {
	for _, o := range f.hits {
		if o.owner == h.owner && h.from <= o.from && o.to <= h.to && o.to-o.from < h.to-h.from && o.class > tiny &&
			f.view.sep[o.from] != 0 && f.view.sep[o.to] != 0 && f.jointOf(o) <= joined {
			return true
		}
	}
	return false
}

// alone judges a name that is the whole registrable label.
func (f *finder) alone(h hit) (Kind, Strength) {
	t, suffix := f.target(h.name), f.cut.suffix
	if f.cut.tenant {
		tells := h.class == distinct || h.class == short || len(h.text) > 4 && t.standing == famous
		return Tenant, hintUnless(tells && !registry(suffix))
	}
	switch {
	case suffix == h.text:
		return 0, 0 // the brand's own top-level domain
	case h.keyword && t.suffix == suffix && sameLabel(t.label, h.text):
		return Typo, Weak // a hyphen more or less
	case !h.keyword && h.class != distinct:
		return 0, 0
	case h.class == distinct && suffix == "cm",
		h.class == distinct && h.keyword && len(h.text) > 5 && sold(suffix) && f.atHome(h.owner),
		h.class != common && h.keyword && suffix == "info" && t.standing >= home,
		h.keyword && f.cheapFor(h) && !old(suffix):
		return Suffix, Weak
	case h.class == distinct:
		return Suffix, Hint
	}
	return 0, 0
}

// cheapFor reports a cheap suffix under which the owner of the name has hardly
// a site of their own.
func (f *finder) cheapFor(h hit) bool {
	return f.cheap && f.cut.suffix != h.text && (!chinese(f.cut.suffix) || f.atHome(h.owner))
}

// atHome reports an owner whose customers are in Japan.
func (f *finder) atHome(owner int) bool { return f.index.owners[owner].japanese }

// expected reports a suffix under which people expect the owner of the name, or
// anybody: a shop for PlayStation cards in another country is mostly what it
// says.
func (f *finder) expected(n *name) bool {
	switch f.cut.suffix {
	case "com", "net", "org", "info", "biz", "co", "io", "me", "app", "jp":
		return true
	}
	for i := range f.index.owners[n.owner].targets {
		if f.index.owners[n.owner].targets[i].suffix == f.cut.suffix {
			return true
		}
	}
	return false
}

// beside judges a name in the registrable label, or in a tenant's, beside
// something else.
func (f *finder) beside(h hit, s surroundings) Strength {
	if f.cut.suffix == h.text {
		return 0 // the brand's own top-level domain
	}
	if f.index.owners[h.owner].personal() {
		return f.besidePersonal(h, s)
	}
	t, cheap := f.target(h.name), f.cheapFor(h)
	junked := cheap && !old(f.cut.suffix)
	oneCut := s.leftCut || s.rightCut
	lured := s.around == lures || s.around == mildLures && s.bothCut()
	lured = lured && (cheap || f.cut.tenant || f.expected(h.name) && (t.standing >= popular || s.around == lures && len(h.text) > 6)) ||
		s.sure && s.bothCut() && t.standing >= popular && f.parts(h) > 3
	switch {
	case !h.keyword:
		// Nobody said that hosts imitate the brand by this label.
		return hintIf(h.class == distinct && (cheap && lured || s.bothCut()))
	case h.class == distinct:
		return hintUnless(lured || cheap && s.around <= lures ||
			junked && (s.bothCut() || oneCut && len(h.text) > 5 || len(h.text) > 6))
	case h.class == common:
		top := t.standing == famous && len(h.text) > 4
		if s.around == lures && (cheap && (s.bothCut() || len(h.text) > 4) || top) {
			return Weak
		}
		return hintIf(lured && (cheap || s.bothCut()) || cheap && oneCut && top || cheap && s.bothCut() && t.standing >= home)
	case h.class == tiny:
		if s.bothCut() && s.lured {
			return hintUnless(cheap && s.around <= lures)
		}
		return hintIf(s.bothCut() && (f.lured() || f.gibberish(h, s)))
	case h.native && junked && oneCut, s.bothCut() && s.lured && f.gibberish(h, s):
		return Weak // smbc-direct-kzq.com: nobody is called kzq
	}
	if s.around == lures || junked && s.bothCut() || cheap && s.around <= lures {
		return Weak
	}
	return hintIf(s.bothCut() || cheap && s.leftCut || unpronounceable(h.text) && (s.leftCut || len(h.text) > 3 || cheap) ||
		s.leftCut && len(h.text) > 3 && t.standing >= home && f.gibberish(h, s))
}

// parts returns how many pieces hyphens cut the label of the hit into.
func (f *finder) parts(h hit) (n int) {
	v := &f.view
	from, to := v.labelAt(h.from)
	for k := from; k < to; n++ {
		_, k = v.chunk(k)
	}
	return n
}

// gibberish reports that something else in the label of the hit is no word and
// no lure: letters taken at random.
func (f *finder) gibberish(h hit, s surroundings) bool {
	if s.around != other {
		return false
	}
	v := &f.view
	from, to := v.labelAt(h.from)
	for k := from; k < to; {
		a, b := v.chunk(k)
		k = b
		if a < h.to && h.from < b {
			a, b = h.to, max(b, h.to)
		}
		if text := asString(v.text[a:b]); b-a > 1 && fillingOf(text) == other && !segment.Covers(text) && !segment.Word(text) {
			return true
		}
	}
	return false
}

// lured reports that a lure stands anywhere in the host.
func (f *finder) lured() bool {
	v := &f.view
	for at := 0; at < v.n; {
		from, to := v.chunk(at)
		if g := fillingOf(asString(v.text[from:to])); (g == mildLures || g == lures) && to-from > 3 {
			return true
		}
		at = to
	}
	return false
}

// besidePersonal judges the name of a domain that the reader protects as their
// own: whoever puts anything beside it means them.
func (f *finder) besidePersonal(h hit, s surroundings) Strength {
	if h.class < common || s.around > lures && !s.bothCut() && !(s.lured && h.class == distinct) {
		return 0
	}
	return hintUnless(len(h.text) > 4 || s.around == lures)
}

// before judges a name in front of the registrable domain.
func (f *finder) before(h hit, s surroundings) Strength {
	lured := s.around <= lures
	switch {
	case !h.keyword:
		if h.class == distinct && s.bothCut() {
			return hintUnless(f.cheap && lured)
		}
		return 0
	case h.class >= common && s.whole && !f.cheap && serviceName(h.text):
		return Hint
	case h.class == distinct:
		return hintUnless(s.leftCut || s.rightCut || lured || f.cheap)
	case h.class == common && len(h.text) < 5:
		if s.bothCut() && lured {
			return hintUnless(f.cheap)
		}
		return 0
	case h.class == common:
		top := f.target(h.name).standing == famous
		if lured {
			return hintUnless(f.cheap || top)
		}
		return hintIf(s.bothCut() || (s.leftCut || s.rightCut) && top)
	case h.class == tiny:
		if s.bothCut() && (s.lured || f.cheap) {
			return hintUnless(f.cheap && s.lured && s.around <= lures)
		}
		return hintIf(s.bothCut() && (f.lured() || s.whole && f.weird()))
	case s.around <= digits && !f.cheap && !unpronounceable(h.text):
		return Hint // etc.example.edu
	case lured || s.bothCut():
		return Weak
	}
	return hintIf(s.leftCut || f.cheap && (s.rightCut || len(h.text) > 3) || unpronounceable(h.text))
}

func (s surroundings) bothCut() bool { return s.leftCut && s.rightCut }

// unpronounceable reports a name without a vowel: no word begins with smbc, jcb
// or nhk, so that it stands out even before letters that mean nothing.
func unpronounceable(text string) bool {
	return isASCII(text) && !strings.ContainsAny(text, "aeiouy")
}

func hintUnless(weak bool) Strength {
	if weak {
		return Weak
	}
	return Hint
}

func hintIf(ok bool) Strength {
	if ok {
		return Hint
	}
	return 0
}
