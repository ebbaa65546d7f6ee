package detector

import (
	"github.com/honmono/honmono/detector/internal/domain"
	"github.com/honmono/honmono/detector/rules"
)

// readerClaim looks at mails that speak as the reader's own organisation, or as
// the system that keeps their mail.
func (e *evidence) readerClaim() {
	c, r := e.c, e.r
	if !c.own && !c.mailSystem {
		return
	}
	for i := range r.links {
		l := &r.links[i]
		if l.host == "" || l.Hidden || l.domain == r.reader || l.known() || l.neutral || e.d.isProtected(l.host) {
			continue
		}
		if l.domain == r.from.domain && !e.d.freemail[r.from.domain] && r.reader == "" && l.carries == "" {
			continue // a service that speaks of its own storage, for all we know
		}
		data := Evidence{Host: l.host, Domain: l.domain, Link: i + 1, Target: r.reader, Address: r.readerAddress, Phrase: c.phrase, Button: e.asks(l)}
		scale := 1.0
		if l.opaque() {
			scale = 0.5
		}
		switch {
		case c.own && (c.mailSystem || l.carries != "" && !unsubscribes(l) || e.pressing() && e.asks(l) && e.count(rules.Credential) > 0 && e.r.from.domain != r.reader ||
			r.addressed && !l.plain && e.count(rules.Credential)+e.count(rules.Threat) > 0):
			if r.reader == "" && len(e.d.protected) > 0 {
				data.Target = e.d.protected[0]
			}
			if !c.mailSystem && l.carries == "" {
				scale *= 0.6
			}
			e.add(OwnDomainForeign, scale, data)
			e.foreign = true
			l.mark(Danger, OwnDomainForeign)
		case c.mailSystem:
			switch {
			case l.carries != "":
			case len(r.links) > 12:
				continue // a newsletter that has a column on mail
			case !e.pressing():
				scale *= 0.4
			}
			if r.m.List {
				scale *= 0.5
			}
			e.add(MailSystemForeign, scale, data)
			e.foreign = e.foreign || scale >= 0.5
			l.mark(Caution, MailSystemForeign)
		}
	}
}

func (d *Detector) isProtected(host string) bool {
	for _, p := range d.protected {
		if domain.Matches(host, p) {
			return true
		}
	}
	return false
}
