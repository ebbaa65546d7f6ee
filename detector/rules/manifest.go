package rules

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// MaxManifest is the largest manifest a client reads, in bytes.
const MaxManifest = 64 << 10

// maxSections is how many sections a manifest may list.
const maxSections = 64

const (
	manifestTitle = "honmono rules v1"
	timeLayout    = "2006-01-02T15:04:05Z" // RFC 3339, UTC, whole seconds
)

// A Manifest says which sections make up a rule set.
type Manifest struct {
	// Version grows with every publication: seconds since 1970.
	Version uint64
	// Created and Expires are seconds since 1970, UTC; Expires is 0 for the
	// built-in set, whose manifest has no such line.
	Created, Expires int64
	Sections         []Section // without Data
}

// errMalformed is all that is said of a manifest that is not one: its bytes are
// not trusted, and nobody mends them by hand.
var errMalformed = errors.New("rules: malformed manifest")

// Text is the manifest as it is signed.
func (m *Manifest) Text() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\nversion %d\ncreated %s\n", manifestTitle, m.Version, stamp(m.Created))
	if m.Expires != 0 {
		fmt.Fprintf(&b, "expires %s\n", stamp(m.Expires))
	}
	for _, s := range m.Sections {
		fmt.Fprintf(&b, "section %s %d %s\n", s.Name, s.Size, s.SHA256)
	}
	return b.Bytes()
}

func stamp(unix int64) string { return time.Unix(unix, 0).UTC().Format(timeLayout) }

// ParseManifest reads the text of a manifest, without its signatures. It is
// strict: for a given manifest there is exactly one text.
func ParseManifest(text []byte) (*Manifest, error) {
	if len(text) > MaxManifest {
		return nil, fmt.Errorf("rules: a manifest of %d bytes, the limit is %d", len(text), MaxManifest)
	}
	body, ok := strings.CutSuffix(string(text), "\n")
	if !ok {
		return nil, errMalformed
	}
	lines := strings.Split(body, "\n")
	next := func(key string) (string, bool) {
		if len(lines) == 0 {
			return "", false
		}
		value, ok := strings.CutPrefix(lines[0], key+" ")
		if ok {
			lines = lines[1:]
		}
		return value, ok
	}
	if lines[0] != manifestTitle {
		return nil, errMalformed
	}
	lines = lines[1:]
	m := &Manifest{}
	var err error
	if value, ok := next("version"); !ok {
		return nil, errMalformed
	} else if m.Version, err = strconv.ParseUint(value, 10, 63); err != nil {
		return nil, errMalformed
	}
	if value, ok := next("created"); !ok {
		return nil, errMalformed
	} else if m.Created, err = unstamp(value); err != nil {
		return nil, errMalformed
	}
	if value, ok := next("expires"); ok {
		if m.Expires, err = unstamp(value); err != nil || m.Expires == 0 {
			return nil, errMalformed
		}
	}
	seen := map[string]bool{}
	for len(lines) > 0 {
		value, ok := next("section")
		f := strings.Split(value, " ")
		if !ok || len(f) != 3 || len(m.Sections) == maxSections || seen[f[0]] ||
			!validSection(f[0]) || !validHash(f[2]) {
			return nil, errMalformed
		}
		seen[f[0]] = true
		size, err := strconv.ParseInt(f[1], 10, 64)
		if err != nil || size < 0 {
			return nil, errMalformed
		}
		m.Sections = append(m.Sections, Section{Name: f[0], Size: size, SHA256: f[2]})
	}
	// What is not written the one way (leading zeros, a plus sign) is refused.
	if !bytes.Equal(m.Text(), text) {
		return nil, errMalformed
	}
	return m, nil
}

func validSection(s string) bool { return len(s) <= 32 && validKey(s) && lower(s[0]) }

func validHash(s string) bool {
	return len(s) == 64 && all(s, func(c byte) bool { return digit(c) || 'a' <= c && c <= 'f' })
}

func unstamp(s string) (int64, error) {
	t, err := time.Parse(timeLayout, s)
	return t.Unix(), err
}

// NewManifest describes sections. Version, created and expires are seconds
// since 1970.
func NewManifest(sections []Section, version uint64, created, expires int64) *Manifest {
	m := &Manifest{Version: version, Created: created, Expires: expires}
	for _, s := range sections {
		m.Sections = append(m.Sections, Section{Name: s.Name, Size: s.Size, SHA256: s.SHA256})
	}
	return m
}

// Open fetches every section that this version knows, checks its size and hash
// and decodes it. It does not ask who wrote the manifest: see [Verify].
func (m *Manifest) Open(fetch func(Section) ([]byte, error)) (*Set, error) {
	s := &Set{Version: m.Version, Created: m.Created, Expires: m.Expires}
	have := map[string]bool{}
	for _, sec := range m.Sections {
		if s.part(sec.Name) == nil {
			continue
		}
		if sec.Size > MaxSection {
			return nil, fmt.Errorf("rules: section %q of %d bytes, the limit is %d", sec.Name, sec.Size, MaxSection)
		}
		data, err := fetch(sec)
		if err != nil {
			return nil, fmt.Errorf("rules: section %q: %w", sec.Name, err)
		}
		if int64(len(data)) != sec.Size {
			return nil, fmt.Errorf("rules: section %q has %d bytes, the manifest says %d", sec.Name, len(data), sec.Size)
		}
		if Hash(data) != sec.SHA256 {
			return nil, fmt.Errorf("rules: section %q does not hash to %s", sec.Name, sec.SHA256)
		}
		if err := s.decode(sec.Name, string(data)); err != nil {
			return nil, err
		}
		have[sec.Name] = true
	}
	for _, name := range SectionNames {
		if !have[name] {
			return nil, fmt.Errorf("rules: the manifest has no section %q", name)
		}
	}
	return s, nil
}
