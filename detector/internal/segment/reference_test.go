package segment

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

// The definitions of this package as its documentation says them, one string at a
// time.

var inflections = []struct{ ending, loses string }{
	{"s", ""}, {"es", ""}, {"d", ""}, {"ed", ""}, {"ing", ""}, {"ing", "e"}, {"r", ""}, {"er", ""}, {"ly", ""}, {"ness", ""},
}

func slowWord(s string) bool {
	stored := func(s string) bool { return minWord <= len(s) && len(s) <= maxWord && words.Contains(s) }
	if stored(s) {
		return true
	}
	for _, e := range inflections {
		if stem, ok := strings.CutSuffix(s, e.ending); ok && stored(stem+e.loses) {
			return true
		}
	}
	return false
}

// slowCovers tries every way to write the text in words: glue is how many letters of
// those before it are in short words, over whether one runs over an edge.
func slowCovers(text string, from, to, at, glue int, over bool) bool {
	if at == len(text) {
		return at > 0 && over && glue*5 <= at*3
	}
	if c := text[at]; c == '-' || '0' <= c && c <= '9' {
		return slowCovers(text, from, to, at+1, glue, over)
	}
	for end := at + 1; end <= min(len(text), at+maxCovering); end++ {
		w, more := text[at:end], 0
		if word := slowWord(w); len(w) < 4 && (word || small(w)) {
			more = len(w)
		} else if !word {
			continue
		}
		if slowCovers(text, from, to, end, glue+more, over || at < from && from < end || at < to && to < end) {
			return true
		}
	}
	return false
}

func slowCompound(text string) bool {
	for n := 4; n <= min(len(text), maxCovering); n++ {
		if slowWord(text[:n]) && (n == len(text) || slowCompound(text[n:])) {
			return true
		}
	}
	return false
}

// texts calls f with words, as they are, inflected, glued and with a letter wrong.
func texts(t *testing.T, f func(text string, r *rand.Rand)) {
	b, err := os.ReadFile("english.txt")
	if err != nil {
		t.Fatal(err)
	}
	list := strings.Fields(string(b))
	glue := strings.Fields("a i e my the and for to of in s es ed ing er ly ness - 7 24 q zx jcb")
	r := rand.New(rand.NewPCG(11, 12))
	for range 20_000 {
		text := ""
		for range 1 + r.IntN(3) {
			text += list[r.IntN(len(list))]
			if r.IntN(2) == 0 {
				text += glue[r.IntN(len(glue))]
			}
		}
		if at := r.IntN(len(text)); r.IntN(4) == 0 {
			text = text[:at] + string("abcdefghijklmnopqrstuvwxyz"[r.IntN(26)]) + text[at+1:]
		}
		f(text, r)
	}
}

func TestAgainstReference(t *testing.T) {
	seen := map[string]int{}
	check := func(what, text string, got, want bool) {
		if got != want {
			t.Fatalf("%s of %q is %v, the slow way says %v", what, text, got, want)
		}
		if want {
			seen[what]++
		}
	}
	texts(t, func(text string, r *rand.Rand) {
		from := r.IntN(len(text))
		to := from + 1 + r.IntN(len(text)-from)
		check("Word", text[from:to], Word(text[from:to]), slowWord(text[from:to]))
		check("Word", text, Word(text), slowWord(text))
		check("Covers", text, Covers(text), slowCovers(text, 0, 0, 0, 0, true))
		check("Straddles", text, Straddles(text, from, to), slowCovers(text, from, to, 0, 0, false))
		check("Compound", text, Compound(text), slowCompound(text))
	})
	for _, what := range []string{"Word", "Covers", "Straddles", "Compound"} {
		if seen[what] < 1000 {
			t.Errorf("%s: only %d were true", what, seen[what])
		}
	}
}
