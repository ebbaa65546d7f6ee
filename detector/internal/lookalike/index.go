package lookalike

import (
	"slices"
	"strings"

	"github.com/honmono/honmono/detector/internal/domain"
)

// A Target is one protected domain.
type Target struct {
	// Domain is in canonical form. It and all hosts below it are genuine.
	Domain string
	// Brand is the id that matches are reported under; targets of one brand
	// never imitate each other.
	Brand string
	// Keywords are names by which hosts imitate the brand, beside the label of
	// Domain itself: lower case ASCII.
	Keywords []string
	// MayResemble are domains of others that look like this brand's and are
	// honest. Scoped: they may resemble this target only.
	MayResemble []string
}

// Options change what an index knows beside its targets.
type Options struct {
	// Popular reports a domain that many people know by its own name, which
	// makes a chance resemblance likely. Nil means the built-in list.
	Popular func(registrable string) bool
}

// An Index answers which of its targets a host imitates. It is read-only and
// may be shared between goroutines.
type Index struct {
	targets  []entry
	official map[string][]int
	popular  func(string) bool
}

type entry struct {
	Target
	registrable, label, suffix string
}

// NewIndex builds an index with the default options.
func NewIndex(targets []Target) *Index { return Options{}.NewIndex(targets) }

// NewIndex builds an index. Targets that are no registrable domains or hosts
// below one are left out.
func (o Options) NewIndex(targets []Target) *Index {
	x := &Index{official: map[string][]int{}, popular: o.Popular}
	for _, t := range targets {
		r := domain.Registrable(t.Domain)
		if r == "" {
			continue
		}
		label := domain.Label(r)
		e := entry{Target: t, registrable: r, label: label, suffix: r[len(label)+1:]}
		x.official[t.Domain] = append(x.official[t.Domain], len(x.targets))
		x.targets = append(x.targets, e)
	}
	return x
}

// Official reports whether the host is a protected domain or below one.
func (x *Index) Official(host string) bool {
	for h := host; h != ""; {
		if _, ok := x.official[h]; ok {
			return true
		}
		i := strings.IndexByte(h, '.')
		if i < 0 {
			return false
		}
		h = h[i+1:]
	}
	return false
}

// Check returns what the host imitates, surest first, at most one match per
// brand; nil if it imitates nothing. The host is in canonical form. A protected
// domain and everything below it imitates nothing.
func (x *Index) Check(host string) []Match {
	if host == "" || len(host) > 253 || x.Official(host) {
		return nil
	}
	reg := domain.ICANNRegistrable(host)
	if reg == "" {
		return nil
	}
	label, suffix, _ := strings.Cut(reg, ".")
	sub := strings.TrimSuffix(strings.TrimSuffix(host, reg), ".")
	tenant := ""
	if domain.Tenant(host) {
		tenant = domain.Label(host)
	}
	var out []Match
	for i := range x.targets {
		e := &x.targets[i]
		if slices.ContainsFunc(e.MayResemble, func(m string) bool { return domain.Matches(host, m) }) {
			continue
		}
		if m, ok := e.compare(label, suffix, sub, tenant); ok {
			out = append(out, m)
		}
	}
	slices.SortStableFunc(out, func(a, b Match) int { return int(b.Strength) - int(a.Strength) })
	seen := map[string]bool{}
	return slices.DeleteFunc(out, func(m Match) bool {
		key := m.Brand
		if key == "" {
			key = m.Target
		}
		dup := seen[key]
		seen[key] = true
		return dup
	})
}
