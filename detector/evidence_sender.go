package detector

import (
	"strings"

	"github.com/honmono/honmono/detector/internal/domain"
	"github.com/honmono/honmono/detector/internal/link"
	"github.com/honmono/honmono/detector/internal/lookalike"
)

// sender looks at the From and Reply-To headers.
func (e *evidence) sender() {
	r, d := e.r, e.d
	for _, host := range r.nameHosts {
		other := domain.Registrable(host)
		if r.from.domain == "" || other == r.from.domain || d.sameOwner(host, r.from.host) {
			continue
		}
		data := Evidence{Shown: r.m.From.Name, Domain: r.from.domain, Host: r.from.host, Target: other, Address: r.m.From.Address}
		scale := 0.5
		if strings.Contains(r.fromName, "@") {
			scale = 1
		}
		if d.official(host) >= 0 {
			scale = 1.5
		}
		e.add(FromNameAddress, scale, data)
	}
	if n := r.spoof.Invisible + r.spoof.Mixed; n > 0 {
		scale := 0.6
		if n > 1 {
			scale = 1
		}
		e.add(FromNameObfuscated, scale, Evidence{Shown: r.m.From.Name, Count: n})
	}
	if r.reply.host != "" && r.from.host != "" && r.reply.domain != r.from.domain && !d.sameOwner(r.reply.host, r.from.host) {
		scale := 0.5
		if d.freemail[r.reply.domain] && !d.freemail[r.from.domain] {
			scale = 1
		}
		if e.c.main >= 0 && !d.owned(r.reply.host, e.c.main) && r.from.owned(e.c.main) {
			scale = 1.5 // the brand writes, somebody else reads the answer
		}
		if r.m.List {
			scale *= 0.3
		}
		e.add(ReplyToElsewhere, scale, Evidence{Address: r.m.ReplyTo.Address, Domain: r.reply.domain, Host: r.reply.host})
	}
	if len(r.from.owners) > 0 || r.from.host == "" || d.freemail[r.from.domain] {
		return
	}
	from := d.place(r.from.host, link.Domain)
	if from.random || from.cheap && random(r.from.local) {
		e.add(FromRandom, 1, Evidence{Address: r.m.From.Address, Domain: r.from.domain, Host: r.from.host})
	}
	if matches := from.matches; len(matches) > 0 && matches[0].Strength > lookalike.Hint {
		m, s := matches[0], strengthScale(matches[0].Strength)
		data := Evidence{Address: r.m.From.Address, Host: r.from.host, Domain: r.from.domain, Target: m.Target}
		if m.brand >= 0 {
			data.Brand, data.BrandName = m.Brand, d.brands[m.brand].name
		}
		// A sender's own domain alone is no place to go: half the weight, and
		// the links have to say the rest.
		e.imitates(lookalikeSymbol(m.Kind), s*0.5, data)
	}
}

func suffixOf(host string) string {
	s, _ := domain.PublicSuffix(host)
	return s
}
