package main

import (
	"fmt"
	"slices"

	"github.com/honmono/honmono/detector"
	"github.com/honmono/honmono/detector/rules"
	"github.com/honmono/honmono/detector/rules/bundle"
)

// A RulesInfo is what is told of the running rules. Times are seconds since
// 1970, UTC; Expires is 0 for the built-in set.
type RulesInfo struct {
	Version uint64 `json:"version"`
	Created int64  `json:"created"`
	Expires int64  `json:"expires"`
	// Source is "default" or "signed".
	Source   string `json:"source"`
	Brands   int    `json:"brands"`
	Phrases  int    `json:"phrases"`
	Webmails int    `json:"webmails"`
}

func (s *Session) rulesInfo(struct{}) (any, error) {
	set := s.rules()
	info := RulesInfo{Version: set.Version, Created: set.Created, Expires: set.Expires, Source: "default",
		Brands: len(set.Brands), Phrases: len(set.Phrases), Webmails: len(set.Webmails)}
	if s.signed {
		info.Source = "signed"
	}
	return info, nil
}

// A RulesPlan is a verified manifest, and which of its sections are here.
type RulesPlan struct {
	Version uint64 `json:"version"`
	Created int64  `json:"created"`
	Expires int64  `json:"expires"`
	// Rollout is the share of clients that the set is for, in percent: those
	// whose lot, from 0 to 99, is below it. 100 is everybody.
	Rollout  int           `json:"rollout"`
	Sections []PlanSection `json:"sections"`
}

// A PlanSection is one section to fetch, unless Have says that the running set
// has the same.
type PlanSection struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
	Have   bool   `json:"have"`
	// Later: fetched and kept with the others, but brought in by
	// [Session.loadBlocklist] when a verdict needs it.
	Later bool `json:"later,omitempty"`
}

// An order is what both steps of an update are asked with: the manifest, who
// may have signed it, and what time it is.
type order struct {
	Manifest string   `json:"manifest"`
	Keys     []string `json:"keys"`
	Now      int64    `json:"now"`
}

// planRules verifies a manifest and says what is missing for it.
func (s *Session) planRules(r order) (any, error) {
	m, err := bundle.Verify([]byte(r.Manifest), r.Keys, r.Now, s.rules().Version)
	if err != nil {
		return nil, err
	}
	held := s.held()
	plan := RulesPlan{Version: m.Version, Created: m.Created, Expires: m.Expires, Rollout: 100, Sections: []PlanSection{}}
	if m.Rollout != 0 {
		plan.Rollout = m.Rollout
	}
	for _, sec := range m.Sections {
		known, later := rules.KnownSection(sec.Name)
		if !known {
			continue // a later version's, not for us
		}
		_, have := held[sec.SHA256]
		plan.Sections = append(plan.Sections, PlanSection{sec.Name, sec.Size, sec.SHA256, have || later && s.lists(sec.SHA256), later})
	}
	return plan, nil
}

type loadRequest struct {
	order
	// Sections holds the missing sections by their hash.
	Sections map[string]string `json:"sections"`
}

// loadRules verifies a manifest and its sections and puts them into use. The
// detector is built before anything is replaced: on an error of any kind the
// rules in use stay as they are.
func (s *Session) loadRules(r loadRequest) (any, error) {
	m, err := bundle.Verify([]byte(r.Manifest), r.Keys, r.Now, s.rules().Version)
	if err != nil {
		return nil, err
	}
	held := s.held()
	sections := make(map[string][]byte)
	set, err := rules.Open(m, func(sec bundle.Section) ([]byte, error) {
		if _, later := rules.KnownSection(sec.Name); later {
			return nil, rules.ErrLater
		}
		data, ok := held[sec.SHA256]
		if text, given := r.Sections[sec.SHA256]; given {
			data, ok = []byte(text), true
		}
		if !ok {
			return nil, fmt.Errorf("not given, and the rules in use have another")
		}
		sections[sec.SHA256] = data
		return data, nil
	})
	if err != nil {
		return nil, err
	}
	blocked, err := detector.NewBlocklist(set)
	if err != nil {
		return nil, err
	}
	d, err := detector.New(set, detector.WithBlocklist(blocked))
	if err != nil {
		return nil, err
	}
	*s = Session{set: set, signed: true, sections: sections, detector: d, blocked: blocked}
	return s.rulesInfo(struct{}{})
}

// held answers the sections of the running set by hash.
func (s *Session) held() map[string][]byte {
	if s.sections == nil {
		s.sections = make(map[string][]byte)
		for _, sec := range rules.DefaultSections() {
			s.sections[sec.SHA256] = sec.Data
		}
	}
	return s.sections
}

// lists reports whether the running set has an exact blocklist section of that
// hash, wherever its bytes are.
func (s *Session) lists(hash string) bool {
	return slices.ContainsFunc(s.rules().Blocked, func(p rules.BlockPeriod) bool { return p.ExactHash == hash })
}

type blocklistRequest struct {
	// Sections holds exact sections by their hash.
	Sections map[string]string `json:"sections"`
}

// loadBlocklist brings in exact sections of the running set. One that the set
// does not list, or that does not hash to its name, is refused, and then none
// is brought in.
func (s *Session) loadBlocklist(r blocklistRequest) (any, error) {
	for hash, text := range r.Sections {
		switch {
		case !s.lists(hash):
			return nil, fmt.Errorf("wasm: the rules in use list no blocklist section %q", cut(hash))
		case bundle.Hash([]byte(text)) != hash:
			return nil, fmt.Errorf("wasm: the blocklist section does not hash to %q", cut(hash))
		}
	}
	blocked, err := s.blocklist()
	if err != nil {
		return nil, err
	}
	for hash, text := range r.Sections {
		if err := blocked.Load(hash, text); err != nil {
			return nil, fmt.Errorf("wasm: blocklist section %q: %w", cut(hash), err)
		}
	}
	return struct{}{}, nil
}
