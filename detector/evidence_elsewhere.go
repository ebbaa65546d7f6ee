package detector

import (
	"slices"
	"strings"

	"github.com/honmono/honmono/detector/rules"
)

// elsewhere looks at mails that lead away without naming a brand's false site: to
// a document on somebody's server, to a telephone, to a code for the camera, to a
// mailbox.
func (e *evidence) elsewhere() {
	e.document()
	e.mailLink()
	e.callback()
	e.strangersNumber()
	e.scan()
}

// document reports a mail that says that a document waits and whose link to it
// leads to a place that no company keeps its papers at. Where the host is the
// sender's own, or shows the sender's name, it is their own server.
func (e *evidence) document() {
	phrase, n := e.d.first(e.r, rules.Document)
	if n == 0 || e.r.m.List || e.genuine || len(e.r.links) > 15 {
		return
	}
	for i := range e.r.links {
		l := &e.r.links[i]
		if l.host == "" || l.known() || !l.reachable || l.domain == e.r.from.domain || unsubscribes(l) ||
			!e.throwaway(l) || shares[l.host] || e.ofSender(l) {
			continue
		}
		data := Evidence{Host: l.host, Domain: l.domain, Link: i + 1, Phrase: phrase, Button: e.asks(l)}
		scale := 1.0
		if l.plain || !l.machine && !l.random && !l.cheap && !l.dest.Leaf.Numeric && l.carries == "" &&
			e.count(rules.Deadline)+e.count(rules.Threat)+e.count(rules.Credential) == 0 {
			scale = 0.6 // small firms do keep their papers in a rented bucket
		}
		l.mark(Caution, LinkDocument)
		e.add(LinkDocument, scale, data)
		return
	}
}

// shares are hosts where people do share their documents with one another.
var shares = map[string]bool{
	"drive.google.com": true, "docs.google.com": true, "forms.office.com": true, "forms.cloud.microsoft": true,
	"sway.office.com": true, "forms.gle": true, "1drv.ms": true,
}

// ofSender reports whether the link's host shows the name of the sender's domain:
// acme-invoices.s3.amazonaws.com for a mail from acme.com.
func (e *evidence) ofSender(l *linkRead) bool {
	label, _, _ := strings.Cut(e.r.from.domain, ".")
	return len(label) >= 4 && !e.d.freemail[e.r.from.domain] && strings.Contains(l.host, label)
}

// mailLink reports a button that writes a mail to somebody who is not the brand
// claimed: answering is all that such a mail is after.
func (e *evidence) mailLink() {
	c, r := e.c, e.r
	if c.main < 0 || c.strength < 0.8 || e.genuine || r.m.List {
		return
	}
	for i := range r.links {
		l := &r.links[i]
		if l.err != nil || l.url.Scheme != "mailto" || l.Hidden || strings.IndexByte(l.text, '@') >= 0 {
			continue
		}
		to := e.d.sender(addressIn(l.Href[len("mailto:"):]))
		if to.host == "" || to.owned(c.main) || to.company() || to.address == r.readerAddress || to.domain == r.reader {
			continue
		}
		scale := 0.6
		if e.d.freemail[to.domain] || to.domain != r.from.domain {
			scale = 1
		}
		if !e.wants() && !l.Image {
			scale *= 0.3
		}
		data := e.brandData()
		data.Address, data.Domain, data.Host, data.Link = to.address, to.domain, to.host, i+1
		e.add(LinkMails, scale, data)
		if scale >= 1 {
			// The claim, and somebody else who reads the answer.
			e.foreign = true
			l.mark(Caution, LinkMails)
		}
		return
	}
}

// callback reports a mail in a brand's name about a charge that asks to be called
// back. The number is the foreign place to go: no link is needed.
func (e *evidence) callback() {
	c, r := e.c, e.r
	if c.main < 0 || e.genuine || r.m.List || r.from.owned(c.main) || e.count(rules.Callback) == 0 || e.count(rules.Payment) == 0 {
		return
	}
	phones := r.numbers()
	if len(phones) == 0 {
		phones = phonesIn(r.subject)
	}
	for _, p := range phones {
		if e.ownNumber(p) {
			continue // the brand's own: then nobody is led elsewhere by it
		}
		data := e.brandData()
		data.Shown = p.shown
		data.Phrase, _ = e.d.first(r, rules.Callback)
		e.add(PhoneCallback, 1, data)
		e.foreign = e.foreign || c.strength >= 0.8
		return
	}
}

// ownNumber reports whether a number is known as the claimed brand's, with or without
// North America's country code.
func (e *evidence) ownNumber(p phone) bool {
	return slices.Contains(e.d.phones[p.digits], e.c.main) || slices.Contains(e.d.phones[strings.TrimPrefix(p.digits, "1")], e.c.main)
}

// strangersNumber reports a genuine notice of a service that passes on what
// anybody writes (a money request, an invoice, a shared file), when what is
// written asks to call a number: the mail passes every check, and the one who
// answers the telephone is not the brand. A number that is only shown, as a shop's
// is in a receipt, is left alone.
func (e *evidence) strangersNumber() {
	c, r := e.c, e.r
	if c.main < 0 || !r.from.owned(c.main) || e.forged() || r.m.List || !e.d.brands[c.main].Policy.StrangersWords || e.count(rules.Callback) == 0 {
		return
	}
	ask := func(shown, in string) bool {
		at := strings.Index(in, shown)
		return at >= 0 && callsFor(in[max(0, at-80):at])
	}
	for _, p := range append(phonesIn(r.subject), r.numbers()...) {
		if e.ownNumber(p) || !ask(p.shown, r.body) && !ask(p.shown, r.subject) {
			continue
		}
		data := e.brandData()
		data.Shown = p.shown
		data.Phrase, _ = e.d.first(r, rules.Callback)
		e.add(PhoneByStranger, 1, data)
		return
	}
}

// calls are words that ask for a call, in front of the number.
var calls = []string{"call", "dial", "contact", "reach", "phone", "helpline", "help desk", "helpdesk", "toll free", "toll-free", "support", "ligue", "llame", "llama", "appelez", "anrufen", "rufen", "chiamare", "chiama", "電話", "連絡", "窓口"}

// callsFor reports whether the words before a number ask to call it.
func callsFor(before string) bool { return containsAny(before, calls) }

// scan reports a mail that asks to read a picture's code: the address in it is
// for the telephone, where nothing looks at it.
func (e *evidence) scan() {
	phrase, n := e.d.first(e.r, rules.ScanCode)
	if n == 0 || e.genuine || e.r.m.List {
		return
	}
	switch {
	case e.c.main >= 0 && e.c.strength >= 0.8 && !e.r.from.owned(e.c.main):
		data := e.brandData()
		data.Phrase = phrase
		e.add(ScanRequest, 1, data)
	case e.c.mailSystem || e.c.own && e.r.from.domain != e.r.reader:
		e.add(ScanRequest, 1, Evidence{Phrase: phrase, Target: e.r.reader})
	}
}
