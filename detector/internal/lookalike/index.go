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
	// prominent has of near what leads to the names that are also looked for far
	// away and inside words: few, so that the many questions end in a small filter.
	prominent filter
	// starts has by its first two letters how long a name can be: bit n for n bytes.
	starts  [1024]uint64
	popular func(string) bool
	cheap   func(string) bool
}

// NewIndex builds an index with the default options.
func NewIndex(targets []Target) *Index { return Options{}.NewIndex(targets) }

// NewIndex builds an index. A target that nobody can have registered is left
// out. It takes about 1 µs and 400 bytes a target; a browser does it at every
// start.
func (o Options) NewIndex(targets []Target) *Index {
	x := &Index{
		owners:   make([]owner, 0, len(targets)/4+1),
		official: make(map[string]int, len(targets)),
		names:    make([]name, 0, len(targets)*5/4),
		popular:  o.Popular, cheap: o.Cheap,
	}
	if x.popular == nil {
		x.popular = toplist.Known
	}
	if x.cheap == nil {
		x.cheap = cheap
	}
	b := builder{x: x, ids: make(map[string]int, len(targets)/4), last: -1, places: make([]target, 0, len(targets))}
	for i := range targets {
		b.add(&targets[i])
	}
	for i := range x.owners {
		x.owners[i].settle()
	}
	x.fill()
	return x
}

// A builder collects the owners of an index and their names.
type builder struct {
	x *Index
	// ids leads from a brand to its owner, and from a registrable domain that the
	// reader protects.
	ids map[string]int
	// last is the owner of the target before: those of one brand stand together.
	last int
	// keywords are that target's, which the next one of the brand repeats.
	keywords []string
	// places is room for the targets of all owners.
	places []target
	// first and next chain the names of each owner, each plus one.
	first, next []int32
}

func (b *builder) add(t *Target) {
	x := b.x
	c, ok := divideTarget(t.Domain)
	if !ok {
		return
	}
	i := b.owner(t.Brand, c.registrable)
	if _, ok := x.official[t.Domain]; !ok {
		x.official[t.Domain] = i
	}
	w := &x.owners[i]
	w.japanese = w.japanese || t.Japanese
	for _, m := range t.MayResemble {
		if !slices.Contains(w.may, m) {
			w.may = append(w.may, m)
		}
	}
	if personal := w.personal(); personal && len(w.targets) > 0 {
		// Another host of one domain has the same name, and the rest in common.
		if len(t.Domain) < len(w.targets[0].domain) {
			w.targets[0].domain = t.Domain
		}
	} else {
		b.place(i, target{
			domain: t.Domain, registrable: c.registrable, label: readLabel(c.label), suffix: c.suffix,
			flat: flatten(c.suffix), standing: standingOf(c.registrable),
		})
		b.learn(c.label, i, personal)
	}
	if i != b.last || !sameSlice(t.Keywords, b.keywords) {
		for _, k := range t.Keywords {
			b.learn(k, i, true)
		}
	}
	b.last, b.keywords = i, t.Keywords
}

// owner returns the owner of a target's brand. Hosts that the reader protects
// have none: those of one registrable domain are one owner's.
func (b *builder) owner(brand, registrable string) int {
	x := b.x
	if b.last >= 0 && brand != "" && x.owners[b.last].brand == brand {
		return b.last
	}
	key := brand
	if key == "" {
		key = registrable // has a dot, which a brand's id has not
	}
	i, ok := b.ids[key]
	if !ok {
		i = len(x.owners)
		x.owners = append(x.owners, owner{brand: brand})
		b.first = append(b.first, 0)
		b.ids[key] = i
	}
	return i
}

// place gives the owner one more target. Those added in a row lie in a row.
func (b *builder) place(owner int, t target) {
	w := &b.x.owners[owner]
	n, end := len(w.targets), len(b.places)
	if n > 0 && &w.targets[n-1] != &b.places[end-1] {
		w.targets = append(w.targets, t)
		return
	}
	b.places = append(b.places, t)
	w.targets = b.places[end-n : end+1 : end+1]
}

// learn adds a spelling to the owner's names. Targets of one brand bring the
// same keywords and often the same label.
func (b *builder) learn(spelling string, owner int, keyword bool) {
	x := b.x
	if n := b.known(spelling, owner); n != nil && (!keyword || n.keyword) {
		return
	}
	n, ok := makeName(spelling, keyword)
	if !ok {
		return
	}
	n.owner = owner
	if old := b.known(n.text, owner); old == nil {
		x.names = append(x.names, n)
		b.next = append(b.next, b.first[owner])
		b.first[owner] = int32(len(x.names))
	} else if keyword {
		// A keyword that is also a label is the more telling of the two.
		old.keyword, old.class = true, n.class
	}
}

// known returns the owner's name of that text; nil if there is none.
func (b *builder) known(text string, owner int) *name {
	for i := b.first[owner]; i != 0; i = b.next[i-1] {
		if n := &b.x.names[i-1]; n.text == text {
			return n
		}
	}
	return nil
}

// sameSlice reports two slices of the same array.
func sameSlice(a, b []string) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
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
	all, prominent := 0, 0
	for i := range x.names {
		n := &x.names[i]
		all += len(n.text) + 4
		if x.isProminent(n) {
			prominent += len(n.text) + 2
		}
	}
	x.exact = newTable(len(x.names))
	x.near = newTable(all)
	x.prominent = newFilter(prominent)
	var buf []byte
	var room [maxName]uint64
	for i := range x.names {
		n := &x.names[i]
		x.exact.add(hashBytes(fnvBasis, []byte(n.text)), i)
		x.starts[pair(n.text[0], n.text[1])] |= 1 << len(n.text)
		if n.class <= tiny || n.native {
			continue // bytes of a character are no letters to mistake
		}
		buf = confusable.Shape(buf[:0], n.text)
		shape := hashBytes(shapeSeed, buf)
		x.near.add(shape, i)
		buf = confusable.Coarse(buf[:0], n.text)
		x.near.add(hashBytes(coarseSeed, buf), i)
		buf = sound(buf[:0], n.text)
		x.near.add(hashBytes(soundSeed, buf), i)
		whole, drops := deletions(room[:0], n.text)
		x.near.add(whole, i)
		for k, drop := range drops {
			if !twice(n.text, k) {
				x.near.add(whole+drop, i)
			}
		}
		if !x.isProminent(n) {
			continue
		}
		x.prominent.add(shape)
		x.prominent.add(whole)
		for _, drop := range drops {
			x.prominent.add(whole + drop)
		}
		if x.owners[n.owner].standing >= home {
			x.brands = append(x.brands, i)
		}
	}
}

// minProminent is the shortest name, in bytes, that is looked for with two letters
// wrong, or with one inside a longer word: shorter ones are near to any other name.
const minProminent = 6

// isProminent reports a brand's name that means nothing else and is long enough to be known by a
// part of it.
func (x *Index) isProminent(n *name) bool {
	return n.keyword && n.class == distinct && !n.native && len(n.text) >= minProminent && !x.owners[n.owner].personal()
}

// pair brings two letters into ten bits; a few pairs of letters and digits share
// one place.
func pair(a, b byte) int { return int(a&31)<<5 | int(b&31) }

// size returns the number of names, and the bytes that the tables take.
func (x *Index) size() (names, bytes int) {
	bytes = x.exact.bytes() + x.near.bytes() + 8*len(x.prominent) + len(x.starts)*8
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
	for h := host; len(h) >= len(c.registrable); {
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
