package rules

import (
	"net/netip"
	"net/url"
	"strings"

	"github.com/honmono/honmono/detector/internal/domain"
)

// host checks that s is a host name in canonical form: lower case, ASCII, no
// trailing dot, no address and no URL, of at least two labels.
func (c *compiler) host(e entry, s string) bool {
	switch {
	case strings.Contains(s, "://"):
		c.mistake(e, "%q is a URL: write the host alone", s)
		return false
	case strings.ContainsAny(s, "/@:?# *"):
		c.mistake(e, "%q is not a host name: letters, digits and hyphens, joined by dots", s)
		return false
	case strings.HasSuffix(s, "."):
		c.mistake(e, "%q is not in canonical form: write %q", s, strings.TrimRight(s, "."))
		return false
	}
	ascii, err := domain.ToASCII(s)
	if err != nil || ascii == "" {
		c.mistake(e, "%q is not a host name", s)
		return false
	}
	if ascii != s {
		c.mistake(e, "%q is not in canonical form: write %q", s, ascii)
		return false
	}
	if _, err := netip.ParseAddr(s); err == nil || !strings.Contains(s, ".") {
		c.mistake(e, "%q is not a domain: a name and a public suffix are needed", s)
		return false
	}
	return true
}

// domain checks that s is a host that somebody can have registered, or a host
// below one.
func (c *compiler) domain(e entry, s string) bool {
	if !c.host(e, s) {
		return false
	}
	if domain.Registrable(s) == "" {
		c.mistake(e, "%q is a public suffix: anybody has a name below it, so write the whole domain", s)
		return false
	}
	return c.knownSuffix(e, s)
}

// knownSuffix refuses a host whose end nobody registers under.
func (c *compiler) knownSuffix(e entry, host string) bool {
	suffix, icann := domain.PublicSuffix(host)
	if !icann && !strings.Contains(suffix, ".") {
		c.mistake(e, "%q ends in %q, which the Public Suffix List does not know", host, "."+suffix)
		return false
	}
	return true
}

// below reports whether host is one of the domains or under one.
func below(host string, domains []Domain) bool {
	for _, d := range domains {
		if domain.Matches(host, d.Domain) {
			return true
		}
	}
	return false
}

// place reads `URL | name | Japanese name`; the URL's host must be one of the
// brand's own, which only the whole file shows: see (*brandSource).check.
func (c *compiler) place(to **Place, at *entry, schemes ...string) key {
	return key{once: true, min: 1, max: 3, read: func(e entry, f []string) {
		u, err := url.Parse(f[0])
		if err != nil || placeHost(u) == "" {
			c.mistake(e, "%q is not an address: write %s", f[0], strings.Join(schemes, " or "))
			return
		}
		if !hasScheme(f[0], schemes) {
			c.mistake(e, "%q must start with %s", f[0], strings.Join(schemes, " or "))
			return
		}
		p := &Place{URL: f[0]}
		if len(f) > 1 {
			p.Name = f[1]
		}
		if len(f) > 2 {
			p.NameJa = f[2]
		}
		*to, *at = p, e
	}}
}

func hasScheme(s string, schemes []string) bool {
	for _, scheme := range schemes {
		if strings.HasPrefix(s, scheme) {
			return true
		}
	}
	return false
}

// placeHost is the host of an https URL or of a mailto address.
func placeHost(u *url.URL) string {
	if u.Scheme == "mailto" {
		_, host, found := strings.Cut(u.Opaque, "@")
		if !found || strings.ContainsAny(host, "@?,") {
			return ""
		}
		return host
	}
	return u.Hostname()
}
