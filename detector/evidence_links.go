package detector

import (
	"strings"

	"github.com/honmono/honmono/detector/internal/domain"
	"github.com/honmono/honmono/detector/internal/link"
	"github.com/honmono/honmono/detector/internal/lookalike"
)

// links looks at how each link is built and whom its host imitates.
func (e *evidence) links() {
	for i := range e.r.links {
		e.link(i)
	}
}

func (e *evidence) link(i int) {
	l := &e.r.links[i]
	data := Evidence{Link: i + 1, Host: l.host, Domain: l.domain}
	if l.err != nil {
		// A link that no browser follows is broken, not dangerous; one with a
		// host that cannot be read may be followed by something else.
		if looksWeb(l.Href) {
			l.mark(Unknown, LinkUnreadable)
			data.Shown = cutText(l.Href, 200)
			e.add(LinkUnreadable, 1, data)
		}
		return
	}
	if l.url.Script() {
		l.mark(Caution, LinkScript)
		data.Shown = cutText(l.Href, 60)
		e.add(LinkScript, 1, data)
		return
	}
	if l.host == "" {
		return
	}
	e.knownBad(l, data)
	e.lookalikes(l, data)
	e.build(l, data)
	seen, first := e.r.shownBy(i)
	if shown, mismatch := e.d.reader.Mismatch(seen, l.dest); mismatch && !l.plain && first {
		d := data
		if shown != nil {
			d.Shown = shown.Unicode
			if b := e.d.official(shown.Host); b >= 0 && len(l.owners) == 0 {
				// The text shows a brand's address, the link goes elsewhere.
				d.Target, d.Brand, d.BrandName = domain.Registrable(shown.Host), e.d.brands[b].ID, e.d.brands[b].name
				l.mark(Danger, LinkTextMismatch)
				scale := 2.0
				if e.newsletter() && len(e.r.links) > 5 {
					scale = 1 // a mailing house counts the clicks
				}
				e.add(LinkTextMismatch, scale, d)
				e.foreign = e.foreign || e.c.main == b
				return
			}
		}
		scale := 1.0
		if len(e.r.links) > 10 || e.r.m.List {
			scale = 0.4 // in long newsletters such a mismatch is a click counter
		}
		l.mark(OK, LinkTextMismatch)
		e.add(LinkTextMismatch, scale, d)
	}
}

// lookalikes reports whom the host imitates. Only the surest match of a message
// counts in full: a mail that links to a hundred places meets chance
// resemblances, and they do not add up.
func (e *evidence) lookalikes(l *linkRead, data Evidence) {
	for i := range l.matches {
		m := &l.matches[i]
		if m.Strength < lookalike.Strong && l.opaque() && !l.dest.Shortener {
			// A known service leads on from here, and names its customers in
			// front of its domain: paypay.onelink.me.
			continue
		}
		s := strengthScale(m.Strength)
		d := data
		d.Target = m.named
		claimed := false
		if b := m.brand; b >= 0 {
			d.Brand, d.BrandName = m.Brand, e.d.brands[b].name
			claimed = e.c.main == b
			if l.pretends != "" && m.Strength < lookalike.Strong && !claimed && !e.bare && !e.d.owned(l.pretends, b) {
				// The host spells out another domain than this one resembles.
				continue
			}
			if l.brand < 0 {
				l.brand = b
			}
			if s == 0 && claimed {
				s = 0.3
			}
		}
		if s == 0 {
			if e.bare {
				// Whoever asks about one address is told what it brings to mind.
				e.add(lookalikeSymbol(m.Kind), 0, d)
			}
			continue
		}
		if m.Strength < lookalike.Strong && len(e.r.links) > 20 && (!claimed || e.c.strength < 0.85) {
			s *= 0.5
		}
		symbol := lookalikeSymbol(m.Kind)
		if m.Strength == lookalike.Strong {
			e.trick = true
			l.mark(Danger, symbol)
		} else {
			l.mark(Caution, symbol)
		}
		e.imitates(symbol, s, d)
		return // the surest one explains the link
	}
	if l.pretends != "" {
		d := data
		d.Target = l.pretends
		e.trick = true
		l.mark(Caution, LookalikeEmbedded)
		e.imitates(LookalikeEmbedded, 0.5, d)
	}
}

// imitates adds a lookalike finding so that the heaviest counts in full and
// the others for a fifth.
func (e *evidence) imitates(symbol Symbol, scale float64, data Evidence) {
	if e.surest >= scale {
		e.add(symbol, scale*0.2, data)
		return
	}
	for i := range e.findings {
		if f := &e.findings[i]; f.Group == GroupLookalike {
			f.Weight = round(f.Weight * 0.2)
		}
	}
	e.surest = scale
	e.add(symbol, scale, data)
}

func lookalikeSymbol(k lookalike.Kind) Symbol {
	switch k {
	case lookalike.Homograph:
		return LookalikeHomograph
	case lookalike.Typo:
		return LookalikeTypo
	case lookalike.Combo:
		return LookalikeCombo
	case lookalike.Embedded:
		return LookalikeEmbedded
	case lookalike.Suffix:
		return LookalikeSuffix
	}
	return LookalikeTenant
}

// build looks at the shape of the URL.
func (e *evidence) build(l *linkRead, data Evidence) {
	leaf := l.dest.Leaf
	if leaf.HasUserinfo() && leaf.Web() {
		d := data
		d.Shown = cutText(leaf.Userinfo(), 200)
		if leaf.UserinfoHost != "" {
			d.Target = leaf.UserinfoHost
			e.trick = true
			l.mark(Danger, LinkUserinfo)
			e.add(LinkUserinfo, 1, d)
		} else if leaf.Path == "/" && leaf.Query == "" && leaf.Password == "" && len(d.Shown) < 65 {
			// http://jane@example.org: a mail address that somebody made a link.
			e.add(LinkUserinfo, 0.1, d)
		} else {
			l.mark(Caution, LinkUserinfo)
			e.add(LinkUserinfo, 0.6, d)
		}
	}
	if l.machine && len(l.owners) == 0 && !l.dest.Mailer {
		l.mark(OK, LinkMachineHost)
		e.add(LinkMachineHost, 1, data)
	}
	if leaf.Numeric && !localHost(leaf.Host) {
		scale := 0.6
		level := OK
		if leaf.Disguised {
			scale, level = 1, Caution
		}
		l.mark(level, LinkNumericHost)
		e.add(LinkNumericHost, scale, data)
	}
	if leaf.Invisible && leaf.Kind == link.Domain || leaf.SlashLike {
		l.mark(Caution, LinkInvisible)
		e.add(LinkInvisible, 1, data)
	}
	if leaf.IDN {
		d := data
		d.Shown = leaf.Unicode
		if _, unsafe := lookalike.UnsafeIDN(leaf.Host); unsafe {
			l.mark(Caution, LinkIDNHost)
			e.add(LinkIDNHost, 1, d)
		} else {
			l.mark(OK, LinkIDNHost)
			e.add(LinkIDNHost, 0.2, d)
		}
	}
	if l.dest.Shortener && (len(l.owners) == 0 || e.c.main >= 0 && !l.owned(e.c.main)) {
		l.mark(OK, LinkShortener)
		e.add(LinkShortener, 1, data)
	}
	for _, h := range l.dest.Hops {
		if (h.Kind == link.Redirector || h.Kind == link.Proxy) && !h.Opaque && !e.d.sameOwner(h.Host, l.host) {
			d := data
			d.Shown = h.Host
			scale := 1.0
			if len(l.owners) > 0 {
				scale = 0.2
			}
			l.mark(OK, LinkRedirector)
			e.add(LinkRedirector, scale, d)
		}
	}
	if l.dest.Hosting && len(l.owners) == 0 && !l.dest.Mailer {
		l.mark(OK, LinkHosting)
		e.add(LinkHosting, 1, data)
	}
	if l.cheap && len(l.owners) == 0 && l.domain != e.r.from.domain {
		l.mark(OK, LinkCheapSuffix)
		e.add(LinkCheapSuffix, 1, data)
	}
	if len(l.owners) == 0 && l.random && !l.dest.Mailer {
		l.mark(OK, LinkRandomHost)
		e.add(LinkRandomHost, 1, data)
	}
	if l.carries != "" && l.carries == e.r.readerAddress && l.domain != e.r.reader && len(l.owners) == 0 && !unsubscribes(l) {
		d := data
		d.Address = l.carries
		scale := 1.0
		if e.r.m.List || l.domain == e.r.from.domain {
			scale = 0.3
		} else if e.r.guessed && !l.dest.Hosting {
			scale = 0.6
		}
		l.mark(OK, LinkAddress)
		e.add(LinkAddress, scale, d)
	}
}

// unsubscribes reports a link that has a reason to carry the address.
func unsubscribes(l *linkRead) bool {
	if !l.unsubscribes.weighed {
		l.unsubscribes = weighed{true, containsAny(strings.ToLower(l.Href), unsubscribing) || containsAny(l.text, unsubscribing) ||
			strings.Contains(l.text, "配信停止") || strings.Contains(l.text, "解除")}
	}
	return l.unsubscribes.says
}

var unsubscribing = []string{"unsub", "optout", "opt-out", "preferences", "remove", "subscription", "mailto:"}
