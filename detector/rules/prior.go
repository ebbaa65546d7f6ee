package rules

import (
	"fmt"
	"io/fs"
)

// fixedWeight stands in the place of a prior where a weight is not to be fitted.
const fixedWeight = "fixed"

// A Prior is what people hold a signal to be worth before anything is measured.
// It stands in scoring.txt beside the weight in use:
//
//	weight: SYMBOL | weight in use | prior
//
// A weight without a prior is its own; "fixed" says that measuring must not
// change it.
type Prior struct {
	Symbol string
	// Weight is the one in use, Mean the prior, both in points of score.
	Weight, Mean float64
	Fixed        bool
}

// Priors reads the priors of all weights from the scoring.txt in the root of
// fsys, in the order of the file. Mistakes are of the type [Mistakes].
func Priors(fsys fs.FS) ([]Prior, error) {
	const name = "scoring.txt"
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	c := &compiler{set: &Set{Scoring: Scoring{Weights: map[string]float64{}}}}
	entries := parse(name, data, &c.ms)
	if len(entries) == 0 {
		c.ms.add(name, 0, "holds nothing: write its keys or remove the file")
		return nil, c.ms.err()
	}
	c.score("", entries)
	if err := c.ms.err(); err != nil {
		return nil, err
	}
	var priors []Prior
	for _, e := range entries {
		if e.key != "weight" {
			continue
		}
		f := e.fields()
		p := Prior{Symbol: f[0], Weight: c.number(e, f[1])}
		p.Mean = p.Weight
		if len(f) == 3 {
			p.Fixed = f[2] == fixedWeight
			if !p.Fixed {
				p.Mean = c.number(e, f[2])
			}
		}
		priors = append(priors, p)
	}
	return priors, nil
}
