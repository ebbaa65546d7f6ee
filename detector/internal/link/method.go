package link

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"
)

// Methods are the ways to read a destination out of a wrapper's URL:
//
//   - "query": the first of Params that the query holds. Without Params: the one
//     absolute URL among all parameters; a link without one stays on the host.
//   - "path": the first absolute URL in what follows Path, query included, plain,
//     percent-encoded or in base64; else what follows Path, if that starts as a
//     host.
//   - "fragment": the fragment.
//   - "base64-query": like query, the value is base64 (either alphabet).
//   - "sophos": base64-query of u, else the host in d.
//   - "proofpoint-v1", "proofpoint-v2", "proofpoint-v3": Proofpoint URL Defense.
//   - "translate-goog": Google Translate's proxy; the host is in the host.
//   - "amp-cache": AMP caches and viewers; the URL is in the path, else the host
//     in the host.
//   - "opaque": the link does not tell.
var Methods = []string{
	"query", "path", "fragment", "base64-query", "sophos",
	"proofpoint-v1", "proofpoint-v2", "proofpoint-v3", "translate-goog", "amp-cache", "opaque",
}

// An outcome says what a wrapper's URL tells.
type outcome uint8

const (
	untold outcome = iota // leads on, the link does not say where
	told                  // leads to the URL returned
	stays                 // leads nowhere else: a place of the wrapper's own site
)

// destination reads where a wrapper's URL leads.
func (w *Wrapper) destination(u *URL) (*URL, outcome) {
	switch w.Method {
	case "query":
		if len(w.Params) == 0 {
			return onlyURL(u.Query)
		}
		return w.query(u, formValue)
	case "path":
		return fromPath(u, w.Path)
	case "fragment":
		return target(decodeString(u.Fragment))
	case "base64-query":
		return w.query(u, base64Value)
	case "sophos":
		if next, found := param(u.Query, "u", base64Value); found == told {
			return next, found
		}
		return param(u.Query, "d", formValue)
	case "proofpoint-v1":
		return param(u.Query, "u", formValue)
	case "proofpoint-v2":
		return param(u.Query, "u", proofpointV2)
	case "proofpoint-v3":
		return proofpointV3(u)
	case "translate-goog":
		return translateGoog(u)
	case "amp-cache":
		return ampCache(u, w)
	}
	return nil, untold
}

func (w *Wrapper) query(u *URL, decode func(string) string) (*URL, outcome) {
	for _, name := range w.Params {
		if next, found := param(u.Query, name, decode); found != untold {
			return next, found
		}
	}
	return nil, untold
}

// param reads the URL in one query parameter. A parameter that occurs twice with
// different values tells nothing: servers disagree on which one counts, and an
// attacker would show us the other.
func param(query, name string, decode func(string) string) (*URL, outcome) {
	var value string
	for rest := query; rest != ""; {
		var pair string
		pair, rest, _ = strings.Cut(rest, "&")
		key, v, _ := strings.Cut(pair, "=")
		if !strings.EqualFold(key, name) && !strings.EqualFold(formValue(key), name) || v == "" {
			continue
		}
		if value != "" && v != value {
			return nil, untold
		}
		value = v
	}
	if value == "" {
		return nil, untold
	}
	return target(decode(value))
}

// formValue decodes a value of application/x-www-form-urlencoded.
func formValue(s string) string {
	return decodeString(strings.ReplaceAll(s, "+", " "))
}

func base64Value(s string) string {
	s = strings.TrimRight(strings.TrimSpace(decodeString(s)), "=")
	if i := strings.Index(s, base64HTTP); i > 0 && i <= 4 {
		s = s[i:] // Bing: a1aHR0c…
	}
	s = strings.NewReplacer("-", "+", "_", "/", " ", "+").Replace(s)
	b, err := base64.RawStdEncoding.DecodeString(s)
	if err != nil || !utf8.Valid(b) {
		return ""
	}
	return string(b)
}

// target reads a destination: an absolute web URL, one without its scheme
// (//host/…), or a bare host with what follows it.
func target(s string) (*URL, outcome) {
	s = strings.TrimFunc(s, func(r rune) bool { return r <= ' ' })
	if s == "" {
		return nil, untold
	}
	for range 2 { // encoded twice: many redirectors decode until it fits
		if scheme, _, ok := cutScheme(s); ok && scheme != "" && !hostPort(s) {
			u, err := Parse(s, nil)
			if err != nil {
				return nil, untold
			}
			return u, told
		}
		switch {
		case strings.HasPrefix(s, "//") || strings.HasPrefix(s, `\\`) || strings.HasPrefix(s, `/\`):
			return parsed("https:" + s)
		case s[0] == '/' || s[0] == '?' || s[0] == '#':
			return nil, stays
		}
		if strings.HasPrefix(s, base64HTTP) {
			if decoded := base64Value(s); webPrefix(decoded) {
				s = decoded
				continue
			}
		}
		decoded := decodeString(s)
		if decoded == s {
			break
		}
		s = decoded
	}
	if bareHost(s) {
		return parsed("https://" + s)
	}
	return nil, untold
}

func parsed(s string) (*URL, outcome) {
	u, err := Parse(s, nil)
	if err != nil {
		return nil, untold
	}
	return u, told
}

// onlyURL returns the one absolute web URL among a query's parameters. Two
// different ones tell nothing.
func onlyURL(query string) (*URL, outcome) {
	var value string
	for rest := query; rest != ""; {
		var pair string
		pair, rest, _ = strings.Cut(rest, "&")
		_, v, _ := strings.Cut(pair, "=")
		if v = formValue(v); !webPrefix(v) && !strings.HasPrefix(v, base64HTTP) || v == value {
			continue
		}
		if value != "" {
			return nil, untold
		}
		value = v
	}
	if value == "" {
		return nil, stays
	}
	return target(value)
}

// webPrefix reports whether s starts as an absolute web URL. It looks at the
// first bytes only: it is asked at every "http" of a path.
func webPrefix(s string) bool {
	const http = "http"
	if len(s) <= len(http) || !strings.EqualFold(s[:len(http)], http) {
		return false
	}
	s = s[len(http):]
	return s[0] == ':' || len(s) > 1 && s[0]|0x20 == 's' && s[1] == ':'
}

// fromPath finds the destination behind a wrapper's path prefix.
func fromPath(u *URL, prefix string) (*URL, outcome) {
	rest := strings.TrimPrefix(u.Path, prefix)
	if u.hasQuery {
		rest += "?" + u.Query
	}
	for from := 0; ; {
		i := indexFold(rest[from:], "http")
		if i < 0 {
			break
		}
		from += i
		s := rest[from:]
		if strings.HasSuffix(rest[:from], fence) { // Check Point, Avanan: ___URL___.signature
			s, _, _ = strings.Cut(s, fence)
		}
		switch {
		case webPrefix(s):
			return target(s)
		case webPrefix(decodeString(s[:min(len(s), len("https%3A"))])):
			return target(decodeString(s))
		}
		from += len("http")
	}
	for segment := range strings.SplitSeq(rest, "/") {
		_, v, ok := strings.Cut(segment, "=") // RU=…
		if !ok {
			v = segment
		}
		if strings.HasPrefix(v, base64HTTP) {
			return target(v)
		}
	}
	if s := decodeString(strings.TrimLeft(rest, "/")); bareHost(s) {
		return parsed("https://" + s)
	}
	return nil, untold
}

// fence stands around the URL in some gateways' paths.
const fence = "___"

// base64HTTP is how "http" starts in base64.
const base64HTTP = "aHR0c"

// indexFold is strings.Index without regard to ASCII case; sub is lower case.
func indexFold(s, sub string) int {
	for i := 0; i+len(sub) <= len(s); i++ {
		if s[i]|0x20 == sub[0] && strings.EqualFold(s[i:i+len(sub)], sub) {
			return i
		}
	}
	return -1
}
