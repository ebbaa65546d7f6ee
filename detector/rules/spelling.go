package rules

import "strings"

func lower(c byte) bool        { return 'a' <= c && c <= 'z' }
func digit(c byte) bool        { return '0' <= c && c <= '9' }
func lowerOrDigit(c byte) bool { return lower(c) || digit(c) }

// all reports whether s is of such bytes alone.
func all(s string, such func(byte) bool) bool {
	for i := range len(s) {
		if !such(s[i]) {
			return false
		}
	}
	return true
}

// hyphenated reports whether s is of words of such bytes, joined by single
// hyphens.
func hyphenated(s string, such func(byte) bool) bool {
	for word := range strings.SplitSeq(s, "-") {
		if word == "" || !all(word, such) {
			return false
		}
	}
	return true
}

// validKey reports whether s is of lower-case letters, digits and hyphens, and
// does not start with a hyphen.
func validKey(s string) bool {
	return s != "" && s[0] != '-' && all(s, func(c byte) bool { return lowerOrDigit(c) || c == '-' })
}
