package link

import "strings"

// appSchemes hand a web URL to a browser. What stands behind the colon is read
// as the value says: "url" an absolute URL, or one in the query; "http" and
// "https" the rest of a URL of that scheme.
var appSchemes = map[string]string{
	"microsoft-edge":          "url",
	"view-source":             "url",
	"firefox":                 "url",
	"firefox-focus":           "url",
	"googlechrome-x-callback": "url",
	"googlechrome":            "http",
	"googlechromes":           "https",
	"x-safari-http":           "http",
	"x-safari-https":          "https",
	"intent":                  "https",
}

// appURL reads the web URL inside a link of such a scheme.
func appURL(u *URL) (*URL, outcome) {
	scheme := appSchemes[u.Scheme]
	switch {
	case scheme == "":
		return nil, stays
	case scheme == "url":
		if webPrefix(u.Path) {
			s := u.Path
			if u.hasQuery {
				s += "?" + u.Query
			}
			return parsed(s)
		}
		return onlyURL(u.Query)
	case u.Host == "":
		return nil, stays
	}
	// Android: intent://host/path#Intent;scheme=http;…;end
	for part := range strings.SplitSeq(u.Fragment, ";") {
		if v, ok := strings.CutPrefix(part, "scheme="); ok && u.Scheme == "intent" {
			if scheme = strings.ToLower(v); scheme != "http" && scheme != "https" {
				return nil, stays
			}
		}
	}
	s := scheme + "://" + u.Host
	if u.Port != "" {
		s += ":" + u.Port
	}
	s += u.Path
	if u.hasQuery {
		s += "?" + u.Query
	}
	return parsed(s)
}
