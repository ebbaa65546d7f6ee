package domain

import (
	"errors"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"
)

// MaxHost is the longest host this package looks at, in bytes. DNS allows 253,
// but browsers parse (and percent-encoding and combining marks write) longer
// ones (soft hyphens cost nothing there); beyond this the host is malformed to
// us. Punycode is quadratic in the length of a label, so there must be a limit.
const MaxHost = 8192

// errMalformed is opaque on purpose: a host is untrusted bytes.
var errMalformed = errors.New("domain: malformed host")

// profile is the "domain to ASCII" of the URL standard with beStrict false:
// UTS #46 with CheckHyphens=false, CheckBidi=true, CheckJoiners=true,
// UseSTD3ASCIIRules=false, Transitional_Processing=false, VerifyDnsLength=false.
var profile = idna.New(
	idna.MapForLookup(),
	idna.BidiRule(),
	idna.CheckHyphens(false),
	idna.CheckJoiners(true),
	idna.StrictDomainName(false),
	idna.Transitional(false),
	idna.VerifyDNSLength(false),
)

// ToASCII returns the host as the URL standard's "domain to ASCII" (not strict)
// does, and so as a browser would look it up: mapped, in punycode, lower case.
// A trailing dot stays. The host must already be percent-decoded.
//
// It fails where a browser would refuse the host: invalid IDNA, an empty
// result, or a code point forbidden in domains; and beyond [MaxHost].
//
// Source: https://url.spec.whatwg.org/#concept-domain-to-ascii.
func ToASCII(host string) (string, error) {
	if len(host) > MaxHost {
		return "", errMalformed
	}
	ascii, lower := classify(host)
	if !ascii {
		if !utf8.ValidString(host) {
			return "", errMalformed
		}
		host = catchUp(host)
		mapped, err := profile.ToASCII(host)
		if err != nil || brokenACE(host) {
			return "", errMalformed
		}
		host = mapped
	} else if !lower {
		host = strings.ToLower(host)
	}
	if host == "" || len(host) > MaxHost {
		return "", errMalformed
	}
	for i := 0; i < len(host); i++ {
		if forbidden(host[i]) {
			return "", errMalformed
		}
	}
	return host, nil
}

// Unicode returns an ASCII host as a reader would see it. Labels that are not
// valid punycode stay as they are. The answer is for showing only.
func Unicode(host string) string {
	if !hasACE(host) || len(host) > MaxHost {
		return host
	}
	labels := strings.Split(host, ".")
	for i, l := range labels {
		if !strings.HasPrefix(l, "xn--") {
			continue
		}
		if u, err := profile.ToUnicode(l); err == nil && u != "" {
			labels[i] = u
		}
	}
	return strings.Join(labels, ".")
}

// IsIDN reports whether an ASCII host has a label in punycode.
func IsIDN(host string) bool { return hasACE(host) }

// brokenACE reports a label that maps to "xn--" with nothing behind it, or with
// something that is not ASCII. UTS #46 refuses both; x/net/idna decodes them (the
// second to what stands before the last hyphen), which would show a host that no
// browser goes to.
func brokenACE(host string) bool {
	host = strings.Map(func(r rune) rune {
		if ignored(r) {
			return -1
		}
		return r
	}, host)
	host = strings.ToLower(norm.NFKC.String(host))
	for label := range strings.FieldsFuncSeq(host, func(r rune) bool { return r == '.' || r == '。' }) {
		if rest, ok := strings.CutPrefix(label, "xn--"); ok {
			if ascii, _ := classify(rest); !ascii || rest == "" {
				return true
			}
		}
	}
	return false
}

// ignored reports what UTS #46 drops.
func ignored(r rune) bool {
	switch {
	case r == 0xAD, r == 0x34F, r == 0x200B, r == 0x2060, r == 0x2064, r == 0xFEFF,
		0x180B <= r && r <= 0x180F, 0xFE00 <= r && r <= 0xFE0F, 0x1BCA0 <= r && r <= 0x1BCA3, 0xE0100 <= r && r <= 0xE01EF:
		return true
	}
	return false
}

func hasACE(host string) bool {
	for {
		if strings.HasPrefix(host, "xn--") {
			return true
		}
		dot := strings.IndexByte(host, '.')
		if dot < 0 {
			return false
		}
		host = host[dot+1:]
	}
}

// classify reports whether s is all ASCII, and whether it has no upper case.
func classify(s string) (ascii, lower bool) {
	ascii, lower = true, true
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x80 {
			ascii = false
		} else if 'A' <= c && c <= 'Z' {
			lower = false
		}
	}
	return ascii, lower
}

// forbidden reports a forbidden domain code point of the URL standard.
func forbidden(c byte) bool {
	if c <= ' ' || c == 0x7f {
		return true
	}
	switch c {
	case '#', '/', ':', '<', '>', '?', '@', '[', '\\', ']', '^', '|', '%':
		return true
	}
	return false
}
