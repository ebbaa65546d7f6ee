package detector

import (
	"fmt"

	"github.com/honmono/honmono/detector/internal/domain"
)

// A Strictness is how early a reader wants to be told. It moves the threshold
// of [Caution] alone: what is [Danger] is danger to everybody, and its gate (a
// foreign place to go, or an attack on the eyes) stays where it is.
type Strictness string

const (
	// Quiet keeps silent about what is merely odd: caution begins where danger's
	// sum does, for mails that only lack danger's gate.
	Quiet Strictness = "quiet"
	// Normal is what the rules say.
	Normal Strictness = "normal"
	// Strict speaks at two thirds of what the rules ask for caution.
	Strict Strictness = "strict"
)

// At answers the same Detector with another strictness. The two share all they
// know, so it costs nothing. An unknown strictness is an error; the empty one
// is Normal.
func (d *Detector) At(s Strictness) (*Detector, error) {
	switch s {
	case "":
		s = Normal
	case Quiet, Normal, Strict:
	default:
		return nil, fmt.Errorf("detector: no strictness is called %q", s)
	}
	other := *d
	other.strictness = s
	return &other, nil
}

// cautionAt is the sum at which caution begins.
func (d *Detector) cautionAt() float64 {
	s := &d.set.Scoring
	switch d.strictness {
	case Quiet:
		return max(s.Caution, s.Danger)
	case Strict:
		return s.Caution * 2 / 3
	}
	return s.Caution
}

// ProtectedDomain answers the domain as [WithProtected] keeps it, in ASCII. It
// fails on what cannot be protected: no host at all, a number, a bare public
// suffix as "co.jp".
func ProtectedDomain(name string) (string, error) {
	host, err := domain.ToASCII(name)
	if err != nil || domain.Registrable(host) == "" {
		return "", fmt.Errorf("detector: %q is not a domain that can be protected", name)
	}
	return host, nil
}
