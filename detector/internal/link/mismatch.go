package link

import (
	"strings"

	"github.com/honmono/honmono/detector/internal/domain"
)

// Mismatch compares a link's visible text with where the link goes. shown is the
// URL that the text starts as; it is nil if the text shows none, or (mismatch
// true) one that cannot be read.
//
// The text must start as a URL or be a bare host; only registrable domains and
// the leaf count. It is no mismatch if the two differ in the label in front
// (www), in the suffix behind the same label, if the rules say that they have
// one owner, if the link leads to mail or a telephone, or if it leads to a
// mailing service or gateway that does not tell where it goes on to. A host that
// is not known as a wrapper, but carries exactly one URL that leads to the place
// shown, is no mismatch either: newsletters do that. None of this makes a link
// safe; a mismatch alone is at most a quiet note.
func (r *Reader) Mismatch(text string, d Destination) (shown *URL, mismatch bool) {
	shown, ok := TextURL(text)
	if !ok || d.Leaf == nil || !d.Leaf.Web() {
		return nil, false
	}
	if shown == nil {
		return nil, true
	}
	if r.agree(shown, d.Leaf) {
		return shown, false
	}
	if said := r.Follow(shown); len(said.Hops) > 0 {
		// The text itself is a wrapped URL.
		if r.agree(said.Leaf, d.Leaf) {
			return shown, false
		}
		for _, hop := range d.Hops {
			if hop.Host == shown.Host {
				return shown, false
			}
		}
	}
	if d.Opaque() && d.Hops[len(d.Hops)-1].Kind != Shortener {
		return shown, false
	}
	if r.tracked(shown, d) {
		return shown, false
	}
	return shown, true
}

// agree reports whether two URLs lead to the same place, as far as a reader is
// concerned.
func (r *Reader) agree(shown, leaf *URL) bool {
	if shown.Host == leaf.Host {
		return true
	}
	if shown.Kind != Domain || leaf.Kind != Domain {
		return false
	}
	a, b := domain.Registrable(shown.Host), domain.Registrable(leaf.Host)
	switch {
	case a == "" || b == "":
		// A name without a suffix, such as a machine of the own network.
		return domain.Matches(leaf.Host, shown.Host) || strings.HasPrefix(leaf.Host, shown.Host+".")
	case a == b, domain.Label(a) == domain.Label(b):
		return true
	}
	return r.sameOwner != nil && r.sameOwner(shown.Host, leaf.Host)
}

// tracked reports whether the leaf, though no known wrapper, carries a chain of
// single URLs that ends at the place shown.
func (r *Reader) tracked(shown *URL, d Destination) bool {
	u := d.Leaf
	for range MaxDepth {
		next, found := onlyURL(u.Query)
		if found != told {
			break
		}
		u = next
	}
	if u != d.Leaf && r.agree(shown, u) {
		return true
	}
	if d.Mailer {
		for segment := range strings.SplitSeq(d.Leaf.Path, "/") {
			if bareHost(segment) {
				if to, found := parsed("https://" + segment); found == told && r.agree(shown, to) {
					return true
				}
			}
		}
	}
	return false
}
