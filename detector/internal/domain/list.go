package domain

import (
	"strings"

	"golang.org/x/net/publicsuffix"
)

// A match is a public suffix: where in the host it starts, and which section of
// the list names it. Without a rule, start is that of the last label and listed
// is false.
type match struct {
	start         int
	icann, listed bool
}

// lookup finds the public suffix of a host by the whole list.
func lookup(host string) match {
	suffix, icann := publicsuffix.PublicSuffix(host)
	if suffix[0] == '.' {
		suffix, icann = suffix[1:], false // an empty label is nobody's wildcard
	} else if !icann && len(suffix) < len(host) {
		// The library tells the section of the deepest name it passes, rule or
		// not (dualstack.us-east-1.amazonaws.com): ask about the suffix itself.
		_, icann = publicsuffix.PublicSuffix(suffix)
	}
	return match{start: len(host) - len(suffix), icann: icann, listed: icann || strings.IndexByte(suffix, '.') >= 0}
}

// lookupICANN finds the public suffix by the ICANN section alone: it walks down
// from a private suffix to the registry's.
func lookupICANN(host string) match {
	m := lookup(host)
	for !m.icann {
		dot := strings.IndexByte(host[m.start:], '.')
		if dot < 0 {
			break
		}
		inner := lookup(host[m.start+dot+1:])
		m = match{start: m.start + dot + 1 + inner.start, icann: inner.icann, listed: inner.listed}
	}
	return m
}
