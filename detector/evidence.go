package detector

import (
	"github.com/honmono/honmono/detector/internal/lookalike"
	"github.com/honmono/honmono/detector/rules"
)

// evidence gathers findings. A finding is added with how much of its weight it
// deserves, so that a score stays the sum of what the findings say.
type evidence struct {
	d *Detector
	r *reading
	c *claims

	findings []Finding
	// bare: one address is judged, and no message.
	bare bool
	// foreign: a claim, and a foreign place to go. trick: an attack on the
	// reader's eyes. Danger needs one of them.
	foreign, trick bool
	// surest is the scale of the heaviest lookalike finding.
	surest float64
	// needs names what is not loaded and without which the blocklist is not sure.
	needs []string
	// genuine: the sender and every link belong to the brand claimed.
	genuine bool
	// What newsletter and pressing found.
	bulk, pressed weighed
}

// weighed is the answer to a question about a message or a link, once it was asked.
type weighed struct{ weighed, says bool }

// add records a finding with its full weight times scale. A symbol counts once
// per message: the heaviest stands, and says how often it was seen.
func (e *evidence) add(symbol Symbol, scale float64, data Evidence) {
	s, ok := e.d.signals[symbol]
	if !ok {
		panic("detector: internal error: symbol " + string(symbol) + " is not declared")
	}
	if s.off {
		return
	}
	w := round(s.weight * scale)
	for i := range e.findings {
		f := &e.findings[i]
		if f.Symbol != symbol {
			continue
		}
		n := max(f.Evidence.Count, 1) + 1
		if abs(w) > abs(f.Weight) {
			f.Weight, f.Evidence = w, data
		}
		f.Evidence.Count = n
		return
	}
	e.findings = append(e.findings, Finding{Symbol: symbol, Group: s.group, Weight: w, Evidence: data})
}

// brandData starts the evidence about the brand claimed.
func (e *evidence) brandData() Evidence {
	b := &e.d.brands[e.c.main]
	return Evidence{Brand: b.ID, BrandName: b.name}
}

// mark notes what was found on one link.
func (l *linkRead) mark(level Level, symbol Symbol) {
	if rank(level) > rank(l.level) {
		l.level = level
	}
	for _, s := range l.symbols {
		if s == symbol {
			return
		}
	}
	l.symbols = append(l.symbols, symbol)
}

func rank(l Level) int {
	switch l {
	case Danger:
		return 3
	case Caution:
		return 2
	case Unknown:
		return 1
	}
	return 0
}

// strengthScale is how much of a lookalike's weight a match deserves.
func strengthScale(s lookalike.Strength) float64 {
	switch s {
	case lookalike.Strong:
		return 1
	case lookalike.Weak:
		return 0.5
	}
	return 0
}

// count returns how many different phrases of a kind the message uses.
func (e *evidence) count(kind rules.PhraseKind) int {
	_, n := e.d.first(e.r, kind)
	return n
}

func abs(f float64) float64 {
	if f < 0 {
		return -f
	}
	return f
}
