package lookalike

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/honmono/honmono/detector/internal/confusable"
	"github.com/honmono/honmono/detector/internal/domain"
)

// Check returns what the host imitates, surest first, at most one match an
// owner (a brand, or a domain without one); nil if it imitates nothing. The
// host is in canonical form (package domain, ToASCII); nothing is found for any
// other, nor for one of more than 253 bytes. A protected domain and
// everything below it imitates nothing.
//
// What is found for one owner does not depend on the others: protecting another
// domain never hides a match, unless the host is below that domain.
func (x *Index) Check(host string) []Match {
	host = strings.TrimSuffix(host, ".")
	if host == "" || len(host) > maxHost || !isASCII(host) {
		return nil
	}
	c, ok := divide(host)
	if !ok || x.belongs(host, c) {
		return nil
	}
	var f finder
	f.index, f.cut = x, c
	f.popular = x.popular(c.registrable)
	f.cheap = x.cheap(c.suffix)
	f.network = network(host)
	if !domain.IsIDN(host) {
		f.view.set(c.front, c.label)
		f.look()
	} else {
		f.readings()
	}
	if !f.popular && !f.network {
		suspicious := f.suspicious()
		f.distant(suspicious)
		f.glued(suspicious)
	}
	f.mangled()
	f.wellKnown()
	if f.matches == nil {
		return nil
	}
	return f.result()
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// A finder looks through the views of one host.
type finder struct {
	index   *Index
	cut     cut
	popular bool // the registrable domain is known by its own name
	cheap   bool // its suffix is one that throwaway domains have
	network bool // a content network's host, named after its customer's domain
	view    view
	reads   []string // how the registrable label can be read, if it is not ASCII
	hits    []hit
	matches []found
}

type found struct {
	Match
	owner    int
	standing standing // of the target
	wrong    int      // letters that are wrong, one more for another suffix
	unlisted bool     // the name is only a domain's label, no keyword
}

// readings looks at every way to read a host with labels in punycode. Where
// several labels are ambiguous, one is varied at a time.
func (f *finder) readings() {
	front, label := domain.Unicode(f.cut.front), domain.Unicode(f.cut.label)
	f.view.read = true
	f.reads = confusable.Readings(label)
	first, firstFront := f.reads[0], confusable.Reading(front)
	for _, r := range f.reads {
		f.view.set(firstFront, r)
		f.look()
	}
	if front == f.cut.front {
		return
	}
	labels := strings.Split(front, ".")
	views := 0
	for i, l := range labels {
		rs := confusable.Readings(l)
		read := make([]string, len(labels))
		for j := range labels {
			read[j] = confusable.Reading(labels[j])
		}
		for _, r := range rs[1:] {
			if views++; views >= maxViews {
				return
			}
			read[i] = r
			f.view.set(strings.Join(read, "."), first)
			f.look()
		}
	}
}

// look finds names in the view and what is near to its parts.
func (f *finder) look() {
	f.scan()
	f.nearby()
}

// add keeps the strongest match of every owner.
func (f *finder) add(m found) {
	if f.excepted(m.owner) {
		return
	}
	for i := range f.matches {
		if o := &f.matches[i]; o.owner == m.owner {
			if compare(&m, o) < 0 {
				*o = m
			}
			return
		}
	}
	f.matches = append(f.matches, m)
}

// cost is low for what explains much of the host with few letters wrong, by a
// name that somebody listed.
func (m *found) cost() int {
	c := 3*m.wrong - len(m.Part)
	if m.unlisted {
		c++
	}
	return c
}

// excepted reports that the host may resemble the owner's domains.
func (f *finder) excepted(owner int) bool {
	for _, d := range f.index.owners[owner].may {
		if domain.Matches(f.cut.registrable, d) {
			return true
		}
	}
	return false
}

// compare orders matches: the surest first, then what explains most of the host
// with the fewest letters wrong (smbc-card before smbc, paypal before paypay),
// then what imitates a domain that people know, then by kind.
func compare(a, b *found) int {
	return cmp.Or(cmp.Compare(b.Strength, a.Strength), cmp.Compare(a.cost(), b.cost()),
		cmp.Compare(b.standing, a.standing), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.owner, b.owner))
}

func (f *finder) result() []Match {
	slices.SortFunc(f.matches, func(a, b found) int { return compare(&a, &b) })
	out := make([]Match, len(f.matches))
	for i := range f.matches {
		out[i] = f.matches[i].Match
	}
	return out
}

// target chooses the owner's domain that the host imitates: the label counts
// most, then the suffix, then how well people know it; a label that only holds the name can win by its suffix
// (smbc-card.com for smbc-login.com, though there is smbc.co.jp).
func (f *finder) target(n *name) *target {
	w := &f.index.owners[n.owner]
	best, score := &w.targets[0], -1
	for i := range w.targets {
		t := &w.targets[i]
		s := 0
		if sameLabel(t.label, n.text) {
			s = 3
		} else if strings.Contains(t.label, n.text) {
			s = 2
		}
		if t.suffix == f.cut.suffix {
			s += 2
		}
		if s > score || s == score && (t.standing > best.standing || t.standing == best.standing && len(t.domain) < len(best.domain)) {
			best, score = t, s
		}
	}
	return best
}

// sameLabel compares a label with a name, hyphens apart.
func sameLabel(label, text string) bool {
	for i := 0; i < len(label); i++ {
		if label[i] == '-' {
			continue
		}
		if text == "" || text[0] != label[i] {
			return false
		}
		text = text[1:]
	}
	return text == ""
}

// own reports whether the host is below a registrable domain of the owner, as
// the siblings of a protected host are.
func (f *finder) own(owner int) bool {
	for i := range f.index.owners[owner].targets {
		if f.index.owners[owner].targets[i].registrable == f.cut.registrable {
			return true
		}
	}
	return false
}
