package detector

import (
	"slices"

	"github.com/honmono/honmono/detector/internal/blocklist"
	"github.com/honmono/honmono/detector/internal/link"
	"github.com/honmono/honmono/detector/rules"
)

// A Blocklist is the places that a rule set knows as attacks. Detectors may
// share one; it is safe for concurrent use.
type Blocklist struct{ list blocklist.List }

// NewBlocklist reads the blocklist of a set. Exact sections that are there are
// in use at once; others wait for [Blocklist.Load]. A section that cannot be read
// is an error.
func NewBlocklist(set *rules.Set) (*Blocklist, error) {
	b := &Blocklist{}
	for _, p := range set.Blocked {
		f, err := blocklist.ReadFilter(p.Filter)
		if err != nil {
			return nil, err
		}
		b.list.Add(f, p.ExactHash)
		if p.Exact == "" {
			continue
		}
		if err := b.Load(p.ExactHash, p.Exact); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// Load brings in the exact section of that hash. Whether the section hashes so
// is for the caller to check.
func (b *Blocklist) Load(hash, section string) error {
	e, err := blocklist.ReadExact(section)
	if err != nil {
		return err
	}
	b.list.Load(hash, e)
	return nil
}

// WithBlocklist uses a blocklist that was read already, instead of reading that
// of the set again.
func WithBlocklist(b *Blocklist) Option { return func(d *Detector) { d.blocked = b } }

// knownBad reports a link to a place that is known as an attack.
func (e *evidence) knownBad(l *linkRead, data Evidence) {
	path := ""
	if k := l.dest.Leaf.Kind; k == link.Domain || k == link.IPv4 || k == link.IPv6 {
		path = l.dest.Leaf.Path
	}
	key, missing := e.d.blocked.list.Find(l.host, path)
	if missing != "" && !slices.Contains(e.needs, missing) {
		e.needs = append(e.needs, missing)
	}
	if key == "" {
		return
	}
	data.Shown = key
	e.trick = true
	l.mark(Danger, LinkKnownBad)
	e.add(LinkKnownBad, 1, data)
}
