package detector

import (
	"strings"

	"github.com/honmono/honmono/detector/internal/domain"
	"github.com/honmono/honmono/detector/rules"
)

// claim compares who the mail claims to be with where it comes from and where
// it leads.
func (e *evidence) claim() {
	if e.c.main >= 0 {
		e.brandClaim()
	} else {
		e.organisationClaim()
	}
	e.readerClaim()
}

func (e *evidence) brandClaim() {
	r, c := e.r, e.c
	fromOwned := r.from.owned(c.main)
	own, foreign := e.split()
	// A column about a brand in a long newsletter is no claim to be it.
	column := c.strength < 0.85 && len(r.links) > 12

	if !fromOwned && (r.from.host != "" || r.from.broken) && c.strength >= 0.8 {
		data := e.brandData()
		data.Address, data.Domain, data.Host = r.m.From.Address, r.from.domain, r.from.host
		data.Shown = c.shown
		scale := c.strength
		if r.m.List {
			scale *= 0.8
		}
		if r.from.company() {
			scale *= 0.5 // companies do write of one another, in common campaigns
		}
		if foreign < 0 && c.strength < 0.9 && quotes(r.subject) {
			scale *= 0.3 // somebody passes a mail on, and asks about it
		}
		if c.strength < 0.85 && !e.wants() {
			scale *= 0.4 // people write about brands all day
		}
		if column {
			scale *= 0.4
		}
		if own && foreign < 0 && e.leadsHome() {
			scale *= 0.5 // whoever does what the mail asks ends at the brand
		}
		if e.topic() && c.strength < 1 {
			scale = 0
		}
		if e.d.freemail[r.from.domain] {
			scale *= 1.3 // no company writes from there
		}
		if scale > 0 {
			e.add(BrandForeignSender, scale, data)
		}
	}
	forged := fromOwned && e.forged()
	if forged {
		data := e.brandData()
		data.Address, data.Domain = r.m.From.Address, r.from.domain
		e.add(AuthenticationFailed, 1, data)
	}
	if foreign < 0 {
		if fromOwned && own && !forged {
			e.genuine = true
			data := e.brandData()
			data.Address, data.Domain = r.m.From.Address, r.from.domain
			e.add(SenderOfficial, 1, data)
		}
		return
	}
	l := &r.links[foreign]
	asks := e.asks(l)
	suspicious := e.imitatesClaim(l) || e.throwaway(l) || e.bodyObfuscated()
	pressing := e.pressing() || suspicious || !fromOwned && c.strength >= 0.8 && (asks || e.sole(l))
	scale := c.strength
	switch {
	case forged:
	case fromOwned && e.authenticated():
		scale *= 0.2
	case fromOwned && l.dest.Shortener && pressing:
		scale *= 0.8
	case fromOwned && l.opaque():
		// A genuine newsletter through a click counter looks just so.
		scale *= 0.15
	case fromOwned && own && !asks && !suspicious:
		scale *= 0.3
	case fromOwned && !pressing:
		scale *= 0.35
	case !fromOwned && l.opaque() && !l.dest.Shortener:
		scale *= 0.7
	case !fromOwned && c.strength < 0.85 && l.domain == r.from.domain:
		// Somebody writes about the brand and links to their own site.
		scale *= 0.6
	}
	switch {
	case fromOwned:
	case column:
		scale *= 0.4
	case c.strength < 0.7 && !asks:
		scale *= 0.4
	case c.strength < 0.85 && !pressing:
		scale *= 0.4
	case c.strength < 0.85 && !suspicious && (!e.wants() && !asks || l.plain && quotes(r.subject)):
		// People write about brands all day, and answer one another about them.
		scale *= 0.4
	}
	if e.topic() && c.strength < 1 {
		scale *= 0.2
	}
	if !suspicious && !forged && (own || c.strength == 1 && len(r.body) > 400) && e.newsletter() {
		scale *= 0.5
	}
	if l.known() && !(e.meets(l) && e.wants()) {
		scale *= 0.6 // another company's site, used for what it offers
	}
	if scale < 0.36 {
		// Genuine mails of the brand link elsewhere too, and honest people write
		// about brands: below this it is no evidence.
		return
	}
	data := e.brandData()
	data.Host, data.Domain, data.Link = l.host, l.domain, foreign+1
	data.Shown, data.Button = c.shown, asks
	e.add(BrandForeignLink, scale, data)
	if scale >= 0.5 {
		e.foreign = true
		for i := range r.links {
			if e.isForeign(&r.links[i]) {
				r.links[i].mark(Danger, BrandForeignLink)
			}
		}
		l.mark(Danger, BrandForeignLink)
	}
	if fromOwned {
		data.Address = r.m.From.Address
		e.add(BrandSpoofedSender, scale, data)
	}
}

// leadsHome reports that beside its links the mail has no way to lead the reader
// to anybody but the brand claimed: no answer to somebody else, no telephone
// number that is not the brand's, no code for the camera, no attachment, no form.
func (e *evidence) leadsHome() bool {
	r := e.r
	if len(r.m.Attachments) > 0 || r.m.Partial || e.count(rules.ScanCode) > 0 || r.reply.host != "" && !r.reply.owned(e.c.main) {
		return false
	}
	for _, p := range r.numbers() {
		if !e.ownNumber(p) {
			return false
		}
	}
	for i := range r.links {
		if l := &r.links[i]; l.form || contacts[l.host] || e.asks(l) && !l.owned(e.c.main) || l.err != nil && looksWeb(l.Href) || l.err == nil && (l.url.Scheme == "mailto" || l.url.Scheme == "tel" || l.url.Script()) {
			return false
		}
	}
	return true
}

// meets reports a button to a place of another company's where anybody can be met.
func (e *evidence) meets(l *linkRead) bool { return contacts[l.host] && e.asks(l) }

// contacts are places where people meet whoever calls them there: a chat, a
// channel, a form with questions of anybody's.
var contacts = map[string]bool{
	"t.me": true, "telegram.me": true, "wa.me": true, "api.whatsapp.com": true, "chat.whatsapp.com": true, "m.me": true,
	"line.me": true, "lin.ee": true, "page.line.me": true, "discord.gg": true, "discord.com": true,
	"docs.google.com": true, "forms.gle": true, "forms.office.com": true, "forms.cloud.microsoft": true,
}

// throwaway reports a link to a place that no company's own mail leads to: a
// tenant's page, a name under a cheap suffix, a random one, a number, or a host that is handed the reader's
// address.
func (e *evidence) throwaway(l *linkRead) bool {
	return l.dest.Hosting && !l.dest.Mailer || l.cheap || l.dest.Leaf.Numeric || (l.random || l.machine) && !l.dest.Mailer ||
		l.carries != "" && l.carries == e.r.readerAddress && !unsubscribes(l)
}

// forged reports that the receiving server found the From domain not to be the
// sender.
func (e *evidence) forged() bool {
	a := e.r.m.Auth
	return a.DMARC == "fail" || a.DMARC == "" && a.SPF == "fail" && a.DKIM != "pass"
}

// imitatesClaim reports whether the link's host imitates the brand claimed.
func (e *evidence) imitatesClaim(l *linkRead) bool {
	for _, m := range l.matches {
		if m.Brand == e.d.brands[e.c.main].ID {
			return true
		}
	}
	return l.pretends != ""
}

// split finds out whether the brand claimed has a link in the mail, and which
// foreign link asks the loudest to be followed; -1 if there is none. A link to
// another company's site counts as foreign only if the brand has none at all:
// the button of a false mail may well lead to a form at a big provider. A button
// to a place where anybody is met counts where the sender is foreign too.
func (e *evidence) split() (own bool, foreign int) {
	foreign, other := -1, -1
	best, bestOther := -1, -1
	r := e.r
	for i := range r.links {
		l := &r.links[i]
		if l.host == "" || l.neutral || !l.reachable {
			continue
		}
		if l.owned(e.c.main) {
			own = true
			continue
		}
		loud := 0
		if e.asks(l) {
			loud += 4
		}
		if !l.Hidden {
			loud += 2
		}
		if !l.opaque() {
			loud++
		}
		if !l.plain {
			loud++
		}
		if l.known() && (r.from.owned(e.c.main) || !e.meets(l)) {
			if loud > bestOther && loud >= 4 {
				bestOther, other = loud, i
			}
		} else if loud > best {
			best, foreign = loud, i
		}
	}
	if foreign < 0 && !own {
		foreign = other
	}
	return own, foreign
}

// isForeign reports whether a link leads away from the brand claimed to a place
// that is nobody's we know. Another brand's official site is not foreign: mails
// link to app stores and social networks.
func (e *evidence) isForeign(l *linkRead) bool {
	if l.host == "" || !l.reachable || l.owned(e.c.main) {
		return false
	}
	if l.known() {
		return false
	}
	if l.neutral {
		return false
	}
	return true
}

// authenticated reports that the webmail shows a pass for the From domain.
func (e *evidence) authenticated() bool {
	a := e.r.m.Auth
	return a.DMARC == "pass" || a.SignedBy != "" && domain.Registrable(strings.ToLower(a.SignedBy)) == e.r.from.domain
}
