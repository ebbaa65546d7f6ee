package train

import (
	"cmp"
	"math"
	"slices"

	"github.com/honmono/honmono/cmd/honmono/internal/evaluate"
	"github.com/honmono/honmono/detector/rules"
)

// Folds is into how many parts cross-validation splits the campaigns.
const Folds = 5

// options are what cross-validation chooses among.
var options = func() (all []Options) {
	for _, steepness := range []float64{0.8, 1.1, 1.5, 2} {
		for _, trust := range []float64{0.5, 2, 8} {
			all = append(all, Options{steepness, trust})
		}
	}
	return all
}()

// A Weight is one line of the outcome.
type Weight struct {
	Symbol string  `json:"symbol"`
	Prior  float64 `json:"prior"`
	Before float64 `json:"before"`
	Fitted float64 `json:"fitted"`
	Fixed  bool    `json:"fixed,omitempty"`
	// Least and Most are over the folds.
	Least float64 `json:"least"`
	Most  float64 `json:"most"`
	// Phish and Ham count the campaigns in which the signal speaks.
	Phish int `json:"phish"`
	Ham   int `json:"ham"`
}

// A Row counts the mails of one set or language, each judged by a fold that
// had not seen its campaign.
type Row struct {
	Kind   evaluate.Kind `json:"kind"`
	Name   string        `json:"name"`
	Mails  int           `json:"mails"`
	Warned int           `json:"warned"`
	Danger int           `json:"danger"`
}

// A Result is what was learned and how well it holds on what was not seen.
type Result struct {
	Options    Options    `json:"options"`
	Midpoint   float64    `json:"midpoint"`
	Thresholds Thresholds `json:"thresholds"`
	Weights    []Weight   `json:"weights"`
	// Surprise is the cross-validated loss per campaign, in nats; Before is
	// that of the weights in use, refitted in steepness and midpoint alone.
	Surprise float64 `json:"surprise"`
	Before   float64 `json:"surpriseBefore"`
	Rows     []Row   `json:"rows"`
}

// Train chooses the options by cross-validation, fits all samples and counts
// what each fold said about the mails it had not seen. Of the options that do
// about as well as the best (within one standard error), the one that keeps
// the firmest to the priors is taken. Done is called after each of steps pieces
// of work.
func Train(samples []Sample, priors []rules.Prior, l Limits, done func(step, steps int)) Result {
	steps := len(options) + 1
	tries := make([]try, len(options))
	best := 0
	for i, o := range options {
		tries[i] = attempt(samples, priors, o)
		if tries[i].mean < tries[best].mean {
			best = i
		}
		done(i+1, steps)
	}
	chosen := best
	for i, t := range tries {
		if t.mean > tries[best].mean+tries[best].deviation {
			continue
		}
		c := tries[chosen]
		if t.Trust > c.Trust || t.Trust == c.Trust && t.mean < c.mean {
			chosen = i
		}
	}
	folds := tries[chosen].models

	r := Result{Options: tries[chosen].Options, Surprise: tries[chosen].mean, Before: unfitted(samples, priors)}
	final := Fit(samples, priors, r.Options, Folds, -1)
	r.Midpoint = round(final.Midpoint)
	scores := make([]float64, len(samples))
	for i := range samples {
		scores[i] = samples[i].score(folds[samples[i].fold(Folds)].Weights)
	}
	r.Thresholds = Choose(samples, scores, shares(samples), l)
	r.Weights = weights(samples, priors, final, folds)
	r.Rows = crossValidate(samples, folds, l)
	done(steps, steps)
	return r
}

// A try is one choice of options, cross-validated: a model for each fold, and
// the mean surprise per campaign that its model had not seen, with the standard
// error of that mean.
type try struct {
	Options
	models          []Model
	mean, deviation float64
}

func attempt(samples []Sample, priors []rules.Prior, o Options) try {
	t := try{Options: o, models: make([]Model, Folds)}
	for fold := range t.models {
		t.models[fold] = Fit(samples, priors, o, Folds, fold)
	}
	var sum, squares, of float64
	for i, share := range shares(samples) {
		s := &samples[i]
		m := &t.models[s.fold(Folds)]
		z := o.Steepness * (s.score(m.Weights) - m.Midpoint)
		if s.Kind == evaluate.Ham {
			z = -z
		}
		v := surprise(z)
		sum += share * v
		squares += share * v * v
		of += share
	}
	of = max(of, 1)
	t.mean = sum / of
	t.deviation = math.Sqrt(max(squares/of-t.mean*t.mean, 0) / of)
	return t
}

// unfitted is the same for the weights in use, whose steepness and midpoint
// alone are chosen.
func unfitted(samples []Sample, priors []rules.Prior) float64 {
	pinned := slices.Clone(priors)
	for i := range pinned {
		pinned[i].Mean, pinned[i].Fixed = pinned[i].Weight, true
	}
	least := math.Inf(1)
	for _, o := range options {
		least = min(least, attempt(samples, pinned, o).mean)
	}
	return least
}

func weights(samples []Sample, priors []rules.Prior, final Model, folds []Model) []Weight {
	out := make([]Weight, len(priors))
	for i, p := range priors {
		w := Weight{Symbol: p.Symbol, Prior: p.Mean, Before: p.Weight, Fixed: p.Fixed,
			Fitted: round(final.Weights[i]), Least: math.Inf(1), Most: math.Inf(-1)}
		for _, m := range folds {
			w.Least, w.Most = min(w.Least, round(m.Weights[i])), max(w.Most, round(m.Weights[i]))
		}
		out[i] = w
	}
	type pair struct {
		weight int
		group  string
	}
	seen := map[pair]bool{}
	for i := range samples {
		s := &samples[i]
		for _, x := range s.scales {
			key := pair{x.weight, s.group()}
			if seen[key] {
				continue
			}
			seen[key] = true
			switch s.Kind {
			case evaluate.Phish:
				out[x.weight].Phish++
			case evaluate.Ham:
				out[x.weight].Ham++
			}
		}
	}
	return out
}

// crossValidate counts levels: weights and thresholds of a fold are chosen on
// the other folds.
func crossValidate(samples []Sample, folds []Model, l Limits) []Row {
	rows := map[Row]*Row{}
	for fold, m := range folds {
		share := shares(samples)
		scores := make([]float64, len(samples))
		for i := range samples {
			scores[i] = samples[i].score(m.Weights)
			if samples[i].fold(Folds) == fold {
				share[i] = 0
			}
		}
		t := Choose(samples, scores, share, l)
		for i := range samples {
			s := &samples[i]
			if s.fold(Folds) != fold {
				continue
			}
			names := []string{s.Set}
			if s.Kind == evaluate.Phish && s.Lang != "" {
				names = append(names, s.Set+" "+s.Lang)
			}
			for _, name := range names {
				key := Row{Kind: s.Kind, Name: name}
				if rows[key] == nil {
					rows[key] = &Row{Kind: s.Kind, Name: name}
				}
				rows[key].add(scores[i], s.gate, t)
			}
		}
	}
	var out []Row
	for _, row := range rows {
		out = append(out, *row)
	}
	slices.SortFunc(out, func(a, b Row) int {
		return cmp.Or(-cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name))
	})
	return out
}

func (r *Row) add(score float64, gate bool, t Thresholds) {
	r.Mails++
	switch {
	case score >= t.Danger && gate:
		r.Danger++
		r.Warned++
	case score >= t.Caution:
		r.Warned++
	}
}

// round keeps weights readable.
func round(v float64) float64 {
	v = math.Round(v*100) / 100
	if v == 0 {
		return 0 // not -0
	}
	return v
}
