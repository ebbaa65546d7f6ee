package detector

import (
	"encoding/base64"
	"net/url"
	"strings"

	"github.com/honmono/honmono/detector/internal/domain"
	"github.com/honmono/honmono/detector/internal/link"
)

// address returns the mail address that a URL carries, plain, percent-encoded
// or in base64: kits pass their victim's along to fill in the form.
func address(u *link.URL) string {
	if !u.Web() {
		return ""
	}
	for _, part := range []string{u.Fragment, u.Query, u.Path} {
		if len(part) < 6 || len(part) > 4096 {
			continue
		}
		if a := addressIn(part); a != "" {
			return a
		}
	}
	for _, part := range []string{u.Fragment, u.Query} {
		for part != "" {
			var field string
			if field, part = cutField(part); len(field) < 12 || len(field) > 400 {
				continue
			}
			if !mayEncodeAddress(field) {
				continue
			}
			field = strings.TrimRight(field, "=")
			for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
				if raw, err := enc.DecodeString(field); err == nil {
					if a := addressIn(string(raw)); a != "" && len(a) == len(raw) {
						return a
					}
					break
				}
			}
		}
	}
	return ""
}

// mayEncodeAddress reports that in base64 of either kind the field begins as an
// address does. Nearly all fields of that length are tokens.
func mayEncodeAddress(field string) bool {
	// The two kinds differ in what an address never begins with.
	var raw [3]byte
	n, err := base64.RawStdEncoding.Decode(raw[:], []byte(field[:4]))
	return err == nil && n == 3 && atext(raw[0]) && (atext(raw[1]) || raw[1] == '@') && (atext(raw[2]) || raw[2] == '@')
}

// cutField cuts s behind its first field.
func cutField(s string) (field, rest string) {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '?', '&', '=', '/', '#', ';':
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

// addressIn returns the first mail address in s, lower case.
func addressIn(s string) string {
	if strings.Contains(s, "%40") {
		if dec, err := url.PathUnescape(s); err == nil {
			s = dec
		}
	}
	at := strings.IndexByte(s, '@')
	if at <= 0 {
		return ""
	}
	start, end := at, at+1
	for start > 0 && atext(s[start-1]) {
		start--
	}
	for end < len(s) && (atext(s[end])) && s[end] != '+' && s[end] != '_' {
		end++
	}
	host := strings.ToLower(strings.TrimRight(s[at+1:end], ".-"))
	if start == at || !registered(host) {
		return ""
	}
	return strings.ToLower(s[start:at]) + "@" + host
}

// registered reports a host that somebody has registered with a registry.
func registered(host string) bool {
	registrable, _, tenant, listed := domain.Cut(host)
	return registrable != "" && listed && !tenant
}

func atext(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '.' || c == '-' || c == '_' || c == '+'
}
