package text

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A Matcher finds many phrases in one pass. Build it once; it is read-only
// after that and safe for concurrent use.
//
// Positions are tried one by one: a bit table over the first bytes of all
// phrases turns almost every position away with one load, and a map gives the
// candidates for the rest. Building it costs one append per phrase, which
// matters because a browser builds it at every start.
type Matcher struct {
	phrases []string
	ids     []int
	gate    [1 << gateBits / 64]uint64
	byHead  map[string][]int32
}

// headLen is how many bytes of a phrase lead to it: one CJK character, or
// three ASCII ones. Shorter phrases are found by what they have.
const headLen = 3

const gateBits = 14

func gate(s string) uint32 {
	return (uint32(s[0])*0x9E37 + uint32(s[1])*0x79B9 + uint32(s[2])*0x7F4B) * 0x9E3779B1 >> (32 - gateBits)
}

// A Match is one phrase found.
type Match struct {
	// ID is what the phrase was added with.
	ID int
	// Start and End are byte offsets in the text searched.
	Start, End int
}

// NewMatcher returns a matcher for phrases; ids[i] is what a match of
// phrases[i] is reported as. Phrases must be normalised; ones shorter than two
// bytes are left out, as they would match anything.
func NewMatcher(phrases []string, ids []int) *Matcher {
	m := &Matcher{phrases: phrases, ids: ids, byHead: make(map[string][]int32, len(phrases))}
	for i, p := range phrases {
		if len(p) < 2 {
			continue
		}
		if len(p) < headLen {
			// Two ASCII letters ("au"): any third byte may follow.
			for c := 0; c < 256; c++ {
				m.open(p + string([]byte{byte(c)}))
			}
			m.byHead[p] = append(m.byHead[p], int32(i))
			continue
		}
		m.open(p)
		m.byHead[p[:headLen]] = append(m.byHead[p[:headLen]], int32(i))
	}
	// Longest first, so that callers can take the most specific one.
	for _, c := range m.byHead {
		slices.SortStableFunc(c, func(a, b int32) int { return len(phrases[b]) - len(phrases[a]) })
	}
	return m
}

func (m *Matcher) open(p string) {
	h := gate(p)
	m.gate[h/64] |= 1 << (h % 64)
}

// Find calls f for every phrase in s, which must be normalised, in order of
// position. A phrase that starts or ends in an ASCII letter or digit matches
// only at a word boundary there: "visa" is not in "visage". If f returns
// false, Find stops.
func (m *Matcher) Find(s string, f func(Match) bool) {
	// Two spare bytes let the gate look past the end.
	padded := s + "\x00\x00"
	for i := 0; i < len(s); i++ {
		if s[i]&0xC0 == 0x80 {
			continue // inside a character
		}
		h := gate(padded[i : i+3])
		if m.gate[h/64]&(1<<(h%64)) == 0 {
			continue
		}
		if !m.try(s, i, m.byHead[padded[i:i+headLen]], f) || !m.try(s, i, m.byHead[padded[i:i+2]], f) {
			return
		}
	}
}

func (m *Matcher) try(s string, i int, candidates []int32, f func(Match) bool) bool {
	for _, c := range candidates {
		p := m.phrases[c]
		if strings.HasPrefix(s[i:], p) && boundary(s, i, i+len(p)) {
			if !f(Match{ID: m.ids[c], Start: i, End: i + len(p)}) {
				return false
			}
		}
	}
	return true
}

// boundary reports whether s[start:end] is a word of its own: it does not start
// or end inside a run of letters without spaces between.
func boundary(s string, start, end int) bool {
	if start > 0 && wordByte(s[start]) && wordBefore(s, start) {
		return false
	}
	if end < len(s) && wordByte(s[end-1]) && wordAfter(s, end) {
		return false
	}
	return true
}

func wordByte(c byte) bool { return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' }

// A letter with a mark (é) continues a word, a CJK character does not.
func wordBefore(s string, i int) bool {
	if c := s[i-1]; c < utf8.RuneSelf {
		return wordByte(c)
	}
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return !cjk(r) && isLetter(r)
}

func wordAfter(s string, i int) bool {
	if c := s[i]; c < utf8.RuneSelf {
		return wordByte(c)
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	return !cjk(r) && isLetter(r)
}
