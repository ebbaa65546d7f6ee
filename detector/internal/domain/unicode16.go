package domain

import "strings"

// Browsers map hosts by Unicode 16 or later (ICU 76); the tables of x/net/idna
// follow the Go release, and that is Unicode 15 up to Go 1.26. There, characters
// that UTS #46 has since learnt to drop or to map are refused: invisible
// operators, Hangul fillers, outlined Latin letters. A link written with them
// opens in a browser, so it must be read here; catchUp does to a host what the
// newer tables would do. With newer tables it changes nothing.
//
// Characters that are merely new (valid since Unicode 16 or 17, mapped to
// nothing) still fail: no host of today is registered with them.
//
// Source: the difference between x/net/idna's tables15.0.0.go and
// tables17.0.0.go, v0.62.0, under the profile of this package.
func catchUp(host string) string {
	if strings.IndexFunc(host, outdated) < 0 {
		return host
	}
	var b strings.Builder
	b.Grow(len(host))
	for _, r := range host {
		if !outdated(r) {
			b.WriteRune(r)
			continue
		}
		for _, c := range changes {
			if c.lo <= r && r <= c.hi {
				if c.to != 0 {
					b.WriteRune(c.to + (r - c.lo))
				}
				break
			}
		}
	}
	return b.String()
}

func outdated(r rune) bool {
	if r < changes[0].lo {
		return false
	}
	lo, hi := 0, len(changes)
	for lo < hi {
		mid := (lo + hi) / 2
		switch c := &changes[mid]; {
		case r < c.lo:
			hi = mid
		case r > c.hi:
			lo = mid + 1
		default:
			return true
		}
	}
	return false
}

// changes holds ranges in order; each maps to a range of the same length, or is
// dropped if to is 0.
var changes = [...]struct{ lo, hi, to rune }{
	{0x04C0, 0x04C0, 0x04CF}, // palochka
	{0x10A0, 0x10C5, 0x2D00}, // Georgian capitals
	{0x115F, 0x1160, 0},      // Hangul fillers
	{0x17B4, 0x17B5, 0},      // Khmer inherent vowels
	{0x180E, 0x180E, 0},      // Mongolian vowel separator
	{0x1E9E, 0x1E9E, 0xDF},   // capital sharp s: ß, no longer ss
	{0x2061, 0x2063, 0},      // invisible operators
	{0x206A, 0x206F, 0},      // deprecated formatting
	{0x2132, 0x2132, 0x214E},
	{0x2183, 0x2183, 0x2184},
	{0x3164, 0x3164, 0}, // Hangul filler
	{0xA7CB, 0xA7CB, 0x264},
	{0xA7DC, 0xA7DC, 0x19B},
	{0xA7F1, 0xA7F1, 's'},
	{0xFFA0, 0xFFA0, 0},     // halfwidth Hangul filler
	{0x1CCD6, 0x1CCEF, 'a'}, // outlined letters and digits
	{0x1CCF0, 0x1CCF9, '0'},
	{0x1D173, 0x1D17A, 0}, // musical formatting
	{0x2F868, 0x2F868, 0x36FC},
	{0x2F874, 0x2F874, 0x5F53},
	{0x2F91F, 0x2F91F, 0x243AB},
	{0x2F95F, 0x2F95F, 0x7AEE},
	{0x2F9BF, 0x2F9BF, 0x45D7},
}
