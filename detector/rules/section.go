package rules

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// A Section is one part of a rule set in the form that is published: canonical
// JSON, named by its SHA-256.
type Section struct {
	Name   string
	Size   int64  // bytes
	SHA256 string // lower-case hexadecimal
	Data   []byte // nil where only the manifest's line is known
}

// SectionNames are the sections of a rule set, in the order in which a
// manifest lists them.
var SectionNames = []string{"brands", "phrases", "phones", "links", "webmails", "scoring"}

// MaxSection is the largest section a client takes, in bytes. The sections of
// the built-in set are well below a hundredth of it.
const MaxSection = 16 << 20

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
func Encode(s *Set) ([]Section, error) {
	sections := make([]Section, 0, len(SectionNames))
	for _, name := range SectionNames {
		var buf bytes.Buffer
		enc := json.NewEncoder(&buf)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(s.part(name)); err != nil {
			return nil, fmt.Errorf("rules: encoding section %q: %w", name, err)
		}
		sections = append(sections, Section{
			Name: name, Size: int64(buf.Len()), SHA256: Hash(buf.Bytes()), Data: buf.Bytes(),
		})
	}
	return sections, nil
}

// Hash names a section: SHA-256 in lower-case hexadecimal.
func Hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
