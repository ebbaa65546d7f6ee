package fuse

import (
	"bytes"
	"slices"
	"strconv"
	"testing"
)

func keys(n int) (out []string) {
	for i := range n {
		out = append(out, "key-"+strconv.Itoa(i))
	}
	return out
}

func TestHoldsEveryKeyAndLittleElse(t *testing.T) {
	for _, n := range []int{1, 2, 3, 10, 1000, 20000} {
		k := keys(n)
		b, err := Build(k)
		if err != nil {
			t.Fatalf("%d keys: %v", n, err)
		}
		f := Filter(b)
		for _, s := range k {
			if !f.Contains(s) {
				t.Fatalf("%d keys: lacks %q", n, s)
			}
		}
		wrong := 0
		for i := range 200000 {
			if f.Contains("other-" + strconv.Itoa(i)) {
				wrong++
			}
		}
		if wrong > 20 { // 3 are expected
			t.Errorf("%d keys: %d of 200,000 others are in", n, wrong)
		}
		if n >= 20000 && len(b) > n*25/10 { // small sets need more slack
			t.Errorf("%d keys take %d bytes", n, len(b))
		}
	}
}

func TestBuildIsReproducible(t *testing.T) {
	k := keys(500)
	a, _ := Build(k)
	slices.Reverse(k)
	b, _ := Build(append(k, k[0]))
	if !bytes.Equal(a, b) {
		t.Error("the order of the keys changes the filter")
	}
}

func TestEmpty(t *testing.T) {
	b, err := Build(nil)
	if err != nil || Filter(b).Contains("") || Filter(b).Contains("x") {
		t.Errorf("an empty filter: %v, holds something", err)
	}
}

func BenchmarkContains(b *testing.B) {
	p, _ := Build(keys(20000))
	f := Filter(p)
	for b.Loop() {
		f.Contains("www.example.co.jp")
	}
}
