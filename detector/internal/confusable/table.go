package confusable

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// A table maps runes to strings. It is written so that it compresses well, and
// unpacked at the first look-up, in a fraction of a millisecond:
//
//	+------------+-------------------------------------+------------------------+
//	| n: uvarint | n runes, sorted, each as what it is | their n strings, 0xFF  |
//	|            | more than the one before: uvarint   | behind each            |
//	+------------+-------------------------------------+------------------------+
//
// The strings are read where they lie.
type table struct {
	packed  *string
	unpack  sync.Once
	runes   []rune
	strings string
	ends    []uint16 // of each string, where its 0xFF is
}

//go:embed prototypes.bin
var prototypesPacked string

//go:embed readings.bin
var readingsPacked string

var (
	prototypes = table{packed: &prototypesPacked}
	readings   = table{packed: &readingsPacked}
)

// lookup returns the string for r.
func (t *table) lookup(r rune) (string, bool) {
	t.unpack.Do(func() {
		t.runes, t.strings = steps(*t.packed)
		t.ends = make([]uint16, len(t.runes))
		end := -1
		for i := range t.ends {
			end += 1 + strings.IndexByte(t.strings[end+1:], 0xFF)
			t.ends[i] = uint16(end)
		}
	})
	i, ok := slices.BinarySearch(t.runes, r)
	if !ok {
		return "", false
	}
	start := 0
	if i > 0 {
		start = int(t.ends[i-1]) + 1
	}
	return t.strings[start:t.ends[i]], true
}

// steps reads a list of sorted runes, and answers what is behind it.
func steps(packed string) (list []rune, rest string) {
	next := func() (v uint64) {
		for shift := 0; ; shift += 7 {
			c := packed[0]
			packed = packed[1:]
			if v |= uint64(c&0x7F) << shift; c < 0x80 {
				return v
			}
		}
	}
	list = make([]rune, next())
	r := rune(0)
	for i := range list {
		r += rune(next())
		list[i] = r
	}
	return list, packed
}

// allowed.bin holds where characters with Identifier_Status=Allowed begin and where
// they end, in turns, as the runes of a table.
//
//go:embed allowed.bin
var allowedPacked string

var allowed = sync.OnceValue(func() []rune {
	list, _ := steps(allowedPacked)
	return list
})

// Allowed reports a character that UTS #39 recommends in identifiers
// (Identifier_Status=Allowed): none of the symbols, archaic letters and scripts
// of limited use that no honest name needs.
func Allowed(r rune) bool {
	before, _ := slices.BinarySearch(allowed(), r+1) // so many turns up to r
	return before%2 == 1
}
