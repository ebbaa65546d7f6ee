package lookalike

import (
	"strings"
	"unsafe"
)

// The tables hold names under hashes of several kinds; each kind starts from
// its own seed, so that a shape never meets a sound.
const (
	shapeSeed  = fnvBasis ^ 0x5ca1ab1e00000001
	coarseSeed = fnvBasis ^ 0x5ca1ab1e00000002
	soundSeed  = fnvBasis ^ 0x5ca1ab1e00000003
	dropSeed   = fnvBasis ^ 0x5ca1ab1e00000004 // see deletion.go
)

// An edit is what turns one text into another.
type edit uint8

const (
	none edit = iota
	insertion
	omission
	replacement
	transposition
	repetition // the insertion of the same letter once more
)

// oneEdit returns the single edit that makes typed of the name, and where in
// the name it is; ok is false if there is none, or if they are equal.
func oneEdit(name string, typed []byte) (e edit, at int, ok bool) {
	n, t := name, typed
	for len(n) > 0 && len(t) > 0 && n[0] == t[0] {
		n, t = n[1:], t[1:]
		at++
	}
	for len(n) > 0 && len(t) > 0 && n[len(n)-1] == t[len(t)-1] {
		n, t = n[:len(n)-1], t[:len(t)-1]
	}
	switch {
	case len(n) == 0 && len(t) == 1:
		if at > 0 && name[at-1] == t[0] {
			return repetition, at, true
		}
		return insertion, at, true
	case len(n) == 1 && len(t) == 0:
		return omission, at, true
	case len(n) == 1 && len(t) == 1:
		return replacement, at, true
	case len(n) == 2 && len(t) == 2 && n[0] == t[1] && n[1] == t[0]:
		return transposition, at, true
	}
	return none, 0, false
}

// plausible reports an edit that fingers, memory chips or phishers make of a
// name: a neighbouring key, a doubled letter, two letters swapped, one vowel for
// another, a flipped bit, a digit, anything put at the end
// of it or of one of its parts. A letter dropped is
// always plausible.
func plausible(n *name, typed []byte) bool {
	name := n.text
	e, at, ok := oneEdit(name, typed)
	if !ok {
		return false
	}
	switch e {
	case insertion:
		c := typed[at]
		return at == len(name) || n.gaps>>at&1 != 0 || digit(c) || at > 0 && neighbours(name[at-1], c) || neighbours(name[at], c) || c == 's'
	case replacement:
		a, b := name[at], typed[at]
		x := a ^ b
		return digit(b) || neighbours(a, b) || vowel(a) && vowel(b) || x&(x-1) == 0
	}
	return true
}

// layouts are the letters of keyboards, row by row, shifted as they are: a
// key's neighbours are beside it, above and below.
var layouts = [...][4]string{
	{"1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"},
	{"1234567890", "qwertzuiop", "asdfghjkl", "yxcvbnm"},
	{"1234567890", "azertyuiop", "qsdfghjklm", "wxcvbn"},
}

// neighbours reports two keys that lie side by side on some keyboard.
func neighbours(a, b byte) bool {
	for _, rows := range layouts {
		for r, row := range rows {
			i := strings.IndexByte(row, a)
			if i < 0 {
				continue
			}
			j := strings.IndexByte(row, b)
			above, below := -1, -1
			if r > 0 {
				above = strings.IndexByte(rows[r-1], b)
			}
			if r+1 < len(rows) {
				below = strings.IndexByte(rows[r+1], b)
			}
			if j >= 0 && (i-j == 1 || j-i == 1) || above >= 0 && (above == i || above == i+1) || below >= 0 && (below == i || below == i-1) {
				return true
			}
		}
	}
	return false
}

// sound folds the spellings of Japanese romanisation that sound alike: raku and
// laku, shi and si, tsu and tu, chi and ti, fu and hu, ji and zi, long vowels.
// It is appended to dst.
func sound(dst []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		c, next, last := s[i], byte(0), byte(0)
		if i+1 < len(s) {
			next = s[i+1]
		}
		if len(dst) > 0 {
			last = dst[len(dst)-1]
		}
		switch c {
		case 'l':
			c = 'r'
		case 's':
			if next == 'h' {
				i++
			}
		case 't':
			if next == 's' {
				i++
			}
		case 'c':
			c = 'k'
			if next == 'h' {
				c = 't'
				i++
			}
		case 'f':
			c = 'h'
		case 'j':
			c = 'z'
		case 'd':
			if next == 'z' {
				c = 'z'
			}
		case 'v':
			c = 'b'
		case 'm':
			if next == 'b' || next == 'p' {
				c = 'n'
			}
		case 'h':
			if last == 'o' {
				continue
			}
		case 'u':
			if last == 'o' || last == 'u' {
				continue
			}
		case 'a', 'e', 'i', 'o':
			if last == c {
				continue
			}
		}
		dst = append(dst, c)
	}
	return dst
}

func vowel(c byte) bool { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' }

func digit(c byte) bool { return '0' <= c && c <= '9' }

// text gives bytes as a string without copying them; the string must not
// outlive the bytes.
func asString(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
