package link

import (
	"strings"

	"github.com/honmono/honmono/detector/internal/domain"
)

// translateGoog reads Google Translate's proxy: the host is the first label, "-"
// for a dot and "--" for a hyphen. A long host's beginning is in _x_tr_hp.
func translateGoog(u *URL) (*URL, outcome) {
	label, under, _ := strings.Cut(u.Host, ".")
	if under == "" || label == "www" || strings.Count(under, ".") == 0 {
		return nil, stays
	}
	enc := value(u.Query, "_x_tr_enc")
	host := proxiedHost(value(u.Query, "_x_tr_hp")+domain.Unicode(label), strings.Contains(enc, "1"))
	scheme := "https"
	if value(u.Query, "_x_tr_sch") == "http" {
		scheme = "http"
	}
	if !bareHost(host) {
		return nil, untold
	}
	rest := u.Path
	if q := withoutPrefix(u.Query, "_x_tr_"); q != "" {
		rest += "?" + q
	}
	return parsed(scheme + "://" + host + rest)
}

// proxiedHost undoes what AMP caches and Google Translate make of a host: a dot
// becomes "-", a hyphen "--"; "0-" and "-0" are put around what would look like
// punycode then.
// Source: https://developers.google.com/amp/cache/overview (subdomain format).
func proxiedHost(label string, guarded bool) string {
	if strings.HasPrefix(label, "0-") && strings.HasSuffix(label, "-0") && (guarded || len(label) > 6 && label[4:6] == "--") {
		label = label[2 : len(label)-2]
	}
	var b strings.Builder
	b.Grow(len(label))
	for i := 0; i < len(label); i++ {
		switch {
		case label[i] != '-':
			b.WriteByte(label[i])
		case i+1 < len(label) && label[i+1] == '-':
			b.WriteByte('-')
			i++
		default:
			b.WriteByte('.')
		}
	}
	return b.String()
}

// ampCache reads an AMP cache's or viewer's URL: kind letters, "s" for https,
// then the host and path. Source: https://developers.google.com/amp/cache/overview.
func ampCache(u *URL, w *Wrapper) (*URL, outcome) {
	rest := strings.TrimPrefix(strings.TrimPrefix(u.Path, w.Path), "/")
	scheme := "http"
	for {
		segment, after, more := strings.Cut(rest, "/")
		if !more {
			break
		}
		switch segment {
		case "s":
			scheme = "https"
		case "c", "v", "i", "a", "r", "wp", "mbv3", "ii", "amp":
		default:
			more = false
		}
		if !more {
			break
		}
		rest = after
	}
	if u.hasQuery {
		rest += "?" + u.Query
	}
	if webPrefix(rest) {
		return target(rest)
	}
	if bareHost(rest) {
		return parsed(scheme + "://" + rest)
	}
	if label, _, _ := strings.Cut(u.Host, "."); domain.Matches(u.Host, w.Host) && len(u.Host) > len(w.Host) {
		if host := proxiedHost(domain.Unicode(label), false); bareHost(host) {
			return parsed("https://" + host + u.Path)
		}
	}
	return nil, stays
}

// value returns the first value of a query parameter, decoded.
func value(query, name string) string {
	for rest := query; rest != ""; {
		var pair string
		pair, rest, _ = strings.Cut(rest, "&")
		if key, v, _ := strings.Cut(strings.TrimLeft(pair, "?"), "="); key == name {
			return formValue(v)
		}
	}
	return ""
}

// withoutPrefix returns the query without the parameters whose names start so.
func withoutPrefix(query, prefix string) string {
	var b strings.Builder
	for rest := query; rest != ""; {
		var pair string
		pair, rest, _ = strings.Cut(rest, "&")
		if pair == "" || strings.HasPrefix(strings.TrimLeft(pair, "?"), prefix) {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(pair)
	}
	return b.String()
}
