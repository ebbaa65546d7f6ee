package rules

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/honmono/honmono/detector/internal/text"
)

// Compile reads the source files below the root of fsys, checks all of them
// and returns the rule set, sorted so that the same sources give the same
// bytes. It goes on after a mistake; when there is any, the error is of type
// [Mistakes] and the set is nil.
//
// docs/rules.md describes the files and every key.
func Compile(fsys fs.FS) (*Set, error) {
	c := &compiler{regions: regions(), set: &Set{Scoring: Scoring{Weights: map[string]float64{}}}}
	for _, name := range c.list(fsys) {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			c.ms.add(name, 0, "%v", err)
			continue
		}
		c.file(name, parse(name, data, &c.ms))
	}
	c.whole()
	if err := c.ms.err(); err != nil {
		return nil, err
	}
	c.sort()
	return c.set, nil
}

// A compiler holds the set as it grows and what the checks across files need.
type compiler struct {
	set     *Set
	ms      Mistakes
	regions []string

	brands   []*brandSource
	webmails []webmailSource
	phones   []phoneSource
	hosts    map[string]entry // of a link list, "shortener bit.ly" and the like
	weights  map[string]entry
	off      []entry
	links    bool // a links file was read
	scoring  bool // scoring.txt was read
}

// list returns the names of all files, the ones that have no place here
// reported and left out.
func (c *compiler) list(fsys fs.FS) []string {
	var names []string
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			c.ms.add(name, 0, "%v", err)
			return nil
		}
		if d.IsDir() {
			return nil
		}
		if len(names) == maxFiles {
			c.ms.add(name, 0, "more than %d files", maxFiles)
			return fs.SkipAll
		}
		if c.reader(name) == nil {
			c.ms.add(name, 0, "no place for this file: the rules are brands/<id>.txt, phrases/<language>.txt, links/<list>.txt, webmails/<id>.txt, phones.txt and scoring.txt")
			return nil
		}
		names = append(names, name)
		return nil
	})
	if err != nil && !errors.Is(err, fs.SkipAll) {
		c.ms.add(".", 0, "%v", err)
	}
	return names
}

// reader returns what compiles the file of that name, or nil.
func (c *compiler) reader(name string) func(id string, entries []entry) {
	dir, base := path.Split(name)
	if !strings.HasSuffix(base, ".txt") {
		return nil
	}
	switch dir {
	case "brands/":
		return c.brand
	case "phrases/":
		return c.phrases
	case "links/":
		return c.linkList
	case "webmails/":
		return c.webmail
	case "":
		switch base {
		case "phones.txt":
			return c.phoneList
		case "scoring.txt":
			return c.score
		}
	}
	return nil
}

func (c *compiler) file(name string, entries []entry) {
	id := strings.TrimSuffix(path.Base(name), ".txt")
	if !hyphenated(id, lowerOrDigit) {
		c.ms.add(name, 0, "%q is no id: lower-case letters and digits, joined by single hyphens", id)
		return
	}
	if len(entries) == 0 {
		c.ms.add(name, 0, "holds nothing: write its keys or remove the file")
		return
	}
	c.reader(name)(id, entries)
}

// A key says how the lines of one key are read.
type key struct {
	once bool // the key may stand in a file once only
	need bool // the key must stand in every file of its kind
	min  int  // the fewest fields; 0 takes the value whole
	max  int  // the most fields
	// read takes one line; fields is the value whole where min is 0.
	read func(e entry, fields []string)
}

// read goes through the entries of one file by the table of its keys.
func (c *compiler) read(file string, entries []entry, keys map[string]key) {
	first := map[string]int{}
	for _, e := range entries {
		k, known := keys[e.key]
		if !known {
			c.mistake(e, "unknown key %q: %s", e.key, nearest(e.key, names(keys)))
			continue
		}
		if at, again := first[e.key]; again && k.once {
			c.mistake(e, "%q again, first on line %d: it may stand once", e.key, at)
			continue
		} else if !again {
			first[e.key] = e.line
		}
		fields := []string{e.value}
		if k.min > 0 {
			fields = e.fields()
			if len(fields) < k.min || len(fields) > k.max {
				c.mistake(e, "%q has %d fields, want %s, split by \" | \"", e.key, len(fields), span(k.min, k.max))
				continue
			}
			if slices.Contains(fields, "") {
				c.mistake(e, "%q has an empty field", e.key)
				continue
			}
		}
		k.read(e, fields)
	}
	for _, name := range names(keys) {
		if _, seen := first[name]; keys[name].need && !seen {
			c.ms.add(file, 0, "no %q: it must stand here", name)
		}
	}
}

func names(keys map[string]key) []string {
	out := make([]string, 0, len(keys))
	for name := range keys {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func span(low, high int) string {
	if low == high {
		return strconv.Itoa(low)
	}
	return strconv.Itoa(low) + " to " + strconv.Itoa(high)
}

func (c *compiler) mistake(e entry, format string, args ...any) {
	c.ms.add(e.file, e.line, format, args...)
}

// normal is a phrase in the spelling it is compared in.
func normal(s string) string { return text.Normalize(s) }

// add appends v to list unless it is there already, which is a mistake.
func (c *compiler) add(e entry, list *[]string, v string) {
	if slices.Contains(*list, v) {
		c.mistake(e, "%q again", v)
		return
	}
	*list = append(*list, v)
}

// into reads each line's value whole into list.
func (c *compiler) into(list *[]string) key {
	return key{read: func(e entry, f []string) { c.add(e, list, f[0]) }}
}

// choice reads one of the known values.
func (c *compiler) choice(to *string, known []string) key {
	return key{once: true, read: func(e entry, f []string) {
		if !slices.Contains(known, f[0]) {
			c.mistake(e, "unknown %s %q: %s", e.key, f[0], nearest(f[0], known))
			return
		}
		*to = f[0]
	}}
}

// yes reads "yes" with what says so.
func (c *compiler) yes(to *bool) key {
	return key{once: true, min: 2, max: 2, read: func(e entry, f []string) {
		if f[0] != "yes" {
			c.mistake(e, "%q is %q: write \"yes\" or remove the line", e.key, f[0])
			return
		}
		*to = true
	}}
}

// needed makes a key required.
func needed(k key) key {
	k.need = true
	return k
}
