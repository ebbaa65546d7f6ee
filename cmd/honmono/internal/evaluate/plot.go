package evaluate

import (
	"fmt"
	"io"
	"math"
	"strings"
)

// A Series is one curve of a plot, with the two levels as points beside it.
type Series struct {
	Name   string
	Points []Point
	// Warned and Danger are what the levels do; their Threshold is not used.
	Warned, Danger Point
}

// colors tell the series apart, also for most who do not see all colours (Okabe
// and Ito, 2008).
var colors = []string{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00"}

const (
	plotWidth, plotHeight = 760.0, 480.0
	left, right           = 64.0, 24.0
	top, bottom           = 24.0, 56.0
	// fewest is where the logarithmic axis of false alarms begins, per
	// thousand; none at all is drawn there too.
	fewest, most = 0.1, 1000.0
)

// WritePlot draws recall against false alarms as SVG.
func WritePlot(w io.Writer, series []Series) error {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" font-family="sans-serif" font-size="12">`+"\n", plotWidth, plotHeight)
	fmt.Fprintf(&b, `<rect width="%g" height="%g" fill="#fff"/>`+"\n", plotWidth, plotHeight)
	for recall := 0; recall <= 100; recall += 10 {
		y := atRecall(float64(recall) / 100)
		fmt.Fprintf(&b, `<path d="M%g %.1fH%g" stroke="#ddd"/><text x="%g" y="%.1f" text-anchor="end">%d %%</text>`+"\n", left, y, plotWidth-right, left-8, y+4, recall)
	}
	for alarms := fewest; alarms <= most; alarms *= 10 {
		x := atAlarms(alarms / 1000)
		label := fmt.Sprintf("%g", alarms)
		if alarms == fewest {
			label = "≤ " + label
		}
		fmt.Fprintf(&b, `<path d="M%.1f %gV%g" stroke="#ddd"/><text x="%.1f" y="%g" text-anchor="middle">%s</text>`+"\n", x, top, plotHeight-bottom, x, plotHeight-bottom+18, label)
	}
	fmt.Fprintf(&b, `<text x="%g" y="%g" text-anchor="middle">false alarms per thousand honest mails</text>`+"\n", (left+plotWidth-right)/2, plotHeight-12)
	fmt.Fprintf(&b, `<text transform="translate(14 %g) rotate(-90)" text-anchor="middle">phishing recognised</text>`+"\n", (top+plotHeight-bottom)/2)
	for i, s := range series {
		drawSeries(&b, s, colors[i%len(colors)], i)
	}
	fmt.Fprintf(&b, `<text x="%g" y="%g">○ caution or danger  ● danger</text>`+"\n", plotWidth-right-190, plotHeight-bottom-16-18*float64(len(series)))
	b.WriteString("</svg>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// drawSeries draws one curve, its two levels and its line of the legend.
func drawSeries(b *strings.Builder, s Series, color string, row int) {
	if len(s.Points) > 0 {
		fmt.Fprintf(b, `<path fill="none" stroke="%s" stroke-width="2" d="M%.1f %.1f`, color, atAlarms(0), atRecall(0))
		for _, p := range s.Points {
			fmt.Fprintf(b, "L%.1f %.1f", atAlarms(p.FalseAlarms), atRecall(p.Recall))
		}
		b.WriteString("\"/>\n")
	}
	fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="5" fill="none" stroke="%s" stroke-width="2"><title>caution or danger</title></circle>`+"\n", atAlarms(s.Warned.FalseAlarms), atRecall(s.Warned.Recall), color)
	fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="5" fill="%s"><title>danger</title></circle>`+"\n", atAlarms(s.Danger.FalseAlarms), atRecall(s.Danger.Recall), color)
	y := plotHeight - bottom - 16 - 18*float64(row)
	name := strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(s.Name)
	fmt.Fprintf(b, `<rect x="%g" y="%g" width="14" height="4" fill="%s"/><text x="%g" y="%g">%s</text>`+"\n", plotWidth-right-190, y-6, color, plotWidth-right-170, y, name)
}

func atRecall(share float64) float64 {
	return plotHeight - bottom - share*(plotHeight-top-bottom)
}

func atAlarms(share float64) float64 {
	alarms := min(max(share*1000, fewest), most)
	at := math.Log10(alarms/fewest) / math.Log10(most/fewest)
	return left + at*(plotWidth-left-right)
}

// Series answers the plot of a measure: all phishing first, then the largest
// values of one group, at most four of at least twenty messages each.
func (m *Measure) Series(r Result, by string) []Series {
	one := func(name string, want func(*Sample) bool, phish Rate) Series {
		return Series{Name: fmt.Sprintf("%s, %d mails", name, phish.Messages), Points: m.Curve(want),
			Warned: Point{Recall: ratio(phish.Warned, phish.Messages), FalseAlarms: ratio(r.Ham.Warned, r.Ham.Messages)},
			Danger: Point{Recall: ratio(phish.Danger, phish.Messages), FalseAlarms: ratio(r.Ham.Danger, r.Ham.Messages)}}
	}
	list := []Series{one("all", nil, r.Phish)}
	for _, g := range r.Groups {
		if g.By == by && g.Phish.Messages >= 20 && len(list) < len(colors) {
			list = append(list, one(g.Value, func(s *Sample) bool { return s.Groups[by] == g.Value }, g.Phish))
		}
	}
	return list
}

func ratio(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}
