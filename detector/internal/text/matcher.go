package text

import (
	"encoding/binary"
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
	// gate has a bit for every hash of a phrase's head. That of three bytes has one
	// for longer heads too, so that most texts are asked twice and not three times.
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
			var start [8]byte
			copy(start[:], p)
			h, t := head(start[:], k), &m.heads[k]
			t.open(h)
			if k == 0 {
				m.heads[1].open(head(start[:], 1))
			}
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

// head hashes the first bytes of s, as many as headLens[kind] says; s has eight
// or is filled up with zeroes.
func head(s []byte, kind int) uint32 {
	first := binary.LittleEndian.Uint64(s)
	switch kind {
	case 0:
		return hash(first & (1<<48 - 1))
	case 1:
		return hash(first & (1<<24 - 1))
	}
	return hash(first & (1<<16 - 1))
}

func hash(head uint64) uint32 { return uint32(head * 0x9E3779B97F4A7C15 >> 32) }

// chain is the first phrase, plus one, whose head may have this hash.
func (h *heads) chain(hash uint32) int32 { return h.first[hash>>h.shift] }

func (h *heads) open(hash uint32) {
	g := hash >> (32 - gateBits)
	h.gate[g/64] |= 1 << (g % 64)
}

func (h *heads) has(hash uint32) bool {
	g := hash >> (32 - gateBits)
	return h.gate[g/64]&(1<<(g%64)) != 0
}

// Find calls f for every phrase in s, which must be normalised, in order of
// position. A phrase that starts or ends in an ASCII letter or digit matches
// only at a word boundary there: "visa" is not in "visage". If f returns
// false, Find stops.
func (m *Matcher) Find(s string, f func(Match) bool) {
	var next uint64 // the eight bytes from i on, the first one lowest
	for i := range min(len(s), 7) {
		next |= uint64(s[i]) << (8*i + 8)
	}
	wasWord := false
	for i := 0; i+1 < len(s); i++ {
		next >>= 8
		if i+7 < len(s) {
			next |= uint64(s[i+7]) << 56
		}
		c := byte(next)
		word := inWord[c]
		inside := c&0xC0 == 0x80 || word && wasWord
		wasWord = word
		if inside {
			continue // inside a character, or a word
		}
		if three := hash(next & (1<<24 - 1)); m.heads[1].has(three) {
			if six := hash(next & (1<<48 - 1)); m.heads[0].has(six) && !m.try(s, i, m.heads[0].chain(six), f) {
				return
			}
			if !m.try(s, i, m.heads[1].chain(three), f) {
				return
			}
		}
		if h := hash(next & (1<<16 - 1)); m.heads[2].has(h) && !m.try(s, i, m.heads[2].chain(h), f) {
			return
		}
	}
}

// inWord is wordByte as a table.
var inWord = [256]bool{
	'0': true, '1': true, '2': true, '3': true, '4': true, '5': true, '6': true, '7': true, '8': true, '9': true,
	'a': true, 'b': true, 'c': true, 'd': true, 'e': true, 'f': true, 'g': true, 'h': true, 'i': true, 'j': true,
	'k': true, 'l': true, 'm': true, 'n': true, 'o': true, 'p': true, 'q': true, 'r': true, 's': true, 't': true,
	'u': true, 'v': true, 'w': true, 'x': true, 'y': true, 'z': true,
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
