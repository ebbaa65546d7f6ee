package lookalike

import "github.com/honmono/honmono/detector/internal/domain"

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
		if f.quiet(h.name) {
			return
		}
		if f.cut.tenant && kind != Homograph {
			kind = Tenant
		}
	}
	itself := f.view.read && strength == Hint && h.native // foreign letters, but the name's
	if strength = f.cap(kind, strength); itself {
		strength = min(strength, Hint)
	}
	if strength > f.ignored(h.owner) {
		f.report(h.name, t, kind, strength, string(f.view.text[h.from:h.to]), 0)
	}
}

// quiet reports a registrable label that is not compared: people know it by its
// own name, or only authorities and schools get one there. A school that
// protects its own domain wants to hear of another one's all the same.
func (f *finder) quiet(n *name) bool {
	if f.cut.tenant || f.view.read && !n.native {
		return false
	}
	return f.popular || reserved(f.cut.suffix) && !f.index.owners[n.owner].personal()
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
	if f.index.owners[owner].personal() {
		return Hint
	}
	return 0
}

// report keeps a match; wrong is how many of the name's letters are.
func (f *finder) report(n *name, t *target, k Kind, s Strength, part string, wrong int) {
	if wrong > 0 && t.suffix != f.cut.suffix {
		wrong++
	}
	f.add(found{
		Match: Match{Kind: k, Strength: s, Target: t.domain, Brand: f.index.owners[n.owner].brand, Part: part},
		owner: n.owner, standing: t.standing, wrong: wrong, unlisted: !n.keyword,
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
	if !f.index.owners[h.owner].personal() {
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
		v := &f.view
		if suffix == own && f.jointOf(h) == exact && v.sep[h.from] != 0 && v.sep[h.to] != 0 {
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
	case s.inLabel && s.whole && f.view.read && !h.native:
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
