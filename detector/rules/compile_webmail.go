package rules

import (
	"slices"
	"strings"

	"github.com/andybalholm/cascadia"
)

// A webmailSource is a webmail with its file.
type webmailSource struct {
	Webmail
	file  string
	hosts []entry
}

// AnchorPlaces are the allowed values of Webmail.AnchorPlace.
var AnchorPlaces = []string{"before", "prepend"}

// webmail compiles webmails/<id>.txt.
func (c *compiler) webmail(id string, entries []entry) {
	w := webmailSource{Webmail: Webmail{ID: id}, file: entries[0].file}
	c.read(w.file, entries, map[string]key{
		"host": {read: func(e entry, f []string) {
			if c.domain(e, f[0]) {
				c.add(e, &w.Hosts, f[0])
				w.hosts = append(w.hosts, e)
			}
		}},
		"detect":         c.selectors(&w.Detect),
		"message":        needed(c.selectors(&w.Message)),
		"skip":           c.selectors(&w.Skip),
		"scope":          c.selectors(&w.Scope),
		"sender":         needed(c.selectors(&w.Sender)),
		"subject":        needed(c.selectors(&w.Subject)),
		"body":           needed(c.selectors(&w.Body)),
		"subject-skip":   c.selectors(&w.SubjectSkip),
		"sender-address": c.attributes(&w.SenderAddress, "text"),
		"sender-name":    c.attributes(&w.SenderName, "text"),
		"reply-to":       c.selectors(&w.ReplyTo),
		"attachment":     c.selectors(&w.Attachment),
		"mailbox":        c.selectors(&w.Mailbox),
		"mailed-by":      c.selectors(&w.MailedBy),
		"clipped":        c.selectors(&w.Clipped),

		"detail":          c.selectors(&w.Detail),
		"detail-label":    c.selectors(&w.DetailLabel),
		"detail-value":    c.selectors(&w.DetailValue),
		"mailed-by-label": c.into(&w.MailedByLabel),
		"signed-by-label": c.into(&w.SignedByLabel),
		"auth-results":    c.selectors(&w.AuthResults),
		"unverified":      c.selectors(&w.Unverified),
		"unverified-text": c.into(&w.UnverifiedText),

		"message-id": c.attributes(&w.MessageID),
		"frame":      c.selectors(&w.Frame),
		"frame-host": {read: func(e entry, f []string) {
			if c.domain(e, f[0]) {
				c.add(e, &w.FrameHosts, f[0])
			}
		}},
		"anchor":         c.selectors(&w.Anchor),
		"anchor-place":   c.choice(&w.AnchorPlace, AnchorPlaces),
		"href-attribute": c.attributes(&w.HrefAttributes),
		"spam-url":       c.into(&w.SpamURL),
		"sent-url":       c.into(&w.SentURL),
		"drafts-url":     c.into(&w.DraftsURL),
		"spam-if":        c.selectors(&w.SpamIf),
		"sent-if":        c.selectors(&w.SentIf),
		"drafts-if":      c.selectors(&w.DraftsIf),
	})
	if len(w.Hosts) == 0 && len(w.Detect) == 0 {
		c.ms.add(w.file, 0, "neither host nor detect: a page could not be told to be this webmail")
	}
	if w.AnchorPlace != "" && len(w.Anchor) == 0 {
		c.ms.add(w.file, 0, "anchor-place without anchor")
	}
	if len(w.FrameHosts) > 0 && len(w.Frame) == 0 {
		c.ms.add(w.file, 0, "frame-host without frame")
	}
	if len(w.MailedByLabel)+len(w.SignedByLabel) > 0 && (len(w.Detail) == 0 || len(w.DetailLabel) == 0 || len(w.DetailValue) == 0) {
		c.ms.add(w.file, 0, "a label without detail, detail-label and detail-value: the row it stands in could not be found")
	}
	c.webmails = append(c.webmails, w)
}

func (c *compiler) selectors(list *[]string) key {
	return key{read: func(e entry, f []string) {
		if why := badSelector(f[0]); why != "" {
			c.mistake(e, "the selector %q %s", f[0], why)
			return
		}
		c.add(e, list, f[0])
	}}
}

// foreign are parts of selectors that cascadia reads and browsers do not.
var foreign = []string{"!=", "#=", ":contains", ":matches", ":haschild", ":input"}

func badSelector(s string) string {
	if _, err := cascadia.ParseGroup(s); err != nil {
		return "does not parse: " + strings.TrimPrefix(err.Error(), "cascadia: ")
	}
	s = strings.ToLower(unquoted(s))
	for _, f := range foreign {
		if strings.Contains(s, f) {
			return "holds " + f + ", which browsers do not know"
		}
	}
	return ""
}

// unquoted is a selector without its strings, which may hold anything.
func unquoted(s string) string {
	var b strings.Builder
	quote := rune(0)
	for _, c := range s {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}

// attributes reads names of attributes, or one of the words in extra.
func (c *compiler) attributes(list *[]string, extra ...string) key {
	return key{read: func(e entry, f []string) {
		if !(lower(f[0][0]) && validKey(f[0])) && !slices.Contains(extra, f[0]) {
			c.mistake(e, "%q is no attribute's name", f[0])
			return
		}
		c.add(e, list, f[0])
	}}
}
