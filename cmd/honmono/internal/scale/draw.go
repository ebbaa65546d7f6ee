package main

import (
	"fmt"
	"math"
	"strings"
)

type point struct{ size, ms float64 }

type curve struct {
	name   string
	points []point
}

// slope is how the cost grows at the larger half of the sizes: 1 is in proportion,
// 0 not at all.
func (c curve) slope() float64 {
	a, z := c.points[len(c.points)/2], c.points[len(c.points)-1]
	return math.Log(z.ms/a.ms) / math.Log(z.size/a.size)
}

const (
	width, height = 640.0, 400.0
	left, right   = 72.0, 24.0
	top, bottom   = 64.0, 56.0
)

// colors are those of Okabe and Ito, which nearly everybody can tell apart.
var colors = []string{"#0072b2", "#d55e00", "#009e73"}

// draw makes the plot: milliseconds against size, and for each curve a dashed line
// of the cost in proportion, through its first point.
func draw(title, unit string, curves []curve) []byte {
	x0, x1 := curves[0].points[0].size, curves[0].points[len(curves[0].points)-1].size
	y0, y1 := math.Inf(1), math.Inf(-1)
	for _, c := range curves {
		for _, p := range c.points {
			y0, y1 = math.Min(y0, p.ms), math.Max(y1, p.ms)
		}
	}
	y0, y1 = decade(y0, math.Floor), decade(y1, math.Ceil)
	x := func(v float64) float64 {
		return left + (width-left-right)*math.Log(v/x0)/math.Log(x1/x0)
	}
	y := func(v float64) float64 {
		return height - bottom - (height-top-bottom)*math.Log(v/y0)/math.Log(y1/y0)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" font-family="sans-serif" font-size="12">`+"\n", width, height)
	fmt.Fprintf(&b, `<title>%s</title><rect width="%g" height="%g" fill="#fff"/>`+"\n", title, width, height)
	fmt.Fprintf(&b, `<text x="%g" y="22" font-size="14" font-weight="bold">%s</text>`+"\n", left, title)
	for v := y0; v <= y1*1.01; v *= 10 {
		fmt.Fprintf(&b, `<path d="M%g %.1fH%g" stroke="#ddd"/><text x="%g" y="%.1f" text-anchor="end">%s</text>`+"\n", left, y(v), width-right, left-8, y(v)+4, number(v))
	}
	for _, p := range curves[0].points {
		fmt.Fprintf(&b, `<path d="M%.1f %gV%g" stroke="#ddd"/><text x="%.1f" y="%g" text-anchor="middle">%s</text>`+"\n", x(p.size), top, height-bottom, x(p.size), height-bottom+18, number(p.size))
	}
	fmt.Fprintf(&b, `<text x="%g" y="%g" text-anchor="middle">%s</text>`+"\n", (left+width-right)/2, height-14, unit)
	fmt.Fprintf(&b, `<text transform="translate(18 %g) rotate(-90)" text-anchor="middle">milliseconds</text>`+"\n", (top+height-bottom)/2)
	fmt.Fprintf(&b, `<clipPath id="inside"><rect x="%g" y="%g" width="%g" height="%g"/></clipPath>`+"\n", left, top, width-left-right, height-top-bottom)
	for i, c := range curves {
		first := c.points[0]
		fmt.Fprintf(&b, `<path d="M%.1f %.1fL%.1f %.1f" stroke="%s" stroke-dasharray="3 4" opacity=".5" clip-path="url(#inside)"/>`+"\n", x(x0), y(first.ms), x(x1), y(first.ms*x1/x0), colors[i])
		var path strings.Builder
		for k, p := range c.points {
			fmt.Fprintf(&path, "%c%.1f %.1f", "ML"[min(k, 1)], x(p.size), y(p.ms))
			fmt.Fprintf(&b, `<circle cx="%.1f" cy="%.1f" r="3" fill="%s"/>`+"\n", x(p.size), y(p.ms), colors[i])
		}
		fmt.Fprintf(&b, `<path d="%s" fill="none" stroke="%s" stroke-width="2"/>`+"\n", path.String(), colors[i])
		fmt.Fprintf(&b, `<path d="M%g %gh24" stroke="%s" stroke-width="2"/><text x="%g" y="%g">%s</text>`+"\n", left+300, 18+16*float64(i), colors[i], left+330, 22+16*float64(i), c.name)
	}
	b.WriteString("</svg>\n")
	return []byte(b.String())
}

// decade is the power of ten below or above v.
func decade(v float64, round func(float64) float64) float64 {
	return math.Pow(10, round(math.Log10(v)))
}

func number(v float64) string {
	s := fmt.Sprintf("%g", math.Round(v*1e6)/1e6)
	if v >= 10000 {
		s = fmt.Sprintf("%.0f,%03.0f", math.Floor(v/1000), math.Mod(v, 1000))
	}
	return s
}
