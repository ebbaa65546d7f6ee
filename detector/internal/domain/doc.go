// Package domain cuts host names where their owners change and writes them in
// one canonical form.
//
// # What to call
//
// A host in canonical form is lower case ASCII (punycode) without a trailing
// dot; [ToASCII] makes it, as a browser would. The other functions expect that
// form; anything else they bring into it first.
//
//   - [Registrable] is the part somebody registered: eTLD+1 by the whole Public
//     Suffix List, so that two tenants of one hosting service differ.
//   - [ICANNRegistrable] looks at the ICANN section only: the hosting service
//     itself. Lookalike checks compare these.
//   - [Tenant] says that the two differ.
//   - [Label] is the name in front of the public suffix: what a lookalike
//     imitates.
//   - [Unicode] is for showing, never for comparing.
//   - [Matches] compares on label boundaries, which strings.HasSuffix does not.
//
// An IP address has no registrable domain: every function answers "" for it.
// The list is golang.org/x/net/publicsuffix's. Use package link to find out what a URL's host is; this package does not
// decode percent signs, IPv4 numbers or brackets.
package domain
