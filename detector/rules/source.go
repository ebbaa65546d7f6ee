package rules

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The limits of a source file. They are far above what people write and far
// below what could make the compiler slow: a bigger file is a mistake, not
// somebody's work.
const (
	maxFileSize = 256 << 10 // bytes
	maxLineSize = 2000      // bytes
	maxFiles    = 4000
)

// An entry is one "key: value" line.
type entry struct {
	file  string
	line  int
	key   string
	value string
}

// fields splits the value at " | ", each part trimmed.
func (e entry) fields() []string {
	parts := strings.Split(e.value, " | ")
	for i, p := range parts {
		parts[i] = strings.TrimSpace(p)
	}
	return parts
}

// parse reads the lines of one source file:
//
//	# a comment, a line of its own
//	key: value
//
// A key is of lower-case letters, digits and hyphens and starts its line; one
// colon and one or more spaces follow; the value is the rest of the line,
// white space at its end removed. A key may come again: that is how lists are
// written. There is no escape, no continuation and no comment behind a value,
// so that every selector and every phrase can be written as it is.
//
// parse is strict, so that what a reviewer sees is what is compiled: text must
// be UTF-8 without control, invisible or direction characters. It goes on after
// a mistake and returns every good entry.
func parse(file string, data []byte, ms *Mistakes) []entry {
	if len(data) > maxFileSize {
		ms.add(file, 0, "%d bytes, the limit is %d: split the file", len(data), maxFileSize)
		return nil
	}
	if bytes.HasPrefix(data, []byte("\ufeff")) {
		ms.add(file, 1, "starts with a byte order mark: save as UTF-8 without one")
		data = data[len("\ufeff"):]
	}
	var entries []entry
	for i, raw := range strings.Split(string(data), "\n") {
		no := i + 1
		raw = strings.TrimSuffix(raw, "\r") // an editor under Windows
		text := strings.TrimRight(raw, " \t")
		switch {
		case text == "" || text[0] == '#':
			continue
		case len(text) > maxLineSize:
			ms.add(file, no, "a line of %d bytes, the limit is %d", len(text), maxLineSize)
			continue
		case !utf8.ValidString(text):
			ms.add(file, no, "not UTF-8")
			continue
		case text[0] == ' ' || text[0] == '\t':
			ms.add(file, no, "starts with white space: a key starts its line")
			continue
		}
		if r, bad := invisible(text); bad {
			ms.add(file, no, "holds the invisible character %U: remove it", r)
			continue
		}
		key, value, found := strings.Cut(text, ":")
		if !found || !validKey(key) {
			ms.add(file, no, "%q is not a line of the form \"key: value\"", text)
			continue
		}
		if value != "" && value[0] != ' ' {
			ms.add(file, no, "no space after %q: write \"key: value\"", key+":")
			continue
		}
		value = strings.TrimSpace(value)
		if value == "" {
			ms.add(file, no, "%q has no value: write one or remove the line", key)
			continue
		}
		entries = append(entries, entry{file, no, key, value})
	}
	return entries
}

// invisible finds the first character that a reviewer would not see. The
// ideographic space is visible enough and common in Japanese phrases.
func invisible(s string) (rune, bool) {
	for _, r := range s {
		if r < 0x80 && r >= 0x20 && r != 0x7f {
			continue
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) ||
			unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) || (unicode.IsSpace(r) && r != '\u3000') {
			return r, true
		}
	}
	return 0, false
}
