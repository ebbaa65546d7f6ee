package link

import (
	"strings"

	"github.com/honmono/honmono/detector/internal/domain"
)

// Mismatch compares a link's visible text with where the link goes. shown is what
// [TextURL] reads in the text, nil if that shows no URL or the link leads to no
// web page.
//
// Only registrable domains and the leaf count. It is no mismatch if the two
// differ in what stands in front (www) or in the suffix behind the same label; if
// one owner has both ([Config]); if the link leads to mail or a telephone; if the
// text is itself a wrapped link; or if the link leads to a mailing service or a
// gateway that does not tell where it goes on to. A host that is not known as a
// wrapper, but carries exactly one URL that leads to the place shown, is no
// mismatch either: newsletters do that. None of this makes a link safe, and a
// mismatch alone is at most a quiet note.
//
// The rules are those of rspamd's phishing module, with the owner added.
func (r *Reader) Mismatch(text string, d Destination) (shown *URL, mismatch bool) {
	if d.Leaf == nil || !d.Leaf.Web() {
		return nil, false
	}
	t, ok := readText(text)
	switch {
	case !ok:
		return nil, false
	case t.url.Host == "":
		return t.url, true
	case r.agree(t, d.Leaf), r.wrappedText(t, d), r.tracked(t, d):
		return t.url, false
	}
	if n := len(d.Hops); n > 0 && d.Hops[n-1].Opaque {
		switch d.Hops[n-1].Kind {
		case Mailer, Gateway:
			return t.url, false
		}
	}
	return t.url, true
}

// agree reports whether two URLs lead to the same place, as far as a reader is
// concerned.
func (r *Reader) agree(t shownText, leaf *URL) bool {
	shown := t.url
	if shown.Host == leaf.Host || t.cut && strings.HasPrefix(leaf.Host, shown.Host) {
		return true
	}
	if shown.Kind != Domain || leaf.Kind != Domain {
		return false
	}
	a, _, _, _ := domain.Cut(shown.Host)
	b, _, tenant, _ := domain.Cut(leaf.Host)
	switch {
	case a == "" || b == "":
		// A name without a suffix: a machine of the own network, perhaps.
		return strings.IndexByte(shown.Host, '.') < 0 && strings.HasPrefix(leaf.Host, shown.Host+".")
	case a == b:
		return true
	case !tenant && firstLabel(a) == firstLabel(b):
		return true // a tenant's label is anybody's choice
	}
	return r.sameOwner != nil && r.sameOwner(shown.Host, leaf.Host)
}

func firstLabel(host string) string { return host[:strings.IndexByte(host, '.')] }

// wrappedText reports whether the text shows a wrapper's link that leads to the
// same place, or through the same wrapper.
func (r *Reader) wrappedText(t shownText, d Destination) bool {
	said := r.Follow(t.url)
	if len(said.Hops) == 0 {
		return false
	}
	if r.agree(shownText{url: said.Leaf}, d.Leaf) {
		return true
	}
	for _, hop := range d.Hops {
		if hop.Host == t.url.Host {
			return true
		}
	}
	return false
}

// tracked reports whether the leaf, though no known wrapper, carries a chain of
// single URLs that ends at the place shown; or, at a mailing service, has the
// host shown in its path.
func (r *Reader) tracked(t shownText, d Destination) bool {
	u := d.Leaf
	for range MaxDepth {
		next, found := onlyURL(u.Query)
		if found != told {
			break
		}
		u = next
	}
	if u != d.Leaf && r.agree(t, u) {
		return true
	}
	if !d.Mailer {
		return false
	}
	segments := 0
	for segment := range strings.SplitSeq(d.Leaf.Path, "/") {
		if segments++; segments > 16 {
			break
		}
		if to, found := barePath(segment); found && r.agree(t, to) {
			return true
		}
	}
	return false
}

func barePath(segment string) (*URL, bool) {
	if !bareHost(segment) {
		return nil, false
	}
	u, found := parsed("https://" + segment)
	return u, found == told
}
