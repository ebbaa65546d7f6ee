package train

import (
	"hash/fnv"

	"github.com/honmono/honmono/cmd/honmono/internal/evaluate"
	"github.com/honmono/honmono/detector"
	"github.com/honmono/honmono/detector/rules"
)

// Probe is the scoring under which a verdict shows what Train needs: every
// weight is 1, so that a finding's weight is its scale, and every mail that may
// be called danger at all is.
func Probe(priors []rules.Prior) rules.Scoring {
	s := rules.Scoring{Weights: make(map[string]float64, len(priors)), Caution: -2e9, Danger: -1e9}
	for _, p := range priors {
		s.Weights[p.Symbol] = 1
	}
	return s
}

// A Sample is one labelled mail.
type Sample struct {
	Kind evaluate.Kind
	// Set and Lang are what the sample is counted by.
	Set, Lang string
	// Campaign is what the sample is a copy of; samples without one stand for
	// themselves, under their ID.
	Campaign, ID string

	scales []scale
	// gate: danger is open to this mail, whatever its score.
	gate bool
}

// A scale is how clear one finding is: 1 is the plain case.
type scale struct {
	weight int // index of the prior
	value  float64
}

// Take fills in what a verdict under [Probe] says of the sample. Symbols
// without a prior are left out.
func (s *Sample) Take(v detector.Verdict, priors []rules.Prior) {
	s.gate = v.Level == detector.Danger
	for _, f := range v.Findings {
		for i := range priors {
			if priors[i].Symbol == string(f.Symbol) && f.Weight != 0 {
				s.scales = append(s.scales, scale{i, f.Weight})
			}
		}
	}
}

// score is what the sample would score.
func (s *Sample) score(weights []float64) float64 {
	sum := 0.0
	for _, x := range s.scales {
		sum += weights[x.weight] * x.value
	}
	return sum
}

// group names the sample's campaign.
func (s *Sample) group() string {
	if s.Campaign != "" {
		return string(s.Kind) + " " + s.Campaign
	}
	return string(s.Kind) + " " + s.Set + " " + s.ID
}

// fold puts whole campaigns into one of n folds, by their name alone: adding a
// mail moves no other.
func (s *Sample) fold(n int) int {
	h := fnv.New32a()
	h.Write([]byte(s.group()))
	return int(h.Sum32()>>8) % n
}

// shares gives every campaign the weight 1, split among its mails. Gray mail has
// none: nobody knows what it is.
func shares(samples []Sample) []float64 {
	size := map[string]int{}
	for i := range samples {
		size[samples[i].group()]++
	}
	out := make([]float64, len(samples))
	for i := range samples {
		if samples[i].Kind != evaluate.Gray {
			out[i] = 1 / float64(size[samples[i].group()])
		}
	}
	return out
}
