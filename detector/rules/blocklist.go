package rules

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/honmono/honmono/detector/internal/blocklist"
	"github.com/honmono/honmono/detector/rules/bundle"
)

// A BlockPeriod holds the places that became known as attacks in one stretch of time,
// as sections "blocklist-<name>" and "blocklist-<name>-exact". Package
// detector/internal/blocklist describes both and why they are two. A period
// that is over does not change, so that a client fetches only what is new.
type BlockPeriod struct {
	// Name is the first day and the number of days, "20261116-7"; what is older
	// than all other periods is "00000000-0".
	Name string
	// Filter is the section that is always in use.
	Filter string
	// Exact is the section that makes a hit certain. A client has it on disk
	// and brings it in when it is wanted; Exact is empty until then.
	Exact string
	// ExactHash and ExactSize (bytes) are what the manifest says of Exact.
	ExactHash string
	ExactSize int64
}

// Places is how many places the period lists.
func (p BlockPeriod) Places() int { return blocklist.Places(p.ExactSize) }

// MaxBlockPeriods bounds the periods of a set: a week of days, a quarter of
// weeks, and what is older.
const MaxBlockPeriods = 24

// MaxBlocklist is the largest blocklist that clients have room for beside the
// other rules, in bytes of all its sections: about 600,000 places.
const MaxBlocklist = 8_300_000

// ErrLater is what the fetch function of [Open] answers for an exact section
// that will be brought in when it is wanted. No other section may wait.
var ErrLater = errors.New("rules: fetched when it is wanted")

// blockSection reads the name of a section, "blocklist-20261122-7" or the same
// with "-exact": eight digits, and one to three. Package regexp would be a tenth
// of the browser's program.
func blockSection(name string) (period string, exact, ok bool) {
	period, ok = strings.CutPrefix(name, "blocklist-")
	if !ok {
		return "", false, false
	}
	period, exact = strings.CutSuffix(period, "-exact")
	day, number, ok := strings.Cut(period, "-")
	if !ok || len(day) != 8 || len(number) < 1 || len(number) > 3 || strings.Trim(day+number, "0123456789") != "" {
		return "", false, false
	}
	return period, exact, true
}

// NewBlockPeriod makes a period of the keys of places, see [blocklist.Keys].
func NewBlockPeriod(name string, keys []string) (BlockPeriod, error) {
	filter, exact, err := blocklist.Build(keys)
	if err != nil {
		return BlockPeriod{}, fmt.Errorf("rules: %w", err)
	}
	return BlockPeriod{Name: name, Filter: filter, Exact: exact,
		ExactHash: bundle.Hash([]byte(exact)), ExactSize: int64(len(exact))}, nil
}

// KnownSection reports whether this version reads a section of that name, and
// whether it is one that may come later than the others.
func KnownSection(name string) (known, later bool) {
	if slices.Contains(SectionNames, name) {
		return true, false
	}
	_, later, known = blockSection(name)
	return known, later
}

// sections answers the two sections of a period. The exact one has no data
// where the period has none.
func (p *BlockPeriod) sections() []bundle.Section {
	filter := []byte(p.Filter)
	exact := bundle.Section{Name: "blocklist-" + p.Name + "-exact", Size: p.ExactSize, SHA256: p.ExactHash}
	if p.Exact != "" {
		exact.Data = []byte(p.Exact)
	}
	return []bundle.Section{
		{Name: "blocklist-" + p.Name, Size: int64(len(filter)), SHA256: bundle.Hash(filter), Data: filter},
		exact,
	}
}

// takeBlocklist puts a section of a period into the set. Data is nil for one
// that comes later.
func (s *Set) takeBlocklist(sec bundle.Section, data []byte) error {
	period, exact, ok := blockSection(sec.Name)
	if !ok {
		return fmt.Errorf("rules: internal error: %q is no section of a blocklist", sec.Name)
	}
	at := slices.IndexFunc(s.Blocked, func(p BlockPeriod) bool { return p.Name == period })
	if at < 0 {
		if len(s.Blocked) == MaxBlockPeriods {
			return fmt.Errorf("rules: more than %d periods of a blocklist", MaxBlockPeriods)
		}
		at = len(s.Blocked)
		s.Blocked = append(s.Blocked, BlockPeriod{Name: period})
	}
	p := &s.Blocked[at]
	if !exact {
		if _, err := blocklist.ReadFilter(string(data)); err != nil {
			return fmt.Errorf("rules: section %q: %w", sec.Name, err)
		}
		p.Filter = string(data)
		return nil
	}
	p.ExactHash, p.ExactSize = sec.SHA256, sec.Size
	if data == nil {
		return nil
	}
	if _, err := blocklist.ReadExact(string(data)); err != nil {
		return fmt.Errorf("rules: section %q: %w", sec.Name, err)
	}
	p.Exact = string(data)
	return nil
}

// wholeBlocklist refuses half a period, which would find nothing for sure.
func (s *Set) wholeBlocklist() error {
	slices.SortFunc(s.Blocked, func(a, b BlockPeriod) int { return strings.Compare(a.Name, b.Name) })
	for _, p := range s.Blocked {
		if p.Filter == "" || p.ExactHash == "" {
			return fmt.Errorf("rules: the manifest has only a part of the blocklist of %s", p.Name)
		}
	}
	return nil
}
