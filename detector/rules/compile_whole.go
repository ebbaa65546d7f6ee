package rules

import (
	"cmp"
	"slices"
	"strings"
)

// whole checks what only all files together show.
func (c *compiler) whole() {
	c.across()
	for _, missing := range []struct {
		absent bool
		file   string
	}{
		{len(c.brands) == 0, "brands/"},
		{len(c.set.Phrases) == 0, "phrases/"},
		{!c.links, "links/"},
		{len(c.webmails) == 0, "webmails/"},
		{!c.scoring, "scoring.txt"},
	} {
		if missing.absent {
			c.ms.add(missing.file, 0, "missing: a rule set needs it")
		}
	}
	c.wholeWebmails()
	c.wholeLinks()
	for _, b := range c.brands {
		for _, e := range b.domains {
			if at, ok := c.hosts["hosting "+e.value]; ok {
				c.mistake(e, "%q is a place of tenants by %s:%d: write the brand's own hosts below it", e.value, at.file, at.line)
			}
		}
	}
	var ids []string
	for _, b := range c.brands {
		ids = append(ids, b.ID)
		c.set.Brands = append(c.set.Brands, b.Brand)
	}
	for _, p := range c.phones {
		for _, id := range p.Brands {
			if !slices.Contains(ids, id) {
				c.mistake(p.at, "neither \"any\" nor a brand: %q: %s", id, nearest(id, ids))
			}
		}
		c.set.Phones = append(c.set.Phones, p.Phone)
	}
	if c.scoring {
		for _, symbol := range Symbols {
			if _, ok := c.weights[symbol]; !ok {
				c.ms.add("scoring.txt", 0, "no weight for %s: write one, 0 if it is only to be reported", symbol)
			}
		}
	}
}

// wholeLinks refuses a host below another one of the same list.
func (c *compiler) wholeLinks() {
	for _, e := range c.hosts {
		if e.key != "shortener" && e.key != "hosting" && e.key != "mailer" {
			continue
		}
		host := e.fields()[0]
		for rest, found := host, true; ; {
			if _, rest, found = strings.Cut(rest, "."); !found {
				break
			}
			if outer, ok := c.hosts[e.key+" "+rest]; ok {
				c.mistake(e, "%q lies under %q of %s:%d already: remove the line", host, rest, outer.file, outer.line)
			}
		}
	}
}

func (c *compiler) wholeWebmails() {
	owner := map[string]entry{}
	var known []string
	for _, w := range c.webmails {
		known = append(known, w.ID)
		for _, e := range w.hosts {
			if first, again := owner[e.value]; again {
				c.mistake(e, "%q is a host of %s:%d too", e.value, first.file, first.line)
			}
			owner[e.value] = e
		}
		c.set.Webmails = append(c.set.Webmails, w.Webmail)
	}
	known = append(known, Symbols...)
	for _, e := range c.off {
		if !slices.Contains(known, e.value) {
			c.mistake(e, "%q is neither a symbol nor a webmail: %s", e.value, nearest(e.value, known))
		}
	}
}

// sort puts everything whose order has no meaning into one order, so that
// moving a line changes no hash. Names, selectors and parameters keep theirs:
// the first one counts.
func (c *compiler) sort() {
	s := c.set
	slices.SortFunc(s.Brands, func(a, b Brand) int { return cmp.Compare(a.ID, b.ID) })
	for i := range s.Brands {
		b := &s.Brands[i]
		byDomain := func(a, b Domain) int { return cmp.Compare(a.Domain, b.Domain) }
		slices.SortFunc(b.Domains, byDomain)
		slices.SortFunc(b.Senders, byDomain)
		for _, list := range [][]string{b.Context, b.Keywords, b.MayResemble, b.Phones, b.Policy.SendsFrom, b.Policy.NeverSent} {
			slices.Sort(list)
		}
	}
	slices.SortFunc(s.Phrases, func(a, b Phrase) int {
		return cmp.Or(cmp.Compare(a.Lang, b.Lang), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Text, b.Text))
	})
	slices.SortFunc(s.Phones, func(a, b Phone) int { return cmp.Compare(a.Digits, b.Digits) })
	// Of one host, the longer path is the more specific: it comes first.
	slices.SortFunc(s.Links.Wrappers, func(a, b Wrapper) int {
		return cmp.Or(cmp.Compare(a.Host, b.Host), cmp.Compare(len(b.Path), len(a.Path)),
			cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method))
	})
	for _, list := range [][]string{s.Links.Shorteners, s.Links.Hosting, s.Links.Mailers, s.Links.CheapSuffixes, s.Links.Freemail, s.Scoring.Off} {
		slices.Sort(list)
	}
	slices.SortFunc(s.Webmails, func(a, b Webmail) int { return cmp.Compare(a.ID, b.ID) })
}
