// Package jsonread reads JSON without reflection and without copying strings:
// what a browser does with half a megabyte of rules at every cold start.
//
// A [Reader] walks one text. The caller says what it expects; what is there
// instead is an error, which stays and makes every later call return zero
// values, so that it is asked for once, at the end, with [Reader.Err]. Null is
// the zero value of everything, as in encoding/json. Strings are slices of the
// text, unless they hold escapes, which are rare in text that was written
// without escaping HTML.
//
// What it accepts is what encoding/json accepts, which a fuzz test compares.
package jsonread

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth is how deep values may lie in one another, as in encoding/json.
const maxDepth = 10000

// A Reader reads one JSON text.
type Reader struct {
	s     string
	i     int
	depth int
	err   error
	// room is where lists of strings are put, many into one piece.
	room []string
}

// New returns a Reader at the start of text.
func New(text string) *Reader { return &Reader{s: text} }

// Err returns the first error, also where something follows the value read.
func (r *Reader) Err() error {
	if r.peek() != 0 || r.i < len(r.s) {
		r.fail("the end")
	}
	return r.err
}

func (r *Reader) fail(want string) {
	if r.err == nil {
		r.Fail(fmt.Errorf("invalid JSON at byte %d: expected %s", r.i, want))
	}
}

// Fail makes err the first error, if there is none yet: the caller does not like
// what it read.
func (r *Reader) Fail(err error) {
	if r.err == nil {
		r.err = err
		r.i = len(r.s)
	}
}

// peek skips white space and returns the next byte, 0 at the end.
func (r *Reader) peek() byte {
	for ; r.i < len(r.s); r.i++ {
		switch c := r.s[r.i]; c {
		case ' ', '\t', '\n', '\r':
		default:
			return c
		}
	}
	return 0
}

// take skips white space and the byte c, if it is next.
func (r *Reader) take(c byte) bool {
	if r.peek() != c || r.i == len(r.s) {
		return false
	}
	r.i++
	return true
}

func (r *Reader) word(w string) bool {
	if len(r.s)-r.i >= len(w) && r.s[r.i:r.i+len(w)] == w {
		r.i += len(w)
		return true
	}
	return false
}

// Rest returns how many bytes are not read yet.
func (r *Reader) Rest() int { return len(r.s) - r.i }

// Null reads null, if that is next.
func (r *Reader) Null() bool { return r.err == nil && r.peek() == 'n' && r.word("null") }

// Array calls element once for each element, which element must read.
func (r *Reader) Array(element func()) { r.container('[', ']', "an array", element) }

// Object calls member once for each member, whose value member must read.
func (r *Reader) Object(member func(key string)) {
	r.container('{', '}', "an object", func() {
		if r.peek() != '"' {
			r.fail("a string")
			return
		}
		key := r.String()
		if !r.take(':') {
			r.fail("a colon")
			return
		}
		member(key)
	})
}

func (r *Reader) container(open, end byte, want string, one func()) {
	if r.err != nil || r.Null() {
		return
	}
	if r.depth++; !r.take(open) || r.depth > maxDepth {
		r.fail(want)
		return
	}
	if !r.take(end) {
		for {
			one()
			if r.take(',') {
				continue
			}
			if !r.take(end) {
				r.fail("a comma or the end of " + want)
			}
			break
		}
	}
	r.depth--
}

// String reads a string.
func (r *Reader) String() string {
	if r.err != nil || r.Null() {
		return ""
	}
	if !r.take('"') {
		r.fail("a string")
		return ""
	}
	// In locals: this loop goes over every byte of the rules.
	text, i, all := r.s, r.i, byte(0)
	escaped := false
	for ; i < len(text); i++ {
		c := text[i]
		if c == '"' {
			s := text[r.i:i]
			r.i = i + 1
			if escaped || all >= utf8.RuneSelf && !utf8.ValidString(s) {
				return r.unescape(s)
			}
			return s
		}
		all |= c
		if c == '\\' {
			escaped = true
			i++
		} else if c < ' ' {
			r.i = i
			r.fail("no control character")
			return ""
		}
	}
	r.i = len(text)
	r.fail("the end of a string")
	return ""
}

// unescape reads what stands between the quotes of a string with escapes or bytes
// that are no UTF-8; those and lone surrogates become U+FFFD.
func (r *Reader) unescape(s string) string {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			char, n := utf8.DecodeRuneInString(s[i:])
			out = utf8.AppendRune(out, char)
			i += n
			continue
		}
		i++
		if c != '\\' {
			out = append(out, c)
			continue
		}
		c = s[i] // String takes no string that ends in a backslash
		i++
		if c == 'u' {
			char := hex4(s[i:])
			if char < 0 {
				r.fail("a valid escape")
				return ""
			}
			i += 4
			if utf16.IsSurrogate(char) {
				pair := utf8.RuneError
				if strings.HasPrefix(s[i:], `\u`) {
					pair = utf16.DecodeRune(char, hex4(s[i+2:]))
				}
				if pair != utf8.RuneError {
					i += 6
				}
				char = pair
			}
			out = utf8.AppendRune(out, char)
			continue
		}
		at := strings.IndexByte(`"\/bfnrt`, c)
		if at < 0 {
			r.fail("a valid escape")
			return ""
		}
		out = append(out, "\"\\/\b\f\n\r\t"[at])
	}
	return string(out)
}

// hex4 reads four hexadecimal digits; -1 if they are none.
func hex4(s string) (n rune) {
	if len(s) < 4 {
		return -1
	}
	for _, c := range []byte(s[:4]) {
		switch {
		case '0' <= c && c <= '9':
			n = n<<4 | rune(c-'0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			n = n<<4 | rune(c|0x20-'a'+10)
		default:
			return -1
		}
	}
	return n
}

// Strings reads an array of strings.
func (r *Reader) Strings() []string {
	if r.peek() != '[' {
		r.Array(func() {}) // null, or an error
		return nil
	}
	if cap(r.room)-len(r.room) < 16 {
		r.room = make([]string, 0, min(1024, len(r.s)-r.i))
	}
	from := len(r.room)
	r.Array(func() { r.room = append(r.room, r.String()) })
	return r.room[from:len(r.room):len(r.room)]
}

// Bool reads true or false.
func (r *Reader) Bool() bool {
	if r.err != nil || r.Null() {
		return false
	}
	switch r.peek() {
	case 't':
		if r.word("true") {
			return true
		}
	case 'f':
		if r.word("false") {
			return false
		}
	}
	r.fail("true or false")
	return false
}

// Float reads a number.
func (r *Reader) Float() float64 {
	if r.err != nil || r.Null() {
		return 0
	}
	literal := r.number()
	if r.err != nil {
		return 0
	}
	v, err := strconv.ParseFloat(literal, 64)
	if err != nil {
		r.fail("a number of 64 bits")
		return 0
	}
	return v
}

// Int reads a whole number of 64 bits, written without fraction or exponent.
func (r *Reader) Int() int64 {
	if r.err != nil || r.Null() {
		return 0
	}
	literal := r.number()
	if r.err != nil {
		return 0
	}
	v, err := strconv.ParseInt(literal, 10, 64)
	if err != nil {
		r.fail("a whole number of 64 bits")
		return 0
	}
	return v
}

// number reads the literal of RFC 8259, section 6.
func (r *Reader) number() string {
	r.peek()
	start := r.i
	r.sign("-")
	if r.i < len(r.s) && r.s[r.i] == '0' {
		r.i++
	} else if !r.digits() {
		r.fail("a number")
		return ""
	}
	if r.i < len(r.s) && r.s[r.i] == '.' {
		if r.i++; !r.digits() {
			r.fail("a digit")
			return ""
		}
	}
	if r.i < len(r.s) && r.s[r.i]|0x20 == 'e' {
		r.i++
		r.sign("+-")
		if !r.digits() {
			r.fail("a digit")
			return ""
		}
	}
	return r.s[start:r.i]
}

func (r *Reader) sign(signs string) {
	for _, c := range []byte(signs) {
		if r.i < len(r.s) && r.s[r.i] == c {
			r.i++
			return
		}
	}
}

func (r *Reader) digits() bool {
	start := r.i
	for r.i < len(r.s) && '0' <= r.s[r.i] && r.s[r.i] <= '9' {
		r.i++
	}
	return r.i > start
}

// Skip reads a value of any kind and forgets it.
func (r *Reader) Skip() {
	if r.err != nil {
		return
	}
	switch c := r.peek(); c {
	case '{':
		r.Object(func(string) { r.Skip() })
	case '[':
		r.Array(r.Skip)
	case '"':
		_ = r.String()
	case 't', 'f':
		r.Bool()
	case 'n':
		if !r.Null() {
			r.fail("null")
		}
	default:
		r.number()
	}
}
