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
		c := s[i]
		if !folds[c] {
			space = false
			continue
		}
		switch {
		case c == ' ' && !space && i+1 < len(s):
			space = true
		case c == 0xE3 && (i+2 >= len(s) || s[i+1] != 0x80 || s[i+2] != 0x80):
			space = false // kana and the like
		default:
			// White space to fold, or a character that may be some.
			return strings.Join(strings.Fields(s), " ")
		}
	}
	return s
}

// folds holds the first bytes of white space, and of characters that may be some.
var folds = [256]bool{
	0: true, 1: true, 2: true, 3: true, 4: true, 5: true, 6: true, 7: true, 8: true, '\t': true, '\n': true, '\v': true, '\f': true, '\r': true,
	14: true, 15: true, 16: true, 17: true, 18: true, 19: true, 20: true, 21: true, 22: true, 23: true, 24: true, 25: true, 26: true,
	27: true, 28: true, 29: true, 30: true, 31: true, ' ': true, 0xC2: true, 0xE1: true, 0xE2: true, 0xE3: true,
}
