package lookalike

import (
	"strings"

	toplist "github.com/honmono/honmono/detector/internal/popular"
)

// wellKnown looks for popular domains that nobody listed as a target: an
// internationalised label that reads like one, and a famous one standing in
// front of somebody else's.
func (f *finder) wellKnown() {
	if len(f.matches) > 0 || f.network {
		return
	}
	if f.view.read && !f.cut.tenant {
		f.readsLikePopular()
	}
	if len(f.matches) == 0 && !f.popular {
		f.holdsFamous()
	}
}

// readsLikePopular compares the readings of the label with the popular domains.
func (f *finder) readsLikePopular() {
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
			f.matches = append(f.matches, found{Match: Match{Kind: Homograph, Strength: Strong, Target: d, Part: f.cut.label}, owner: -1})
			return
		case toplist.Known(d):
			f.matches = append(f.matches, found{Match: Match{Kind: Homograph, Strength: Weak, Target: d, Part: f.cut.label}, owner: -1})
			return
		}
	}
}

// holdsFamous looks for a famous domain among the parts of the host: with its
// dots, or hyphens in their place, set apart from what is around it.
func (f *finder) holdsFamous() {
	v := &f.view
	var parts [8]string
	n := 0
	for at := 0; at < len(v.text); {
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
			f.matches = append(f.matches, found{Match: Match{Kind: Embedded, Strength: Weak, Target: d, Part: d}, owner: -1})
			return true
		}
	}
	return false
}
