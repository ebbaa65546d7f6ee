package detector

import (
	"strings"

	"github.com/honmono/honmono/detector/rules"
)

// asks reports whether a link calls for the click: the words of a button, a
// picture, or a form.
func (e *evidence) asks(l *linkRead) bool {
	if !l.calls.weighed {
		asks := false
		e.d.findPhrases(l.text, func(hit phraseHit) bool {
			asks = e.d.asksBy(hit)
			return !asks
		})
		l.calls = weighed{true, asks}
	}
	return !l.Hidden && (l.form || l.Image && l.text == "" || l.calls.says)
}

// sole reports whether the link is the only place that the mail leads to, other
// than by an address in running text.
func (e *evidence) sole(l *linkRead) bool {
	if l.plain || l.Hidden {
		return false
	}
	for i := range e.r.links {
		if o := &e.r.links[i]; o.host != "" && o.host != l.host && !unsubscribes(o) {
			return false
		}
	}
	return true
}

// pressing reports whether the wording presses the reader to act.
func (e *evidence) pressing() bool {
	if !e.pressed.weighed {
		n := 0
		for _, k := range [...]rules.PhraseKind{rules.Deadline, rules.Threat, rules.Credential, rules.Payment, rules.Reward, rules.Action} {
			if e.count(k) > 0 {
				n++
			}
		}
		e.pressed = weighed{true, n >= 2}
	}
	return e.pressed.says
}

// wants reports whether the wording is after anything of the reader's: it hurries,
// threatens, or is about an account, money or a prize.
func (e *evidence) wants() bool {
	return e.count(rules.Deadline)+e.count(rules.Threat)+e.count(rules.Credential)+e.count(rules.Payment)+e.count(rules.Reward) > 0
}

// newsletter reports a mail that can be unsubscribed from and wants nothing of the
// reader: a mailing house sends such mails under its own domain.
func (e *evidence) newsletter() bool {
	if !e.bulk.weighed {
		e.bulk = weighed{true, e.isNewsletter()}
	}
	return e.bulk.says
}

func (e *evidence) isNewsletter() bool {
	if e.wants() {
		return false
	}
	if e.r.m.List {
		return true
	}
	for i := range e.r.links {
		if unsubscribes(&e.r.links[i]) {
			return true
		}
	}
	return false
}

// topic reports whether the subject says that the mail is *about* fraud.
func (e *evidence) topic() bool {
	for _, h := range e.r.phrases[inHeader] {
		if e.d.set.Phrases[h.phrase].Kind == rules.Topic {
			return true
		}
	}
	return false
}

// quotes reports whether a subject is of an answer or a forwarded mail: the names
// in it are then another mail's.
func quotes(subject string) bool {
	for _, mark := range []string{"fwd:", "fw:", "re:", "aw:", "wg:", "tr:", "rv:", "enc:", "転送:", "返信:"} {
		if strings.HasPrefix(subject, mark) {
			return true
		}
	}
	return false
}
