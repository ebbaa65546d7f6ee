package train

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/honmono/honmono/cmd/honmono/internal/evaluate"
	"github.com/honmono/honmono/detector"
	"github.com/honmono/honmono/detector/rules"
)

func quiet(int, int) {}

// priors are three signals: one for an attack, one against it, and one that
// says nothing.
var priors = []rules.Prior{
	{Symbol: "FOR", Weight: 2, Mean: 2},
	{Symbol: "AGAINST", Weight: -1, Mean: -1},
	{Symbol: "NOISE", Weight: 1, Mean: 1},
}

// drawn makes mails after known weights: FOR is worth 3 and AGAINST -2 of
// log-odds around 1.5, NOISE nothing.
func drawn(n int) []Sample {
	random := rand.New(rand.NewPCG(1, 2))
	samples := make([]Sample, n)
	for i := range samples {
		s := &samples[i]
		s.ID, s.Set, s.gate = fmt.Sprint(i), "drawn", true
		odds := -1.5
		for w, worth := range []float64{3, -2, 0} {
			if random.Float64() < 0.5 {
				s.scales = append(s.scales, scale{w, 1})
				odds += worth
			}
		}
		s.Kind = evaluate.Ham
		if random.Float64() < 1/(1+math.Exp(-odds)) {
			s.Kind = evaluate.Phish
		}
	}
	return samples
}

func TestFitFindsTheWeights(t *testing.T) {
	m := Fit(drawn(20000), priors, Options{Steepness: 1, Trust: 0.01}, Folds, -1)
	for i, want := range []float64{3, -2, 0} {
		if math.Abs(m.Weights[i]-want) > 0.15 {
			t.Errorf("%s fitted to %.2f, drawn with %g", priors[i].Symbol, m.Weights[i], want)
		}
	}
	if math.Abs(m.Midpoint-1.5) > 0.15 {
		t.Errorf("midpoint %.2f, drawn with 1.5", m.Midpoint)
	}
}

func TestSignsHold(t *testing.T) {
	samples := drawn(5000)
	turned := append([]rules.Prior(nil), priors...)
	turned[0].Mean, turned[1].Mean = -2, 1
	m := Fit(samples, turned, Options{Steepness: 1, Trust: 0.01}, Folds, -1)
	if m.Weights[0] != 0 || m.Weights[1] != 0 {
		t.Errorf("fitted %v: what people say speaks against an attack was made to speak for it", m.Weights)
	}
}

func TestFixedWeightsStay(t *testing.T) {
	fixed := append([]rules.Prior(nil), priors...)
	fixed[0].Fixed, fixed[0].Mean = true, 0.7
	m := Fit(drawn(2000), fixed, Options{Steepness: 1, Trust: 0.01}, Folds, -1)
	if m.Weights[0] != 0.7 {
		t.Errorf("a fixed weight of 0.7 became %g", m.Weights[0])
	}
}

func TestPriorsHoldWhereDataIsThin(t *testing.T) {
	samples := drawn(2000)
	unseen := append(append([]rules.Prior(nil), priors...), rules.Prior{Symbol: "UNSEEN", Mean: 1.3})
	m := Fit(samples, unseen, Options{Steepness: 1, Trust: 2}, Folds, -1)
	if math.Abs(m.Weights[3]-1.3) > 1e-6 {
		t.Errorf("a signal in no mail went from 1.3 to %g", m.Weights[3])
	}
	loose := Fit(samples[:40], priors, Options{Steepness: 1, Trust: 0.01}, Folds, -1)
	firm := Fit(samples[:40], priors, Options{Steepness: 1, Trust: 50}, Folds, -1)
	for i, p := range priors {
		if math.Abs(firm.Weights[i]-p.Mean) >= math.Abs(loose.Weights[i]-p.Mean) {
			t.Errorf("%s: trusted %.2f, not trusted %.2f, prior %g", p.Symbol, firm.Weights[i], loose.Weights[i], p.Mean)
		}
	}
}

func TestCopiesCountOnce(t *testing.T) {
	samples := drawn(300)
	copies := append([]Sample(nil), samples...)
	for i := range copies {
		copies[i].Campaign = "c" + copies[i].ID
	}
	once := Fit(copies, priors, Options{Steepness: 1, Trust: 1}, Folds, -1)
	for range 50 {
		copies = append(copies, copies[7])
	}
	often := Fit(copies, priors, Options{Steepness: 1, Trust: 1}, Folds, -1)
	for i := range priors {
		if math.Abs(once.Weights[i]-often.Weights[i]) > 0.01 {
			t.Errorf("%s: %.3f, and %.3f with fifty copies of one mail", priors[i].Symbol, once.Weights[i], often.Weights[i])
		}
	}
}

func TestFoldsKeepCampaignsTogether(t *testing.T) {
	used := map[int]bool{}
	for i := range 200 {
		a := Sample{Kind: evaluate.Phish, Campaign: fmt.Sprint(i), ID: "a", Set: "x"}
		b := Sample{Kind: evaluate.Phish, Campaign: fmt.Sprint(i), ID: "b", Set: "y"}
		if a.fold(Folds) != b.fold(Folds) {
			t.Fatalf("campaign %d is in two folds", i)
		}
		used[a.fold(Folds)] = true
	}
	if len(used) != Folds {
		t.Errorf("200 campaigns fell into %d of %d folds", len(used), Folds)
	}
}

// A weight learned on a campaign must not be praised by another mail of the
// same campaign: the label follows the campaign alone, so nothing holds.
func TestHeldOutCampaignsAreNotSeen(t *testing.T) {
	var samples []Sample
	campaigns := make([]rules.Prior, 40)
	for c := range campaigns {
		campaigns[c] = rules.Prior{Symbol: fmt.Sprint(c), Mean: 0.01}
		for i := range 5 {
			s := Sample{Kind: evaluate.Ham, Campaign: fmt.Sprint(c), ID: fmt.Sprint(i), Set: "x", gate: true, scales: []scale{{c, 1}}}
			if c%2 == 0 {
				s.Kind = evaluate.Phish
			}
			samples = append(samples, s)
		}
	}
	r := attempt(samples, campaigns, Options{Steepness: 1, Trust: 0.001})
	if r.mean < math.Ln2*0.95 {
		t.Errorf("surprise %.3f on unseen campaigns, chance is %.3f", r.mean, math.Ln2)
	}
}

func TestChoose(t *testing.T) {
	var samples []Sample
	var scores []float64
	add := func(kind evaluate.Kind, gate bool, score float64) {
		samples = append(samples, Sample{Kind: kind, ID: fmt.Sprint(len(samples)), gate: gate})
		scores = append(scores, score)
	}
	for range 100 {
		add(evaluate.Ham, true, 0)
	}
	add(evaluate.Ham, true, 4.25)
	add(evaluate.Ham, false, 5.95) // never danger, whatever it scores
	add(evaluate.Ham, true, 2.45)
	limits := Limits{Caution: 0.02, Danger: 0, Gray: 1, Least: Thresholds{2, 4}, Most: Thresholds{3, 6}}
	if got, want := Choose(samples, scores, shares(samples), limits), (Thresholds{2.5, 4.3}); got != want {
		t.Errorf("chose %v, want %v", got, want)
	}
	add(evaluate.Gray, true, 5.05)
	limits.Gray = 0
	if got, want := Choose(samples, scores, shares(samples), limits), (Thresholds{2.5, 5.1}); got != want {
		t.Errorf("with gray mail chose %v, want %v", got, want)
	}
	add(evaluate.Ham, true, 100)
	if got, want := Choose(samples, scores, shares(samples), limits), (Thresholds{3, 6}); got != want {
		t.Errorf("where nothing is within the limits chose %v, want the highest, %v", got, want)
	}
}

func TestTakeReadsAProbe(t *testing.T) {
	var s Sample
	s.Take(detector.Verdict{Level: detector.Danger, Findings: []detector.Finding{
		{Symbol: "AGAINST", Weight: 0.5}, {Symbol: "NOT_OURS", Weight: 1}, {Symbol: "FOR", Weight: 1},
	}}, priors)
	if got := s.score([]float64{2, -1, 7}); got != 1.5 || !s.gate {
		t.Errorf("score %g, gate %v; want 1.5, true", got, s.gate)
	}
	p := Probe(priors)
	if p.Weights["AGAINST"] != 1 || p.Danger >= p.Weights["FOR"] || p.Caution >= p.Danger {
		t.Errorf("probe %+v hides a scale or a level", p)
	}
}

func TestTrainIsDeterministicAndNoWorse(t *testing.T) {
	first, second := Train(drawn(1500), priors, DefaultLimits, quiet), Train(drawn(1500), priors, DefaultLimits, quiet)
	a, _ := json.Marshal(first)
	b, _ := json.Marshal(second)
	if !bytes.Equal(a, b) {
		t.Errorf("two runs differ:\n%s\n%s", a, b)
	}
	if first.Surprise >= first.Before {
		t.Errorf("fitted weights are surprised by %.4f, the ones in use by %.4f", first.Surprise, first.Before)
	}
	var text strings.Builder
	if err := first.WriteText(&text); err != nil || !strings.Contains(text.String(), "FOR") {
		t.Errorf("text %q, %v", text.String(), err)
	}
}

func TestRewrite(t *testing.T) {
	r := Result{Thresholds: Thresholds{2.7, 5.5}, Weights: []Weight{
		{Symbol: "A", Prior: 1, Fitted: 1.25}, {Symbol: "B", Prior: 6, Fitted: 2, Fixed: true}, {Symbol: "C", Prior: -2, Fitted: -1.5},
	}}
	const before = `# why
caution: 3
danger: 5.8
weight: A | 1
# a host is measured elsewhere
weight: B | 6 | fixed
weight: C | -1.7 | -2
weight: D | 3
off: E | because
`
	const after = `# why
caution: 2.7
danger: 5.5
weight: A | 1.25 | 1
# a host is measured elsewhere
weight: B | 6 | fixed
weight: C | -1.5 | -2
weight: D | 3
off: E | because
`
	if got := r.Rewrite(before); got != after {
		t.Errorf("got\n%s", got)
	}
	if got := r.Rewrite(after); got != after {
		t.Errorf("a second time got\n%s", got)
	}
}
