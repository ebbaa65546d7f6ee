package evaluate

import (
	"cmp"
	"slices"

	"github.com/honmono/honmono/detector"
)

// cases answers the worst of what came out wrong: phishing without a warning,
// the lowest scores first, or honest mail with one, the highest first. Of one
// campaign only the worst is told; Like says how many there are.
func (m *Measure) cases(kind Kind) []Case {
	var wrong []*Sample
	for i := range m.samples {
		s := &m.samples[i]
		warned := s.Verdict.Level == detector.Caution || s.Verdict.Level == detector.Danger
		if s.Kind == kind && warned == (kind == Ham) {
			wrong = append(wrong, s)
		}
	}
	slices.SortStableFunc(wrong, func(a, b *Sample) int {
		by := cmp.Compare(a.Verdict.Score, b.Verdict.Score)
		if kind == Ham {
			by = -by
		}
		return cmp.Or(by, cmp.Compare(a.File, b.File), cmp.Compare(a.ID, b.ID))
	})
	cases := []Case{}
	at := map[string]int{} // campaign → its index in cases, -1 beyond Worst
	for _, s := range wrong {
		if i, seen := at[s.Campaign]; seen && s.Campaign != "" {
			if i >= 0 {
				cases[i].Like++
			}
			continue
		}
		if len(cases) >= m.Worst {
			at[s.Campaign] = -1
			continue
		}
		at[s.Campaign] = len(cases)
		cases = append(cases, Case{
			File: s.File, ID: s.ID, Groups: s.Groups, Campaign: s.Campaign, Like: 1,
			From: s.From, Subject: s.Subject, Level: s.Verdict.Level, Score: s.Verdict.Score,
			Brand: s.Verdict.Brand, Findings: s.Verdict.Findings,
		})
	}
	return cases
}

// Curve answers recall and false alarms for every score seen as a threshold,
// from the highest down, over the phishing that want accepts (all, if nil)
// against all honest mail. Points that a plot could not tell apart are left
// out.
func (m *Measure) Curve(want func(*Sample) bool) []Point {
	type scored struct {
		score float64
		phish bool
	}
	var all []scored
	phish, ham := 0, 0
	for i := range m.samples {
		s := &m.samples[i]
		switch {
		case s.Kind == Phish && (want == nil || want(s)):
			all = append(all, scored{s.Verdict.Score, true})
			phish++
		case s.Kind == Ham:
			all = append(all, scored{s.Verdict.Score, false})
			ham++
		}
	}
	if phish == 0 || ham == 0 {
		return []Point{}
	}
	slices.SortFunc(all, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	points := []Point{}
	found, alarms := 0, 0
	for i, s := range all {
		if s.phish {
			found++
		} else {
			alarms++
		}
		if i+1 < len(all) && all[i+1].score == s.score {
			continue // one threshold takes in all of equal score
		}
		p := Point{s.score, float64(found) / float64(phish), float64(alarms) / float64(ham)}
		if n := len(points); n == 0 || i+1 == len(all) ||
			p.Recall-points[n-1].Recall > 0.002 || p.FalseAlarms-points[n-1].FalseAlarms > 0.0005 {
			points = append(points, p)
		}
	}
	return points
}
