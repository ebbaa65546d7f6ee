package text

import (
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"
)

// fold brings a text into the spelling of Normalize, in one pass, and counts what
// it hides.
func fold(s string) (normal string, spoof Spoof) {
	room := buffers.Get().(*[]byte)
	f := folder{out: slices.Grow((*room)[:0], len(s))}
	f.add(s, true)
	normal = string(f.out)
	if *room = f.out; cap(f.out) <= keepBuffer {
		buffers.Put(room)
	}
	return normal, f.spoof
}

// buffers keeps the room that fold writes into, up to keepBuffer bytes each, for the
// next text.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

const keepBuffer = 256 << 10

// A folder does everything to a text that is done rune by rune.
type folder struct {
	out   []byte
	prev  rune // last rune written; 0 at the start
	space bool // white space stood behind it
	spoof Spoof
}

// add folds a text. With check, it is any text: what alone is not brought into
// normal form (see settled) is composed first, the whole line that it stands in,
// over the end of which nothing composes. Without, it is in NFKC and has no
// invisible characters.
func (f *folder) add(s string, check bool) {
	// The line: where it begins, and what was folded before it; open says that Scan
	// counts nothing in it so far.
	start, before, open := 0, *f, true
	for i := 0; i < len(s); {
		c := s[i]
		if c <= ' ' {
			f.space = true
			ended := false
			for ; i < len(s) && s[i] <= ' '; i++ {
				ended = ended || s[i] < ' '
			}
			if ended {
				if check && !open {
					f.spoof.add(Scan(s[start:i]))
				}
				start, before, open = i, *f, true
			}
			continue
		}
		if c < 0x7F {
			i += f.ascii(s[i:])
			continue
		}
		// Text that stays as it is, which is most of it, is copied in runs.
		if n, last := unchanged(s[i:]); n > 0 {
			f.separate(bulk(s[i:]))
			f.out = append(f.out, s[i:i+n]...)
			f.prev = last
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		word := ""
		if isForeignAlphabet(r) {
			word = s[i : i+wordLen(s[i:])]
		}
		switch {
		case check && (r >= utf8.RuneSelf && !settled(r, n) || word != "" && !standsAlone(word, s[i+len(word):])):
			end := lineEnd(s, i)
			spoof := f.spoof
			*f = before
			f.add(compose(s[start:end]), false)
			f.spoof = spoof
			f.spoof.add(Scan(s[start:end]))
			i, start, open = end, end, true
		case Invisible(r), !f.space && isLatin(f.prev) && unicode.Is(unicode.Mn, r):
			// A mark that composes with no Latin letter strikes it through or
			// stands over it: U̷PS and Aܿlܿert are read as they were meant.
			i += n
			open = false
		case word != "":
			f.foreign(word)
			i += len(word)
			open = false
		default:
			f.rune(r)
			i += n
		}
	}
	if check && !open {
		f.spoof.add(Scan(s[start:]))
	}
}

// separate writes the space that stands in front of r, if one does.
func (f *folder) separate(r rune) {
	if f.space && f.prev != 0 && !cjk(f.prev) && !cjk(r) {
		f.out = append(f.out, ' ')
	}
	f.space = false
}

// ascii folds the ASCII that s begins with, of which the first byte is printed: up
// to what is neither printed nor a single space. It returns its length.
func (f *folder) ascii(s string) int {
	f.separate(0)
	f.out = slices.Grow(f.out, len(s))
	out := f.out[len(f.out) : len(f.out)+len(s)]
	n := 0
	for ; n < len(s) && n < len(out); n++ {
		c := s[n]
		l := lowered[c]
		if l == 0 {
			if c != ' ' || n+1 == len(s) || lowered[s[n+1]] == 0 {
				break
			}
			l = c
		}
		out[n] = l
	}
	f.out = f.out[:len(f.out)+n]
	f.prev = rune(f.out[len(f.out)-1])
	return n
}

// foreign folds a word that begins in another alphabet. Its letters are read as the
// Latin ones that they imitate only where Latin letters stand in the word too:
// Привет stays Russian.
func (f *folder) foreign(word string) {
	mixed := isLatin(f.prev) && !f.space || hasLatin(word)
	for _, r := range word {
		r = lower(r)
		if l, ok := latinLookalike(r); ok && mixed {
			r = l
		}
		f.separate(r)
		f.out = utf8.AppendRune(f.out, r)
		f.prev = r
	}
}

// rune folds one rune.
func (f *folder) rune(r rune) {
	switch {
	case '！' <= r && r <= '～':
		r = lower(r - ('！' - '!'))
	case dash(r) && !kana(f.prev) && !cjk(f.prev):
		r = '-' // a dash of the Latin kind; after kana it is a long vowel
	default:
		r = kanaFold(lower(r))
	}
	if r <= 0x20 || r == 0x7F || r > 0x7F && unicode.IsSpace(r) {
		f.space = true
		return
	}
	f.separate(r)
	if f.prev = r; r == '…' {
		f.out, f.prev = append(f.out, "..."...), '.'
		return
	}
	f.out = utf8.AppendRune(f.out, r)
}

// lineEnd returns where the line that s[i] stands in ends.
func lineEnd(s string, i int) int {
	for i < len(s) && s[i] >= ' ' {
		i++
	}
	return i
}
