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
	heads   [len(headLens)]heads
	// opens holds the bytes that a phrase begins with, longer the three bytes that one
	// of three bytes and more does: most places in a text are asked for no more.
	opens   [256]bool
	longer  gate
	entries []entry
}

// An entry is what is asked of a phrase before it is compared as a whole: several
// that begin alike ("please confirm …") lie in one chain, and their texts all over
// the memory.
type entry struct {
	// behind are the bytes behind the head, at most eight, the first the lowest.
	behind uint64
	// next is the phrase after this one in its chain, plus one; 0 ends the chain.
	next int32
	// bits is how many bits of behind count.
	bits uint32
}

// headLens are how many bytes of a phrase lead to it, the most that it has: two
// CJK characters or six ASCII ones, a single CJK character, two ASCII letters.
var headLens = [...]int{6, 3, 2}

// heads leads from the first bytes of a text to the phrases that begin with
// them.
type heads struct {
	gate
	// first is the first phrase of the chain for a hash, plus one, the longest
	// first. Phrases with different heads may share a chain.
	first []int32
	shift uint32
}

// A gate has a bit for every hash of a phrase's head.
type gate [1 << gateBits / 64]uint64

const gateBits = 15

// A Match is one phrase found.
type Match struct {
	// ID is the phrase's index.
	ID int
	// Start and End are byte offsets in the text searched.
	Start, End int
}

// NewMatcher returns a matcher for phrases, which it keeps. Phrases must be
// normalised; ones shorter than two bytes are left out, as they would match anything.
func NewMatcher(phrases []string) *Matcher {
	m := &Matcher{phrases: phrases, entries: make([]entry, len(phrases))}
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
			m.opens[p[0]] = true
			h, t := head(start[:], k), &m.heads[k]
			t.open(h)
			if k <= 1 {
				m.longer.open(head(start[:], 1))
			}
			rest := p[headLens[k]:]
			m.entries[i].behind, m.entries[i].bits = load(rest), uint32(8*min(len(rest), 8))
			m.insert(&t.first[h>>t.shift], int32(i))
		}
	}
	return m
}

// insert puts phrase i into a chain, behind those that are as long or longer, so
// that callers can take the most specific one.
func (m *Matcher) insert(at *int32, i int32) {
	for *at != 0 && len(m.phrases[*at-1]) >= len(m.phrases[i]) {
		at = &m.entries[*at-1].next
	}
	m.entries[i].next = *at
	*at = i + 1
}

// load returns the first eight bytes of s, the first the lowest; zeroes stand for
// those that it has not.
func load(s string) (word uint64) {
	if len(s) >= 8 {
		return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
			uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	}
	for i := range len(s) {
		word |= uint64(s[i]) << (8 * i)
	}
	return word
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

func (g *gate) open(hash uint32) {
	bit := hash >> (32 - gateBits)
	g[bit/64] |= 1 << (bit % 64)
}

func (g *gate) has(hash uint32) bool {
	bit := hash >> (32 - gateBits)
	return g[bit/64]&(1<<(bit%64)) != 0
}

// Find calls f for every phrase in s, which must be normalised, in order of
// position. A phrase that starts or ends in an ASCII letter or digit matches
// only at a word boundary there: "visa" is not in "visage". If f returns
// false, Find stops.
func (m *Matcher) Find(s string, f func(Match) bool) {
	for next := 0; next+1 < len(s); {
		i := next
		c := s[i]
		// A phrase begins with a word or with a character, and not inside one.
		next++
		switch {
		case inWord[c]:
			for next < len(s) && inWord[s[next]] {
				next++
			}
		case c >= 0xF0:
			next += 3
		case c >= 0xE0:
			next += 2
		case c >= 0xC0:
			next++
		}
		if !m.opens[c] {
			continue
		}
		two := uint64(c) | uint64(s[i+1])<<8
		if i+2 < len(s) {
			first := two | uint64(s[i+2])<<16
			if three := hash(first); m.longer.has(three) {
				if i+5 < len(s) {
					six := hash(first | uint64(s[i+3])<<24 | uint64(s[i+4])<<32 | uint64(s[i+5])<<40)
					if m.heads[0].has(six) && !m.try(s, i, 0, m.heads[0].chain(six), f) {
						return
					}
				}
				if m.heads[1].has(three) && !m.try(s, i, 1, m.heads[1].chain(three), f) {
					return
				}
			}
		}
		// Two bytes are never all of a longer character, nor of a longer word.
		if c >= 0xE0 || next > i+2 {
			continue
		}
		if h := hash(two); m.heads[2].has(h) && !m.try(s, i, 2, m.heads[2].chain(h), f) {
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

func (m *Matcher) try(s string, i, kind int, candidate int32, f func(Match) bool) bool {
	behind := load(s[i+headLens[kind]:])
	for ; candidate != 0; candidate = m.entries[candidate-1].next {
		e := &m.entries[candidate-1]
		if (e.behind^behind)<<(64-e.bits) != 0 { // a shift by 64 leaves nothing
			continue
		}
		p := m.phrases[candidate-1]
		end := i + len(p)
		if end > len(s) || s[i:end] != p || !boundary(s, i, end) {
			continue
		}
		if !f(Match{ID: int(candidate - 1), Start: i, End: end}) {
			return false
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
