package lookalike

import (
	"strings"

	"github.com/honmono/honmono/detector/internal/domain"
	"github.com/honmono/honmono/detector/internal/segment"
)

// judge decides what a name in the host means, and keeps the match.
func (f *finder) judge(h hit) {
	if h.class != bare && f.adrift(h) {
		return
	}
	kind, strength, t := f.verdict(h)
	if t == nil {
		t = f.target(h.name)
	}
	if h.from >= f.view.label {
		if (f.popular || reserved(f.cut.suffix)) && !f.cut.tenant && !f.view.read {
			return // its own name is what people know it by
		}
		if f.cut.tenant && kind != Homograph {
			kind = Tenant
		}
	}
	if strength = f.cap(kind, strength); strength > f.ignored(h.owner) {
		f.report(h.name, t, kind, strength, string(f.view.text[h.from:h.to]))
	}
}

// cap lowers what is found in front of a domain that many people know, of a
// network that names its hosts after its customers' domains, or of a top-level
// domain that does not exist. It raises a hint that foreign letters spell.
func (f *finder) cap(k Kind, s Strength) Strength {
	switch {
	case f.network:
		return min(s, Hint)
	case f.cut.unlisted:
		return min(s, Weak) // it leads nowhere
	case f.view.read && s == Hint && k != Embedded && domain.IsIDN(f.cut.label):
		return Weak // foreign letters are nobody's slip
	case f.popular && k == Embedded && !f.view.read:
		if s == Strong {
			return Weak
		}
		return min(s, Hint)
	}
	return s
}

// ignored is the strength up to which nothing is reported for an owner: a hint
// names a brand that a mail may claim to come from, so without one it says
// nothing.
func (f *finder) ignored(owner int) Strength {
	if f.index.owners[owner].brand == "" {
		return Hint
	}
	return 0
}

func (f *finder) report(n *name, t *target, k Kind, s Strength, part string) {
	f.add(found{
		Match: Match{Kind: k, Strength: s, Target: t.domain, Brand: f.index.owners[n.owner].brand, Part: part},
		owner: n.owner, standing: t.standing,
	})
}

// adrift reports a name in the middle of other letters that is worth nothing
// there: too short to stand out, or not a brand's and without a lure beside it.
func (f *finder) adrift(h hit) bool {
	v := &f.view
	if v.cutAt(h.from) || v.cutAt(h.to) {
		return false
	}
	if h.class == tiny {
		return true
	}
	if f.index.owners[h.owner].brand != "" {
		return false
	}
	from, _ := v.chunk(h.from)
	_, to := v.chunk(h.to - 1)
	return fillingOf(asString(v.text[from:h.from])) != lures && fillingOf(asString(v.text[h.to:to])) != lures
}

// verdict decides on kind and strength; the target is nil unless the host spells
// it out.
func (f *finder) verdict(h hit) (Kind, Strength, *target) {
	suffix, spelled := f.suffixAfter(h)
	if h.class == bare {
		if suffix == own && f.jointOf(h) == exact && f.view.sep[h.from] != 0 && f.view.sep[h.to] != 0 {
			return Embedded, Strong, spelled
		}
		return 0, 0, nil
	}
	s := f.surroundingsOf(h)
	if suffix == own && s.joint <= joined {
		switch {
		case s.leftCut && (h.class == distinct || f.view.sep[h.to] != 0):
			return Embedded, Strong, spelled
		case s.leftCut || s.left <= lures:
			return Embedded, Weak, spelled
		}
	}
	k, strength := f.place(h, s)
	if k == Embedded && suffix != nothing && s.leftCut && strength > 0 && h.class != common {
		strength = min(strength+1, Strong)
	}
	return k, strength, nil
}

// place decides by where in the host the name stands.
func (f *finder) place(h hit, s surroundings) (Kind, Strength) {
	switch {
	case s.joint >= split:
		return f.split(h, s)
	case s.inLabel && s.whole && f.view.read:
		return Homograph, Strong
	case s.inLabel && s.whole:
		return f.alone(h)
	}
	kind, strength := Embedded, Strength(0)
	if s.inLabel {
		kind, strength = Combo, f.beside(h, s)
	} else {
		strength = f.before(h, s)
	}
	if strength > 0 && max(s.left, s.right) > lures && f.crossed(h) {
		return 0, 0
	}
	return kind, strength
}

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
	case !same && f.holdsName(h):
		return 0, 0
	case s.whole && h.to > v.label && h.keyword && (same && t.standing >= home || t.standing >= home && !f.ordinary(h) || same && !f.ordinary(h)):
		return Typo, Weak
	case h.class == distinct && h.keyword:
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

// ordinary reports that the parts a name is split into are words, or begin with
// a single letter, as honest names do: open-sea, e-shop.
func (f *finder) ordinary(h hit) bool {
	v := &f.view
	all := true
	for k := h.from; k < h.to; {
		from, to := v.chunk(k)
		if to-from == 1 && k == h.from {
			return true
		}
		all = all && segment.Word(asString(v.text[from:to]))
		k = to
	}
	return all
}

// alone judges a name that is the whole registrable label.
func (f *finder) alone(h hit) (Kind, Strength) {
	if f.cut.tenant {
		return Tenant, hintUnless(!registry(f.cut.suffix) && (h.class == distinct || h.class == short || len(h.text) > 4 && f.target(h.name).standing == famous))
	}
	switch {
	case f.cut.suffix == h.text:
		return 0, 0 // the brand's own top-level domain
	case h.keyword && f.target(h.name).suffix == f.cut.suffix && f.isLabel(h.name):
		return Typo, Weak // a hyphen more or less
	case !h.keyword && h.class != distinct:
		return 0, 0
	case h.keyword && h.class == distinct && len(h.text) > 5 && f.atHome(h.owner) && sold(f.cut.suffix):
		return Suffix, Weak
	case h.keyword && f.cheapFor(h) && (!old(f.cut.suffix) || f.cut.suffix == "info" && h.class != common && f.target(h.name).standing >= home), f.cut.suffix == "cm" && h.class == distinct:
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

// atHome reports an owner whose first domain is under .jp.
func (f *finder) atHome(owner int) bool {
	s := f.index.owners[owner].targets[0].suffix
	return s == "jp" || strings.HasSuffix(s, ".jp")
}

// near reports a suffix under which people expect the owner of the name, or
// anybody: a shop for PlayStation cards in another country is mostly what it
// says.
func (f *finder) near(n *name) bool {
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
		return 0
	}
	cheap := f.cheapFor(h)
	if f.index.owners[h.owner].brand == "" && h.class >= common && (s.around <= lures || s.bothCut() || s.lured && h.class == distinct) {
		return hintUnless(len(h.text) > 4 || s.around == lures)
	}
	lured := (s.around == lures || s.around == mildLures && s.bothCut()) && (cheap || f.cut.tenant || f.near(h.name) && f.target(h.name).standing >= popular)
	junked := cheap && !old(f.cut.suffix)
	switch {
	case !h.keyword:
		// Nobody said that hosts imitate the brand by this label.
		if h.class == distinct && (cheap && lured || s.bothCut()) {
			return Hint
		}
	case h.class == distinct:
		switch {
		case lured, cheap && s.around <= lures, junked && s.bothCut(),
			junked && (s.leftCut || s.rightCut) && len(h.text) > 5, junked && len(h.text) > 6:
			return Weak
		}
		return Hint
	case h.class == common:
		top := f.target(h.name).standing == famous
		switch {
		case s.around == lures && len(h.text) > 4 && (cheap || top):
			return Weak
		case lured && (cheap || s.bothCut()), cheap && (s.leftCut || s.rightCut) && top && len(h.text) > 4:
			return Hint
		}
	case h.class == tiny:
		if s.bothCut() && s.lured {
			return hintUnless(cheap && s.around <= lures)
		}
	case h.class == short:
		switch {
		case s.around == lures, junked && s.bothCut(), cheap && s.around <= lures:
			return Weak
		case s.bothCut(), cheap && s.leftCut, unpronounceable(h.text) && (s.leftCut || len(h.text) > 3 || cheap):
			return Hint
		}
	}
	return 0
}

// before judges a name in front of the registrable domain.
func (f *finder) before(h hit, s surroundings) Strength {
	lured := s.around <= lures
	switch {
	case !h.keyword:
		if h.class == distinct && s.bothCut() {
			return hintUnless(f.cheap && lured)
		}
	case h.class == distinct:
		if s.whole && !f.cheap && serviceName(h.text) {
			return Hint
		}
		return hintUnless(s.leftCut || s.rightCut || lured || f.cheap)
	case h.class == common:
		if s.whole && !f.cheap && serviceName(h.text) {
			return Hint
		}
		switch {
		case len(h.text) < 5:
			if s.bothCut() && lured {
				return hintUnless(f.cheap)
			}
		case lured:
			return hintUnless(f.cheap || f.target(h.name).standing == famous)
		case s.bothCut(), (s.leftCut || s.rightCut) && f.target(h.name).standing == famous:
			return Hint
		}
	case h.class == tiny:
		if s.bothCut() && (s.lured || f.cheap) {
			return hintUnless(f.cheap && s.lured && s.around <= lures)
		}
	case h.class == short:
		switch {
		case s.around <= digits && !f.cheap && !unpronounceable(h.text):
			return Hint // etc.example.edu
		case lured, s.bothCut():
			return Weak
		case s.leftCut, f.cheap && (s.rightCut || len(h.text) > 3), unpronounceable(h.text):
			return Hint
		}
	}
	return 0
}

func (s surroundings) bothCut() bool { return s.leftCut && s.rightCut }

// unpronounceable reports a name without a vowel: no word begins with smbc, jcb
// or nhk, so that it stands out even before letters that mean nothing.
func unpronounceable(text string) bool {
	return !strings.ContainsAny(text, "aeiouy")
}

func hintUnless(weak bool) Strength {
	if weak {
		return Weak
	}
	return Hint
}
