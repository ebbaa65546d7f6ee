// Package text makes the wording of a mail comparable and finds known phrases
// in it.
//
// A phishing mail is written to be read by a person and missed by a program:
// fullwidth letters, Cyrillic а in Amazon, katakana ヘ in hiragana text,
// zero-width characters inside a word, compatibility ideographs. [Normalize]
// folds all of that into one spelling; a [Matcher] is built from phrases in
// that spelling and finds them in text in that spelling. [Scan] says how much
// was folded away, which is evidence by itself.
package text

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Normalize returns s in the spelling that phrases are compared in: NFKC,
// lower case, invisible characters removed, letters that only look like Latin
// or kana replaced by what they look like, white space folded to one space,
// and no space beside a CJK character. It is idempotent. Invalid UTF-8 becomes
// U+FFFD.
func Normalize(s string) string {
	if untouched(s) {
		return s
	}
	normal, _ := fold(s)
	return normal
}

// Read returns s in the spelling of [Normalize], and what [Scan] counts in it.
func Read(s string) (normal string, spoof Spoof) {
	if untouched(s) {
		return s, Spoof{}
	}
	return fold(s)
}

// untouched reports a text that is in the spelling of Normalize already.
func untouched(s string) bool {
	if isPlain(s) {
		return true
	}
	n, _ := unchanged(s)
	return n == len(s)
}

// compose brings any text into NFKC. Invisible characters go first: they would
// keep it from composing.
func compose(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	s = strip(s)
	if norm.NFKC.IsNormalString(s) {
		return s
	}
	return norm.NFKC.String(s)
}

// isPlain reports whether s is ASCII in normal form already, the common case
// for phrases and for short English text.
func isPlain(s string) bool {
	space := true
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' || c < ' ' || c == 0x7F:
			return false
		case c == ' ':
			if space {
				return false
			}
			space = true
		default:
			space = false
		}
	}
	return !space || s == ""
}

func strip(s string) string {
	i := strings.IndexFunc(s, Invisible)
	if i < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:i])
	for _, r := range s[i:] {
		if !Invisible(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// fold brings a text into the spelling of Normalize, in one pass, and counts what
// it hides.
func fold(s string) (normal string, spoof Spoof) {
	room := buffers.Get().(*[]byte)
	f := folder{out: (*room)[:0]}
	if cap(f.out) < len(s) {
		f.out = make([]byte, 0, len(s))
	}
	f.add(s, true)
	normal = string(f.out)
	if *room = f.out; cap(f.out) <= keepBuffer {
		buffers.Put(room)
	}
	return normal, f.spoof
}

// A folder folds text.
type folder struct {
	out   []byte
	prev  rune // last rune written; 0 at the start
	space bool // white space stood behind it
	spoof Spoof
}

// add does everything that is done rune by rune. A letter of another script is
// read as the Latin one it imitates only where it stands in a word with Latin
// letters: Привет stays Russian.
//
// Text that stays as it is, which is most of it, is copied in runs.
//
// With check, s is any text. What add alone does not bring into normal form (see
// settled) is composed first, the whole line that it stands in: nothing composes
// over a line's end. Without, s is in NFKC and without invisible characters.
func (f *folder) add(s string, check bool) {
	b, prev, space := f.out, f.prev, f.space
	// The line: where it begins, and what was folded before it; open says that Scan
	// counts nothing in it so far.
	start, before, open := 0, *f, true
	for i := 0; i < len(s); {
		c := s[i]
		if c <= ' ' {
			space = true
			i++
			if c < ' ' {
				if check && !open {
					f.spoof.add(Scan(s[start:i]))
				}
				start, open = i, true
				before.out, before.prev, before.space = b, prev, true
			}
			continue
		}
		if n, last := unchanged(s[i:]); n > 0 {
			if space {
				first := rune(c)
				if first >= utf8.RuneSelf {
					first = bulk(s[i:])
				}
				if prev != 0 && !cjk(prev) && !cjk(first) {
					b = append(b, ' ')
				}
				space = false
			}
			b = append(b, s[i:i+n]...)
			prev = last
			i += n
			continue
		}
		r, n := rune(c), 1
		end := i // of what has to be composed first; at i where nothing has
		if c >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
			if check && !settled(r, n) {
				end = lineEnd(s, i)
			} else if '！' <= r && r <= '～' {
				r -= '！' - '!'
			} else if Invisible(r) || !space && isLatin(prev) && unicode.Is(unicode.Mn, r) {
				// A mark that composes with no Latin letter strikes it through or
				// stands over it: U̷PS and Aܿlܿert are read as they were meant.
				i += n
				open = false
				continue
			}
		}
		if r >= utf8.RuneSelf && end == i && isForeignAlphabet(r) {
			// The word decides: read it whole.
			word := s[i : i+wordLen(s[i:])]
			if check && !standsAlone(word, s[i+len(word):]) {
				end = lineEnd(s, i)
			} else {
				open = false
				mixed := isLatin(prev) && !space || hasLatin(word)
				for _, w := range word {
					w = lower(w)
					if l, ok := latinLookalike(w); ok && mixed {
						w = l
					}
					if space {
						if prev != 0 && !cjk(prev) && !cjk(w) {
							b = append(b, ' ')
						}
						space = false
					}
					b = utf8.AppendRune(b, w)
					prev = w
				}
				i += len(word)
				continue
			}
		}
		if end > i {
			line := s[start:end]
			g := before
			g.add(compose(line), false)
			b, prev, space = g.out, g.prev, g.space
			f.spoof.add(Scan(line))
			i, start, open = end, end, true
			continue
		}
		if r < utf8.RuneSelf {
			if 'A' <= r && r <= 'Z' {
				r += 'a' - 'A'
			}
		} else {
			if dash(r) && !kana(prev) && !cjk(prev) {
				r = '-' // a dash of the Latin kind; after kana it is a long vowel
			}
			r = kanaFold(lower(r))
		}
		i += n
		if r <= 0x20 || r == 0x7F || r > 0x7F && unicode.IsSpace(r) {
			space = true
			continue
		}
		if space {
			if prev != 0 && !cjk(prev) && !cjk(r) {
				b = append(b, ' ')
			}
			space = false
		}
		switch {
		case r < utf8.RuneSelf:
			b = append(b, byte(r))
		case r == '…':
			b = append(b, "..."...)
			r = '.'
		default:
			b = utf8.AppendRune(b, r)
		}
		prev = r
	}
	if check && !open {
		f.spoof.add(Scan(s[start:]))
	}
	f.out, f.prev, f.space = b, prev, space
}

// lineEnd returns where the line that s[i] stands in ends.
func lineEnd(s string, i int) int {
	for i < len(s) && s[i] >= ' ' {
		i++
	}
	return i
}

// lower is unicode.ToLower, at once for western letters and for the punctuation and
// ideographs that have no case.
func lower(r rune) rune {
	switch {
	case r < 0x100:
		if 'A' <= r && r <= 'Z' || 'À' <= r && r <= 'Þ' && r != '×' {
			r += 'a' - 'A'
		}
		return r
	case 0x2000 <= r && r < 0x2100, 0x2E80 <= r && r < 0xA640:
		return r
	}
	return unicode.ToLower(r)
}

// buffers keeps the room that fold writes into, up to keepBuffer bytes each, for the
// next text.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

const keepBuffer = 256 << 10

// unchanged returns how many bytes at the start of s fold leaves as they are,
// and the last rune of them: lower-case ASCII with single spaces between, and
// kana and ideographs that nothing is taken for.
func unchanged(s string) (n int, last rune) {
	for {
		start := n
		for n < len(s) && (plain[s[n]] || s[n] == ' ' && n > start && n+1 < len(s) && plain[s[n+1]]) {
			n++
		}
		if n > start {
			last = rune(s[n-1])
		}
		r := bulk(s[n:])
		switch {
		case r >= '一':
			if r > '龯' || taken[r&0xFF] && kanaFold(r) != r {
				return n, last
			}
		case r >= 'ぁ':
			if r > 'ヾ' || 'ヘ' <= r && r <= 'ペ' || r == 'リ' || 'ゖ' < r && r < 'ァ' {
				return n, last
			}
		case r < '、' || r > '〛':
			return n, last
		}
		last = r
		n += 3
	}
}

// taken holds the last bytes of the ideographs that kanaFold replaces.
var taken = [256]bool{
	'一' & 0xFF: true, '帐' & 0xFF: true, '夕' & 0xFF: true, '东' & 0xFF: true, '鐡' & 0xFF: true,
	'鐵' & 0xFF: true, '戶' & 0xFF: true, '户' & 0xFF: true, '千' & 0xFF: true, '济' & 0xFF: true,
	'卜' & 0xFF: true, '八' & 0xFF: true, '二' & 0xFF: true, '力' & 0xFF: true, '认' & 0xFF: true,
	'证' & 0xFF: true, '变' & 0xFF: true, '口' & 0xFF: true, '工' & 0xFF: true, '绵' & 0xFF: true,
	'银' & 0xFF: true, '请' & 0xFF: true, '埸' & 0xFF: true,
}

// plain holds the ASCII that fold leaves as it is.
var plain = [256]bool{
	'!': true, '"': true, '#': true, '$': true, '%': true, '&': true, '\'': true, '(': true, ')': true, '*': true,
	'+': true, ',': true, '-': true, '.': true, '/': true, '0': true, '1': true, '2': true, '3': true, '4': true,
	'5': true, '6': true, '7': true, '8': true, '9': true, ':': true, ';': true, '<': true, '=': true, '>': true,
	'?': true, '@': true, '[': true, '\\': true, ']': true, '^': true, '_': true, '`': true, 'a': true, 'b': true,
	'c': true, 'd': true, 'e': true, 'f': true, 'g': true, 'h': true, 'i': true, 'j': true, 'k': true, 'l': true,
	'm': true, 'n': true, 'o': true, 'p': true, 'q': true, 'r': true, 's': true, 't': true, 'u': true, 'v': true,
	'w': true, 'x': true, 'y': true, 'z': true, '{': true, '|': true, '}': true, '~': true,
}

const kanaDash = 'ー'

// dash reports the characters that stand for a hyphen in Latin text and for
// the long-vowel mark in kana.
func dash(r rune) bool {
	switch r {
	case '―', '—', '–', '─', '━', '－', '‐', '‑', '‒', '−':
		return true
	}
	return false
}

// wordLen returns the length in bytes of the run of letters, marks and digits
// that s starts with; at least one rune.
func wordLen(s string) int {
	for i, r := range s {
		if i > 0 && !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) || cjk(r) {
			return max(i, 1)
		}
	}
	return len(s)
}

func hasLatin(s string) bool { return strings.IndexFunc(s, isLatin) >= 0 }

func isLatin(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r >= 0xC0 && unicode.Is(unicode.Latin, r)
}

// isForeignAlphabet reports the scripts that are used to imitate Latin words.
func isForeignAlphabet(r rune) bool {
	switch {
	case 0x370 <= r && r <= 0x3FF, 0x400 <= r && r <= 0x52F, 0x531 <= r && r <= 0x58F,
		0x13A0 <= r && r <= 0x13FF, 0xAB70 <= r && r <= 0xABBF, 0x1C80 <= r && r <= 0x1C8F:
		return true
	}
	return false
}

// Invisible reports characters that take no place on the screen: zero-width
// characters, soft hyphens, directional controls, variation selectors, tags
// and invisible operators. U+200D and U+FE0F between emoji are counted too;
// callers that count take care of that.
func Invisible(r rune) bool {
	switch {
	case r < 0xAD:
		return false
	case r == 0xAD, r == 0x34F, r == 0x61C, r == 0x115F, r == 0x1160, r == 0x17B4, r == 0x17B5,
		0x180B <= r && r <= 0x180F, 0x200B <= r && r <= 0x200F, 0x202A <= r && r <= 0x202E,
		0x2060 <= r && r <= 0x206F, r == 0x3164, 0xFE00 <= r && r <= 0xFE0F,
		r == 0xFEFF, r == 0xFFA0, 0xFFF9 <= r && r <= 0xFFFB, 0x1BCA0 <= r && r <= 0x1BCA3,
		0x1D173 <= r && r <= 0x1D17A, 0xE0000 <= r && r <= 0xE0FFF:
		return true
	}
	return false
}

func kana(r rune) bool { return 0x3040 <= r && r <= 0x30FF }

// cjk reports the scripts that are written without spaces between words,
// their punctuation included.
func cjk(r rune) bool {
	return 0x2E80 <= r && r <= 0x9FFF || 0xF900 <= r && r <= 0xFAFF || 0xFE30 <= r && r <= 0xFE4F || 0x20000 <= r && r <= 0x3FFFF
}
