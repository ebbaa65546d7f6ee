package link

import (
	"strings"
	"unicode/utf8"

	"github.com/honmono/honmono/detector/internal/domain"
	"github.com/honmono/honmono/detector/internal/recent"
)

// MaxDepth is how many wrappers around one another are peeled.
const MaxDepth = 8

// Config is what a [Reader] knows. Domains are in canonical form and match on
// label boundaries.
type Config struct {
	Wrappers   []Wrapper
	Shorteners []string
	// Hosting are suffixes with tenants, beside the Public Suffix List's.
	Hosting []string
	// Mailers are click trackers and mailing services.
	Mailers []string
	// SameOwner reports whether two hosts belong to one organisation, as the
	// caller's rules know it; nil if they do not. Mismatch asks it last.
	SameOwner func(a, b string) bool
}

// A Wrapper is a host whose links hold the real destination inside.
type Wrapper struct {
	Name string
	Kind HopKind
	// Host matches on label boundaries, Path is a prefix of the URL's path.
	Host, Path string
	// Method is how the destination is read; see [Methods].
	Method string
	// Params are names of query parameters, in order of preference.
	Params []string
}

// A HopKind says what a host on the way to the leaf is.
type HopKind string

const (
	Gateway    HopKind = "gateway"    // a mail gateway rewrote the link
	Redirector HopKind = "redirector" // forwards to any URL
	Proxy      HopKind = "proxy"      // shows the other site under its own host
	Shortener  HopKind = "shortener"  // forwards to a place not told in the link
	Mailer     HopKind = "mailer"     // counts clicks, forwards to a place not told in the link
	App        HopKind = "app"        // a scheme that hands a web URL to a browser (intent:, microsoft-edge:)
)

// A Hop is one host on the way to the leaf.
type Hop struct {
	// Host is the wrapper's host, in ASCII; empty for an App.
	Host string
	// Name is the wrapper's name in the rules; empty for shorteners and mailers,
	// the scheme for an App.
	Name string
	Kind HopKind
	// Opaque: the link does not tell where the hop leads. An opaque hop is
	// always the last, and the leaf is the hop itself.
	Opaque bool
}

// A Destination says where a link leads.
type Destination struct {
	// Leaf is the innermost URL that can be read.
	Leaf *URL
	Hops []Hop
	// Shortener, Mailer and Hosting describe the leaf's host: a known shortener,
	// a known mailing service, a place where anybody can be a tenant.
	Shortener, Mailer, Hosting bool
	// Capped: there were more than [MaxDepth] wrappers; the leaf is still one.
	Capped bool
}

// Opaque reports whether the link leads on to a place that it does not tell.
func (d *Destination) Opaque() bool {
	return len(d.Hops) > 0 && d.Hops[len(d.Hops)-1].Opaque
}

// A Reader peels links. It is safe for concurrent use.
type Reader struct {
	wrappers  map[string][]Wrapper
	roles     map[string]role
	sameOwner func(a, b string) bool
	recent    recent.Hosts[hostRules]
}

type role uint8

const (
	isShortener role = 1 << iota
	isHosting
	isMailer
)

// NewReader returns a Reader for the rules given. A wrapper whose method is not
// one of [Methods] is known as a wrapper, and opaque.
func NewReader(c Config) *Reader {
	r := &Reader{
		wrappers:  make(map[string][]Wrapper, len(c.Wrappers)),
		roles:     make(map[string]role, len(c.Shorteners)+len(c.Hosting)+len(c.Mailers)),
		sameOwner: c.SameOwner,
	}
	for _, w := range c.Wrappers {
		r.wrappers[w.Host] = append(r.wrappers[w.Host], w)
	}
	for _, h := range c.Shorteners {
		r.roles[h] |= isShortener
	}
	for _, h := range c.Hosting {
		r.roles[h] |= isHosting
	}
	for _, h := range c.Mailers {
		r.roles[h] |= isMailer
	}
	return r
}

// A Visit follows the links of one message. It is for one goroutine.
type Visit struct {
	reader *Reader
	// host is the one asked for last, and last the answer: most of a message's
	// links lead to the same place as the one before.
	host string
	last hostRules
	room []URL // for Parse
	// front is how a URL began that was parsed before, up to its path, and site what it
	// was parsed to: the links of a mail mostly begin alike.
	front string
	site  *URL
}

// hostRules is what the rules and the Public Suffix List say of a host.
type hostRules struct {
	wrappers [][]Wrapper // of the host and the domains above it, the longest first
	role     role
	tenant   bool
}

// Visit starts a message.
func (r *Reader) Visit() *Visit { return &Visit{reader: r} }

// Room gives the visit room for the URLs of [Visit.Parse], which are zero and stay
// the caller's: whoever takes them back ends the visit and what it returned.
func (v *Visit) Room(urls []URL) { v.room = urls }

// Parse is [Parse] without an allocation, as long as there is room.
func (v *Visit) Parse(raw string, base *URL) (*URL, error) {
	if len(v.room) == 0 {
		return Parse(raw, base)
	}
	u := &v.room[0]
	if v.front != "" && strings.HasPrefix(raw, v.front) && len(raw) <= Oversize && beginsPath(raw[len(v.front):]) && printable(raw) {
		u.Raw, u.Scheme = raw, v.site.Scheme
		u.inherit(v.site)
		u.parsePath(raw[len(v.front):], nil)
	} else if u.read(raw, base) {
		if front := webFront(raw); front != "" && !u.HasUserinfo() && printable(raw) {
			v.front, v.site = front, u
		}
	} else {
		*u = URL{}
		return nil, errMalformed
	}
	v.room = v.room[1:]
	return u, nil
}

// webFront returns scheme, slashes and authority of an absolute http or https URL that
// is written as nearly all are; empty for others.
func webFront(raw string) string {
	at := len("https://")
	if !strings.HasPrefix(raw, "https://") {
		if at--; !strings.HasPrefix(raw, "http://") {
			return ""
		}
	}
	if at == len(raw) || beginsPath(raw[at:]) {
		return "" // a third slash, which browsers pass over
	}
	for at < len(raw) && !beginsPath(raw[at:]) {
		if c := raw[at]; c <= ' ' || c >= utf8.RuneSelf {
			return ""
		}
		at++
	}
	return raw[:at]
}

// beginsPath reports that an authority ends where s begins.
func beginsPath(s string) bool {
	return s == "" || s[0] == '/' || s[0] == '?' || s[0] == '#' || s[0] == '\\'
}

func (v *Visit) rules(host string) *hostRules {
	if host == "" || host != v.host {
		v.host, v.last = host, v.reader.rules(host)
	}
	return &v.last
}

// rules looks a host up in the rules, or remembers it.
func (r *Reader) rules(host string) hostRules {
	h, ok := r.recent.Get(host)
	if !ok {
		for parent := range parents(host) {
			h.role |= r.roles[parent]
			if list := r.wrappers[parent]; list != nil {
				h.wrappers = append(h.wrappers, list)
			}
		}
		h.tenant = domain.Tenant(host)
		r.recent.Put(host, h)
	}
	return h
}

// Follow is [Visit.Follow] for a single link.
func (r *Reader) Follow(u *URL) Destination { return r.Visit().Follow(u) }

// Follow peels every wrapper the Reader knows, one embedded URL a level, down to
// the leaf. It never fails: what cannot be peeled is the leaf.
func (v *Visit) Follow(u *URL) Destination {
	d := Destination{Leaf: u}
	for {
		hop, next, found := v.peel(d.Leaf)
		if found == stays {
			break
		}
		if len(d.Hops) == MaxDepth {
			d.Capped = true
			break
		}
		d.Hops = append(d.Hops, hop)
		if found == untold {
			break
		}
		d.Leaf = next
	}
	v.describe(&d)
	return d
}

// peel takes off one wrapper.
func (v *Visit) peel(u *URL) (hop Hop, next *URL, found outcome) {
	if !u.Web() {
		if next, found = appURL(u); found == told {
			hop = Hop{Name: u.Scheme, Kind: App}
		}
		return hop, next, found
	}
	w := v.wrapper(u)
	if w == nil {
		return hop, nil, stays
	}
	next, found = w.destination(u)
	return Hop{Host: u.Host, Name: w.Name, Kind: w.Kind, Opaque: found == untold}, next, found
}

// describe fills what is known of the leaf's host.
func (v *Visit) describe(d *Destination) {
	if d.Leaf.Kind != Domain || d.Capped {
		return
	}
	is := v.rules(d.Leaf.Host)
	d.Shortener, d.Mailer = is.role&isShortener != 0, is.role&isMailer != 0
	d.Hosting = is.role&isHosting != 0 || is.tenant
	if d.Opaque() {
		return
	}
	switch {
	case d.Shortener && d.Leaf.Path != "/":
		d.Hops = append(d.Hops, Hop{Host: d.Leaf.Host, Kind: Shortener, Opaque: true})
	case d.Mailer && (d.Leaf.Path != "/" || d.Leaf.Query != ""):
		d.Hops = append(d.Hops, Hop{Host: d.Leaf.Host, Kind: Mailer, Opaque: true})
	}
}

// wrapper returns the wrapper that a URL belongs to: the one with the longest
// host, and among those the longest path.
func (v *Visit) wrapper(u *URL) *Wrapper {
	if u.Kind != Domain || len(v.reader.wrappers) == 0 {
		return nil
	}
	lists := v.rules(u.Host).wrappers
	if len(lists) == 0 {
		return nil
	}
	path := decodeString(u.Path) // /%75rl is /url to the server
	for _, list := range lists {
		var best *Wrapper
		for i := range list {
			if strings.HasPrefix(path, list[i].Path) && (best == nil || len(list[i].Path) > len(best.Path)) {
				best = &list[i]
			}
		}
		if best != nil {
			return best
		}
	}
	return nil
}

// parents yields the host and every domain it lies under, the longest first, at
// most [maxLabels] of them.
func parents(host string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		host = strings.TrimSuffix(host, ".")
		for skip := strings.Count(host, ".") + 1 - maxLabels; skip > 0; skip-- {
			host = host[strings.IndexByte(host, '.')+1:]
		}
		for yield(host) {
			i := strings.IndexByte(host, '.')
			if i < 0 {
				return
			}
			host = host[i+1:]
		}
	}
}

// maxLabels is how many labels, from the end, are looked up in the rules; no
// rule is longer.
const maxLabels = 16
