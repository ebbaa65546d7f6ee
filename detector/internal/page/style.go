package page

import (
	"strconv"
	"strings"
)

// An effect is what an inline style does to what can be seen.
type effect struct {
	hidden          bool
	sized, tiny     bool // it sets the size of the font; which nobody can read
	colored, backed bool // it sets color and back
	color, back     string
}

// apply changes what an element inherited.
func (e *effect) apply(l *level) {
	l.hidden = l.hidden || e.hidden
	if e.sized {
		l.tiny = e.tiny
	}
	if e.colored {
		l.color = e.color
	}
	if e.backed {
		l.back = e.back
	}
	if l.color == "transparent" {
		l.hidden = true
	}
}

// readStyle reads an inline style for what takes text off the screen: display,
// visibility, opacity, a font too small to read, zero height with overflow
// hidden, a place far outside, text in the colour of what is behind it.
func readStyle(style string) (e effect) {
	zeroBox, overflow := false, false
	var room property
	for rest := style; rest != ""; {
		var name []byte
		var value string
		name, rest = room.read(rest)
		if rest == "" || rest[0] == ';' {
			rest = rest[min(1, len(rest)):]
			continue
		}
		value, rest = cutByte(rest[1:], ';')
		// Values are looked at where they matter: most declarations are of fonts and edges.
		switch string(name) {
		case "display":
			e.hidden = e.hidden || keyword(value) == "none"
		case "visibility":
			value = keyword(value)
			e.hidden = e.hidden || value == "hidden" || value == "collapse"
		case "mso-hide":
			// Outlook alone obeys it; the preheader's other rules say the rest.
		case "opacity":
			if f, err := strconv.ParseFloat(strings.TrimSuffix(keyword(value), "%"), 64); err == nil && f <= 0.05 {
				e.hidden = true
			}
		case "font-size":
			if px := pixels(keyword(value)); px >= 0 {
				e.sized, e.tiny = true, px <= 1
			}
		case "max-height", "height", "max-width", "width":
			zeroBox = zeroBox || pixels(keyword(value)) == 0
		case "overflow":
			overflow = overflow || keyword(value) == "hidden"
		case "text-indent", "left", "top", "margin-left":
			if px := signedPixels(keyword(value)); px <= -500 {
				e.hidden = true
			}
		case "color":
			e.colored, e.color = true, canonicalColor(keyword(value))
		case "background-color", "background":
			value = keyword(value)
			if value == "none" || value == "inherit" || value == "initial" {
				continue
			}
			// A picture or a gradient is some background: not a known one.
			if e.backed, e.back = true, canonicalColor(value); e.back == "" {
				e.back = "other"
			} else if e.back == "transparent" {
				e.back = ""
			}
		}
	}
	if zeroBox && overflow {
		e.hidden = true
	}
	return e
}

// keyword is a declaration's value as it is compared: without "!important", in
// lower case.
func keyword(value string) string {
	value, _ = cutByte(value, '!')
	return strings.ToLower(strings.TrimSpace(value))
}

// property is room for a property's name: "background-color", and one more byte
// that makes it another.
type property [17]byte

// read reads a property's name in lower case, up to its colon, or to the semicolon
// of a declaration that has none. What is no name is none of those that matter.
func (p *property) read(s string) (name []byte, rest string) {
	n, gap := 0, false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch c {
		case ':', ';':
			return p[:n], s[i:]
		case ' ', '\t', '\n', '\r', '\f':
			gap = n > 0
			continue
		}
		if gap {
			n = len(p) // a space within
		}
		if n < len(p) {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			p[n] = c
			n++
		}
	}
	return p[:n], ""
}

// cutByte cuts s around the first c; before is all of s if there is none.
func cutByte(s string, c byte) (before, after string) {
	if i := strings.IndexByte(s, c); i >= 0 {
		return s[:i], s[i+1:]
	}
	return s, ""
}

// canonicalColor names the colours that hide text on a mail's usual
// background, and gives any other colour in its short form; empty when it is
// not a plain colour.
func canonicalColor(v string) string {
	v = strings.ToLower(strings.TrimSpace(v))
	switch v {
	case "white", "#fff", "#ffffff", "#fefefe", "#fdfdfd", "rgb(255,255,255)", "rgb(255, 255, 255)":
		return "#ffffff"
	case "black", "#000", "#000000":
		return "#000000"
	case "transparent", "rgba(0,0,0,0)", "rgba(0, 0, 0, 0)":
		return "transparent"
	}
	if strings.HasPrefix(v, "#") && len(v) == 4 {
		return "#" + v[1:2] + v[1:2] + v[2:3] + v[2:3] + v[3:4] + v[3:4]
	}
	if strings.HasPrefix(v, "#") && len(v) == 7 || strings.HasPrefix(v, "rgb(") {
		return strings.ReplaceAll(v, " ", "")
	}
	return ""
}

// pixels reads "12", "12px" or "9pt"; -1 when the length is relative or
// absent.
func pixels(v string) int {
	if v == "" {
		return -1
	}
	if n, ok := digits(v); ok {
		return n
	}
	v = strings.TrimSpace(strings.ToLower(v))
	if v == "" || strings.HasPrefix(v, "-") {
		return -1
	}
	return signedOr(v, -1)
}

// digits reads a number of up to six digits, which nearly every width is.
func digits(v string) (n int, ok bool) {
	if len(v) > 6 {
		return 0, false
	}
	for i := 0; i < len(v); i++ {
		if v[i] < '0' || v[i] > '9' {
			return 0, false
		}
		n = n*10 + int(v[i]-'0')
	}
	return n, true
}

func signedPixels(v string) int { return signedOr(strings.TrimSpace(v), 0) }

func signedOr(v string, none int) int {
	unit := strings.TrimLeft(v, "-0123456789.")
	f, err := strconv.ParseFloat(strings.TrimSuffix(v, unit), 64)
	if err != nil || f != f || f > 1e6 || f < -1e6 {
		return none
	}
	switch unit {
	case "", "px", "pt":
		return int(f)
	case "em", "rem", "%":
		if f == 0 {
			return 0
		}
	}
	return none
}

func styledPixels(style, name string) int {
	for decl := range strings.SplitSeq(style, ";") {
		if n, v, ok := strings.Cut(decl, ":"); ok && strings.EqualFold(strings.TrimSpace(n), name) {
			return pixels(v)
		}
	}
	return -1
}
