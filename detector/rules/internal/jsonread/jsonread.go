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
	"encoding/json"
	"fmt"
	"strconv"
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
		r.err = fmt.Errorf("invalid JSON at byte %d: expected %s", r.i, want)
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

func (r *Reader) null() bool { return r.peek() == 'n' && r.word("null") }

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
	if r.err != nil || r.null() {
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
	if r.err != nil || r.null() {
		return ""
	}
	if !r.take('"') {
		r.fail("a string")
		return ""
	}
	start, escaped, ascii := r.i, false, true
	for ; r.i < len(r.s); r.i++ {
		switch c := r.s[r.i]; {
		case c == '"':
			s := r.s[start:r.i]
			r.i++
			if escaped || !ascii && !utf8.ValidString(s) {
				return r.unescape(s)
			}
			return s
		case c == '\\':
			escaped = true
			r.i++
		case c < ' ':
			r.fail("no control character")
			return ""
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	r.fail("the end of a string")
	return ""
}

func (r *Reader) unescape(s string) string {
	var out string
	if err := json.Unmarshal([]byte(`"`+s+`"`), &out); err != nil {
		r.fail("a valid escape")
	}
	return out
}

// Strings reads an array of strings.
func (r *Reader) Strings() (list []string) {
	if r.peek() == '[' {
		list = []string{}
	}
	r.Array(func() { list = append(list, r.String()) })
	return list
}

// Bool reads true or false.
func (r *Reader) Bool() bool {
	if r.err != nil || r.null() {
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
	if r.err != nil || r.null() {
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
		if !r.null() {
			r.fail("null")
		}
	default:
		r.number()
	}
}
