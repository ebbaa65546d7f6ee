package detector

import (
	"strings"

	"github.com/honmono/honmono/detector/internal/domain"
	"github.com/honmono/honmono/detector/internal/text"
	"github.com/honmono/honmono/detector/rules"
)

// findReader finds out whose mailbox this is. The page says so; or a link
// carries the address, as the kits behind "your password expires" do; or the mail
// speaks to an address in its subject or its first lines.
func (d *Detector) findReader(r *reading) {
	r.readerAddress = strings.ToLower(strings.TrimSpace(r.m.Mailbox))
	if r.readerAddress == "" {
		for i := range r.links {
			if a := r.links[i].carries; a != "" && !strings.Contains(r.links[i].text, a) {
				r.readerAddress, r.guessed = a, true
				break
			}
		}
	}
	if r.readerAddress == "" {
		r.readerAddress = d.addressee(r)
		r.guessed, r.addressed = r.readerAddress != "", r.readerAddress != ""
	}
	if at := strings.LastIndexByte(r.readerAddress, '@'); at >= 0 {
		if host, err := domain.ToASCII(r.readerAddress[at+1:]); err == nil {
			r.reader, r.readerHost = domain.Registrable(host), host
		}
	}
}

// quotation are the words by which mail programs introduce what they quote.
var quotation = []string{"from:", "von:", "de:", "差出人:", "wrote", "schrieb", "escribió", "escreveu", "a écrit", "書きました", "mailto"}

// addressee returns the address that the mail speaks to, or the empty string:
// one in the subject, or the first one in the opening lines. People who answer on
// a list quote addresses too, so a name before it in angle brackets or the words
// of a quotation make it somebody else's.
func (d *Detector) addressee(r *reading) string {
	if a := addressIn(cutText(r.subject, 500)); a != "" && !d.freemail[a[strings.IndexByte(a, '@')+1:]] {
		return a
	}
	opening := cutText(r.body, lead)
	at := strings.IndexByte(opening, '@')
	if at < 0 {
		return ""
	}
	around := opening[max(0, at-80):min(len(opening), at+80)]
	if strings.Contains(opening[max(0, at-80):at], "<") || containsAny(around, quotation) {
		return ""
	}
	a := addressIn(opening)
	if a == "" || d.freemail[a[strings.IndexByte(a, '@')+1:]] || a == r.from.address || a == r.reply.address {
		return ""
	}
	return a
}

// claimByReader looks for the claim to be the reader's own organisation or the
// system that keeps their mail.
func (d *Detector) claimByReader(r *reading, c *claims) {
	system, n := d.first(r, rules.MailSystem)
	inHeaders := false
	for _, h := range r.phrases[inHeader] {
		inHeaders = inHeaders || d.set.Phrases[h.phrase].Kind == rules.MailSystem
	}
	c.mailSystem, c.phrase = n >= 3 || inHeaders, system

	own := append([]string(nil), d.protected...)
	if r.reader != "" && !d.freemail[r.reader] {
		own = append(own, r.reader)
	}
	for _, o := range own {
		if strings.Contains(r.fromName, o) || strings.Contains(r.subject, o) || r.from.domain == domain.Registrable(o) ||
			namesHost(r.fromName, o) || o == r.reader && namesHost(r.fromName, r.readerHost) {
			c.own = true
		}
	}
	if r.guessed {
		c.own = d.ownByGuess(r, c)
	}
	if !c.own && r.reader != "" && !d.freemail[r.reader] && c.mailSystem && strings.Contains(r.body, r.reader) {
		c.own = true
	}
}

// ownByGuess is stricter where the reader's address was only guessed: an address
// in a link or a subject is no proof of whose mailbox this is. The mail must
// speak as the mail system, or name the organisation as its sender, or come from
// the very address it speaks to, and be after an account.
func (d *Detector) ownByGuess(r *reading, c *claims) bool {
	if r.reader == "" || d.freemail[r.reader] {
		return false
	}
	_, asked := d.first(r, rules.Credential)
	_, threatened := d.first(r, rules.Threat)
	pressed := asked+threatened > 0
	switch {
	case c.mailSystem && (strings.Contains(r.subject, r.reader) || strings.Contains(r.fromName, r.reader)):
		return true
	case strings.Contains(r.fromName, r.reader):
		return pressed
	case r.from.address == r.readerAddress || strings.Contains(r.subject, r.readerAddress):
		return pressed
	}
	return namesHost(r.fromName, r.readerHost) && r.from.domain != r.reader && (pressed || !r.addressed)
}

// namesHost reports whether a display name holds the name in front of a mail
// domain as a word: "Acme Support" for acme.co.jp. Kits cut it out of the
// victim's address, at the first dot.
func namesHost(name, host string) bool {
	if label := domain.Label(host); len(label) >= 4 && text.ContainsWord(name, label) {
		return true
	}
	first, _, _ := strings.Cut(host, ".")
	switch first {
	case "mail", "email", "smtp", "webmail", "mailbox", "groups", "users":
		return false // says what the host does, not whose it is
	}
	return len(first) >= 4 && text.ContainsWord(name, first)
}
