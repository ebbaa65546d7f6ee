package link

import (
	"errors"
	"strings"
)

// MaxURL is the longest URL that is parsed, in bytes. Browsers give up at 2 MB
// (Chromium) or later; a mail has no honest use for a hundredth of that, and a
// link that cannot be read is reported as such.
const MaxURL = 1 << 20

// Oversize is the length in bytes from which a URL is Oversized.
const Oversize = 2048

// errMalformed is opaque on purpose: a URL is untrusted bytes.
var errMalformed = errors.New("link: malformed URL")

// A HostKind says what a URL's host is.
type HostKind uint8

const (
	// None: the URL has no host (mailto, tel, data, javascript, file:///).
	None HostKind = iota
	// Domain is a name in canonical ASCII form.
	Domain
	// IPv4 is an address in dotted decimal, however it was written.
	IPv4
	// IPv6 is an address in brackets, compressed as RFC 5952 says.
	IPv6
	// Opaque is the host of a scheme that the URL standard does not call
	// special: taken as it is.
	Opaque
)

// A URL is a parsed absolute URL. Its parts are in the URL standard's canonical
// form: percent-encoded, without their delimiters.
type URL struct {
	// Raw is the input as it was given.
	Raw string
	// Scheme is in lower case, without the colon.
	Scheme string
	// Username and Password are percent-encoded, as the standard leaves them.
	Username, Password string
	// Host is in ASCII; an IPv6 address keeps its brackets.
	Host string
	// Unicode is Host as a reader would see it; it equals Host but for IDNs.
	Unicode string
	// Port is empty for the scheme's default.
	Port string
	// Path starts with a slash, or is opaque (mailto, data, javascript).
	Path string
	// Query and Fragment have no leading ? or #.
	Query, Fragment string

	Kind HostKind

	// Numeric: the host is an IP address.
	Numeric bool
	// Disguised: the host is an IPv4 address not written as four decimal numbers
	// (octal, hexadecimal, short, one number), or one inside an IPv6 address.
	Disguised bool
	// IDN: a label of the host is not ASCII.
	IDN bool
	// Invisible: the host was written with characters nobody sees: soft hyphens,
	// zero-width and bidirectional controls, byte order marks, variation
	// selectors.
	Invisible bool
	// Split: tabs or line breaks stood inside the host. Attackers do that, and
	// so do mail programs that wrap lines.
	Split bool
	// SlashLike: the host holds characters that look like the slash that would
	// end it (⁄ ∕ ⧸ ノ 丿 …).
	SlashLike bool
	// Folded: the host was written with fullwidth or otherwise styled characters
	// that browsers map to plain ASCII (ａｍａｚｏｎ, 𝐚𝐦𝐚𝐳𝐨𝐧, 。).
	Folded bool
	// Escaped: the host was written with percent-encoding.
	Escaped bool
	// Oversized: the input is longer than [Oversize] bytes.
	Oversized bool
	// Dots counts the dots inside a Domain host, a trailing one not included.
	Dots int
	// UserinfoHost is the host that the user name imitates, in ASCII; empty if
	// it does not read as one: www.amazon.co.jp in http://www.amazon.co.jp@evil.example.
	UserinfoHost string

	opaquePath            bool
	hasHost               bool
	hasQuery, hasFragment bool
}

// Web reports whether the URL is http or https.
func (u *URL) Web() bool { return u.Scheme == "http" || u.Scheme == "https" }

// Script reports whether opening the URL runs or shows content that comes from
// the link itself: javascript, data, vbscript; or a blob, made by a script.
func (u *URL) Script() bool {
	switch u.Scheme {
	case "javascript", "data", "vbscript", "blob":
		return true
	}
	return false
}

// HasUserinfo reports whether the URL names a user or a password.
func (u *URL) HasUserinfo() bool { return u.Username != "" || u.Password != "" }

// Userinfo returns user name and password, percent-decoded, with the colon
// between them if there is a password.
func (u *URL) Userinfo() string {
	s := u.Username
	if u.Password != "" {
		s += ":" + u.Password
	}
	return decodeString(s)
}

// String returns the URL's canonical form: the standard's "href".
func (u *URL) String() string {
	var b strings.Builder
	b.Grow(len(u.Scheme) + len(u.Username) + len(u.Password) + len(u.Host) + len(u.Port) + len(u.Path) + len(u.Query) + len(u.Fragment) + 10)
	b.WriteString(u.Scheme)
	b.WriteByte(':')
	if u.hasHost {
		b.WriteString("//")
		if u.HasUserinfo() {
			b.WriteString(u.Username)
			if u.Password != "" {
				b.WriteByte(':')
				b.WriteString(u.Password)
			}
			b.WriteByte('@')
		}
		b.WriteString(u.Host)
		if u.Port != "" {
			b.WriteByte(':')
			b.WriteString(u.Port)
		}
	} else if !u.opaquePath && strings.HasPrefix(u.Path, "//") {
		b.WriteString("/.") // else the path would read as a host
	}
	b.WriteString(u.Path)
	if u.hasQuery {
		b.WriteByte('?')
		b.WriteString(u.Query)
	}
	if u.hasFragment {
		b.WriteByte('#')
		b.WriteString(u.Fragment)
	}
	return b.String()
}
