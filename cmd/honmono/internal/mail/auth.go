package mail

import (
	"strings"

	"github.com/emersion/go-message"
	"github.com/emersion/go-msgauth/authres"

	"github.com/honmono/honmono/detector"
)

// authentication reads the topmost Authentication-Results field (RFC 8601): the
// last server wrote it. Those below may be the sender's own work.
func authentication(h message.Header) detector.Authentication {
	var a detector.Authentication
	_, results, err := authres.Parse(h.Get("Authentication-Results"))
	if err != nil {
		return a
	}
	for _, result := range results {
		switch r := result.(type) {
		case *authres.SPFResult:
			a.SPF = value(r.Value)
			a.MailedBy = domain(r.From)
			if a.MailedBy == "" {
				a.MailedBy = domain(r.Helo)
			}
		case *authres.DKIMResult:
			// Of several signatures a passing one speaks for the message.
			if a.DKIM == "" || a.DKIM != "pass" && r.Value == authres.ResultPass {
				a.DKIM = value(r.Value)
				if a.SignedBy = domain(r.Domain); a.SignedBy == "" {
					a.SignedBy = domain(r.Identifier)
				}
			}
		case *authres.DMARCResult:
			a.DMARC = value(r.Value)
		}
	}
	return a
}

func value(v authres.ResultValue) string { return strings.ToLower(string(v)) }

// domain answers the part after the last @, or s where there is none.
func domain(s string) string {
	s = strings.Trim(s, "<>\"' ")
	return strings.ToLower(s[strings.LastIndexByte(s, '@')+1:])
}
