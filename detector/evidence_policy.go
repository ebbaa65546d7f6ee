package detector

import (
	"strings"

	"github.com/honmono/honmono/detector/rules"
)

// policy compares the mail with what the claimed brand says of its own mail.
func (e *evidence) policy() {
	if e.c.main < 0 || e.genuine || e.topic() && e.c.strength < 1 {
		return
	}
	b := &e.d.brands[e.c.main]
	if p := b.Policy.PlainURL; p != "" && e.speaksLanguageOf(p) && e.count(rules.Action)+e.count(rules.Credential)+e.count(rules.Payment) > 0 &&
		!strings.Contains(e.r.body, strings.ToLower(p)) {
		data := e.brandData()
		data.Shown = p
		e.add(PolicyNoPlainURL, 1, data)
	}
	if b.Policy.NeverLoginLink {
		for i := range e.r.links {
			l := &e.r.links[i]
			if e.asks(l) && e.isForeign(l) {
				data := e.brandData()
				data.Link = i + 1
				e.add(PolicyLoginLink, 1, data)
				break
			}
		}
	}
	if b.Policy.RealName {
		if phrase, n := e.d.first(e.r, rules.Salutation); n > 0 {
			data := e.brandData()
			data.Phrase = phrase
			e.add(TextSalutation, 1.5, data)
		}
	}
	if from := b.Policy.SendsFrom; len(from) > 0 && e.r.from.host != "" && e.r.from.owned(e.c.main) && !sendsFrom(from, e.r.from) {
		data := e.brandData()
		data.Address, data.Domain = e.r.from.address, e.r.from.domain
		e.add(BrandForeignSender, 0.7, data)
	}
	if e.r.from.owned(e.c.main) && !e.foreign && !e.forged() {
		// A notice in the brand's name that leads nowhere else: it may well have
		// changed its mind since it said so.
		return
	}
	for _, p := range b.never {
		if strings.Contains(e.r.subject, p) || strings.Contains(e.r.body, p) {
			data := e.brandData()
			data.Phrase = p
			e.add(PolicyNotSent, 1, data)
			break
		}
	}
}

// speaksLanguageOf reports whether a policy about an address is about mails like
// this one: what a brand says of its site in Japan is said of Japanese mails.
func (e *evidence) speaksLanguageOf(url string) bool {
	return !strings.Contains(url, ".jp/") || strings.ContainsFunc(cutText(e.r.body, 4*lead), func(c rune) bool { return 0x3040 <= c && c <= 0x30FF })
}

// sendsFrom reports whether the sender is one of the hosts or addresses.
func sendsFrom(list []string, s sender) bool {
	for _, f := range list {
		if f == s.address || f == s.host || strings.HasSuffix(s.host, "."+f) {
			return true
		}
	}
	return false
}
