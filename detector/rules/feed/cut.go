package feed

import (
	"errors"
	"strings"

	"github.com/honmono/honmono/detector/internal/blocklist"
	"github.com/honmono/honmono/detector/internal/domain"
	"github.com/honmono/honmono/detector/internal/link"
	"github.com/honmono/honmono/detector/internal/popular"
	"github.com/honmono/honmono/detector/rules"
)

// Why a URL is not listed.
var (
	ErrMalformed = errors.New("no URL that leads to a host")
	ErrOfficial  = errors.New("an official domain of a brand")
	ErrShared    = errors.New("a place that many people share, and nothing that tells one of them")
	ErrSuffix    = errors.New("a public suffix")
	ErrPrivate   = errors.New("an address that is not on the Internet")
	ErrPassing   = errors.New("a service that passes links or mail on, and no destination that can be read")
)

// A Cutter cuts URLs to the places they speak about, by what a rule set knows.
type Cutter struct {
	reader     *link.Reader
	official   map[string]bool // domains of brands and their senders
	hosting    map[string]bool // suffixes of tenants
	shorteners map[string]bool
	passing    map[string]bool // mailers and freemail
	ways       []rules.Wrapper // whose destination may not have been read
}

// NewCutter reads the set.
func NewCutter(s *rules.Set) *Cutter {
	c := &Cutter{official: map[string]bool{}, hosting: map[string]bool{}, shorteners: map[string]bool{}, passing: map[string]bool{}}
	config := link.Config{Shorteners: s.Links.Shorteners, Hosting: s.Links.Hosting, Mailers: s.Links.Mailers}
	for _, w := range s.Links.Wrappers {
		config.Wrappers = append(config.Wrappers, link.Wrapper{
			Name: w.Name, Kind: link.HopKind(w.Kind), Host: w.Host, Path: w.Path, Method: w.Method, Params: w.Params,
		})
		c.ways = append(c.ways, w)
	}
	c.reader = link.NewReader(config)
	for _, b := range s.Brands {
		for _, list := range [][]rules.Domain{b.Domains, b.Senders} {
			for _, d := range list {
				c.official[d.Domain] = true
			}
		}
	}
	for _, w := range s.Webmails {
		for _, h := range w.Hosts {
			c.official[h] = true
		}
	}
	for _, h := range s.Links.Hosting {
		c.hosting[h] = true
	}
	for _, h := range s.Links.Shorteners {
		c.shorteners[h] = true
	}
	for _, list := range [][]string{s.Links.Mailers, s.Links.Freemail} {
		for _, h := range list {
			c.passing[h] = true
		}
	}
	return c
}

// Cut answers the entry that lists a URL or a bare host, or why there is none.
func (c *Cutter) Cut(raw string) (key string, err error) {
	if !strings.Contains(raw, "://") {
		raw = "http://" + raw
	}
	u, err := link.Parse(raw, nil)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return "", ErrMalformed
	}
	u = c.reader.Follow(u).Leaf
	switch u.Kind {
	case link.IPv4, link.IPv6:
		if !public(u.Host) {
			return "", ErrPrivate
		}
		return u.Host, nil
	case link.Domain:
	default:
		return "", ErrMalformed
	}
	if suffix, icann := domain.PublicSuffix(u.Host); suffix == u.Host {
		switch {
		case icann:
			return "", ErrSuffix
		case strings.Contains(suffix, "."):
			return path(u, 2) // a bucket of s3.amazonaws.com
		}
		return "", ErrPrivate // no dot, and no suffix that anybody registers under
	}
	if !domain.Listed(u.Host) {
		return "", ErrPrivate
	}
	if below(u.Host, c.shorteners) {
		return path(u, 1)
	}
	switch tenant, shared := c.tenant(u.Host); {
	case tenant != "" && c.official[tenant]:
		return "", ErrOfficial
	case tenant != "":
		return tenant, nil
	case shared:
		return path(u, 2)
	}
	if below(u.Host, c.official) {
		return "", ErrOfficial
	}
	if below(u.Host, c.passing) || c.way(u) {
		return "", ErrPassing
	}
	registrable := domain.Registrable(u.Host)
	if !popular.Known(registrable) {
		return registrable, nil
	}
	if u.Query != "" {
		// The page may be anybody's, and the query says whose: /redirect?to=…
		return "", ErrShared
	}
	return path(u, 1)
}

// way reports whether the URL is a redirector's.
func (c *Cutter) way(u *link.URL) bool {
	for _, w := range c.ways {
		if below(u.Host, map[string]bool{w.Host: true}) && strings.HasPrefix(u.Path, w.Path) {
			return true
		}
	}
	return false
}

// tenant answers the host of the tenant, or that the host is one place of many
// tenants itself.
func (c *Cutter) tenant(host string) (tenant string, shared bool) {
	if c.hosting[host] {
		return "", true
	}
	for name := host; ; {
		_, rest, ok := strings.Cut(name, ".")
		if !ok {
			break
		}
		if c.hosting[rest] {
			return name, false
		}
		name = rest
	}
	if domain.Tenant(host) {
		return domain.Registrable(host), false
	}
	return "", false
}

// below reports whether the host is or lies under a name of the set.
func below(host string, set map[string]bool) bool {
	for name := host; ; {
		if set[name] {
			return true
		}
		_, rest, ok := strings.Cut(name, ".")
		if !ok {
			return false
		}
		name = rest
	}
}

// views are last segments that say what to do with a page, not which it is.
var views = map[string]bool{
	"viewform": true, "formresponse": true, "edit": true, "preview": true, "view": true, "pub": true,
	"home": true, "index.html": true, "index.htm": true, "index.php": true,
}

// shortest is the shortest last segment that can tell one place from another, in bytes: the
// /d/e of /forms/d/e/… is everybody's.
const shortest = 3

// path is the entry for one place on a site that many share. It has at least
// so many segments: /view alone is everybody's.
func path(u *link.URL, least int) (string, error) {
	p := blocklist.Path(u.Path)
	for {
		i := strings.LastIndexByte(p, '/')
		if i < 0 || !views[strings.ToLower(p[i+1:])] {
			break
		}
		p = p[:i]
	}
	if strings.Count(p, "/") < least || len(p)-strings.LastIndexByte(p, '/')-1 < shortest {
		return "", ErrShared
	}
	return u.Host + p, nil
}
