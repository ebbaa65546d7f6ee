package train

import (
	"math"

	"github.com/honmono/honmono/cmd/honmono/internal/evaluate"
	"github.com/honmono/honmono/detector/rules"
)

// Options are what the fit does not find by itself.
type Options struct {
	// Steepness turns points of score into log-odds.
	Steepness float64
	// Trust is how firmly priors hold, against one campaign's evidence.
	Trust float64
}

// A Model is fitted weights, in the order of the priors, and the score at which
// attack and honest mail are equally likely.
type Model struct {
	Weights  []float64
	Midpoint float64
}

const (
	// spreadShare and spreadLeast say how far, in shares of itself or points of score, a weight
	// strays from its prior before it costs half a point of log-likelihood.
	spreadShare = 0.35
	spreadLeast = 0.2

	maxSteps  = 4000
	tolerance = 1e-7 // of the loss, between steps
)

// Fit finds the weights by projected gradient descent with momentum. Fold is
// left out where it is not negative.
func Fit(samples []Sample, priors []rules.Prior, o Options, folds, fold int) Model {
	p := problem{samples: samples, share: shares(samples), priors: priors, Options: o}
	for i := range samples {
		if fold >= 0 && samples[i].fold(folds) == fold {
			p.share[i] = 0
		}
	}
	at := make([]float64, len(priors)+1)
	for i := range priors {
		at[i] = priors[i].Mean
	}
	at[len(priors)] = 4
	at = p.descend(at)
	return Model{Weights: at[:len(priors)], Midpoint: at[len(priors)]}
}

// A problem is the loss to be made small. Its last variable is the midpoint.
type problem struct {
	samples []Sample
	share   []float64
	priors  []rules.Prior
	Options
}

// loss answers the loss at a point and its slope.
func (p *problem) loss(at, slope []float64) float64 {
	clear(slope)
	n := len(p.priors)
	sum := 0.0
	for i := range p.samples {
		s := &p.samples[i]
		if p.share[i] == 0 {
			continue
		}
		y := -1.0
		if s.Kind == evaluate.Phish {
			y = 1
		}
		z := y * p.Steepness * (s.score(at[:n]) - at[n])
		sum += p.share[i] * surprise(z)
		pull := -y * p.Steepness * p.share[i] / (1 + math.Exp(z))
		for _, x := range s.scales {
			slope[x.weight] += pull * x.value
		}
		slope[n] -= pull
	}
	for i := range p.priors {
		spread := max(spreadShare*math.Abs(p.priors[i].Mean), spreadLeast)
		away := (at[i] - p.priors[i].Mean) / spread
		sum += p.Trust * away * away / 2
		slope[i] += p.Trust * away / spread
	}
	return sum
}

// surprise is log(1 + exp(-z)), without overflow.
func surprise(z float64) float64 {
	if z < -30 {
		return -z
	}
	return math.Log1p(math.Exp(-z))
}

// project keeps the signs and the fixed weights.
func (p *problem) project(at []float64) {
	for i := range p.priors {
		switch mean := p.priors[i].Mean; {
		case p.priors[i].Fixed || mean == 0:
			at[i] = mean
		case mean > 0:
			at[i] = max(at[i], 0)
		default:
			at[i] = min(at[i], 0)
		}
	}
}

// descend walks downhill: Nesterov's momentum, the step found by halving, the
// momentum dropped when the loss rises.
func (p *problem) descend(start []float64) []float64 {
	n := len(start)
	at, ahead, next, slope := clone(start), clone(start), make([]float64, n), make([]float64, n)
	step, speed := 1.0, 1.0
	here := p.loss(at, slope)
	for range maxSteps {
		base := p.loss(ahead, slope)
		var there float64
		for {
			bound := base
			for i := range next {
				next[i] = ahead[i] - step*slope[i]
			}
			p.project(next)
			for i := range next {
				d := next[i] - ahead[i]
				bound += slope[i]*d + d*d/(2*step)
			}
			if there = p.loss(next, make([]float64, n)); there <= bound+1e-12 {
				break
			}
			step /= 2
		}
		if there > here {
			if speed == 1 {
				break
			}
			speed = 1
			copy(ahead, at)
			continue
		}
		faster := (1 + math.Sqrt(1+4*speed*speed)) / 2
		for i := range next {
			ahead[i] = next[i] + (speed-1)/faster*(next[i]-at[i])
		}
		done := here-there < tolerance && speed > 1
		copy(at, next)
		here, speed = there, faster
		if done {
			break
		}
		step *= 1.2
	}
	return at
}

func clone(v []float64) []float64 { return append([]float64(nil), v...) }
