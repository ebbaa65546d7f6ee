package domain

import "strings"

// PublicSuffix returns the public suffix of the host by the whole list, and
// whether it is the ICANN section that says so. Where no rule matches, it is the
// last label and icann is false. For an IP address and for "" it is "".
func PublicSuffix(host string) (suffix string, icann bool) {
	if host = canonical(host); host == "" {
		return "", false
	}
	m := lookup(host)
	return host[m.start:], m.icann
}

// Registrable returns the registrable domain (eTLD+1) of the host by the whole
// list, private section included; "" if there is none: an IP address, a public
// suffix itself, a host with an empty label before it.
func Registrable(host string) string {
	if host = canonical(host); host == "" {
		return ""
	}
	m := lookup(host)
	return host[registrable(host, m):]
}

// ICANNRegistrable is Registrable by the ICANN section alone: web.app for
// amazon.web.app.
func ICANNRegistrable(host string) string {
	if host = canonical(host); host == "" {
		return ""
	}
	m := lookupICANN(host)
	return host[registrable(host, m):]
}

// Listed reports whether the host has a registrable domain under a suffix that
// the list holds: whether it can be a name on the Internet.
func Listed(host string) bool {
	if host = canonical(host); host == "" {
		return false
	}
	m := lookup(host)
	return m.listed && registrable(host, m) < len(host)
}

// Tenant reports whether the host lies under a suffix of the private section:
// a name anybody can have at a hosting service.
func Tenant(host string) bool {
	if host = canonical(host); host == "" {
		return false
	}
	m := lookup(host)
	return m.listed && !m.icann && registrable(host, m) < len(host)
}

// Cut is Registrable, PublicSuffix and Tenant at the price of one: the
// registrable domain by the whole list ("" if there is none), the suffix below
// it, and whether that belongs to a hosting service. Listed is false where no
// rule matches, so that nobody can have registered the domain.
func Cut(host string) (registrableDomain, suffix string, tenant, listed bool) {
	if host = canonical(host); host == "" {
		return "", "", false, false
	}
	m := lookup(host)
	at := registrable(host, m)
	return host[at:], host[m.start:], m.listed && !m.icann && at < len(host), m.listed
}

// Label returns the label in front of the public suffix: "amazon" for
// amazon.co.jp and for www.amazon.co.jp; "" if there is none.
func Label(host string) string {
	r := Registrable(host)
	if r == "" {
		return ""
	}
	return r[:strings.IndexByte(r, '.')]
}

// Matches reports whether the host is the domain or lies under it. Both must be
// in canonical form; a trailing dot of the host does not matter.
func Matches(host, domain string) bool {
	host = strings.TrimSuffix(host, ".")
	if domain == "" || !strings.HasSuffix(host, domain) {
		return false
	}
	n := len(host) - len(domain)
	return n == 0 || host[n-1] == '.'
}

// registrable returns where the registrable domain starts: one label before the
// suffix; the host's length if there is none.
func registrable(host string, m match) int {
	end := m.start - 1
	if end < 1 {
		return len(host)
	}
	start := strings.LastIndexByte(host[:end], '.') + 1
	if start == end {
		return len(host)
	}
	return start
}

// canonical brings a host into the form that the list is written in; "" if it
// cannot be, or is no name: an IP address, an empty label at either end.
func canonical(host string) string {
	if ascii, lower := classify(host); !ascii || !lower {
		a, err := ToASCII(host)
		if err != nil {
			return ""
		}
		host = a
	}
	host = strings.TrimSuffix(host, ".") // one: behind it an empty label stands
	if host == "" || host[0] == '.' || host[len(host)-1] == '.' || strings.IndexByte(host, ':') >= 0 || dottedQuad(host) {
		return ""
	}
	return host
}

// dottedQuad reports whether the host is an IPv4 address in canonical form. The
// other forms are no hosts any more once a URL is parsed.
func dottedQuad(host string) bool {
	if last := host[len(host)-1]; last < '0' || last > '9' {
		return false
	}
	if len(host) > len("255.255.255.255") {
		return false
	}
	dots := 0
	for i := 0; i < len(host); i++ {
		switch c := host[i]; {
		case c == '.':
			dots++
		case c < '0' || c > '9':
			return false
		}
	}
	return dots == 3
}
