package detector

import (
	"strings"

	"github.com/honmono/honmono/detector/internal/link"
	"github.com/honmono/honmono/detector/internal/page"
	"github.com/honmono/honmono/detector/internal/text"
)

// A linkRead is one link with what is behind it.
type linkRead struct {
	*page.Link
	text string // normalised
	url  *link.URL
	err  error
	dest link.Destination
	// host is the leaf's; empty where the link leads to no host.
	host string
	*place
	// plain: the link is text that webmails turn into a link.
	plain bool
	// form: what the reader types goes there.
	form bool
	// carries is a mail address in the query, path or fragment.
	carries string

	// What evidence_*.go finds.
	level Level
	// calls: the text calls for the click.
	calls, unsubscribes weighed
	symbols             []Symbol
	brand               int // -1: none
}

// seen is what was learned of the hosts of one message: the same few are linked
// again and again, and each is looked at once.
type seen struct {
	visit *link.Visit
	// host is the one looked at last, and last what it is; places has those before.
	host   string
	last   *place
	places map[string]*place
	// texts are the last two that links had, and how they are normalised: the picture
	// and the button of each row say the same.
	texts [2]struct{ shown, normal string }
}

// normal is text.Normalize of a link's text.
func (s *seen) normal(shown string) string {
	if shown == s.texts[0].shown {
		return s.texts[0].normal
	}
	s.texts[0], s.texts[1] = s.texts[1], s.texts[0]
	if t := &s.texts[0]; shown != t.shown {
		t.shown, t.normal = shown, text.Normalize(shown)
	}
	return s.texts[0].normal
}

// place returns what is known of the link's host.
func (s *seen) place(d *Detector, host string, kind link.HostKind) *place {
	if s.last != nil && s.host == host {
		return s.last
	}
	if s.last != nil {
		if s.places == nil {
			s.places = make(map[string]*place)
		}
		s.places[s.host] = s.last
	}
	p, ok := s.places[host]
	if !ok {
		p = d.place(host, kind)
	}
	s.host, s.last = host, p
	return p
}

func newSeen(d *Detector) *seen {
	return &seen{visit: d.reader.Visit()}
}

// known reports that the link stays at a company that the rules know. t.co is
// X's and leads anywhere: it does not.
func (l *linkRead) known() bool { return l.owner >= 0 && !l.dest.Shortener }

// opaque reports that the link leads on to a place that it does not tell.
func (l *linkRead) opaque() bool { return l.dest.Opaque() }

// leadsOn says what kind of host the opaque link ends at, "" if the leaf is the
// end of the way.
func (l *linkRead) leadsOn() LeadsOn {
	if l.err != nil || !l.opaque() {
		return ""
	}
	switch l.dest.Hops[len(l.dest.Hops)-1].Kind {
	case link.Shortener:
		return LeadsOnShortener
	case link.Mailer:
		return LeadsOnMailer
	case link.Gateway:
		return LeadsOnGateway
	}
	return LeadsOnRedirector
}

func (d *Detector) readLinks(r *reading, visible string) {
	var base *link.URL
	if r.page.Base != "" {
		base, _ = link.Parse(r.page.Base, nil)
	}
	known := newSeen(d)
	urls := plainURLs(visible)
	r.room = roomFor(len(r.page.Links) + len(r.page.Forms) + len(urls))
	known.visit.Room(r.room.urls)
	r.finds = r.room.finds
	r.links = r.room.links[:0]
	// next is the place of the next link, which is zero.
	next := func() *linkRead { return &r.links[:len(r.links)+1][len(r.links)] }
	for i := range r.page.Links {
		d.readLink(next(), &r.page.Links[i], base, known)
		r.links = r.links[:len(r.links)+1]
	}
	for _, action := range r.page.Forms {
		if strings.TrimSpace(action) != "" {
			l := next()
			d.readLink(l, &page.Link{Href: action}, base, known)
			l.form = true
			r.links = r.links[:len(r.links)+1]
		}
	}
	for _, u := range urls {
		l := next()
		d.readLink(l, &page.Link{Href: u, Text: u}, nil, known)
		if l.err == nil && l.host != "" && !r.has(u) {
			l.plain = true
			r.links = r.links[:len(r.links)+1]
		} else {
			*l = linkRead{}
		}
	}
}

// has reports whether a link with this destination or text is known already.
func (r *reading) has(u string) bool {
	for i := range r.links {
		if r.links[i].Href == u || strings.HasPrefix(r.links[i].Text, u) {
			return true
		}
	}
	return false
}

// readLink fills l, which is zero.
func (d *Detector) readLink(l *linkRead, pl *page.Link, base *link.URL, known *seen) {
	l.Link, l.text, l.brand, l.level, l.place = pl, known.normal(pl.Text), -1, OK, nowhere
	l.url, l.err = known.visit.Parse(pl.Href, base)
	if l.err != nil {
		return
	}
	l.dest = known.visit.Follow(l.url)
	leaf := l.dest.Leaf
	l.host = leaf.Host
	if leaf.Kind == link.None || leaf.Kind == link.Opaque {
		l.host = ""
	}
	if l.host == "" {
		return
	}
	l.place = known.place(d, l.host, leaf.Kind)
	l.carries = address(leaf)
}

// readBare reads what a person pasted: a URL, or a bare host.
func (d *Detector) readBare(raw string) (l linkRead) {
	raw = strings.TrimSpace(raw)
	href := raw
	if !hasScheme(raw) {
		href = "https://" + raw
	}
	d.readLink(&l, &page.Link{Href: href}, nil, newSeen(d))
	l.Href = raw
	return l
}

// hasScheme tells "https://a.example", "https:a.example" and "mailto:a@b" from
// "a.example:8080" and "a.example/x": a scheme has no dot before its colon.
func hasScheme(s string) bool {
	scheme, rest, ok := strings.Cut(s, ":")
	if !ok || scheme == "" || strings.ContainsAny(scheme, "./?#@[ ") {
		return false
	}
	if strings.HasPrefix(rest, "/") || strings.HasPrefix(rest, `\`) {
		return true
	}
	switch strings.ToLower(scheme) {
	case "http", "https", "ftp", "mailto", "tel", "sms", "data", "javascript", "blob", "vbscript", "file":
		return true
	}
	return false
}

// endsURL reports what no URL in running text goes on with.
func endsURL(c rune) bool {
	switch c {
	case '<', '>', '"', '\'', '(', ')', '[', ']', '{', '}', '|', '^', '`', 0x7F, '，', '．', '）', '！', '？', '・':
		return true
	}
	return c <= ' ' || 0x3000 <= c && c < 0xFB00
}

// plainURLs returns the URLs that stand in running text, at most 100. Japanese
// text runs on without a space after a URL, so anything that is no URL
// character in practice ends it.
func plainURLs(s string) []string {
	var found []string
	for len(found) < 100 {
		i := strings.Index(s, "http")
		if i < 0 {
			return found
		}
		s = s[i:]
		rest, ok := strings.CutPrefix(s, "https://")
		if !ok {
			if rest, ok = strings.CutPrefix(s, "http://"); !ok {
				s = s[4:]
				continue
			}
		}
		n := strings.IndexFunc(rest, endsURL)
		if n < 0 {
			n = len(rest)
		}
		u := strings.TrimRight(s[:len(s)-len(rest)+n], ".,;:!?")
		if len(u) > 8 && len(u) <= link.Oversize {
			found = append(found, u)
		}
		s = rest[n:]
	}
	return found
}
