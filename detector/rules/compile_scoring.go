package rules

import (
	"math"
	"slices"
	"strconv"
)

// maxWeight bounds a weight and a threshold: one signal must not be able to
// drown all others by a slip of the finger.
const maxWeight = 20

// score compiles scoring.txt.
func (c *compiler) score(_ string, entries []entry) {
	c.scoring = true
	s, file := &c.set.Scoring, entries[0].file
	c.weights = map[string]entry{}
	c.read(file, entries, map[string]key{
		"caution": needed(key{once: true, read: func(e entry, f []string) { s.Caution = c.number(e, f[0]) }}),
		"danger":  needed(key{once: true, read: func(e entry, f []string) { s.Danger = c.number(e, f[0]) }}),
		"weight": {min: 2, max: 3, read: func(e entry, f []string) {
			if !slices.Contains(Symbols, f[0]) {
				c.mistake(e, "unknown symbol %q: %s", f[0], nearest(f[0], Symbols))
				return
			}
			if first, again := c.weights[f[0]]; again {
				c.mistake(e, "%s again, first on line %d", f[0], first.line)
				return
			}
			c.weights[f[0]] = e
			s.Weights[f[0]] = c.number(e, f[1])
			if len(f) == 3 {
				c.prior(e, s.Weights[f[0]], f[2])
			}
		}},
		"off": {min: 1, max: 2, read: func(e entry, f []string) {
			c.add(e, &s.Off, f[0])
			e.value = f[0]
			c.off = append(c.off, e)
		}},
	})
	if s.Caution <= 0 || s.Danger <= s.Caution {
		c.ms.add(file, 0, "caution is %g and danger %g: danger must be above caution, and both above 0", s.Caution, s.Danger)
	}
}

// prior checks the third field of a weight, which is for people and for fitting
// alone and does not reach the set.
func (c *compiler) prior(e entry, weight float64, field string) {
	switch {
	case field == fixedWeight:
	case weight*c.number(e, field) < 0:
		c.mistake(e, "the weight is %g and its prior %s: both must speak for an attack, or both against it", weight, field)
	}
}

func (c *compiler) number(e entry, s string) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(v) || math.Abs(v) > maxWeight {
		c.mistake(e, "%q is no number between -%d and %d", s, maxWeight, maxWeight)
		return 0
	}
	return v
}
