package main

import (
	"fmt"
	"slices"

	"github.com/honmono/honmono/detector"
	"github.com/honmono/honmono/detector/rules"
)

// A Session is the detector of one browser, with the rules it runs on: the
// built-in ones until others are loaded. It is for one goroutine.
//
// Nothing is decoded or built before it is needed: the page that only asks for
// the webmails does not pay for the index of brands.
type Session struct {
	set    *rules.Set
	signed bool
	// sections are the bytes of the running set by hash; nil until needed.
	sections map[string][]byte

	detector *detector.Detector
	// guarded protects what the last request asked for beside the brands. It
	// is kept, as one person's list seldom changes.
	guarded *detector.Detector
	protect []string
	// blocked is shared by both; nil until needed.
	blocked *detector.Blocklist
}

// NewSession starts with the built-in rules.
func NewSession() *Session { return &Session{} }

// rules is the running set.
func (s *Session) rules() *rules.Set {
	if s.set == nil {
		s.set = rules.Default()
	}
	return s.set
}

// blocklist is that of the running set.
func (s *Session) blocklist() (*detector.Blocklist, error) {
	var err error
	if s.blocked == nil {
		s.blocked, err = detector.NewBlocklist(s.rules())
	}
	return s.blocked, err
}

// MaxProtect is how many domains one request may ask to protect.
const MaxProtect = 1000

// A knowing is what a request says of its reader.
type knowing struct {
	// Protect are domains protected as a brand's are, at most MaxProtect.
	Protect []string `json:"protect"`
	// Strictness is the reader's; empty for normal.
	Strictness detector.Strictness `json:"strictness"`
}

// detect answers the detector for the running set and its reader.
func (s *Session) detect(k knowing) (*detector.Detector, error) {
	d, err := s.guard(k.Protect)
	if err != nil {
		return nil, err
	}
	return d.At(k.Strictness)
}

// guard answers the detector that knows what is to be protected.
func (s *Session) guard(protect []string) (*detector.Detector, error) {
	blocked, err := s.blocklist()
	if err != nil {
		return nil, err
	}
	if len(protect) == 0 {
		if s.detector == nil {
			s.detector, err = detector.New(s.rules(), detector.WithBlocklist(blocked))
		}
		return s.detector, err
	}
	if len(protect) > MaxProtect {
		return nil, fmt.Errorf("wasm: %d domains to protect, the limit is %d", len(protect), MaxProtect)
	}
	if s.guarded == nil || !slices.Equal(protect, s.protect) {
		d, err := detector.New(s.rules(), detector.WithBlocklist(blocked), detector.WithProtected(protect...))
		if err != nil {
			return nil, err
		}
		s.guarded, s.protect = d, slices.Clone(protect)
	}
	return s.guarded, nil
}

// prepare builds what a check for the same reader needs, so that it need not.
func (s *Session) prepare(k knowing) (any, error) {
	_, err := s.detect(k)
	return struct{}{}, err
}

type checkRequest struct {
	Message *detector.Message `json:"message"`
	knowing
}

func (s *Session) check(r checkRequest) (any, error) {
	if r.Message == nil {
		return nil, fmt.Errorf("wasm: malformed request: no message")
	}
	d, err := s.detect(r.knowing)
	if err != nil {
		return nil, err
	}
	return d.Check(*r.Message), nil
}

type checkURLRequest struct {
	URL *string `json:"url"`
	knowing
}

func (s *Session) checkURL(r checkURLRequest) (any, error) {
	if r.URL == nil {
		return nil, fmt.Errorf("wasm: malformed request: no url")
	}
	d, err := s.detect(r.knowing)
	if err != nil {
		return nil, err
	}
	return d.CheckURL(*r.URL), nil
}

func (s *Session) webmails(struct{}) (any, error) {
	// Never null: a page asks for its length.
	on := []rules.Webmail{}
	for _, w := range s.rules().Webmails {
		if !slices.Contains(s.rules().Scoring.Off, w.ID) {
			on = append(on, w)
		}
	}
	return on, nil
}

type domainsRequest struct {
	Domains []string `json:"domains"`
}

// domains answers each name as a protected domain is kept, in ASCII, or "" for
// what cannot be protected. Who asks for protection asks here first: one wrong
// name among many would make check refuse them all.
func (s *Session) domains(r domainsRequest) (any, error) {
	if len(r.Domains) > MaxProtect {
		return nil, fmt.Errorf("wasm: %d domains to protect, the limit is %d", len(r.Domains), MaxProtect)
	}
	kept := make([]string, len(r.Domains))
	for i, name := range r.Domains {
		kept[i], _ = detector.ProtectedDomain(name)
	}
	return kept, nil
}
