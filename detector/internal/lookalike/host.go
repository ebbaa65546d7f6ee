package lookalike

import (
	"strings"

	"github.com/honmono/honmono/detector/internal/confusable"
	"github.com/honmono/honmono/detector/internal/domain"
)

const (
	// maxHost is the longest host that is looked at, in bytes; DNS allows 253.
	maxHost = 253
	// maxText is the longest text of a view, in bytes. Readings of punycode can
	// be longer than what they are read from; what is beyond is not looked at.
	maxText = 512
	// maxViews bounds the ways in which one host is read.
	maxViews = confusable.MaxReadings
)

// A cut is a host divided by the Public Suffix List.
type cut struct {
	registrable string // eTLD+1 by the whole list
	label       string // its first label
	suffix      string // what follows
	front       string // what stands before, without the dot
	tenant      bool   // the suffix belongs to a hosting service
	unlisted    bool   // the suffix is none that anybody can register under
}

// divide cuts a host; ok is false if nobody can have registered it.
func divide(host string) (c cut, ok bool) {
	var listed bool
	c.registrable, c.suffix, c.tenant, listed = domain.Cut(host)
	if c.registrable == "" {
		return c, false
	}
	c.unlisted = !listed
	c.label = c.registrable[:len(c.registrable)-len(c.suffix)-1]
	if n := len(host) - len(c.registrable); n > 0 {
		c.front = host[:n-1]
	}
	return c, true
}

// divideTarget cuts a protected domain. It may be a suffix that its owner lets
// to others (blogspot.com), which the ICANN section alone cuts.
func divideTarget(d string) (c cut, ok bool) {
	if c, ok = divide(d); ok {
		return c, true
	}
	c.registrable = domain.ICANNRegistrable(d)
	c.label, c.suffix, ok = strings.Cut(c.registrable, ".")
	return c, ok && c.registrable == d
}

// A view is one way to read the part of a host in front of its public suffix:
// the letters and digits in a row, and where they are separated.
//
//	www-amazon.co-jp.evil   text  wwwamazoncojpevil
//	                        sep   .  -     . -  .   .
//
// sep[i] is what stands before text[i]: '.' at the ends and between labels, '-'
// for hyphens (and whatever reads like one), 0 in between.
type view struct {
	text  [maxText]byte
	sep   [maxText + 1]byte
	n     int  // the text's length
	label int  // where the registrable label starts in the text
	read  bool // the label or the front was not ASCII: letters were read into it
}

// set fills the view with the front and the label.
func (v *view) set(front, label string) {
	v.n = 0
	v.sep[0] = '.'
	v.put(front)
	v.dot()
	v.label = v.n
	v.put(label)
	v.sep[v.n] = '.'
}

// put appends a text, turning what separates into separators.
func (v *view) put(s string) {
	for i := 0; i < len(s) && v.n < maxText-1; i++ {
		switch c := s[i]; c {
		case '.', '/':
			v.dot()
		case '-', '_':
			if v.sep[v.n] == 0 {
				v.sep[v.n] = '-'
			}
		default:
			v.text[v.n] = c
			v.n++
			v.sep[v.n] = 0
		}
	}
}

func (v *view) dot() { v.sep[v.n] = '.' }

// cutAt reports an edge before text[i]: a separator, or a digit on either side.
func (v *view) cutAt(i int) bool {
	return v.sep[i] != 0 || digit(v.text[i]) || digit(v.text[i-1])
}

// chunk returns the bounds of the text between separators that i lies in.
func (v *view) chunk(i int) (from, to int) {
	from, to = i, i+1
	for v.sep[from] == 0 {
		from--
	}
	for to < v.n && v.sep[to] == 0 {
		to++
	}
	return from, to
}

// labelAt returns the bounds of the label that i lies in.
func (v *view) labelAt(i int) (from, to int) {
	from, to = i, i+1
	for v.sep[from] != '.' {
		from--
	}
	for to < v.n && v.sep[to] != '.' {
		to++
	}
	return from, to
}
