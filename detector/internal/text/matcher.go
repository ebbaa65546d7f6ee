package text

import (
	"math/bits"
	"strings"
	"unicode/utf8"
)

// A Matcher finds many phrases in one pass. Build it once; it is read-only
// after that and safe for concurrent use.
//
// Positions are tried one by one: a bit table over the first bytes of all
// phrases turns almost every position away with one load, and a hash table gives
// the candidates for the rest. Building it costs a few stores per phrase, which
// matters because a browser builds it at every start.
type Matcher struct {
	phrases []string
	ids     []int
	heads   [len(headLens)]heads
	// next is the phrase after one in its chain, plus one; 0 ends the chain.
	next []int32
}

// headLens are how many bytes of a phrase lead to it, the most that it has: two
// CJK characters or six ASCII ones, a single CJK character, two ASCII letters.
var headLens = [...]int{6, 3, 2}

// heads leads from the first bytes of a text to the phrases that begin with
// them.
type heads struct {
	// gate has a bit for every hash of a phrase's head.
	gate [1 << gateBits / 64]uint64
	// first is the first phrase of the chain for a hash, plus one, the longest
	// first. Phrases with different heads may share a chain.
	first []int32
	shift uint32
}

const gateBits = 15

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
	m := &Matcher{phrases: phrases, ids: ids, next: make([]int32, len(phrases))}
	var count [len(headLens)]int
	for _, p := range phrases {
		if k := kind(p); k < len(headLens) {
			count[k]++
		}
	}
	for k := range m.heads {
		size := bits.Len(uint(2*count[k] + 1))
		m.heads[k].first, m.heads[k].shift = make([]int32, 1<<size), uint32(32-size)
	}
	for i, p := range phrases {
		if k := kind(p); k < len(headLens) {
			h, t := head(p, k), &m.heads[k]
			g := h >> (32 - gateBits)
			t.gate[g/64] |= 1 << (g % 64)
			m.insert(&t.first[h>>t.shift], int32(i))
		}
	}
	return m
}

// insert puts phrase i into a chain, behind those that are as long or longer, so
// that callers can take the most specific one.
func (m *Matcher) insert(at *int32, i int32) {
	for *at != 0 && len(m.phrases[*at-1]) >= len(m.phrases[i]) {
		at = &m.next[*at-1]
	}
	m.next[i] = *at
	*at = i + 1
}

// kind returns which of headLens a phrase has; their number if none.
func kind(p string) int {
	k := 0
	for k < len(headLens) && len(p) < headLens[k] {
		k++
	}
	return k
}

// head hashes the first bytes of s, which has as many as headLens[kind] says.
func head(s string, kind int) uint32 {
	const odd = 0x9E3779B97F4A7C15
	switch kind {
	case 0:
		s = s[:6]
		return uint32((uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40) * odd >> 32)
	case 1:
		s = s[:3]
		return uint32((uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16) * odd >> 32)
	}
	return uint32((uint64(s[0]) | uint64(s[1])<<8) * odd >> 32)
}

// Find calls f for every phrase in s, which must be normalised, in order of
// position. A phrase that starts or ends in an ASCII letter or digit matches
// only at a word boundary there: "visa" is not in "visage". If f returns
// false, Find stops.
func (m *Matcher) Find(s string, f func(Match) bool) {
	var before byte
	for i := 0; i+1 < len(s); i++ {
		c := s[i]
		inside := c&0xC0 == 0x80 || wordByte(c) && wordByte(before)
		before = c
		if inside {
			continue // inside a character, or a word
		}
		rest := s[i:]
		for k := range m.heads {
			if len(rest) < headLens[k] {
				continue
			}
			t := &m.heads[k]
			h := head(rest, k)
			if g := h >> (32 - gateBits); t.gate[g/64]&(1<<(g%64)) != 0 && !m.try(s, i, t.first[h>>t.shift], f) {
				return
			}
		}
	}
}

func (m *Matcher) try(s string, i int, candidate int32, f func(Match) bool) bool {
	for ; candidate != 0; candidate = m.next[candidate-1] {
		p := m.phrases[candidate-1]
		if strings.HasPrefix(s[i:], p) && boundary(s, i, i+len(p)) {
			if !f(Match{ID: m.ids[candidate-1], Start: i, End: i + len(p)}) {
				return false
			}
		}
	}
	return true
}

// ContainsWord reports whether word, normalised and of two bytes or more, stands
// in s where [Matcher.Find] would find it.
func ContainsWord(s, word string) bool {
	for at := 0; len(word) > 1; {
		i := strings.Index(s[at:], word)
		if i < 0 {
			break
		}
		if at += i; boundary(s, at, at+len(word)) {
			return true
		}
		at++
	}
	return false
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
