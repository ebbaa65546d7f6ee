package feed

import (
	"net/netip"
	"strings"
)

// public reports whether an address, in the form of a URL's host, can be
// somebody's on the Internet: lists copied from a home network name the router.
func public(host string) bool {
	a, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && a.IsGlobalUnicast() && !a.IsPrivate()
}
