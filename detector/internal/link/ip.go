package link

import (
	"strconv"
	"strings"
)

// endsInNumber reports whether a domain in ASCII must be read as an IPv4
// address, or fail. Source: https://url.spec.whatwg.org/#ends-in-a-number-checker.
func endsInNumber(host string) bool {
	host = strings.TrimSuffix(host, ".")
	last := host[strings.LastIndexByte(host, '.')+1:]
	if last == "" {
		return false
	}
	digits := true
	for i := 0; i < len(last); i++ {
		if last[i] < '0' || last[i] > '9' {
			digits = false
			break
		}
	}
	if digits {
		return true
	}
	_, ok := parseIPv4Number(last)
	return ok
}

// parseIPv4Number reads one part of an IPv4 address: decimal, octal behind 0,
// hexadecimal behind 0x. Values beyond 32 bits stay beyond them.
func parseIPv4Number(s string) (uint64, bool) {
	if s == "" {
		return 0, false
	}
	base := uint64(10)
	if len(s) >= 2 && s[0] == '0' {
		if s[1] == 'x' || s[1] == 'X' {
			s, base = s[2:], 16
		} else {
			s, base = s[1:], 8
		}
	}
	var n uint64
	for i := 0; i < len(s); i++ {
		d := hexValue(s[i])
		if d < 0 || uint64(d) >= base {
			return 0, false
		}
		if n = n*base + uint64(d); n > 1<<40 {
			n = 1 << 40
		}
	}
	return n, true
}

// parseIPv4 returns the address in dotted decimal.
// Source: https://url.spec.whatwg.org/#concept-ipv4-parser.
func parseIPv4(host string) (string, bool) {
	host = strings.TrimSuffix(host, ".")
	var (
		addr  uint64
		parts int
	)
	for rest, more := host, true; more; parts++ {
		var part string
		part, rest, more = strings.Cut(rest, ".")
		n, ok := parseIPv4Number(part)
		if !ok || parts == 4 {
			return "", false
		}
		if more {
			if n > 255 {
				return "", false
			}
			addr |= n << (8 * (3 - parts))
		} else {
			if n >= 1<<(8*(4-parts)) {
				return "", false
			}
			addr |= n
		}
	}
	var buf [15]byte
	b := appendIPv4(buf[:0], uint32(addr))
	if string(b) == host {
		return host, true
	}
	return string(b), true
}

func appendIPv4(b []byte, addr uint32) []byte {
	for shift := 24; shift >= 0; shift -= 8 {
		b = strconv.AppendUint(b, uint64(addr>>shift&255), 10)
		if shift > 0 {
			b = append(b, '.')
		}
	}
	return b
}

// parseIPv6 returns the address in canonical form, without brackets, and whether
// it holds an IPv4 address (mapped, compatible, NAT64, or written with dots).
// Source: https://url.spec.whatwg.org/#concept-ipv6-parser.
func parseIPv6(s string) (canonical string, embedded, ok bool) {
	var addr [8]uint16
	piece, compress, i := 0, -1, 0
	if i < len(s) && s[i] == ':' {
		if len(s) < 2 || s[1] != ':' {
			return "", false, false
		}
		i, piece, compress = 2, 1, 1
	}
	for i < len(s) {
		if piece == 8 {
			return "", false, false
		}
		if s[i] == ':' {
			if compress >= 0 {
				return "", false, false
			}
			i++
			piece++
			compress = piece
			continue
		}
		value, start := 0, i
		for i-start < 4 && i < len(s) && hexValue(s[i]) >= 0 {
			value = value<<4 | hexValue(s[i])
			i++
		}
		if i < len(s) && s[i] == '.' {
			if i == start || piece > 6 {
				return "", false, false
			}
			v4, good := dottedQuad(s[start:])
			if !good {
				return "", false, false
			}
			addr[piece], addr[piece+1] = uint16(v4>>16), uint16(v4)
			piece += 2
			embedded = true
			break
		}
		if i < len(s) {
			if s[i] != ':' {
				return "", false, false
			}
			i++
			if i == len(s) {
				return "", false, false
			}
		}
		addr[piece] = uint16(value)
		piece++
	}
	if compress >= 0 {
		for swaps, j := piece-compress, 7; j > 0 && swaps > 0; j, swaps = j-1, swaps-1 {
			addr[j], addr[compress+swaps-1] = addr[compress+swaps-1], addr[j]
		}
	} else if piece != 8 {
		return "", false, false
	}
	zero := addr[0]|addr[1]|addr[2]|addr[3]|addr[4] == 0
	if zero && (addr[5] == 0xffff || addr[5] == 0 && addr[6] != 0) || addr[0] == 0x64 && addr[1] == 0xff9b {
		embedded = true // mapped, compatible, NAT64
	}
	return formatIPv6(&addr), embedded, true
}

// dottedQuad reads the IPv4 tail of an IPv6 address: four decimal numbers
// without leading zeros.
func dottedQuad(s string) (addr uint32, ok bool) {
	for part := range 4 {
		if part > 0 {
			if s == "" || s[0] != '.' {
				return 0, false
			}
			s = s[1:]
		}
		n, digits := 0, 0
		for digits < len(s) && s[digits] >= '0' && s[digits] <= '9' {
			if digits > 0 && n == 0 {
				return 0, false
			}
			if n = n*10 + int(s[digits]-'0'); n > 255 {
				return 0, false
			}
			digits++
		}
		if digits == 0 {
			return 0, false
		}
		addr = addr<<8 | uint32(n)
		s = s[digits:]
	}
	return addr, s == ""
}

func formatIPv6(addr *[8]uint16) string {
	// The first longest run of two or more zero pieces is compressed.
	best, bestLen := -1, 1
	for i := 0; i < 8; {
		j := i
		for j < 8 && addr[j] == 0 {
			j++
		}
		if j-i > bestLen {
			best, bestLen = i, j-i
		}
		i = j + 1
	}
	b := make([]byte, 0, 39)
	for i := 0; i < 8; i++ {
		if i == best {
			if i == 0 {
				b = append(b, ':')
			}
			b = append(b, ':')
			i += bestLen - 1
			continue
		}
		b = strconv.AppendUint(b, uint64(addr[i]), 16)
		if i < 7 {
			b = append(b, ':')
		}
	}
	return string(b)
}
