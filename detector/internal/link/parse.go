package link

import (
	"strings"
	"unicode/utf8"

	"github.com/honmono/honmono/detector/internal/domain"
)

// Parse reads raw as a browser does, against base if it is relative. base may be
// nil: a link in a mail has no base unless the mail says so.
//
// It fails where the URL standard does, and beyond [MaxURL].
// Source: https://url.spec.whatwg.org/#concept-basic-url-parser.
func Parse(raw string, base *URL) (*URL, error) {
	u := new(URL)
	if !u.read(raw, base) {
		return nil, errMalformed
	}
	return u, nil
}

// read is [Parse] into a URL that is zero.
func (u *URL) read(raw string, base *URL) bool {
	if len(raw) > MaxURL {
		return false
	}
	u.Raw, u.Oversized = raw, len(raw) > Oversize
	if !u.parse(clean(raw), base) {
		return false
	}
	if u.HasUserinfo() {
		if u.UserinfoHost = imitatedHost(u.Username); u.UserinfoHost == "" {
			u.UserinfoHost = imitatedHost(u.Password)
		}
	}
	return true
}

// clean does what the standard's parser does before it starts: it trims control
// characters and spaces, and drops tabs and line breaks wherever they are.
func clean(s string) string {
	if printable(s) {
		return s
	}
	s = strings.TrimFunc(s, func(r rune) bool { return r <= ' ' })
	if strings.ContainsAny(s, "\t\n\r") {
		s = strings.Map(func(r rune) rune {
			if r == '\t' || r == '\n' || r == '\r' {
				return -1
			}
			return r
		}, s)
	}
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	return s
}

// printable reports that s is ASCII without spaces and control characters, as
// nearly every link is.
func printable(s string) bool { return asciiFrom(s, '!') }

// asciiFrom reports that s is ASCII, least and above.
func asciiFrom(s string, least byte) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < least || s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// defaultPort returns a special scheme's port, and whether it is special.
func defaultPort(scheme string) (port string, special bool) {
	switch scheme {
	case "https", "wss":
		return "443", true
	case "http", "ws":
		return "80", true
	case "ftp":
		return "21", true
	case "file":
		return "", true
	}
	return "", false
}

// cutScheme returns the scheme in lower case and what follows its colon.
func cutScheme(s string) (scheme, rest string, ok bool) {
	upper := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z':
		case 'A' <= c && c <= 'Z':
			upper = true
		case i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.'):
		case i > 0 && c == ':':
			scheme = s[:i]
			if upper {
				scheme = strings.ToLower(scheme)
			}
			return scheme, s[i+1:], true
		default:
			return "", s, false
		}
	}
	return "", s, false
}

// parse runs the standard's state machine as straight code: each state is taken
// once, in order, so a function per group of states says the same.
func (u *URL) parse(s string, base *URL) bool {
	scheme, rest, ok := cutScheme(s)
	if !ok {
		switch {
		case base == nil, base.opaquePath && !strings.HasPrefix(s, "#"):
			return false
		case base.opaquePath:
			u.inherit(base)
			u.Query, u.hasQuery = base.Query, base.hasQuery
			u.Path, u.opaquePath = base.Path, true
			u.setFragment(s[1:])
			return true
		}
		u.Scheme = base.Scheme
		if u.Scheme == "file" {
			return u.parseFile(s, base)
		}
		return u.parseRelative(s, base)
	}
	u.Scheme = scheme
	_, special := defaultPort(scheme)
	switch {
	case scheme == "file":
		if base != nil && base.Scheme != "file" {
			base = nil
		}
		return u.parseFile(rest, base)
	case special:
		if base != nil && base.Scheme == scheme && !strings.HasPrefix(rest, "//") {
			return u.parseRelative(rest, base)
		}
		return u.parseAuthority(strings.TrimLeft(rest, `/\`))
	case strings.HasPrefix(rest, "//"):
		return u.parseAuthority(rest[2:])
	case strings.HasPrefix(rest, "/"):
		u.parsePath(rest, nil)
		return true
	}
	u.parseOpaquePath(rest)
	return true
}

// inherit takes scheme, userinfo, host and port from base.
func (u *URL) inherit(base *URL) {
	u.Scheme, u.Username, u.Password, u.Port = base.Scheme, base.Username, base.Password, base.Port
	u.Host, u.Unicode, u.Kind, u.hasHost, u.Dots = base.Host, base.Unicode, base.Kind, base.hasHost, base.Dots
	u.Numeric, u.Disguised, u.IDN = base.Numeric, base.Disguised, base.IDN
	u.Invisible, u.Split, u.SlashLike, u.Folded, u.Escaped = base.Invisible, base.Split, base.SlashLike, base.Folded, base.Escaped
}

// parseRelative takes the states from "relative" on.
func (u *URL) parseRelative(s string, base *URL) bool {
	_, special := defaultPort(u.Scheme)
	slash := func(i int) bool { return i < len(s) && (s[i] == '/' || special && s[i] == '\\') }
	if slash(0) {
		if slash(1) {
			if special {
				return u.parseAuthority(strings.TrimLeft(s, `/\`))
			}
			return u.parseAuthority(s[2:])
		}
		u.inherit(base)
		u.parsePath(s, nil)
		return true
	}
	u.inherit(base)
	u.parseReference(s, base)
	return true
}

// parseReference reads a relative reference without a leading slash.
func (u *URL) parseReference(s string, base *URL) {
	switch {
	case s == "":
		u.Path, u.Query, u.hasQuery = base.Path, base.Query, base.hasQuery
	case s[0] == '?':
		u.Path = base.Path
		u.parseTail(s)
	case s[0] == '#':
		u.Path, u.Query, u.hasQuery = base.Path, base.Query, base.hasQuery
		u.parseTail(s)
	default:
		u.parsePath(s, shorten([]byte(base.Path), u.Scheme))
	}
}

// parseAuthority takes the states "authority", "host" and "port", and goes on
// with the path.
func (u *URL) parseAuthority(s string) bool {
	_, special := defaultPort(u.Scheme)
	end := len(s)
	for i := 0; i < len(s); i++ {
		if c := s[i]; c == '/' || c == '?' || c == '#' || special && c == '\\' {
			end = i
			break
		}
	}
	authority, rest := s[:end], s[end:]
	if at := strings.LastIndexByte(authority, '@'); at >= 0 {
		user, password, _ := strings.Cut(authority[:at], ":")
		u.Username, u.Password = userinfoSet.encode(user), userinfoSet.encode(password)
		if authority = authority[at+1:]; authority == "" {
			return false
		}
	}
	host, port := authority, ""
	bracket := false
	for i := 0; i < len(authority); i++ {
		switch authority[i] {
		case '[':
			bracket = true
		case ']':
			bracket = false
		case ':':
			if !bracket {
				host, port = authority[:i], authority[i+1:]
				if host == "" || !u.setPort(port) {
					return false
				}
				i = len(authority)
			}
		}
	}
	if host == "" && special || !u.parseHost(host, special) {
		return false
	}
	u.Split = u.splitHost()
	if special {
		u.parsePath(rest, nil)
	} else if rest != "" && rest[0] == '/' {
		u.parsePath(rest, nil)
	} else {
		u.parseTail(rest)
	}
	return true
}

// splitHost reports whether a tab or a line break stood inside the host. The
// parser never sees those, so the raw text is asked.
func (u *URL) splitHost() bool {
	if printable(u.Raw) || !strings.ContainsAny(u.Raw, "\t\n\r") {
		return false
	}
	raw := strings.TrimFunc(u.Raw, func(r rune) bool { return r <= ' ' })
	_, raw, _ = cutScheme(raw)
	raw = strings.TrimLeft(raw, `/\`)
	if end := strings.IndexAny(raw, `/?#\`); end >= 0 {
		raw = raw[:end]
	}
	raw = raw[strings.LastIndexByte(raw, '@')+1:]
	return strings.ContainsAny(raw, "\t\n\r")
}

func (u *URL) setPort(s string) bool {
	if s == "" {
		return true
	}
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
		if n = n*10 + int(s[i]-'0'); n > 65535 {
			return false
		}
	}
	for len(s) > 1 && s[0] == '0' {
		s = s[1:]
	}
	if port, _ := defaultPort(u.Scheme); s != port {
		u.Port = s
	}
	return true
}

// imitatedHost returns the host that a user name or password reads as, if it
// does: up to the first thing that looks like a host's end, it must be a name
// under a suffix that the Public Suffix List knows.
func imitatedHost(userinfo string) string {
	if userinfo == "" || len(userinfo) > 3*Oversize {
		return ""
	}
	name := strings.ToValidUTF8(decodeString(userinfo), "\uFFFD")
	if i := strings.IndexFunc(name, func(r rune) bool {
		return r == '/' || r == '\\' || r == '?' || r == '#' || r == ':' || r == '@' || r == '&' || r <= ' ' || slashLike(r)
	}); i >= 0 {
		name = name[:i]
	}
	host, err := domain.ToASCII(name)
	if err != nil || endsInNumber(host) {
		return ""
	}
	if !domain.Listed(host) {
		return ""
	}
	return host
}
