package bundle

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// MaxManifest is the largest manifest a client reads, in bytes.
const MaxManifest = 64 << 10

// maxSections is how many sections a manifest may list.
const maxSections = 64

const (
	manifestTitle = "honmono rules v1"
)

// A Manifest says which sections make up a rule set.
type Manifest struct {
	// Version grows with every publication: seconds since 1970.
	Version uint64
	// Created and Expires are seconds since 1970, UTC; Expires is 0 for the
	// built-in set, whose manifest has no such line.
	Created, Expires int64
	// Rollout is the share of clients that may take the set, in percent from 1
	// to 99; 0 is everybody. See [Manifest.For].
	Rollout  int
	Sections []Section // without Data
}

// errMalformed is all that is said of a manifest that is not one: its bytes are
// not trusted, and nobody mends them by hand.
var errMalformed = errors.New("bundle: malformed manifest")

// Text is the manifest as it is signed.
func (m *Manifest) Text() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\nversion %d\ncreated %s\n", manifestTitle, m.Version, stamp(m.Created))
	if m.Expires != 0 {
		fmt.Fprintf(&b, "expires %s\n", stamp(m.Expires))
	}
	if m.Rollout != 0 {
		fmt.Fprintf(&b, "rollout %d\n", m.Rollout)
	}
	for _, s := range m.Sections {
		fmt.Fprintf(&b, "section %s %d %s\n", s.Name, s.Size, s.SHA256)
	}
	return b.Bytes()
}

// Parse reads the text of a manifest, without its signatures. It is
// strict: for a given manifest there is exactly one text.
func Parse(text []byte) (*Manifest, error) {
	if len(text) > MaxManifest {
		return nil, fmt.Errorf("bundle: a manifest of %d bytes, the limit is %d", len(text), MaxManifest)
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
	if value, ok := next("rollout"); ok {
		if m.Rollout, err = strconv.Atoi(value); err != nil || m.Rollout < 1 || m.Rollout > 99 {
			return nil, errMalformed
		}
	}
	seen := map[string]bool{}
	for len(lines) > 0 {
		value, ok := next("section")
		f := strings.Split(value, " ")
		if !ok || len(f) != 3 || len(m.Sections) == maxSections || seen[f[0]] ||
			!validSection(f[0]) || !ValidHash(f[2]) {
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

func validSection(s string) bool {
	return s != "" && len(s) <= 32 && 'a' <= s[0] && s[0] <= 'z' &&
		onlyOf(s, "abcdefghijklmnopqrstuvwxyz0123456789-")
}

// ValidHash reports whether s is a SHA-256 as sections are named by it: 64
// lower-case hexadecimal digits.
func ValidHash(s string) bool { return len(s) == 64 && onlyOf(s, "0123456789abcdef") }

func onlyOf(s, letters string) bool {
	for i := range len(s) {
		if strings.IndexByte(letters, s[i]) < 0 {
			return false
		}
	}
	return true
}

// New describes sections. Version, created and expires are seconds
// since 1970.
func New(sections []Section, version uint64, created, expires int64) *Manifest {
	m := &Manifest{Version: version, Created: created, Expires: expires}
	for _, s := range sections {
		m.Sections = append(m.Sections, Section{Name: s.Name, Size: s.Size, SHA256: s.SHA256})
	}
	return m
}

// For reports whether the set is meant for a client whose lot is bucket, a
// number from 0 to 99; see "Staged rollout" in the package comment.
func (m *Manifest) For(bucket int) bool { return m.Rollout == 0 || bucket < m.Rollout }
