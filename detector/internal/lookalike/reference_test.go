package lookalike

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// slowDistance is the optimal string alignment distance as the textbook has it.
func slowDistance(a, b string) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range len(b) + 1 {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

// randomText has few different letters, so that texts come near to each other.
func randomText(r *rand.Rand, least, most int) string {
	b := make([]byte, least+r.IntN(most-least+1))
	for i := range b {
		b[i] = "abcnrdo0l1"[r.IntN(10)]
	}
	return string(b)
}

// mutate makes up to n random edits.
func mutate(r *rand.Rand, s string, n int) string {
	b := []byte(s)
	for range r.IntN(n + 1) {
		i := r.IntN(len(b) + 1)
		c := "abcnrdo0l1"[r.IntN(10)]
		switch k := r.IntN(4); {
		case k == 0 || len(b) < 2:
			b = slices.Insert(b, i, c)
		case k == 1 && i < len(b):
			b = slices.Delete(b, i, i+1)
		case k == 2 && i < len(b):
			b[i] = c
		case i+1 < len(b):
			b[i], b[i+1] = b[i+1], b[i]
		}
	}
	return string(b)
}

func randomIndex(r *rand.Rand, n int) *Index {
	var targets []Target
	for range n {
		targets = append(targets, Target{Domain: randomText(r, 3, 12) + ".com", Brand: randomText(r, 8, 8), Keywords: []string{randomText(r, 2, 9)}})
	}
	return NewIndex(targets)
}

// rounds is how many of n comparisons are made: with -short, as in wasm, where the
// code is the same and slower, a sixth.
func rounds(n int) int {
	if testing.Short() {
		return n / 6
	}
	return n
}

// TestEditsAgainstReference: the table answers for every name within one edit,
// and for no other.
func TestEditsAgainstReference(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	x := randomIndex(r, 300)
	for range rounds(3000) {
		typed := mutate(r, x.names[r.IntN(len(x.names))].text, 3)
		var got, want []int
		whole, drops := deletions(nil, typed)
		for _, h := range append(drops, 0) {
			x.near.each(whole+h, func(id int) {
				if _, _, ok := oneEdit(x.names[id].text, []byte(typed)); ok {
					got = append(got, id)
				}
			})
		}
		for id, n := range x.names {
			if n.class > tiny && slowDistance(n.text, typed) == 1 {
				want = append(want, id)
			}
		}
		slices.Sort(got)
		if got = slices.Compact(got); !slices.Equal(got, want) {
			t.Fatalf("%q: the table gives names %v, the slow way %v", typed, got, want)
		}
	}
}

func TestOneEdit(t *testing.T) {
	for _, c := range []struct {
		name, typed string
		edit        edit
		at          int
	}{
		{"amazon", "amazzon", repetition, 4}, {"amazon", "amazxon", insertion, 4}, {"amazon", "amzon", omission, 2},
		{"amazon", "amason", replacement, 3}, {"amazon", "amzaon", transposition, 2}, {"amazon", "xamazon", insertion, 0},
	} {
		e, at, ok := oneEdit(c.name, []byte(c.typed))
		if !ok || e != c.edit || at != c.at {
			t.Errorf("%s to %s: %v at %d, %v; want %v at %d", c.name, c.typed, e, at, ok, c.edit, c.at)
		}
	}
	for _, typed := range []string{"amazon", "amzno", "amazonxx", "", "nozama"} {
		if e, _, ok := oneEdit("amazon", []byte(typed)); ok {
			t.Errorf("amazon to %q is edit %v", typed, e)
		}
	}
	r := rand.New(rand.NewPCG(5, 6))
	for range 5000 {
		a := randomText(r, 1, 9)
		b := mutate(r, a, 3)
		if _, _, ok := oneEdit(a, []byte(b)); ok != (slowDistance(a, b) == 1) {
			t.Fatalf("oneEdit(%q, %q) = %v, their distance is %d", a, b, ok, slowDistance(a, b))
		}
	}
}

func TestDistanceAgainstReference(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 20000 {
		a := randomText(r, 1, 14)
		b := mutate(r, a, 6)
		for limit := range 5 {
			if got, want := distance(a, []byte(b), limit), min(slowDistance(a, b), limit+1); got != want {
				t.Fatalf("distance(%q, %q, %d) = %d, want %d", a, b, limit, got, want)
			}
		}
	}
}

// TestScanAgainstReference: the scan finds every place where a name stands.
func TestScanAgainstReference(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	x := randomIndex(r, 200)
	for range 1000 {
		f := finder{index: x}
		front, label := randomText(r, 0, 20)+"."+randomText(r, 1, 20)+"-"+randomText(r, 1, 9), randomText(r, 1, 30)
		f.view.set(front, label)
		f.scan()
		text := strings.NewReplacer(".", "", "-", "").Replace(front + label)
		if string(f.view.text[:f.view.n]) != text {
			t.Fatalf("the view of %q and %q is %q", front, label, f.view.text[:f.view.n])
		}
		type place struct{ id, at int }
		var got, want []place
		for _, h := range f.hits {
			id := slices.IndexFunc(x.names, func(n name) bool { return n.text == h.text && n.owner == h.owner })
			got = append(got, place{id, h.from})
		}
		for id, n := range x.names {
			for at := range text {
				if strings.HasPrefix(text[at:], n.text) {
					want = append(want, place{id, at})
				}
			}
		}
		order := func(a, b place) int { return (a.id-b.id)*1000 + a.at - b.at }
		slices.SortFunc(got, order)
		slices.SortFunc(want, order)
		if !slices.Equal(got, want) {
			t.Fatalf("in %q the scan finds %v, the slow way %v", text, got, want)
		}
	}
}

// TestNoTextTooLong: names and hosts at their limits are found and cut alike.
func TestNoTextTooLong(t *testing.T) {
	long := strings.Repeat("abcdefghi", 7)
	x := NewIndex([]Target{{Domain: long + ".com"}})
	if m := x.Check(long + ".top"); len(m) != 1 || m[0].Kind != Suffix {
		t.Errorf("a label of 63 bytes under another suffix: %v", m)
	}
	if m := x.Check(long[:62] + ".com"); len(m) != 1 {
		t.Errorf("a label of 63 bytes without its last: %v", m)
	}
}
