package detector

import (
	"strings"

	"github.com/honmono/honmono/detector/internal/domain"
	"github.com/honmono/honmono/detector/internal/link"
	"github.com/honmono/honmono/detector/internal/lookalike"
)

// A place is what is known of a host, whatever link leads there. Nobody changes
// it: it is remembered from one mail to the next.
type place struct {
	// domain is the registrable domain, or the host itself for an address.
	domain string
	label  string // in front of the public suffix
	front  string // the labels in front of the registrable domain, or the host itself if there is none
	// reachable: it can be a place on the Internet. A mangled link to "www.=" leads
	// nowhere.
	reachable bool
	owners    []owner
	owner     int     // the brand whose own it is, or -1
	matches   []match // what the host imitates, if it is nobody's
	// pretends is the domain that a false suffix inside the host shows.
	pretends string
	random   bool // the label is a random string
	machine  bool // the name that a server has by default: its number in words
	cheap    bool // under a suffix that throwaway domains use
	neutral  bool // a place that all kinds of mails lead to
}

// A match is a brand's or a popular domain that a host imitates.
type match struct {
	lookalike.Match
	brand int // -1: none
	// named is the one of the brand's domains that is said to be imitated.
	named string
}

// nowhere is the place of a link without a host.
var nowhere = &place{owner: -1}

// owned reports whether the host belongs to the brand or is one of its third
// parties'.
func (p *place) owned(brand int) bool { return ownedBy(p.owners, brand) }

// place looks a host up, or remembers it. A place takes about 300 bytes.
func (d *Detector) place(host string, kind link.HostKind) *place {
	if kind != link.Domain {
		return d.look(host, kind)
	}
	p, ok := d.places.Get(host)
	if !ok {
		p = d.look(host, kind)
		d.places.Put(host, p)
	}
	return p
}

func (d *Detector) look(host string, kind link.HostKind) *place {
	host = strings.Clone(host)
	registrable, suffix, _, listed := domain.Cut(host)
	p := &place{
		domain: registrable, front: strings.TrimSuffix(host, registrable), reachable: kind != link.Domain || listed && registrable != "",
		owners: d.ownersOf(host), owner: -1,
	}
	if p.domain == "" {
		p.domain = host
	}
	p.neutral = neutral[p.domain]
	for _, o := range p.owners {
		if !o.sender {
			p.owner = o.brand
			break
		}
	}
	if kind == link.Domain {
		p.label, _, _ = strings.Cut(registrable, ".")
		p.random = random(p.label)
		p.machine = machineName(p.front)
		p.cheap = d.cheap[suffix]
		if len(p.owners) == 0 {
			p.matches = d.matches(host, suffix)
			if registrable != "" {
				p.pretends = falseSuffix(p.front)
			}
		}
	}
	return p
}

// matches returns what the host imitates, surest first.
func (d *Detector) matches(host, suffix string) []match {
	found := d.index.Check(host)
	if len(found) == 0 {
		return nil
	}
	list := make([]match, len(found))
	for i, m := range found {
		list[i] = match{m, -1, m.Target}
		if b, ok := d.byID[m.Brand]; ok {
			list[i].brand, list[i].named = b, d.target(b, m.Target, host, suffix)
		}
	}
	return list
}

// neutral are domains that mails of all kinds link to for no purpose of the
// reader's: document types, fonts, and the standards' own.
var neutral = map[string]bool{"w3.org": true, "schema.org": true, "fonts.googleapis.com": true, "fonts.gstatic.com": true, "gstatic.com": true, "aka.ms": true}

// target chooses which of a brand's domains is named as the one imitated. A
// brand has the same label under many suffixes (amazon.ae, amazon.co.jp …): the
// one that the host spells, else the one that most people know.
func (d *Detector) target(brand int, matched, host, hostSuffix string) string {
	label := domain.Label(matched)
	best, rank := matched, 0
	for _, o := range d.brands[brand].Domains {
		registrable, suffix, _, _ := domain.Cut(o.Domain)
		if l, _, _ := strings.Cut(registrable, "."); l != label {
			continue
		}
		r := 0
		switch {
		case spells(host, o.Domain, suffix):
			r = 10 + len(o.Domain)
		case suffix == hostSuffix:
			r = 5
		case o.Domain == label+".co.jp" && d.brands[brand].Region == "jp":
			r = 3
		case o.Domain == label+".com":
			r = 2
		case o.Domain == label+".co.jp":
			r = 1
		}
		if r > rank {
			best, rank = o.Domain, r
		}
	}
	return best
}

// spells reports that a host holds a domain, its dots there, replaced or left
// out (amazon-co-jp, amazonco.jp), and that what follows is cut off:
// amazon-secure.shop does not spell amazon.se.
func spells(host, name, suffix string) bool {
	const separators = ".-_"
	bare := bareName.Replace(name)
	short := len(suffix) <= 2 // glued to the label, that is only how a word goes on
	for from := range host {
		at, k := from, 0
		for at < len(host) && k < len(bare) {
			switch {
			case host[at] == bare[k]:
				k++
			case k == 0 || strings.IndexByte(separators, host[at]) < 0:
				at = len(host)
			}
			at++
		}
		if k < len(bare) || at < len(host) && strings.IndexByte(separators, host[at]) < 0 {
			continue
		}
		if before := at - len(suffix) - 1; !short || before >= 0 && strings.IndexByte(separators, host[before]) >= 0 {
			return true
		}
	}
	return false
}

// bareName drops what separates.
var bareName = strings.NewReplacer(".", "", "-", "")
