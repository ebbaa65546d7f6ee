package confusable

// Shape folds what looks alike within lower-case ASCII:
//
//	rn → m   vv → w   cl, c1 → d   0 → o   1, l → i   3 → e   4 → a
//	5 → s   7 → t   8 → b   9 → g
//
// It is appended to dst, which may be nil; other bytes stay as they are. The
// shape of a shape is itself.
func Shape(dst []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		c := fold[s[i]]
		n := len(dst)
		if n > 0 {
			switch {
			case c == 'n' && dst[n-1] == 'r':
				dst[n-1] = 'm'
				continue
			case c == 'v' && dst[n-1] == 'v':
				dst[n-1] = 'w'
				continue
			case (s[i] == 'l' || s[i] == '1') && dst[n-1] == 'c':
				dst[n-1] = 'd'
				continue
			}
		}
		dst = append(dst, c)
	}
	return dst
}

// fold holds the one-to-one part of Shape.
var fold = func() (t [256]byte) {
	for i := range t {
		t[i] = byte(i)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		t[pairs[i]] = pairs[i+1]
	}
	return t
}()

const pairs = "0o1ili3e4a5s7t8b9g"

// Coarse folds further than [Shape], to what can be mixed up at a glance:
//
//	c, e → c   g, q → g   u, v → u   i, 1, l → l   runs of m, n, r → n
//	b, d with the strokes beside them (cl, dl, lb) → b   lc, ic → k   vv, w → w
//	bc → ck (clc is read as "dc" and as "ek", so these must be one)
//
// It is appended to dst. Hyphens stay; the letters that no fold names stay.
// Source of the pairs: the glyph tables of permutation tools agree on them.
func Coarse(dst []byte, s string) []byte {
	start := len(dst)
	for i := 0; i < len(s); i++ {
		if c := coarse[s[i]]; strokes[c] {
			dst = glance(dst, start, c)
		} else {
			dst = append(dst, c)
		}
	}
	return dst
}

// strokes are the folded letters that make another one with what stands before
// them.
var strokes = [256]bool{'n': true, 'l': true, 'b': true, 'c': true, 'u': true}

// glance appends one folded byte to dst[start:], which is folded already. Every
// call from within takes a byte away first, so that it ends.
func glance(dst []byte, start int, c byte) []byte {
	n := len(dst)
	if n == start {
		return append(dst, c)
	}
	last, rest := dst[n-1], dst[:n-1]
	switch {
	case c == 'n' && last == 'n', c == 'l' && last == 'b':
		return dst // a run of minims; the stroke of a b or d
	case c == 'b' && last == 'l':
		return glance(rest, start, 'b')
	case c == 'c' && last == 'l':
		return glance(rest, start, 'k')
	case c == 'l' && last == 'c':
		return glance(rest, start, 'b')
	case c == 'u' && last == 'u':
		return glance(rest, start, 'w')
	case c == 'c' && last == 'b':
		return glance(glance(rest, start, 'c'), start, 'k')
	}
	return append(dst, c)
}

var coarse = func() (t [256]byte) {
	t = fold
	const more = "ilecqgvumnrndb"
	for i := range t {
		for j := 0; j+1 < len(more); j += 2 {
			if t[i] == more[j] {
				t[i] = more[j+1]
			}
		}
	}
	return t
}()
