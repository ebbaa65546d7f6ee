package detector

import "strings"

// advice says what to do next, most urgent first.
func (d *Detector) advice(e *evidence, level Level) []Advice {
	if level != Caution && level != Danger {
		return nil
	}
	advice := []Advice{{Symbol: AdviceDoNotClick}}
	b := e.c.main
	if b < 0 {
		for i := range e.r.links {
			if e.r.links[i].brand >= 0 {
				b = e.r.links[i].brand
				break
			}
		}
	}
	if b >= 0 {
		brand := &d.brands[b]
		if p := brand.Check; p != nil {
			advice = append(advice, Advice{Symbol: AdviceOfficialCheck, Brand: brand.ID, Name: p.Name, NameJa: p.NameJa, URL: p.URL})
		}
		taker := brand
		if i, ok := d.reports[brand.Region]; ok && brand.Report == nil {
			taker = &d.brands[i]
		}
		if p := taker.Report; p != nil && level == Danger && (strings.HasPrefix(p.URL, "https:") || strings.HasPrefix(p.URL, "mailto:")) {
			advice = append(advice, Advice{Symbol: AdviceReport, Brand: taker.ID, Name: p.Name, NameJa: p.NameJa, URL: p.URL})
		}
	}
	return append(advice, Advice{Symbol: AdviceAlreadyDone})
}
