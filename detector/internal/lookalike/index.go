package lookalike

import (
	"slices"
	"strings"

	"github.com/honmono/honmono/detector/internal/confusable"
	"github.com/honmono/honmono/detector/internal/domain"
	toplist "github.com/honmono/honmono/detector/internal/popular"
)

// A Target is one protected domain.
type Target struct {
	// Domain is in canonical form. It and all hosts below it are genuine.
	Domain string
	// Brand is the id that matches are reported under; targets of one brand
	// never imitate each other.
	Brand string
	// Keywords are names by which hosts imitate the brand, beside the label of
	// Domain itself, in any script.
	Keywords []string
	// MayResemble are domains of others that look like this brand's and are
	// honest. Scoped: they may resemble this brand only.
	MayResemble []string
	// Japanese: the brand's customers are in Japan, whatever suffix Domain has.
	Japanese bool
}

// Options change what an index knows beside its targets. The zero value is
// what [NewIndex] uses.
type Options struct {
	// Popular reports a registrable domain that many people know by its own
	// name, which makes a chance resemblance likely. Nil means the built-in
	// list.
	Popular func(registrable string) bool
	// Cheap reports a public suffix that throwaway domains are bought under.
	// Nil means a built-in list.
	Cheap func(suffix string) bool
}

// An Index answers which of its targets a host imitates. It is read-only and
// may be shared between goroutines.
type Index struct {
	owners   []owner
	official map[string]int // domain → owner
	names    []name
	brands   []int  // names of brands at home in Japan that can be mangled
	exact    *table // names by their text
	near     *table // names by shape, sound and what is left when a letter is dropped
	lengths  uint64 // bit n: there is a name of n bytes
	starts   [1024]uint64
	popular  func(string) bool
	cheap    func(string) bool
}

// NewIndex builds an index with the default options.
func NewIndex(targets []Target) *Index { return Options{}.NewIndex(targets) }

// NewIndex builds an index. A target that nobody can have registered is left
// out. It takes about 2 µs and 400 bytes a target.
func (o Options) NewIndex(targets []Target) *Index {
	x := &Index{official: make(map[string]int, len(targets)), popular: o.Popular, cheap: o.Cheap}
	if x.popular == nil {
		x.popular = toplist.Known
	}
	if x.cheap == nil {
		x.cheap = cheap
	}
	brands := make(map[string]int, len(targets)/4)
	x.names = make([]name, 0, len(targets)*5/4)
	type key struct {
		text  string
		owner int
	}
	known := make(map[key]int, len(targets)*5/4)
	learn := func(spelling string, owner int, keyword bool) {
		// Targets of one brand bring the same keywords and often the same label.
		if i, ok := known[key{spelling, owner}]; ok && (!keyword || x.names[i].keyword) {
			return
		}
		n, ok := makeName(spelling, keyword)
		if !ok {
			return
		}
		n.owner = owner
		i, ok := known[key{n.text, owner}]
		switch {
		case !ok:
			i = len(x.names)
			x.names = append(x.names, n)
			known[key{n.text, owner}] = i
		case keyword:
			// A keyword that is also a label is the more telling of the two.
			x.names[i].keyword, x.names[i].class = true, n.class
		}
		if spelling != n.text {
			known[key{spelling, owner}] = i
		}
	}
	for _, t := range targets {
		c, ok := divideTarget(t.Domain)
		if !ok {
			continue
		}
		i, ok := brands[t.Brand]
		if !ok || t.Brand == "" {
			i = len(x.owners)
			x.owners = append(x.owners, owner{brand: t.Brand})
			brands[t.Brand] = i
		}
		w := &x.owners[i]
		w.targets = append(w.targets, target{
			domain: t.Domain, registrable: c.registrable, label: readLabel(c.label), suffix: c.suffix,
			flat: flatten(c.suffix), standing: standingOf(c.registrable),
		})
		w.japanese = w.japanese || t.Japanese
		for _, m := range t.MayResemble {
			if !slices.Contains(w.may, m) {
				w.may = append(w.may, m)
			}
		}
		if _, ok := x.official[t.Domain]; !ok {
			x.official[t.Domain] = i
		}
		learn(c.label, i, t.Brand == "")
		for _, k := range t.Keywords {
			learn(k, i, true)
		}
	}
	for i := range x.owners {
		x.owners[i].settle()
	}
	x.fill()
	return x
}

// readLabel gives a label as names and views have it.
func readLabel(label string) string {
	if strings.HasPrefix(label, "xn--") {
		return confusable.Reading(domain.Unicode(label))
	}
	return label
}

// settle raises the standing of all domains of an owner who has one under .jp,
// and of a domain that the reader protects as their own.
func (o *owner) settle() {
	japanese := func(t target) bool { return t.suffix == "jp" || strings.HasSuffix(t.suffix, ".jp") }
	raise := o.personal() || o.japanese || slices.ContainsFunc(o.targets, japanese)
	for i := range o.targets {
		t := &o.targets[i]
		if raise {
			t.standing = max(t.standing, home)
		}
		o.standing = max(o.standing, t.standing)
	}
}

// flatten drops the dots of a suffix.
func flatten(suffix string) string {
	if strings.IndexByte(suffix, '.') < 0 {
		return suffix
	}
	return strings.ReplaceAll(suffix, ".", "")
}

func standingOf(registrable string) standing {
	switch {
	case toplist.Famous(registrable):
		return famous
	case toplist.Known(registrable):
		return popular
	}
	return obscure
}

// fill puts the names into the tables.
func (x *Index) fill() {
	letters := 0
	for i := range x.names {
		letters += len(x.names[i].text) + 4
	}
	x.exact = newTable(len(x.names))
	x.near = newTable(letters)
	var buf []byte
	for i := range x.names {
		n := &x.names[i]
		x.exact.add(hashBytes(fnvBasis, []byte(n.text)), i)
		x.lengths |= 1 << len(n.text)
		bit := pair(n.text[0], n.text[1])
		x.starts[bit/64] |= 1 << (bit % 64)
		if n.class <= tiny || n.native {
			continue // bytes of a character are no letters to mistake
		}
		buf = confusable.Shape(buf[:0], n.text)
		x.near.add(hashBytes(shapeSeed, buf), i)
		buf = confusable.Coarse(buf[:0], n.text)
		x.near.add(hashBytes(coarseSeed, buf), i)
		buf = sound(buf[:0], n.text)
		x.near.add(hashBytes(soundSeed, buf), i)
		o := &x.owners[n.owner]
		if n.keyword && n.class == distinct && len(n.text) >= minMangled && !o.personal() && o.standing >= home {
			x.brands = append(x.brands, i)
		}
		eachDeletion(n.text, func(hash uint64) { x.near.add(hash, i) })
	}
}

func pair(a, b byte) int { return int(a)<<8&0xff00 | int(b) }

// size returns the number of names, and the bytes that the tables take.
func (x *Index) size() (names, bytes int) {
	bytes = x.exact.bytes() + x.near.bytes() + len(x.starts)*8
	for _, n := range x.names {
		bytes += len(n.text) + 48
	}
	return len(x.names), bytes
}

// Official reports whether the host is a protected domain or below one. What a
// hosting service lets to others is not: it is below its tenant's name.
func (x *Index) Official(host string) bool {
	c, _ := divide(host)
	return x.belongs(host, c)
}

func (x *Index) belongs(host string, c cut) bool {
	tenant := 0
	if c.tenant {
		tenant = len(c.registrable)
	}
	for h := host; len(h) >= tenant; {
		if _, ok := x.official[h]; ok {
			return true
		}
		i := strings.IndexByte(h, '.')
		if i < 0 {
			return false
		}
		h = h[i+1:]
	}
	return false
}
