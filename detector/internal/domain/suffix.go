package domain

import (
	"net/netip"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// PublicSuffix returns the public suffix of the host by the whole list, and
// whether the ICANN section says so. Where no rule matches, it is the last
// label and icann is false. For an IP address and for "" it is "".
func PublicSuffix(host string) (suffix string, icann bool) {
	host = canonical(host)
	if !nameLike(host) {
		return "", false
	}
	return publicsuffix.PublicSuffix(host)
}

// Registrable returns the registrable domain (eTLD+1) of the host by the whole
// list, private section included; "" if there is none: an IP address, a public
// suffix itself, a host with an empty label.
func Registrable(host string) string {
	host = canonical(host)
	if !nameLike(host) {
		return ""
	}
	suffix, _ := publicsuffix.PublicSuffix(host)
	return plusOne(host, suffix)
}

// ICANNRegistrable is Registrable by the ICANN section alone: web.app for
// amazon.web.app.
func ICANNRegistrable(host string) string {
	host = canonical(host)
	if !nameLike(host) {
		return ""
	}
	return plusOne(host, icannSuffix(host))
}

// Tenant reports whether the host lies under a suffix of the private section:
// a name anybody can have at a hosting service.
func Tenant(host string) bool {
	host = canonical(host)
	if !nameLike(host) {
		return false
	}
	suffix, icann := publicsuffix.PublicSuffix(host)
	return !icann && len(suffix) < len(host) && strings.IndexByte(suffix, '.') >= 0
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

// icannSuffix walks down from the private suffix to the ICANN one.
func icannSuffix(host string) string {
	suffix, icann := publicsuffix.PublicSuffix(host)
	for !icann {
		dot := strings.IndexByte(suffix, '.')
		if dot < 0 {
			break
		}
		suffix, icann = publicsuffix.PublicSuffix(suffix[dot+1:])
	}
	return suffix
}

// plusOne returns suffix and one label before it, "" if there is none.
func plusOne(host, suffix string) string {
	n := len(host) - len(suffix) - 1
	if n < 1 {
		return ""
	}
	start := strings.LastIndexByte(host[:n], '.') + 1
	if start == n {
		return ""
	}
	return host[start:]
}

// canonical brings a host into the form that the list is written in; "" if it
// cannot be.
func canonical(host string) string {
	host = strings.TrimSuffix(host, ".")
	if ascii, lower := classify(host); ascii && lower {
		return host
	}
	a, err := ToASCII(host)
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(a, ".")
}

// nameLike reports whether the host can have a registrable domain at all: not
// empty, no empty label at either end, no IP address.
func nameLike(host string) bool {
	if host == "" || host[0] == '.' || host[len(host)-1] == '.' {
		return false
	}
	// Only a host that ends in a digit or holds a colon can be an address.
	if last := host[len(host)-1]; last >= '0' && last <= '9' || strings.IndexByte(host, ':') >= 0 {
		if _, err := netip.ParseAddr(host); err == nil {
			return false
		}
	}
	return true
}
