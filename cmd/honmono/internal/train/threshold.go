package train

import (
	"math"

	"github.com/honmono/honmono/cmd/honmono/internal/evaluate"
)

// Thresholds are the lowest scores of the two levels.
type Thresholds struct{ Caution, Danger float64 }

// Limits bound the choice of thresholds.
type Limits struct {
	// Caution and Danger are the largest shares of honest mail, campaigns
	// counted once, that may be warned about and that may be called danger.
	Caution, Danger float64
	// Gray is the largest share of gray mail that may be called danger.
	Gray float64
	// Least and Most bound the thresholds themselves, in points of score. A
	// lookalike is sure at 6 points and likely at 3, so they must not be above
	// these; nor far below, for the mails of the world are more than a sample, and a
	// false alarm costs more than it shows there.
	Least, Most Thresholds
}

// DefaultLimits leave a margin below the false alarms that docs/evaluation.md
// promises: the mails at hand are one sample.
var DefaultLimits = Limits{
	Caution: 0.004, Danger: 0.0003, Gray: 0.05,
	Least: Thresholds{2.8, 5.6}, Most: Thresholds{3, 6},
}

// grid is the step between thresholds that are tried: people read them.
const grid = 0.1

// Choose answers the lowest thresholds within the limits, given every sample's
// score; a share of 0 leaves a sample out. Where none is within, the highest
// allowed is taken.
func Choose(samples []Sample, scores, share []float64, l Limits) Thresholds {
	alarms := func(threshold float64, red bool) (ham, gray float64) {
		var all, hit, grays, grayHit float64
		for i := range samples {
			s := &samples[i]
			over := scores[i] >= threshold && (s.gate || !red)
			switch {
			case s.Kind == evaluate.Gray:
				grays++
				if over {
					grayHit++
				}
			case s.Kind == evaluate.Ham && share[i] > 0:
				all += share[i]
				if over {
					hit += share[i]
				}
			}
		}
		return hit / max(all, 1), grayHit / max(grays, 1)
	}
	t := l.Most
	for at := l.Least.Danger; at < l.Most.Danger-grid/2; at += grid {
		if ham, gray := alarms(at, true); ham <= l.Danger && gray <= l.Gray {
			t.Danger = at
			break
		}
	}
	for at := l.Least.Caution; at < l.Most.Caution-grid/2; at += grid {
		if ham, _ := alarms(at, false); ham <= l.Caution {
			t.Caution = at
			break
		}
	}
	return Thresholds{onGrid(t.Caution), onGrid(t.Danger)}
}

func onGrid(v float64) float64 { return math.Round(v/grid) / math.Round(1/grid) }
