package link

import (
	"strings"
	"unicode/utf8"

	"github.com/honmono/honmono/detector/internal/domain"
)

// parseHost is the standard's host parser. raw is what stands between the
// userinfo and the port. It fills the host fields of u.
// Source: https://url.spec.whatwg.org/#concept-host-parser.
func (u *URL) parseHost(raw string, special bool) bool {
	u.hasHost = true
	if raw != "" && raw[0] == '[' {
		if raw[len(raw)-1] != ']' {
			return false
		}
		addr, embedded, ok := parseIPv6(raw[1 : len(raw)-1])
		if !ok {
			return false
		}
		u.Host, u.Kind, u.Numeric, u.Disguised = "["+addr+"]", IPv6, true, embedded
		u.Unicode = u.Host
		return true
	}
	if !special {
		return u.parseOpaqueHost(raw)
	}
	if len(raw) > 3*domain.MaxHost {
		return false
	}
	text := raw
	if strings.IndexByte(raw, '%') >= 0 {
		text = strings.ToValidUTF8(decodeString(raw), "\uFFFD")
		u.Escaped = text != raw
	}
	host, err := domain.ToASCII(text)
	if err != nil {
		return false
	}
	u.describeHost(text)
	if endsInNumber(host) {
		addr, ok := parseIPv4(host)
		if !ok {
			return false
		}
		u.Host, u.Unicode, u.Kind, u.Numeric = addr, addr, IPv4, true
		u.Disguised = addr != host
		return true
	}
	u.Host, u.Unicode, u.Kind = host, host, Domain
	u.Dots = strings.Count(strings.TrimSuffix(host, "."), ".")
	if domain.IsIDN(host) {
		u.IDN = true
		u.Unicode = domain.Unicode(host)
		u.SlashLike = u.SlashLike || strings.ContainsFunc(u.Unicode, slashLike)
	}
	return true
}

// parseOpaqueHost is the standard's opaque-host parser.
func (u *URL) parseOpaqueHost(raw string) bool {
	if strings.ContainsAny(raw, "\x00\t\n\r #/:<>?@[\\]^|") {
		return false
	}
	u.Host = controlSet.encode(raw)
	u.Unicode = u.Host
	if raw != "" {
		u.Kind = Opaque
	}
	return true
}

// describeHost notes how the host was written, from the percent-decoded text.
func (u *URL) describeHost(text string) {
	for _, r := range text {
		if r < utf8.RuneSelf {
			continue
		}
		switch {
		case invisible(r):
			u.Invisible = true
		case slashLike(r):
			u.SlashLike = true
		case foldsToASCII(r):
			u.Folded = true
		}
	}
}

// invisible reports the characters that leave no trace on the screen but that
// IDNA drops, or that reorder what is seen.
func invisible(r rune) bool {
	switch {
	case r == 0xAD, r == 0x34F, r == 0x61C, r == 0x115F, r == 0x1160, r == 0x3164, r == 0xFFA0, r == 0xFEFF,
		r == 0x17B4, r == 0x17B5,
		0x180B <= r && r <= 0x180F,
		0x200B <= r && r <= 0x200F,
		0x202A <= r && r <= 0x202E,
		0x2060 <= r && r <= 0x206F,
		0xFE00 <= r && r <= 0xFE0F,
		0xFFF0 <= r && r <= 0xFFFB,
		0x1BCA0 <= r && r <= 0x1BCA3,
		0x1D173 <= r && r <= 0x1D17A,
		0xE0000 <= r && r <= 0xE0FFF:
		return true
	}
	return false
}

// slashLike reports the characters that look like a slash, and so like the end
// of the host. Those that IDNA maps to a real slash fail to parse instead.
func slashLike(r rune) bool {
	switch r {
	case 0x2044, 0x2215, 0x2571, 0x27CB, 0x29F8, 0x2CC6, 0x2F03, 0x3033, 0x30CE, 0x31D3, 0x4E3F, 0x1D23A, 0x2041, 0x338:
		return true
	}
	return false
}

// foldsToASCII reports the styled forms of ASCII characters that IDNA maps to
// them: fullwidth forms, full stops, letterlike, enclosed and mathematical
// letters and digits.
func foldsToASCII(r rune) bool {
	switch {
	case 0xFF01 <= r && r <= 0xFF5E, r == 0x3002, r == 0xFF61,
		0x1D400 <= r && r <= 0x1D7FF,
		0x2460 <= r && r <= 0x24FF,
		0x2100 <= r && r <= 0x214F,
		0x2070 <= r && r <= 0x209F,
		0x1F100 <= r && r <= 0x1F1AD,
		0x1FBF0 <= r && r <= 0x1FBF9,
		r == 0xAA, r == 0xB9, r == 0xB2, r == 0xB3, r == 0xBA, r == 0x17F, r == 0x212A,
		0x2B0 <= r && r <= 0x2B8, 0x2E0 <= r && r <= 0x2E3,
		0x1D2C <= r && r <= 0x1D6A,
		0x2160 <= r && r <= 0x217F:
		return true
	}
	return false
}
