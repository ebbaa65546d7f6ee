// Package detector tells whether a mail is what it claims to be.
//
// # What to call
//
// Build one [Detector] with [New] and a rule set ([rules.Default], or one that
// was fetched and verified), keep it, and call [Detector.Check] for every
// message and [Detector.CheckURL] for a single link. A Detector is read-only
// and safe for concurrent use. The same message and the same rules give the
// same verdict, byte for byte, on every platform: nothing here reads a clock,
// a file or the network.
//
// # How it decides
//
// Data goes one way: message → reading → claims → evidence → score → verdict,
// a file each.
//
//   - The reading (reading.go, links.go, place.go) is what the mail shows: its text, and
//     where each link leads once every wrapper is peeled.
//   - The claims (claim.go) say who the mail wants to be taken for.
//   - The evidence (evidence_*.go) compares the claim with where the mail comes
//     from and leads to, and looks at the wording, the links and the build.
//   - The score (score.go) adds up what the rules say each finding weighs.
//     Danger needs more than a sum: a claim with a foreign place to go, or an
//     attack on the reader's eyes. A mismatch alone is a note.
//
// # What not to do
//
// Do not tell people that a mail at [OK] is safe: nothing was found, which is
// all that anybody can say. Do not show the findings' symbols: their sentences
// live in the message catalogue.
package detector

import (
	"sync"

	"github.com/honmono/honmono/detector/internal/link"
	"github.com/honmono/honmono/detector/internal/lookalike"
	"github.com/honmono/honmono/detector/internal/recent"
	"github.com/honmono/honmono/detector/internal/text"
	"github.com/honmono/honmono/detector/rules"
)

// MaxLinks is how many links of one message a verdict lists. Links beyond it
// are judged as far as the reading goes, and the verdict is marked Partial.
const MaxLinks = 1000

// A Detector judges messages by one rule set.
type Detector struct {
	set    *rules.Set
	brands []brand
	byID   map[string]int
	owners map[string][]owner // domain → brands it belongs to
	// words finds brand names and phrases in one pass: an id below len(nameOf) is a
	// name's, and the rest index set.Phrases behind it.
	words     *text.Matcher
	nameOf    []nameRef
	signals   map[Symbol]weighedSignal
	abused    map[string]*rules.Phone
	phones    map[string][]int // official number → brands
	cheap     map[string]bool
	hosting   map[string]bool
	freemail  map[string]bool
	reports   map[string]int // region → the brand that takes reports for it
	protected []string       // domains of the reader's own organisation
	reader    *link.Reader
	index     *lookalike.Index
	// shapes leads from the first shapeHead bytes to the brand names' glyphs.
	shapes  map[string][]shapeOf
	places  *recent.Hosts[*place]
	owning  *recent.Hosts[[]owner] // what ownersOf says
	tallies *sync.Pool             // of *[]tally, each entry zero
	blocked *Blocklist

	strictness Strictness
}

// A brand is a rules.Brand with its wording in the spelling of package text.
type brand struct {
	*rules.Brand
	name    string
	context []string
	never   []string
}

// shapeOf is a brand's Latin name as glyphs shows it.
type shapeOf struct {
	brand  int
	glyphs string
}

type owner struct {
	brand  int
	sender bool // a third party that the brand mails through
}

type nameRef struct {
	brand int
	word  bool // a common word: a claim only in context
	// written is the name as the rules write it.
	written string
}

// An Option changes what a Detector knows beside its rules.
type Option func(*Detector)

// WithProtected adds domains that the reader or their administrator wants
// protected as a brand's are: the own company's, above all. A domain that is
// not one is an error of New.
func WithProtected(domains ...string) Option {
	return func(d *Detector) { d.protected = append(d.protected, domains...) }
}

// New builds a Detector. The set must come from the rules compiler or its
// decoder, and must not be changed afterwards. New fails on a protected domain
// that cannot be one.
func New(set *rules.Set, options ...Option) (*Detector, error) {
	var domains, words int
	for i := range set.Brands {
		b := &set.Brands[i]
		domains += len(b.Domains) + len(b.Senders)
		words += len(b.Names) + len(b.Words)
	}
	d := &Detector{
		set:     set,
		brands:  make([]brand, 0, len(set.Brands)),
		byID:    make(map[string]int, len(set.Brands)),
		owners:  make(map[string][]owner, domains),
		nameOf:  make([]nameRef, 0, words),
		signals: weighSignals(&set.Scoring),
		abused:  make(map[string]*rules.Phone, len(set.Phones)),
		phones:  map[string][]int{},
		tallies: new(sync.Pool),
		places:  new(recent.Hosts[*place]),
		owning:  new(recent.Hosts[[]owner]),
		shapes:  make(map[string][]shapeOf, len(set.Brands)),
		cheap:   make(map[string]bool, len(set.Links.CheapSuffixes)),
		hosting: make(map[string]bool, len(set.Links.Hosting)),

		freemail: make(map[string]bool, len(set.Links.Freemail)),
		reports:  map[string]int{},
	}
	for _, o := range options {
		o(d)
	}
	targets := make([]lookalike.Target, 0, domains+len(d.protected))
	spelled := make([]string, 0, words+len(set.Phrases))
	add := func(i int, written, norm string, word bool) {
		if norm != "" {
			spelled = append(spelled, norm)
			d.nameOf = append(d.nameOf, nameRef{i, word, written})
		}
	}
	owners := make([]owner, 0, domains) // nearly every domain has one
	own := func(domain string, o owner) {
		if others, ok := d.owners[domain]; ok {
			d.owners[domain] = append(others, o)
			return
		}
		owners = append(owners, o)
		d.owners[domain] = owners[len(owners)-1 : len(owners) : len(owners)]
	}
	shapes := make([]shapeOf, 0, words) // as do most beginnings of a name
	for i := range set.Brands {
		b := &set.Brands[i]
		d.byID[b.ID] = i
		for _, region := range b.TakesReportsFor {
			d.reports[region] = i
		}
		d.brands = append(d.brands, brand{Brand: b, name: b.Name(), context: normalized(b.Context), never: normalized(b.Policy.NeverSent)})
		for _, n := range b.Names {
			norm := text.Normalize(n)
			add(i, n, norm, false)
			g := glyphs(norm)
			if len(g) < shapeHead {
				continue
			}
			if others, ok := d.shapes[g[:shapeHead]]; ok {
				d.shapes[g[:shapeHead]] = append(others, shapeOf{i, g})
				continue
			}
			shapes = append(shapes, shapeOf{i, g})
			d.shapes[g[:shapeHead]] = shapes[len(shapes)-1 : len(shapes) : len(shapes)]
		}
		for _, n := range b.Words {
			add(i, n, text.Normalize(n), true)
		}
		for _, o := range b.Domains {
			own(o.Domain, owner{brand: i})
			targets = append(targets, lookalike.Target{Domain: o.Domain, Brand: b.ID, Keywords: b.Keywords, MayResemble: b.MayResemble, Japanese: b.Region == "jp"})
		}
		for _, o := range b.Senders {
			own(o.Domain, owner{brand: i, sender: true})
		}
		for _, p := range b.Phones {
			d.phones[p] = append(d.phones[p], i)
		}
	}
	for i, p := range d.protected {
		host, err := ProtectedDomain(p)
		if err != nil {
			return nil, err
		}
		d.protected[i] = host
		targets = append(targets, lookalike.Target{Domain: host})
	}
	for i := range set.Phrases {
		spelled = append(spelled, text.Normalize(set.Phrases[i].Text))
	}
	d.words = text.NewMatcher(spelled)
	for i := range set.Phones {
		d.abused[set.Phones[i].Digits] = &set.Phones[i]
	}
	for _, s := range set.Links.CheapSuffixes {
		d.cheap[s] = true
	}
	for _, s := range set.Links.Hosting {
		d.hosting[s] = true
	}
	for _, s := range set.Links.Freemail {
		d.freemail[s] = true
	}
	if d.blocked == nil {
		var err error
		if d.blocked, err = NewBlocklist(set); err != nil {
			return nil, err
		}
	}
	d.reader = link.NewReader(d.linkConfig())
	d.index = lookalike.NewIndex(targets)
	return d, nil
}

// normalized returns the phrases in the spelling of package text.
func normalized(phrases []string) []string {
	if len(phrases) == 0 {
		return nil
	}
	list := make([]string, len(phrases))
	for i, p := range phrases {
		list[i] = text.Normalize(p)
	}
	return list
}

func (d *Detector) linkConfig() link.Config {
	l := &d.set.Links
	c := link.Config{Shorteners: l.Shorteners, Hosting: l.Hosting, Mailers: l.Mailers, SameOwner: d.sameOwner}
	for _, w := range l.Wrappers {
		c.Wrappers = append(c.Wrappers, link.Wrapper{
			Name: w.Name, Kind: link.HopKind(w.Kind), Host: w.Host, Path: w.Path, Method: w.Method, Params: w.Params,
		})
	}
	return c
}

// Check judges one message. It never fails: what cannot be read is said in the
// verdict, which is then Unknown or Partial, and never OK on the strength of
// what it could not see. Sent mail and drafts are the reader's own and Unknown.
func (d *Detector) Check(m Message) Verdict {
	if m.Folder == FolderSent || m.Folder == FolderDrafts {
		return Verdict{Level: Unknown, Findings: []Finding{}, Links: []LinkVerdict{}}
	}
	r := d.read(&m)
	defer r.release() // of what was read, the verdict keeps only strings
	c := d.claims(r)
	e := &evidence{d: d, r: r, c: c}
	e.claim()
	e.sender()
	e.links()
	e.text()
	e.policy()
	e.elsewhere()
	e.structure()
	return d.verdict(e)
}

// CheckURL judges one link or bare host, as if nothing else were known. Its
// verdict has exactly one entry in Links.
func (d *Detector) CheckURL(raw string) Verdict {
	r := &reading{m: &Message{}}
	r.links = []linkRead{d.readBare(raw)}
	e := &evidence{d: d, r: r, c: &claims{main: -1}, bare: true}
	e.links()
	return d.verdict(e)
}
