package lookalike

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/honmono/honmono/detector/internal/confusable"
	"github.com/honmono/honmono/detector/internal/segment"
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

// brandIndex has brands at home in Japan, whose names come near to each other.
func brandIndex(r *rand.Rand, n int) *Index {
	var targets []Target
	for range n {
		name := randomText(r, 4, 11)
		targets = append(targets, Target{Domain: name + ".jp", Brand: name, Keywords: []string{name}, Japanese: true})
	}
	return NewIndex(targets)
}

// brandsIn returns the brands that are found, and those of the names that want
// reports, in order.
func brandsIn(f *finder, want func(n *name) bool) (got, slow []string) {
	for _, m := range f.matches {
		got = append(got, m.Brand)
	}
	for i := range f.index.names {
		if n := &f.index.names[i]; want(n) {
			slow = append(slow, f.index.owners[n.owner].brand)
		}
	}
	slices.Sort(got)
	slices.Sort(slow)
	return got, slices.Compact(slow)
}

// TestTwoSlipsAgainstReference: all long names are found that are within two edits and
// share what is left without one letter and without up to two, and no other.
func TestTwoSlipsAgainstReference(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 18))
	x := brandIndex(r, 400)
	seen := 0
	for range rounds(4000) {
		text := mutate(r, x.names[r.IntN(len(x.names))].text, 3)
		if len(text) < minProminent {
			continue
		}
		left := map[string]bool{}
		for i := range text {
			one := without(text, i)
			left[one] = true
			for j := range one {
				left[without(one, j)] = true
			}
		}
		f := finder{index: x}
		f.view.set("", text)
		f.twoSlips(0, len(text), true)
		got, want := brandsIn(&f, func(n *name) bool {
			shares := left[n.text]
			for i := range n.text {
				shares = shares || left[without(n.text, i)]
			}
			return shares && len(n.text) >= minProminent && n.text[0] == text[0] && slowDistance(n.text, text) <= 2
		})
		if seen += len(want); !slices.Equal(got, want) {
			t.Fatalf("%q: found %q, the slow way %q", text, got, want)
		}
	}
	if seen < rounds(1000) {
		t.Errorf("only %d names were there to find", seen)
	}
}

// TestGluedAgainstReference: all long names are found that begin or end a longer word
// with a letter wrong or in another shape, and no other.
func TestGluedAgainstReference(t *testing.T) {
	r := rand.New(rand.NewPCG(19, 20))
	x := brandIndex(r, 400)
	shapeOf := func(s string) string { return string(confusable.Shape(nil, s)) }
	shapes := map[string]string{}
	for _, n := range x.names {
		shapes[n.text] = shapeOf(n.text)
	}
	seen := 0
	for range rounds(600) {
		text := mutate(r, x.names[r.IntN(len(x.names))].text, 2)
		for _, text := range []string{text + randomText(r, 1, 5), randomText(r, 1, 5) + text, "login" + text} {
			if len(text) <= minProminent || segment.Covers(text) {
				continue
			}
			f := finder{index: x}
			f.view.set("", text)
			w := word{finder: &f, from: 0, to: len(text), suspicious: true}
			start := w.behindLure()
			w.look()
			got, want := brandsIn(&f, func(n *name) bool {
				if len(n.text) < minProminent {
					return false
				}
				for size := minGlued; size <= maxGlued && size < len(text); size++ {
					for _, from := range []int{0, start, len(text) - size} {
						if from < start && from > 0 || from+size > len(text) {
							continue
						}
						piece := text[from : from+size]
						e, at, slip := oneEdit(n.text, []byte(piece))
						slip = slip && n.text[0] == piece[0] && (at < len(n.text)-1 || e == transposition)
						if slip || n.text != piece && shapes[n.text] == shapeOf(piece) {
							return true
						}
					}
				}
				return false
			})
			if seen += len(want); !slices.Equal(got, want) {
				t.Fatalf("%q: found %q, the slow way %q", text, got, want)
			}
		}
	}
	if seen < rounds(400) {
		t.Errorf("only %d names were there to find", seen)
	}
}
