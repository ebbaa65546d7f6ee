package lookalike

import (
	"strings"

	toplist "github.com/honmono/honmono/detector/internal/popular"
)

// wellKnown looks for popular domains that nobody listed as a target: an
// internationalised label that reads like one, and a famous one standing in
// front of somebody else's.
func (f *finder) wellKnown() {
	switch {
	case f.network:
	case f.view.read && !f.cut.tenant && f.readsLikePopular():
	case !f.popular:
		f.holdsFamous()
	}
}

// addUnlisted keeps a match with a domain that is no target.
func (f *finder) addUnlisted(k Kind, s Strength, target, part string) {
	if i, listed := f.index.official[target]; listed && f.excepted(i) {
		return
	}
	for i := range f.matches {
		if f.matches[i].Target == target {
			return
		}
	}
	f.matches = append(f.matches, found{Match: Match{Kind: k, Strength: s, Target: target, Part: part}, owner: unlisted})
}

// unlisted is the owner of what is no target; it comes after the others.
const unlisted = 1 << 30

// readsLikePopular compares the readings of the label with the popular domains.
func (f *finder) readsLikePopular() bool {
	for _, r := range f.reads {
		if strings.IndexFunc(r, func(c rune) bool { return c >= 0x80 }) >= 0 || len(r) < 3 {
			continue
		}
		d := r + "." + f.cut.suffix
		if d == f.cut.registrable {
			continue
		}
		switch {
		case toplist.Famous(d):
			f.addUnlisted(Homograph, Strong, d, f.cut.label)
			return true
		case toplist.Known(d):
			f.addUnlisted(Homograph, Weak, d, f.cut.label)
			return true
		}
		if len(r) < 6 {
			continue
		}
		for _, suffix := range [...]string{"com", "org", "net"} {
			if d := r + "." + suffix; toplist.Famous(d) {
				f.addUnlisted(Homograph, Weak, d, f.cut.label)
				return true
			}
		}
	}
	return false
}

// holdsFamous looks for a famous domain among the parts of the host: with its
// dots, or hyphens in their place, set apart from what is around it.
func (f *finder) holdsFamous() {
	v := &f.view
	var starts [3]int // of the last parts, this one included
	n := 0
	for at := 0; at < v.n; {
		from, to := v.chunk(at)
		copy(starts[:], starts[1:])
		starts[2] = from
		for k := min(n, 2); k > 0; k-- {
			if f.famousParts(starts[2-k:], to) {
				return
			}
		}
		n++
		at = to
	}
}

// famousParts compares the parts that begin at starts, up to end, with the famous
// domains.
func (f *finder) famousParts(starts []int, end int) bool {
	v := &f.view
	first := v.text[starts[0]:starts[1]]
	if len(first) < 5 || end-starts[0] > maxName {
		return false
	}
	var buf [maxName + 3]byte
	d := append(buf[:0], first...)
	for i, from := range starts[1:] {
		to := end
		if i+2 < len(starts) {
			to = starts[i+2]
		}
		d = append(append(d, '.'), v.text[from:to]...)
	}
	if !toplist.Famous(asString(d)) || serviceName(string(first)) {
		return false
	}
	target := string(d)
	f.addUnlisted(Embedded, Weak, target, target)
	return true
}
