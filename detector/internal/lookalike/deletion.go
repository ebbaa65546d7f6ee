package lookalike

// Two texts are within one insertion, omission, replacement or transposition of
// each other only if they are equal when at most one byte of each is dropped (Mor,
// Fraenkel 1982: the deletion neighbourhood). Texts are hashed for this by a
// polynomial,
//
//	dropSeed + Σ (text[i]+1)·p^(n-1-i)   modulo 2⁶⁴
//
// because then a dropped byte is a difference that can be added: the text with
// all n bytes hashed, each one without a byte costs one addition, and each one
// without two bytes as well.

const (
	// prime is p, and inverse is 1/p.
	prime   = fnvPrime
	inverse = 0xce965057aff6957b
)

// deletions returns the hash of the text, and what to add to it for the text
// without byte i. The room for that is dst's, as far as it is enough.
func deletions[T string | []byte](dst []uint64, text T) (whole uint64, drops []uint64) {
	power := uint64(1)
	for i := range len(text) {
		whole = whole*prime + uint64(text[i]) + 1
		power *= prime
	}
	head := uint64(0)
	for i := range len(text) {
		power *= inverse
		next := head*prime + uint64(text[i]) + 1
		dst = append(dst, (head-next)*power)
		head = next
	}
	return whole + dropSeed, dst
}

// twice reports that byte i repeats the one before it: dropping either of them is
// the same.
func twice[T string | []byte](text T, i int) bool { return i > 0 && text[i] == text[i-1] }

// A piece is a text of at most maxGlued bytes that grows at one end, and the hashes
// of what it is without one byte. All pieces of a word that begin or end together
// are so had at the price of the longest.
type piece struct {
	whole    uint64
	power    uint64 // p^n, of what is prepended to
	from, to int    // of room, by the byte that is dropped
	room     [maxGlued]uint64
}

// append puts a byte behind the piece, which must not have been prepended to.
func (p *piece) append(c byte) {
	value := uint64(c) + 1
	for i, h := range p.without() {
		p.room[i] = h*prime + value
	}
	p.room[p.to] = p.whole
	p.to++
	p.whole = p.whole*prime + value
}

// prepend puts a byte in front of the piece, which must not have been appended to.
func (p *piece) prepend(c byte) {
	if p.to == 0 {
		p.from, p.to, p.power = maxGlued, maxGlued, 1
	}
	value := (uint64(c) + 1) * p.power
	for i := range p.without() {
		p.room[p.from+i] += value * inverse
	}
	p.from--
	p.room[p.from] = p.whole
	p.whole += value
	p.power *= prime
}

// without are the hashes of the piece without one byte, dropSeed apart.
func (p *piece) without() []uint64 { return p.room[p.from:p.to] }
