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
	var parts [8]string
	n := 0
	for at := 0; at < v.n; {
		from, to := v.chunk(at)
		if n == len(parts) {
			copy(parts[:], parts[1:])
			n--
		}
		parts[n] = string(v.text[from:to])
		n++
		if n > 1 && f.famousParts(parts[:n]) {
			return
		}
		at = to
	}
}

func (f *finder) famousParts(parts []string) bool {
	n := len(parts)
	for k := 2; k <= min(3, n); k++ {
		if len(parts[n-k]) < 5 || serviceName(parts[n-k]) {
			continue
		}
		if d := strings.Join(parts[n-k:], "."); toplist.Famous(d) {
			f.addUnlisted(Embedded, Weak, d, d)
			return true
		}
	}
	return false
}
