package link

import (
	"strings"
	"unicode/utf8"
)

// A set is a percent-encode set of the URL standard, for the ASCII range; every
// byte beyond it is always encoded.
type set [128]bool

func newSet(parent *set, chars string) *set {
	s := new(set)
	if parent != nil {
		*s = *parent
	} else {
		for i := range 0x20 {
			s[i] = true
		}
		s[0x7f] = true
	}
	for i := 0; i < len(chars); i++ {
		s[chars[i]] = true
	}
	return s
}

// Source: https://url.spec.whatwg.org/#percent-encoded-bytes.
var (
	controlSet      = newSet(nil, "")
	fragmentSet     = newSet(controlSet, " \"<>`")
	querySet        = newSet(controlSet, " \"#<>")
	specialQuerySet = newSet(querySet, "'")
	pathSet         = newSet(querySet, "?^`{}")
	userinfoSet     = newSet(pathSet, "/:;=@[\\]|")
)

const hexDigits = "0123456789ABCDEF"

// encode percent-encodes s. It does not allocate if there is nothing to do.
func (t *set) encode(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf || t[s[i]] {
			b := make([]byte, i, len(s)+16)
			copy(b, s)
			return string(t.append(b, s[i:]))
		}
	}
	return s
}

// append appends s to b, percent-encoded.
func (t *set) append(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || t[c] {
			b = append(b, '%', hexDigits[c>>4], hexDigits[c&15])
		} else {
			b = append(b, c)
		}
	}
	return b
}

// decodeString percent-decodes s; what is no valid sequence stays. The result
// may be invalid UTF-8.
func decodeString(s string) string {
	i := strings.IndexByte(s, '%')
	if i < 0 {
		return s
	}
	b := make([]byte, i, len(s))
	copy(b, s)
	for ; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if hi, lo := hexValue(s[i+1]), hexValue(s[i+2]); hi >= 0 && lo >= 0 {
				b = append(b, byte(hi<<4|lo))
				i += 2
				continue
			}
		}
		b = append(b, s[i])
	}
	return string(b)
}

func hexValue(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
