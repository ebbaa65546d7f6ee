package rules

import (
	"fmt"
	"slices"

	"github.com/honmono/honmono/detector/internal/jsonread"
)

// decode reads one section into s. Fields it does not know are skipped, so that
// rules may grow without breaking the browsers out there. A test holds the
// fields here to those that Encode writes.
func (s *Set) decode(name, text string) error {
	r := jsonread.New(text)
	switch name {
	case "brands":
		s.Brands = section(r, readBrand)
	case "phrases":
		s.Phrases = section(r, readPhrase)
	case "phones":
		s.Phones = array(r, readPhone)
	case "links":
		s.Links = readLinks(r)
	case "webmails":
		s.Webmails = array(r, readWebmail)
	case "scoring":
		s.Scoring = readScoring(r)
	default:
		return nil // a section of a later version
	}
	if err := r.Err(); err != nil {
		return fmt.Errorf("rules: section %q: %w", name, err)
	}
	return nil
}

// array reads a short array in no more room than it takes; nil for an empty one.
func array[T any](r *jsonread.Reader, read func(*jsonread.Reader) T) []T {
	var few [16]T
	list := few[:0]
	r.Array(func() { list = append(list, read(r)) })
	if len(list) == 0 {
		return nil
	}
	return slices.Clone(list)
}

// section reads an array that is all of a text. It may have thousands of elements:
// their number is guessed by the first ones, so that they are moved once.
func section[T any](r *jsonread.Reader, read func(*jsonread.Reader) T) (list []T) {
	const first = 32
	all := r.Rest()
	r.Array(func() {
		if len(list) == first {
			each := (all - r.Rest()) / first
			list = slices.Grow(list, r.Rest()*9/8/max(each, 1))
		}
		list = append(list, read(r))
	})
	return list
}

func readBrand(r *jsonread.Reader) (b Brand) {
	r.Object(func(key string) {
		switch key {
		case "id":
			b.ID = r.String()
		case "names":
			b.Names = r.Strings()
		case "shown":
			b.Shown = r.String()
		case "nameJa":
			b.NameJa = r.String()
		case "words":
			b.Words = r.Strings()
		case "context":
			b.Context = r.Strings()
		case "domains":
			b.Domains = array(r, readDomain)
		case "senders":
			b.Senders = array(r, readDomain)
		case "keywords":
			b.Keywords = r.Strings()
		case "mayResemble":
			b.MayResemble = r.Strings()
		case "phones":
			b.Phones = r.Strings()
		case "region":
			b.Region = r.String()
		case "category":
			b.Category = r.String()
		case "check":
			b.Check = readPlace(r)
		case "report":
			b.Report = readPlace(r)
		case "takesReportsFor":
			b.TakesReportsFor = r.Strings()
		case "policy":
			b.Policy = readPolicy(r)
		default:
			r.Skip()
		}
	})
	return b
}

func readDomain(r *jsonread.Reader) (d Domain) {
	r.Object(func(key string) {
		if key == "domain" {
			d.Domain = r.String()
		} else {
			r.Skip()
		}
	})
	return d
}

func readPlace(r *jsonread.Reader) *Place {
	p := &Place{}
	r.Object(func(key string) {
		switch key {
		case "url":
			p.URL = r.String()
		case "name":
			p.Name = r.String()
		case "nameJa":
			p.NameJa = r.String()
		default:
			r.Skip()
		}
	})
	return p
}

func readPolicy(r *jsonread.Reader) (p Policy) {
	r.Object(func(key string) {
		switch key {
		case "neverLoginLink":
			p.NeverLoginLink = r.Bool()
		case "plainURL":
			p.PlainURL = r.String()
		case "sendsFrom":
			p.SendsFrom = r.Strings()
		case "realName":
			p.RealName = r.Bool()
		case "strangersWords":
			p.StrangersWords = r.Bool()
		case "neverSent":
			p.NeverSent = r.Strings()
		default:
			r.Skip()
		}
	})
	return p
}

func readPhrase(r *jsonread.Reader) (p Phrase) {
	r.Object(func(key string) {
		switch key {
		case "kind":
			p.Kind = PhraseKind(r.String())
		case "lang":
			p.Lang = r.String()
		case "text":
			p.Text = r.String()
		default:
			r.Skip()
		}
	})
	return p
}

func readPhone(r *jsonread.Reader) (p Phone) {
	r.Object(func(key string) {
		switch key {
		case "digits":
			p.Digits = r.String()
		case "brands":
			p.Brands = r.Strings()
		default:
			r.Skip()
		}
	})
	return p
}

func readLinks(r *jsonread.Reader) (l Links) {
	r.Object(func(key string) {
		switch key {
		case "wrappers":
			l.Wrappers = array(r, readWrapper)
		case "shorteners":
			l.Shorteners = r.Strings()
		case "hosting":
			l.Hosting = r.Strings()
		case "mailers":
			l.Mailers = r.Strings()
		case "cheapSuffixes":
			l.CheapSuffixes = r.Strings()
		case "freemail":
			l.Freemail = r.Strings()
		default:
			r.Skip()
		}
	})
	return l
}

func readWrapper(r *jsonread.Reader) (w Wrapper) {
	r.Object(func(key string) {
		switch key {
		case "name":
			w.Name = r.String()
		case "kind":
			w.Kind = WrapperKind(r.String())
		case "host":
			w.Host = r.String()
		case "path":
			w.Path = r.String()
		case "method":
			w.Method = r.String()
		case "params":
			w.Params = r.Strings()
		default:
			r.Skip()
		}
	})
	return w
}

func readWebmail(r *jsonread.Reader) (w Webmail) {
	lists := map[string]*[]string{
		"hosts": &w.Hosts, "detect": &w.Detect, "message": &w.Message, "skip": &w.Skip, "scope": &w.Scope,
		"sender": &w.Sender, "subject": &w.Subject, "subjectSkip": &w.SubjectSkip, "body": &w.Body,
		"senderAddress": &w.SenderAddress, "senderName": &w.SenderName, "replyTo": &w.ReplyTo,
		"attachment": &w.Attachment, "mailbox": &w.Mailbox, "mailedBy": &w.MailedBy, "clipped": &w.Clipped,
		"detail": &w.Detail, "detailLabel": &w.DetailLabel, "detailValue": &w.DetailValue,
		"mailedByLabel": &w.MailedByLabel, "signedByLabel": &w.SignedByLabel,
		"authResults": &w.AuthResults, "unverified": &w.Unverified, "unverifiedText": &w.UnverifiedText,
		"frameHosts": &w.FrameHosts, "spamIf": &w.SpamIf, "sentIf": &w.SentIf, "draftsIf": &w.DraftsIf,
		"messageId": &w.MessageID, "frame": &w.Frame, "anchor": &w.Anchor, "hrefAttributes": &w.HrefAttributes,
		"spamURL": &w.SpamURL, "sentURL": &w.SentURL, "draftsURL": &w.DraftsURL,
	}
	r.Object(func(key string) {
		switch list, ok := lists[key]; {
		case ok:
			*list = r.Strings()
		case key == "id":
			w.ID = r.String()
		case key == "anchorPlace":
			w.AnchorPlace = r.String()
		default:
			r.Skip()
		}
	})
	return w
}

func readScoring(r *jsonread.Reader) (s Scoring) {
	r.Object(func(key string) {
		switch key {
		case "weights":
			s.Weights = map[string]float64{}
			r.Object(func(symbol string) { s.Weights[symbol] = r.Float() })
		case "caution":
			s.Caution = r.Float()
		case "danger":
			s.Danger = r.Float()
		case "off":
			s.Off = r.Strings()
		default:
			r.Skip()
		}
	})
	return s
}
