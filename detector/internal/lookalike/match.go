package lookalike

import "fmt"

// A Kind says how a host imitates its target.
type Kind uint8

const (
	// Homograph: the label looks like the target's: other letters, same shape.
	Homograph Kind = iota + 1
	// Typo: the label is one slip away from the target's.
	Typo
	// Combo: the target's name stands in the label as a word of its own, beside
	// other words (combosquatting).
	Combo
	// Embedded: the target's domain or name stands in front of somebody else's
	// domain, with dots, hyphens or neither.
	Embedded
	// Suffix: the target's label under another public suffix.
	Suffix
	// Tenant: the target's name is that of a tenant at a hosting service.
	Tenant
)

var kindNames = [...]string{"", "homograph", "typo", "combo", "embedded", "suffix", "tenant"}

// String returns the kind in lower case.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "invalid"
}

// A Strength says how sure a match is.
type Strength uint8

const (
	// Hint: the name is there, but honest hosts are written so too. It names
	// the brand that a mail may be claiming; by itself it is no reason for
	// caution. There are hints of brands only.
	Hint Strength = iota + 1
	// Weak: look twice. Honest hosts of this shape are rare.
	Weak
	// Strong: there is hardly an honest reason to write a host so.
	Strong
)

var strengthNames = [...]string{"", "hint", "weak", "strong"}

// String returns the strength in lower case.
func (s Strength) String() string {
	if int(s) < len(strengthNames) {
		return strengthNames[s]
	}
	return "invalid"
}

// A Match is one protected domain that a host imitates.
type Match struct {
	Kind     Kind
	Strength Strength
	// Target is the protected domain, as it was given to [NewIndex] or, for a
	// popular domain that nobody listed, as the imitation spells it.
	Target string
	// Brand is the target's brand; "" for popular domains and for targets that
	// belong to no brand.
	Brand string
	// Part is the piece of the host, in ASCII, that imitates the target.
	Part string
}

// String describes the match for tests and logs.
func (m Match) String() string {
	return fmt.Sprintf("%s %s of %s (%s) by %+q", m.Strength, m.Kind, m.Target, m.Brand, m.Part)
}
