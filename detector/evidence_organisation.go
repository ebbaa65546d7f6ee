package detector

import (
	"iter"
	"slices"
	"strings"

	"github.com/honmono/honmono/detector/rules"
)

// organisationClaim looks at mails in the name of an organisation the rules do
// not know: a regional bank, a city office. What the mail itself says (the
// display name, the From domain) is compared with where it leads. Without an
// official domain to hold against it, this is evidence of lower weight, and it
// takes pressing wording to count at all.
func (e *evidence) organisationClaim() {
	r := e.r
	if len(r.fromName) < 4 || r.from.host == "" || len(r.from.owners) > 0 {
		return
	}
	organisation := e.speaksAsCompany()
	label := r.from.label
	named := len(label) >= 4 && !e.d.freemail[r.from.domain] // the sender's domain has a name of its own
	// Another domain that the mail shows as its own, and the From or a link
	// imitates: city-mihon.example writes, www.city.mihon.lg.jp stands below.
	shown, labels := e.shownDomains()
	pressing := e.pressing()
	best, at := 0.0, -1
	var target string
	for i := range r.links {
		l := &r.links[i]
		if l.host == "" || l.Hidden || len(l.owners) > 0 || l.neutral || l.opaque() {
			continue
		}
		if pressing && best < 1.6 {
			front := slices.Collect(frontLabels(l.front))
			for k, s := range shown {
				if s != l.domain && best < 1.6 && slices.Contains(front, labels[k]) {
					best, at, target = 1.6, i, s
				}
			}
		}
		if l.domain == r.from.domain {
			continue
		}
		scale, imitated := 0.0, ""
		switch {
		case named && l.label == label:
			// kagin.co.jp writes, kagin.vip answers.
			scale, imitated = 2, r.from.domain
			if !e.pressing() || !l.cheap && siblings(l.host, r.from.host) {
				scale = 0.5 // companies do own several suffixes
			}
		case named && hasLabel(l.front, label):
			// www.kagin.co.jp.humaoo.com; a partner's shop has such hosts too.
			scale, imitated = 1.6, r.from.domain
			if !e.pressing() {
				scale = 0.3
			}
		case organisation && e.pressing() && !l.plain:
			// An address in plain text is what the mail shows, not its button.
			scale = 0.6
			if l.random || l.machine || l.cheap || l.dest.Hosting || l.dest.Shortener || l.dest.Leaf.Numeric {
				scale = 1
			}
		}
		if scale > best {
			best, at, target = scale, i, imitated
		}
	}
	if at < 0 {
		return
	}
	if r.m.List || len(r.links) > 20 {
		best *= 0.5
	}
	l := &r.links[at]
	e.add(UnknownOrgForeign, best, Evidence{
		BrandName: r.m.From.Name, Shown: r.m.From.Name, Address: r.m.From.Address,
		Host: l.host, Domain: l.domain, Target: target, Link: at + 1, Button: e.asks(l),
	})
	e.foreign = e.foreign || best >= 1.6
	if best >= 1 {
		l.mark(Caution, UnknownOrgForeign)
	}
}

// siblings reports whether two hosts have suffixes that one company is likely to
// register both of: .com, .net and .org, and those of one country.
func siblings(a, b string) bool {
	family := func(host string) string {
		s := suffixOf(host)
		switch s {
		case "com", "net", "org":
			return ""
		}
		return s[strings.LastIndexByte(s, '.')+1:]
	}
	x, y := family(a), family(b)
	return x == "" || y == "" || x == y
}

// shownDomains returns the registrable domains that the mail links to, which a
// host elsewhere may imitate; at most ten, with labels long enough to mean
// something.
func (e *evidence) shownDomains() (list, labels []string) {
	for i := range e.r.links {
		l := &e.r.links[i]
		if l.host == "" || len(list) >= 10 || len(l.label) < 4 || l.neutral {
			continue
		}
		seen := false
		for _, s := range list {
			seen = seen || s == l.domain
		}
		if !seen {
			list, labels = append(list, l.domain), append(labels, l.label)
		}
	}
	return list, labels
}

// speaksAsCompany reports whether the display name is an organisation's: it
// has a company mark, or the mail's own text calls its sender so.
func (e *evidence) speaksAsCompany() bool {
	for _, h := range e.r.phrases[inHeader] {
		if e.d.set.Phrases[h.phrase].Kind == rules.Company && h.pos < len(e.r.fromName) {
			return true
		}
	}
	return len(e.r.fromName) >= 6 && !strings.Contains(e.r.fromName, "@") &&
		(strings.Contains(e.r.body, e.r.fromName) && e.count(rules.Salutation) > 0 || strings.Contains(e.r.subject, e.r.fromName))
}

// hasLabel reports whether one of the labels in front of a registrable domain, or
// a part of one, is label.
func hasLabel(front, label string) bool {
	if !strings.Contains(front, label) {
		return false
	}
	for l := range frontLabels(front) {
		if l == label {
			return true
		}
	}
	return false
}

// frontLabels yields the labels in front of a registrable domain, each also cut
// at hyphens.
func frontLabels(front string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for l := range strings.SplitSeq(front, ".") {
			if !yield(l) {
				return
			}
			for part := range strings.FieldsFuncSeq(l, func(c rune) bool { return c == '-' || c == '_' }) {
				if part != l && !yield(part) {
					return
				}
			}
		}
	}
}
