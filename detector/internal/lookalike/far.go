package lookalike

import (
	"slices"

	"github.com/honmono/honmono/detector/internal/segment"
)

// distant looks for brands' names that are two slips away from a part of the
// host. It is for hosts that are suspicious for another reason already
// (amzone.co.jp.example.cn), and for labels that are put together.
func (f *finder) distant(suspicious bool) {
	v := &f.view
	if !suspicious && !f.composed() {
		return
	}
	tokens := 0
	for at := v.n; at > 0 && tokens < maxTokens; {
		from, to := v.chunk(at - 1)
		if suspicious || from >= v.label {
			f.twoSlips(from, to, suspicious)
		}
		tokens++
		at = from
	}
}

// suspicious reports a host that looks made to deceive, whomever it imitates.
func (f *finder) suspicious() bool { return f.cheap || f.faked() || f.weird() }

// weird reports a registrable label that means nothing: letters and digits mixed,
// or too many consonants in a row, and no word (1i-q.top, sxdsqqjy.com).
func (f *finder) weird() bool {
	v := &f.view
	label := v.text[v.label:v.n]
	turns, run, vowels := 0, 0, 0
	for i, c := range label {
		switch {
		case i > 0 && digit(c) != digit(label[i-1]):
			turns++
			run = 0
		case vowel(c) || c == 'y' || digit(c):
			run = 0
		}
		if vowel(c) {
			vowels++
		} else if !digit(c) && c != 'y' {
			run++
		}
		if run >= 5 {
			turns++
		}
	}
	return len(label) > 2 && (turns > 1 || vowels == 0) && !segment.Covers(asString(label))
}

// composed reports a registrable label that is put together with hyphens or
// digits: jaebanke-tendan.com.
func (f *finder) composed() bool {
	v := &f.view
	for i := v.label; i < v.n; i++ {
		if digit(v.text[i]) || i > v.label && v.sep[i] == '-' {
			return true
		}
	}
	return false
}

// faked reports that a public suffix stands within the host.
func (f *finder) faked() bool {
	v := &f.view
	for at := 0; at < v.label; {
		from, to := v.chunk(at)
		if at > 0 && to-from <= maxFake && slices.Contains(fakes, asString(v.text[from:to])) {
			return true
		}
		at = to
	}
	return false
}

// twoSlips compares one part with the names. The table holds the names and what
// is left of them without one letter; looking up what is left of the part
// without one and without two letters finds all names within two insertions, or
// an insertion and a replacement, and some more.
func (f *finder) twoSlips(from, to int, suspicious bool) {
	x, text := f.index, f.view.text[from:to]
	if len(text) < minProminent || len(text) > maxName {
		return
	}
	var room [maxName]uint64
	whole, drops := deletions(room[:0], text)
	// Most pairs of letters that can be left out lead to the same names.
	var some [8]int
	compared := some[:0]
	try := func(hash uint64) {
		x.near.each(hash, func(id int) {
			if !slices.Contains(compared, id) {
				compared = append(compared, id)
				f.secondSlip(&x.names[id], from, to, suspicious)
			}
		})
	}
	for i, drop := range drops {
		if twice(text, i) {
			continue
		}
		if h := whole + drop; x.prominent.may(h) {
			try(h)
		}
		// What stands behind byte i moves up by one place for the second.
		first := whole + drop*inverse
		for j := i + 1; j < len(text); j++ {
			if h := first + drops[j]; x.prominent.may(h) && (j == i+1 || !twice(text, j)) {
				try(h)
			}
		}
	}
}

// secondSlip keeps a name that is two slips away from one part of the host.
func (f *finder) secondSlip(n *name, from, to int, suspicious bool) {
	text := f.view.text[from:to]
	if !f.index.isProminent(n) || n.text[0] != text[0] || f.own(n.owner) || distance(n.text, text, 2) > 2 {
		return
	}
	t := f.target(n)
	if !suspicious && t.standing < home {
		return
	}
	kind, strength := Typo, Hint
	switch {
	case from < f.view.label:
		kind = Embedded
		if after, _ := f.suffixAfter(hit{name: n, from: from, to: to}); after != nothing {
			strength = Weak
		}
	case f.cut.tenant:
		kind = Tenant
	}
	f.report(n, t, kind, f.cap(kind, strength), string(text), 2)
}

// mangled looks for brands at home in Japan whose names come near to what
// stands before a .jp suffix in the middle of the host. There somebody's domain
// is imitated for sure; the question is only whose.
func (f *finder) mangled() {
	v := &f.view
	for at := 0; at < v.n; {
		from, to := v.chunk(at)
		if to-from >= minProminent && to < v.n && japaneseSuffix(asString(v.text[to:v.n])) {
			f.nearest(from, to)
		}
		at = to
	}
}

func japaneseSuffix(rest string) bool {
	if len(rest) < 4 {
		return false
	}
	switch rest[:4] {
	case "cojp", "nejp", "orjp", "gojp", "coip", "neip", "c0jp", "cojo":
		return true
	}
	return false
}

// nearest reports the brands in whose names at most one letter in three is
// wrong, the nearest first.
func (f *finder) nearest(from, to int) {
	x, text := f.index, f.view.text[from:to]
	for _, id := range x.brands {
		n := &x.names[id]
		limit := len(n.text) / 3
		if n.text[0] != text[0] || f.own(n.owner) {
			continue
		}
		if d := distance(n.text, text, limit); d <= limit {
			t := f.target(n)
			f.add(found{
				Match: Match{Kind: Embedded, Strength: f.cap(Embedded, Weak), Target: t.domain, Brand: x.owners[n.owner].brand, Part: string(text)},
				owner: n.owner, standing: t.standing, wrong: d,
			})
		}
	}
}

// distance is the optimal string alignment distance, limit+1 if it is more than
// the limit: insertions, omissions, replacements and transpositions of
// neighbours, no letter twice.
func distance(a string, b []byte, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit || len(a) > maxName || len(b) > maxName {
		return limit + 1
	}
	// Only cells at most limit beside the diagonal can lead to a distance within it.
	far := uint8(limit + 1)
	var rows [3][maxName + 2]uint8
	before, prev, cur := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		prev[j] = uint8(j)
	}
	for i := 1; i <= len(a); i++ {
		from, to := max(1, i-limit), min(len(b), i+limit)
		cur[from-1] = far
		if from == 1 {
			cur[0] = uint8(i)
		}
		least := cur[from-1]
		for j := from; j <= to; j++ {
			cost := uint8(1)
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			cur[j] = d
			least = min(least, d)
		}
		if least > far {
			return limit + 1 // even if a transposition jumps over a row
		}
		cur[to+1] = far
		before, prev, cur = prev, cur, before
	}
	return min(int(prev[len(b)]), limit+1)
}
