package lookalike

import (
	"strings"
	"unicode"

	"github.com/honmono/honmono/detector/internal/domain"
)

// UnsafeIDN reports whether a label of the host, which is in canonical form, is
// written so that a browser would show it in punycode, and why: "mixed-script",
// "invisible", "invalid", "whole-script", "digits", "symbol".
func UnsafeIDN(host string) (reason string, unsafe bool) {
	if !domain.IsIDN(host) {
		return "", false
	}
	for l := range strings.SplitSeq(domain.Unicode(host), ".") {
		if strings.HasPrefix(l, "xn--") {
			return "invalid", true
		}
		latin, other := false, false
		for _, r := range l {
			switch {
			case unicode.Is(unicode.Cf, r):
				return "invisible", true
			case unicode.Is(unicode.Latin, r):
				latin = true
			case unicode.In(r, unicode.Cyrillic, unicode.Greek, unicode.Cherokee, unicode.Armenian):
				other = true
			}
		}
		if latin && other {
			return "mixed-script", true
		}
	}
	return "", false
}
