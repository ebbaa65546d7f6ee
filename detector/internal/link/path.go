package link

import "strings"

// parsePath takes the states "path start" and "path" and what follows. prefix is
// the base's path without its last segment, nil if there is none.
func (u *URL) parsePath(s string, prefix []byte) {
	_, special := defaultPort(u.Scheme)
	end := 0
	for end < len(s) && s[end] != '?' && s[end] != '#' {
		end++
	}
	path, rest := s[:end], s[end:]
	if prefix == nil && plain(path, special) {
		u.Path = path
		u.parseTail(rest)
		return
	}
	if path != "" && (path[0] == '/' || special && path[0] == '\\') {
		path = path[1:]
	} else if path == "" && prefix == nil && !special {
		u.parseTail(rest)
		return
	}
	out := append(make([]byte, 0, len(prefix)+len(path)+16), prefix...)
	for more := true; more; {
		segment := path
		if i := indexSlash(path, special); i >= 0 {
			segment, path = path[:i], path[i+1:]
		} else {
			more = false
		}
		switch {
		case doubleDot(segment):
			out = shorten(out, u.Scheme)
			if !more {
				out = append(out, '/')
			}
		case singleDot(segment):
			if !more {
				out = append(out, '/')
			}
		default:
			drive := u.Scheme == "file" && len(out) == 0 && windowsDrive(segment)
			out = append(out, '/')
			out = pathSet.append(out, segment)
			if drive {
				out[len(out)-1] = ':'
			}
		}
	}
	u.Path = string(out)
	u.parseTail(rest)
}

// plain reports whether a path is in canonical form already.
func plain(path string, special bool) bool {
	if path == "" || path[0] != '/' {
		return false
	}
	for i := 0; i < len(path); i++ {
		switch c := path[i]; {
		case c >= 0x80, pathSet[c], c == '\\' && special:
			return false
		case c == '.' && path[i-1] == '/', c == '%' && path[i-1] == '/', c == '|', c == ':' && i < 3:
			return false // perhaps a dot segment or a drive letter
		}
	}
	return true
}

func indexSlash(s string, special bool) int {
	if special {
		return strings.IndexAny(s, `/\`)
	}
	return strings.IndexByte(s, '/')
}

func singleDot(s string) bool { return s == "." || len(s) == 3 && strings.EqualFold(s, "%2e") }

func doubleDot(s string) bool {
	switch len(s) {
	case 2:
		return s == ".."
	case 4:
		return strings.EqualFold(s, ".%2e") || strings.EqualFold(s, "%2e.")
	case 6:
		return strings.EqualFold(s, "%2e%2e")
	}
	return false
}

// shorten drops the last segment; a file path keeps its drive.
func shorten(path []byte, scheme string) []byte {
	if scheme == "file" && len(path) == 3 && path[2] == ':' && letter(path[1]) {
		return path
	}
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == '/' {
			return path[:i]
		}
	}
	return path[:0]
}

func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func windowsDrive(s string) bool {
	return len(s) == 2 && letter(s[0]) && (s[1] == ':' || s[1] == '|')
}

func startsWithDrive(s string) bool {
	return len(s) >= 2 && windowsDrive(s[:2]) && (len(s) == 2 || strings.IndexByte(`/\?#`, s[2]) >= 0)
}

// parseOpaquePath takes the state "opaque path": mailto, data, javascript.
func (u *URL) parseOpaquePath(s string) {
	u.opaquePath = true
	end := strings.IndexAny(s, "?#")
	if end < 0 {
		u.Path = controlSet.encode(s)
		return
	}
	u.Path = controlSet.encode(s[:end])
	if n := len(u.Path); n > 0 && u.Path[n-1] == ' ' {
		u.Path = u.Path[:n-1] + "%20"
	}
	u.parseTail(s[end:])
}

// parseTail reads "?query#fragment", either or both missing.
func (u *URL) parseTail(s string) {
	s, fragment, hasFragment := strings.Cut(s, "#")
	if hasFragment {
		u.setFragment(fragment)
	}
	if s != "" && s[0] == '?' {
		set := querySet
		if _, special := defaultPort(u.Scheme); special {
			set = specialQuerySet
		}
		u.Query, u.hasQuery = set.encode(s[1:]), true
	}
}

func (u *URL) setFragment(s string) {
	u.Fragment, u.hasFragment = fragmentSet.encode(s), true
}

// parseFile takes the states "file", "file slash" and "file host". base is nil
// or a file URL. A link to a file has no place in a mail, but a UNC path in one
// (file://host/share) leads to that host.
func (u *URL) parseFile(s string, base *URL) bool {
	slash := func(i int) bool { return i < len(s) && (s[i] == '/' || s[i] == '\\') }
	u.hasHost = true
	switch {
	case slash(0) && slash(1):
		s = s[2:]
		end := strings.IndexAny(s, `/\?#`)
		if end < 0 {
			end = len(s)
		}
		host := s[:end]
		if windowsDrive(host) {
			u.parsePath("/"+s, nil)
			return true
		}
		if host != "" {
			if !u.parseHost(host, true) {
				return false
			}
			if u.Host == "localhost" {
				u.Host, u.Unicode, u.Kind = "", "", None
			}
		}
		u.parsePath(s[end:], nil)
	case slash(0):
		if base != nil {
			u.inherit(base)
			if !startsWithDrive(s[1:]) && len(base.Path) >= 3 && windowsDrive(base.Path[1:3]) && base.Path[2] == ':' &&
				(len(base.Path) == 3 || base.Path[3] == '/') {
				u.parsePath(s, []byte(base.Path[:3]))
				return true
			}
		}
		u.parsePath(s, nil)
	case base == nil:
		u.parsePath(s, nil)
	case startsWithDrive(s):
		u.inherit(base)
		u.parsePath("/"+s, nil)
	default:
		u.inherit(base)
		u.parseReference(s, base)
	}
	return true
}
