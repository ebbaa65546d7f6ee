package rules

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/honmono/honmono/detector/internal/domain"
)

// A brandSource is a brand with the lines that the checks across files name.
type brandSource struct {
	Brand
	file      string
	names     []entry // names and words
	domains   []entry // with the domain alone as the value
	shared    []bool  // as domains: written with shared-domain
	resembles []entry
	check     entry
	report    entry
	plainURL  entry
	sendsFrom []entry
	takes     []entry
	phones    []entry
}

// brand compiles brands/<id>.txt.
func (c *compiler) brand(id string, entries []entry) {
	b := &brandSource{file: entries[0].file}
	b.ID = id
	var neverSent []string
	c.read(b.file, entries, map[string]key{
		"name":          needed(c.brandName(b, &b.Names)),
		"shown":         {once: true, read: func(_ entry, f []string) { b.Shown = f[0] }},
		"name-ja":       {once: true, read: func(_ entry, f []string) { b.NameJa = f[0] }},
		"word":          c.brandName(b, &b.Words),
		"context":       c.into(&b.Context),
		"domain":        {min: 2, max: 2, read: func(e entry, f []string) { c.brandDomain(b, e, f, false) }},
		"suffix":        {min: 2, max: 2, read: func(e entry, f []string) { c.brandSuffix(b, e, f) }},
		"shared-domain": {min: 2, max: 2, read: func(e entry, f []string) { c.brandDomain(b, e, f, true) }},
		"sender":        {min: 2, max: 2, read: func(e entry, f []string) { c.brandSender(b, e, f) }},
		"keyword":       {read: func(e entry, f []string) { c.brandKeyword(b, e, f[0]) }},
		"may-resemble":  {read: func(e entry, f []string) { c.brandResembles(b, e, f[0]) }},
		"phone":         {read: func(e entry, f []string) { c.brandPhone(b, e, f[0]) }},
		"region":        needed(c.choice(&b.Region, c.regions)),
		"category":      needed(c.choice(&b.Category, Categories)),
		"check":         c.place(&b.Check, &b.check, "https://"),
		"report":        c.place(&b.Report, &b.report, "https://", "mailto:"),
		"takes-reports-for": {read: func(e entry, f []string) {
			if !slices.Contains(c.regions, f[0]) {
				c.mistake(e, "unknown region %q: %s", f[0], nearest(f[0], c.regions))
				return
			}
			c.add(e, &b.TakesReportsFor, f[0])
			b.takes = append(b.takes, e)
		}},
		"policy-never-login-link": c.yes(&b.Policy.NeverLoginLink),
		"policy-plain-url": {once: true, min: 2, max: 2, read: func(e entry, f []string) {
			b.Policy.PlainURL, b.plainURL = f[0], e
		}},
		"policy-sends-from": {min: 2, max: 2, read: func(e entry, f []string) {
			c.add(e, &b.Policy.SendsFrom, f[0])
			e.value = f[0]
			b.sendsFrom = append(b.sendsFrom, e)
		}},
		"policy-real-name":       c.yes(&b.Policy.RealName),
		"policy-strangers-words": c.yes(&b.Policy.StrangersWords),
		"policy-never-sent": {min: 2, max: 2, read: func(e entry, f []string) {
			if c.phrase(e, &neverSent, f[0]) {
				b.Policy.NeverSent = append(b.Policy.NeverSent, f[0])
			}
		}},
	})
	c.brands = append(c.brands, b)
}

func (c *compiler) brandName(b *brandSource, list *[]string) key {
	return key{read: func(e entry, f []string) {
		if utf8.RuneCountInString(f[0]) < 2 && e.key == "name" {
			c.mistake(e, "the name %q is one character: write it as a word, with its context", f[0])
			return
		}
		if strings.Contains(f[0], " | ") {
			c.mistake(e, "%q takes one value: write a line for each", e.key)
			return
		}
		c.add(e, list, f[0])
		b.names = append(b.names, e)
	}}
}

func (c *compiler) brandDomain(b *brandSource, e entry, f []string, shared bool) {
	if !c.domain(e, f[0]) {
		return
	}
	if slices.ContainsFunc(b.Domains, func(d Domain) bool { return d.Domain == f[0] }) {
		c.mistake(e, "%q again", f[0])
		return
	}
	b.Domains = append(b.Domains, Domain{Domain: f[0], Source: f[1]})
	e.value = f[0]
	b.domains, b.shared = append(b.domains, e), append(b.shared, shared)
}

// brandSuffix reads a public suffix that only this organisation registers
// under: a brand's own top-level domain, or a government's. One of the private
// section of the Public Suffix List, where tenants are strangers elsewhere, must
// lie below another of its own (service.gov.uk below gov.uk), and come after it.
func (c *compiler) brandSuffix(b *brandSource, e entry, f []string) {
	suffix, icann := domain.PublicSuffix("name." + f[0])
	if ascii, err := domain.ToASCII(f[0]); err != nil || ascii != f[0] || suffix != f[0] || !icann && !below(f[0], b.Domains) {
		c.mistake(e, "%q is no public suffix of a registry: write \"domain\"", f[0])
		return
	}
	b.Domains = append(b.Domains, Domain{Domain: f[0], Source: f[1]})
	e.value = f[0]
	b.domains, b.shared = append(b.domains, e), append(b.shared, true)
}

func (c *compiler) brandSender(b *brandSource, e entry, f []string) {
	if !c.domain(e, f[0]) {
		return
	}
	if slices.ContainsFunc(b.Senders, func(d Domain) bool { return d.Domain == f[0] }) {
		c.mistake(e, "%q again", f[0])
		return
	}
	if below(f[0], b.Domains) {
		c.mistake(e, "%q is one of the brand's own domains already: remove the line", f[0])
		return
	}
	b.Senders = append(b.Senders, Domain{Domain: f[0], Source: f[1]})
}

func (c *compiler) brandKeyword(b *brandSource, e entry, v string) {
	switch plain := len(v) == utf8.RuneCountInString(v); {
	case plain && (len(v) < 2 || !hyphenated(v, lowerOrDigit)):
		c.mistake(e, "keyword %q: two or more lower-case letters and digits, joined by single hyphens", v)
		return
	case !plain && (utf8.RuneCountInString(v) < 2 || !nativeLabel(v)):
		c.mistake(e, "keyword %q: two or more letters, joined by single hyphens, in the spelling of a browser", v)
		return
	}
	c.add(e, &b.Keywords, v)
}

// nativeLabel reports a label in letters other than ASCII (楽天, 黑貓宅急便), as a
// browser shows it: lower case, half and full width folded, nothing invisible.
func nativeLabel(v string) bool {
	if strings.Contains(v, "--") || strings.HasPrefix(v, "-") || strings.HasSuffix(v, "-") || strings.ContainsAny(v, ". ") {
		return false
	}
	ascii, err := domain.ToASCII(v)
	return err == nil && strings.HasPrefix(ascii, "xn--") && domain.Unicode(ascii) == v
}

func (c *compiler) brandResembles(b *brandSource, e entry, v string) {
	if !c.domain(e, v) {
		return
	}
	c.add(e, &b.MayResemble, v)
	b.resembles = append(b.resembles, e)
}

func (c *compiler) brandPhone(b *brandSource, e entry, v string) {
	digits, ok := c.digits(e, v)
	if !ok {
		return
	}
	c.add(e, &b.Phones, digits)
	e.value = digits
	b.phones = append(b.phones, e)
}

// alone checks what a brand's file must say as a whole.
func (c *compiler) alone(b *brandSource) {
	if len(b.Domains) == 0 {
		c.ms.add(b.file, 0, "no domain: a brand needs one official domain or more")
	}
	if len(b.Words) > 0 && len(b.Context) == 0 {
		c.ms.add(b.file, 0, "words without context: write the words beside which %q means the brand", b.Words[0])
	}
	if len(b.Words) == 0 && len(b.Context) > 0 {
		c.ms.add(b.file, 0, "context without words: remove it, or write the short names with \"word\"")
	}
	for _, at := range []entry{b.check, b.report} {
		if at.value == "" {
			continue
		}
		u, _ := url.Parse(at.fields()[0]) // read by place already
		if host := placeHost(u); !below(host, b.Domains) {
			c.mistake(at, "%q is not on a domain of this brand: people are only sent to the brand's own", host)
		}
	}
	if b.Policy.PlainURL != "" {
		u, err := url.Parse(b.Policy.PlainURL)
		if err != nil || u.Scheme != "https" || u.Path == "" || !below(u.Hostname(), b.Domains) {
			c.mistake(b.plainURL, "%q must start with https://, a host of this brand and a slash", b.Policy.PlainURL)
		}
	}
	for _, e := range b.sendsFrom {
		host := e.value
		if at := strings.LastIndexByte(host, '@'); at >= 0 {
			host = host[at+1:]
		}
		if c.host(e, host) && !below(host, b.Domains) && !below(host, b.Senders) {
			c.mistake(e, "%q is not on a domain or sender of this brand", host)
		}
	}
	if len(b.takes) > 0 && b.Report == nil {
		c.mistake(b.takes[0], "takes-reports-for without report: write where they go")
	}
	for _, e := range b.resembles {
		if below(e.value, b.Domains) {
			c.mistake(e, "%q is the brand's own: may-resemble is for other people's domains", e.value)
		}
	}
}

// across checks the brands against one another.
func (c *compiler) across() {
	takers := map[string]entry{}
	for _, b := range c.brands {
		for _, e := range b.takes {
			if first, again := takers[e.value]; again {
				c.mistake(e, "%s:%d takes the reports for %q already", first.file, first.line, e.value)
			}
			takers[e.value] = e
		}
	}
	domains := map[string][]entry{}
	shared := map[string]bool{}
	claims := map[string]entry{}
	for _, b := range c.brands {
		c.alone(b)
		for i, e := range b.domains {
			domains[e.value] = append(domains[e.value], e)
			shared[e.file+e.value] = b.shared[i]
		}
		for _, e := range b.names {
			n := normal(e.value)
			if first, again := claims[n]; again && first.file != e.file {
				c.mistake(e, "%q is a name of %s:%d too: a claim must mean one brand", e.value, first.file, first.line)
			} else if again {
				c.mistake(e, "%q is the same as line %d to a reader", e.value, first.line)
			} else {
				claims[n] = e
			}
		}
	}
	for name, at := range domains {
		for _, e := range at {
			switch isShared := shared[e.file+name]; {
			case e.key == "suffix":
			case len(at) == 1 && isShared:
				c.mistake(e, "no other brand has %q: write \"domain\"", name)
			case len(at) > 1 && !isShared:
				other := at[0]
				if other.file == e.file {
					other = at[1]
				}
				c.mistake(e, "%q is a domain of %s:%d too: write \"shared-domain\" in both if it is", name, other.file, other.line)
			}
		}
	}
	c.nested(domains)
	for _, b := range c.brands {
		for _, e := range b.phones {
			for _, p := range c.phones {
				if p.Digits == e.value && slices.Contains(p.Brands, b.ID) {
					c.mistake(e, "%s is abused in this brand's name by %s:%d: one of the two is wrong", e.value, p.at.file, p.at.line)
				}
			}
		}
	}
}

// nested refuses a domain below another one. Of nested domains the innermost
// says whose a host is, so below a domain of the same brand it adds nothing,
// and below one of another brand it takes the host away from that brand.
func (c *compiler) nested(domains map[string][]entry) {
	for name, at := range domains {
		for rest := name; ; {
			var found bool
			if _, rest, found = strings.Cut(rest, "."); !found {
				break
			}
			for _, e := range at {
				c.inner(e, at, rest, domains[rest])
			}
		}
	}
}

// privateSuffix reports a suffix of the private section, whose tenants no line
// above it speaks for.
func privateSuffix(host string) bool {
	suffix, icann := domain.PublicSuffix("name." + host)
	return !icann && suffix == host
}

// inner checks one line of a domain, all of whose lines are at, against the
// lines of a domain above it.
func (c *compiler) inner(e entry, at []entry, above string, outer []entry) {
	in := func(list []entry, file string) int {
		return slices.IndexFunc(list, func(o entry) bool { return o.file == file })
	}
	if i := in(outer, e.file); i >= 0 {
		if len(at) == 1 && !privateSuffix(e.value) {
			c.mistake(e, "%q lies under %q on line %d already: remove the line", e.value, above, outer[i].line)
		}
		return
	}
	for _, o := range outer {
		if in(at, o.file) < 0 {
			c.mistake(e, "%q lies under %q of %s:%d: write \"shared-domain: %s\" in both files", e.value, above, o.file, o.line, e.value)
		}
	}
}
