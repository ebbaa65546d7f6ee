package confusable

import (
	_ "embed"
	"sort"
)

// A table maps runes to strings. It is one read-only string, so that it costs
// neither memory nor time before the first look-up:
//
//	+-------+----------------------+------------------------+-----------------+
//	| n: u16| n runes, sorted, u24 | n offsets into the pool| pool            |
//	|       |                      | u16                    | len: u8, bytes… |
//	+-------+----------------------+------------------------+-----------------+
//
// All numbers are little-endian. Equal strings share one place in the pool.
type table string

//go:embed prototypes.bin
var prototypes table

//go:embed readings.bin
var readings table

// lookup returns the string for r.
func (t table) lookup(r rune) (string, bool) {
	n := int(t[0]) | int(t[1])<<8
	i := sort.Search(n, func(i int) bool { return t.rune(i) >= r })
	if i == n || t.rune(i) != r {
		return "", false
	}
	at := 2 + 3*n + 2*i
	at = 2 + 5*n + (int(t[at]) | int(t[at+1])<<8)
	return string(t[at+1 : at+1+int(t[at])]), true
}

func (t table) rune(i int) rune {
	at := 2 + 3*i
	return rune(t[at]) | rune(t[at+1])<<8 | rune(t[at+2])<<16
}

// allowed holds the ranges of characters with Identifier_Status=Allowed: their
// number (u16), their first code points (u24, sorted), their lengths (u16).
//
//go:embed allowed.bin
var allowed table

// Allowed reports a character that UTS #39 recommends in identifiers
// (Identifier_Status=Allowed): none of the symbols, archaic letters and scripts
// of limited use that no honest name needs.
func Allowed(r rune) bool {
	n := int(allowed[0]) | int(allowed[1])<<8
	i := sort.Search(n, func(i int) bool { return allowed.rune(i) > r }) - 1
	if i < 0 {
		return false
	}
	at := 2 + 3*n + 2*i
	return r < allowed.rune(i)+rune(allowed[at])+rune(allowed[at+1])<<8
}
