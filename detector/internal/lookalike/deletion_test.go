package lookalike

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// hashOf is the hash of a text as deletion.go says it.
func hashOf(text string) uint64 {
	h := uint64(0)
	for i := range len(text) {
		h = h*prime + uint64(text[i]) + 1
	}
	return h + dropSeed
}

func without(text string, i int) string { return text[:i] + text[i+1:] }

// TestDeletionsAgainstReference: what is added for a byte gives the hash of the text
// without it, and without a second one behind it.
func TestDeletionsAgainstReference(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	for range 200 {
		text := randomText(r, 0, maxName)
		whole, drops := deletions(nil, text)
		if whole != hashOf(text) || len(drops) != len(text) {
			t.Fatalf("%q: %x and %d bytes, want %x", text, whole, len(drops), hashOf(text))
		}
		for i := range text {
			if got, want := whole+drops[i], hashOf(without(text, i)); got != want {
				t.Fatalf("%q without byte %d: %x, want %x", text, i, got, want)
			}
			if twice(text, i) && without(text, i) != without(text, i-1) {
				t.Fatalf("%q: byte %d does not repeat the one before", text, i)
			}
			for j := i + 1; j < len(text); j++ {
				if got, want := whole+drops[i]*inverse+drops[j], hashOf(without(without(text, j), i)); got != want {
					t.Fatalf("%q without bytes %d and %d: %x, want %x", text, i, j, got, want)
				}
			}
		}
	}
}

// TestPieceAgainstReference: a piece has the same hashes, whichever end it grows at.
func TestPieceAgainstReference(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	for range 200 {
		text := randomText(r, maxGlued, maxGlued)
		var right, left piece
		for n := 1; n <= len(text); n++ {
			right.append(text[n-1])
			left.prepend(text[len(text)-n])
			for p, text := range map[*piece]string{&right: text[:n], &left: text[len(text)-n:]} {
				want := []uint64{hashOf(text)}
				for i := range text {
					want = append(want, hashOf(without(text, i)))
				}
				got := []uint64{p.whole + dropSeed}
				for _, h := range p.without() {
					got = append(got, h+dropSeed)
				}
				if !slices.Equal(got, want) {
					t.Fatalf("%q: %x, want %x", text, got, want)
				}
			}
		}
	}
}
