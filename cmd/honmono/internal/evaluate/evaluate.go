// Package evaluate measures a detector on labelled mails.
//
// A Measure takes in one Sample per message and answers a Result:
//
//   - per file and per group (language, brand, source …): how many messages,
//     what share is at caution or above, what share at danger. Of phishing that
//     share is the recall; of honest mail it is given per thousand, as false
//     alarms. A third kind, gray mail, is counted and judged by nobody;
//   - the curve: recall against false alarms for every threshold the score
//     could be given. Levels follow more rules than a threshold, so the two
//     levels are points beside the curve, not on it;
//   - per symbol, how often it is found in either kind: what a weight has to go
//     by;
//   - the worst misses (phishing with the lowest scores) and the worst false
//     alarms (honest mail with the highest), one per campaign.
//
// A message that could not be judged counts as missed or as silent: the reader
// saw no warning.
package evaluate

import (
	"cmp"
	"maps"
	"slices"

	"github.com/honmono/honmono/detector"
)

// A Kind says what a sample is in truth.
type Kind string

const (
	Phish Kind = "phish"
	Ham   Kind = "ham"
	Gray  Kind = "gray"
)

// A Sample is one judged message.
type Sample struct {
	Kind     Kind
	File, ID string
	// Groups holds the sample's value in each group it is to be counted in,
	// by the group's name.
	Groups   map[string]string
	Campaign string
	From     string // as a mail program shows it
	Subject  string
	Verdict  detector.Verdict // Links may be empty
}

// A Rate is how often the detector spoke in one set of messages.
type Rate struct {
	Messages int `json:"messages"`
	// Warned is how many are at caution or danger, Danger at danger.
	Warned  int `json:"warned"`
	Danger  int `json:"danger"`
	Unknown int `json:"unknown"`
}

func (r *Rate) add(v detector.Verdict) {
	r.Messages++
	switch v.Level {
	case detector.Caution:
		r.Warned++
	case detector.Danger:
		r.Warned++
		r.Danger++
	case detector.Unknown:
		r.Unknown++
	}
}

// A Set is the rate of one file.
type Set struct {
	Kind Kind   `json:"kind"`
	File string `json:"file"`
	Rate
}

// A Group is the rates of the messages that share one value.
type Group struct {
	By    string `json:"by"`
	Value string `json:"value"`
	Phish Rate   `json:"phish"`
	Ham   Rate   `json:"ham"`
	Gray  Rate   `json:"gray"`
}

// A Point of the curve: what calling every score of at least Threshold an
// attack would do.
type Point struct {
	Threshold float64 `json:"threshold"`
	// Recall is the share of phishing found; FalseAlarms the share of honest
	// mail called an attack. Both are between 0 and 1.
	Recall      float64 `json:"recall"`
	FalseAlarms float64 `json:"falseAlarms"`
}

// A SymbolRate is how many messages of either kind hold a finding.
type SymbolRate struct {
	Symbol detector.Symbol `json:"symbol"`
	Phish  int             `json:"phish"`
	Ham    int             `json:"ham"`
	// Weight is the mean weight the finding had.
	Weight float64 `json:"weight"`
}

// A Case is a message that came out wrong.
type Case struct {
	File     string            `json:"file"`
	ID       string            `json:"id"`
	Groups   map[string]string `json:"groups,omitempty"`
	Campaign string            `json:"campaign,omitempty"`
	// Like is how many messages of the same kind and campaign came out wrong
	// too, this one included.
	Like     int                `json:"like"`
	From     string             `json:"from"`
	Subject  string             `json:"subject"`
	Level    detector.Level     `json:"level"`
	Score    float64            `json:"score"`
	Brand    string             `json:"brand,omitempty"`
	Findings []detector.Finding `json:"findings"`
}

// A Result is everything measured.
type Result struct {
	Phish       Rate         `json:"phish"`
	Ham         Rate         `json:"ham"`
	Unread      int          `json:"unread"` // inputs that could not be read
	Sets        []Set        `json:"sets"`
	Groups      []Group      `json:"groups"`
	Symbols     []SymbolRate `json:"symbols"`
	Curve       []Point      `json:"curve"`
	Misses      []Case       `json:"misses"`
	FalseAlarms []Case       `json:"falseAlarms"`
}

// A Measure takes in samples. Its zero value is ready; it is for one goroutine.
type Measure struct {
	// By names the groups to count, in order; Worst is how many cases of each
	// kind to keep.
	By     []string
	Worst  int
	Unread int

	samples []Sample
}

// Add takes in one sample.
func (m *Measure) Add(s Sample) { m.samples = append(m.samples, s) }

// Result answers what was measured so far.
func (m *Measure) Result() Result {
	r := Result{Unread: m.Unread}
	sets := map[Set]*Rate{}
	groups := map[[2]string]*Group{}
	symbols := map[detector.Symbol]*SymbolRate{}
	for i := range m.samples {
		s := &m.samples[i]
		switch s.Kind {
		case Phish:
			r.Phish.add(s.Verdict)
		case Ham:
			r.Ham.add(s.Verdict)
		}
		key := Set{Kind: s.Kind, File: s.File}
		if sets[key] == nil {
			sets[key] = &Rate{}
			r.Sets = append(r.Sets, key)
		}
		sets[key].add(s.Verdict)
		m.group(groups, s)
		countSymbols(symbols, s)
	}
	for i := range r.Sets {
		r.Sets[i].Rate = *sets[r.Sets[i]]
	}
	r.Groups = m.sorted(groups)
	r.Symbols = sortedSymbols(symbols)
	r.Curve = m.Curve(nil)
	r.Misses, r.FalseAlarms = m.cases(Phish), m.cases(Ham)
	return r
}

// group counts a sample in its groups.
func (m *Measure) group(groups map[[2]string]*Group, s *Sample) {
	for _, by := range m.By {
		value := s.Groups[by]
		if value == "" {
			value = "–"
		}
		key := [2]string{by, value}
		g := groups[key]
		if g == nil {
			g = &Group{By: by, Value: value}
			groups[key] = g
		}
		switch s.Kind {
		case Phish:
			g.Phish.add(s.Verdict)
		case Ham:
			g.Ham.add(s.Verdict)
		case Gray:
			g.Gray.add(s.Verdict)
		}
	}
}

// sorted orders groups by name as asked for, then by size.
func (m *Measure) sorted(groups map[[2]string]*Group) []Group {
	list := make([]Group, 0, len(groups))
	for _, g := range groups {
		list = append(list, *g)
	}
	size := func(g Group) int { return g.Phish.Messages + g.Ham.Messages + g.Gray.Messages }
	slices.SortFunc(list, func(a, b Group) int {
		return cmp.Or(
			cmp.Compare(slices.Index(m.By, a.By), slices.Index(m.By, b.By)),
			cmp.Compare(size(b), size(a)),
			cmp.Compare(a.Value, b.Value))
	})
	return list
}

// countSymbols counts each symbol once per message.
func countSymbols(symbols map[detector.Symbol]*SymbolRate, s *Sample) {
	seen := map[detector.Symbol]float64{}
	for _, f := range s.Verdict.Findings {
		seen[f.Symbol] += f.Weight
	}
	for symbol, weight := range seen {
		rate := symbols[symbol]
		if rate == nil {
			rate = &SymbolRate{Symbol: symbol}
			symbols[symbol] = rate
		}
		switch s.Kind {
		case Phish:
			rate.Phish++
		case Ham:
			rate.Ham++
		default:
			continue
		}
		rate.Weight += weight // a sum until sortedSymbols
	}
}

func sortedSymbols(symbols map[detector.Symbol]*SymbolRate) []SymbolRate {
	list := make([]SymbolRate, 0, len(symbols))
	for _, symbol := range slices.Sorted(maps.Keys(symbols)) {
		rate := *symbols[symbol]
		if n := rate.Phish + rate.Ham; n > 0 {
			rate.Weight /= float64(n)
		}
		list = append(list, rate)
	}
	slices.SortStableFunc(list, func(a, b SymbolRate) int { return cmp.Compare(b.Phish, a.Phish) })
	return list
}
