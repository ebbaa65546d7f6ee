package page

import "strings"

func appendCapped(list []string, s string, limit int) []string {
	if len(list) >= limit {
		return list
	}
	return append(list, cut(s, 2048))
}

// cut returns at most n bytes of s, ending between characters.
func cut(s string, n int) string {
	if n < 0 {
		n = 0
	}
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}

// squeeze folds white space.
func squeeze(s string) string {
	space := true
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ' ' && !space && i+1 < len(s):
			space = true
		case c <= ' ', c == 0xC2, c == 0xE1, c == 0xE2, c == 0xE3 && i+2 < len(s) && s[i+1] == 0x80 && s[i+2] == 0x80:
			// White space to fold, or a character that may be some.
			return strings.Join(strings.Fields(s), " ")
		default:
			space = false
		}
	}
	return s
}
