package rules

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/honmono/honmono/detector/rules/bundle"
)

// SectionNames are the sections that every rule set has, in the order in which a
// manifest lists them. Those of the blocklist follow.
var SectionNames = []string{"brands", "phrases", "phones", "links", "webmails", "scoring"}

// part returns the field of s that the named section holds.
func (s *Set) part(name string) any {
	switch name {
	case "brands":
		return &s.Brands
	case "phrases":
		return &s.Phrases
	case "phones":
		return &s.Phones
	case "links":
		return &s.Links
	case "webmails":
		return &s.Webmails
	case "scoring":
		return &s.Scoring
	}
	return nil
}

// Encode returns the sections of s. Equal sets give equal bytes: fields in the
// order of their declaration, map keys sorted, no white space, one newline at
// the end.
func Encode(s *Set) ([]bundle.Section, error) {
	sections := make([]bundle.Section, 0, len(SectionNames))
	for _, name := range SectionNames {
		var buf bytes.Buffer
		enc := json.NewEncoder(&buf)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(s.part(name)); err != nil {
			return nil, fmt.Errorf("rules: encoding section %q: %w", name, err)
		}
		sections = append(sections, bundle.Section{
			Name: name, Size: int64(buf.Len()), SHA256: bundle.Hash(buf.Bytes()), Data: buf.Bytes(),
		})
	}
	for i := range s.Blocked {
		sections = append(sections, s.Blocked[i].sections()...)
	}
	return sections, nil
}

// Open fetches every section of m that this version knows, checks its size and hash
// and decodes it. It does not ask who wrote the manifest: see [bundle.Verify].
// Fetch may answer [ErrLater] for the exact part of a blocklist.
func Open(m *bundle.Manifest, fetch func(bundle.Section) ([]byte, error)) (*Set, error) {
	s := &Set{Version: m.Version, Created: m.Created, Expires: m.Expires}
	have := map[string]bool{}
	for _, sec := range m.Sections {
		known, later := KnownSection(sec.Name)
		if !known {
			continue
		}
		if sec.Size > bundle.MaxSection {
			return nil, fmt.Errorf("rules: section %q of %d bytes, the limit is %d", sec.Name, sec.Size, bundle.MaxSection)
		}
		data, err := fetch(sec)
		if later && errors.Is(err, ErrLater) {
			if err := s.takeBlocklist(sec, nil); err != nil {
				return nil, err
			}
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("rules: section %q: %w", sec.Name, err)
		}
		if int64(len(data)) != sec.Size {
			return nil, fmt.Errorf("rules: section %q has %d bytes, the manifest says %d", sec.Name, len(data), sec.Size)
		}
		if bundle.Hash(data) != sec.SHA256 {
			return nil, fmt.Errorf("rules: section %q does not hash to %s", sec.Name, sec.SHA256)
		}
		if s.part(sec.Name) == nil {
			err = s.takeBlocklist(sec, data)
		} else {
			err = s.decode(sec.Name, string(data))
		}
		if err != nil {
			return nil, err
		}
		have[sec.Name] = true
	}
	if err := s.wholeBlocklist(); err != nil {
		return nil, err
	}
	for _, name := range SectionNames {
		if !have[name] {
			return nil, fmt.Errorf("rules: the manifest has no section %q", name)
		}
	}
	return s, nil
}
