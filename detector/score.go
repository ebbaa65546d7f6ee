package detector

import (
	"cmp"
	"math"
	"slices"
)

// verdict adds up the findings and decides.
func (d *Detector) verdict(e *evidence) Verdict {
	r := e.r
	// A symbol is there once, so that the order is whole.
	slices.SortFunc(e.findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Symbol, b.Symbol))
	})
	v := Verdict{Findings: e.findings, Links: make([]LinkVerdict, 0, min(len(r.links), MaxLinks)), Needs: e.needs}
	if v.Findings == nil {
		v.Findings = []Finding{}
	}
	for i := range e.findings {
		if b, ok := d.byID[e.findings[i].Evidence.Brand]; ok {
			e.findings[i].Evidence.BrandNameJa = d.brands[b].NameJa
		}
		v.Score += e.findings[i].Weight
		v.Partial = v.Partial || e.findings[i].Symbol == NotAllRead
	}
	v.Score = round(v.Score)
	v.Level = d.level(e, v.Score)
	if e.c.main >= 0 {
		v.Brand = d.brands[e.c.main].ID
	}
	for i := range r.links {
		if i >= MaxLinks {
			v.Partial = true
			break
		}
		v.Links = append(v.Links, d.linkVerdict(&r.links[i], v.Level))
	}
	v.Advice = d.advice(e, v.Level)
	return v
}

// level turns a score into a word. Danger needs a claim with a foreign place to
// go, or an attack on the reader's eyes; everything else stops at caution. A
// message of which nothing could be seen is Unknown, not OK.
func (d *Detector) level(e *evidence, score float64) Level {
	s := &d.set.Scoring
	switch {
	case score >= s.Danger && (e.foreign || e.trick):
		return Danger
	case score >= d.cautionAt():
		return Caution
	}
	r := e.r
	if len(r.links) == 1 && r.links[0].err != nil && r.m.From.Address == "" && r.body == "" {
		return Unknown // CheckURL of something that is no URL
	}
	if len(r.links) == 0 && r.body == "" && r.subject == "" && r.fromName == "" && r.from.address == "" {
		return Unknown
	}
	if r.body == "" && len(r.links) == 0 && len(r.page.Images) == 0 && (r.m.Partial || r.page.Capped) {
		return Unknown
	}
	return OK
}

func (d *Detector) linkVerdict(l *linkRead, message Level) LinkVerdict {
	v := LinkVerdict{
		Href: l.Href, Text: cutText(l.Text, 200), Host: l.host, RegistrableDomain: l.domain,
		Level: l.level, Symbols: l.symbols,
	}
	// What is switched off does not mark links either.
	if len(d.set.Scoring.Off) > 0 && len(l.symbols) > 0 {
		v.Symbols = slices.DeleteFunc(slices.Clone(l.symbols), func(s Symbol) bool { return d.signals[s].off })
		if len(v.Symbols) == 0 {
			v.Symbols, v.Level = nil, OK
		}
	}
	// A link is never redder than the mail that holds it.
	if rank(v.Level) > rank(message) && message != Unknown {
		v.Level = message
	}
	if l.err == nil && l.host != "" && l.dest.Leaf.Unicode != l.host {
		v.Unicode = l.dest.Leaf.Unicode
	}
	v.LeadsOn = l.leadsOn()
	if b := l.owner; b >= 0 {
		v.Brand = d.brands[b].ID
	} else if l.brand >= 0 {
		v.Brand = d.brands[l.brand].ID
	}
	return v
}

// round keeps scores readable and their sums the same on every platform.
func round(f float64) float64 {
	f = math.Round(f*100) / 100
	if f == 0 {
		return 0 // not -0
	}
	return f
}
