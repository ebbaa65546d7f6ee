package report

import (
	"encoding/json"
	"io"

	"github.com/honmono/honmono/detector"
)

// A MessageLine is what "honmono check --json" writes for one message.
type MessageLine struct {
	ID       string         `json:"id"`
	File     string         `json:"file"`
	Level    detector.Level `json:"level"`
	Score    float64        `json:"score"`
	Brand    string         `json:"brand"`
	Findings []Finding      `json:"findings"`
	Links    []Link         `json:"links"`
}

// A Finding is one piece of evidence of a MessageLine or URLLine.
type Finding struct {
	Symbol   detector.Symbol   `json:"symbol"`
	Weight   float64           `json:"weight"`
	Evidence detector.Evidence `json:"evidence"`
}

// A Link is one link of a MessageLine, in document order.
type Link struct {
	Href              string         `json:"href"`
	Host              string         `json:"host"`
	RegistrableDomain string         `json:"registrableDomain"`
	Level             detector.Level `json:"level"`
	Brand             string         `json:"brand"`
	// LeadsOn says what kind of host forwards to a place that the link does not
	// tell, or is left out.
	LeadsOn detector.LeadsOn `json:"leadsOn,omitempty"`
}

// A URLLine is what "honmono url --json" writes for one input.
type URLLine struct {
	Input             string         `json:"input"`
	Host              string         `json:"host"`
	RegistrableDomain string         `json:"registrableDomain"`
	Level             detector.Level `json:"level"`
	// Target is the genuine domain that the host imitates, or empty.
	Target   string    `json:"target"`
	Findings []Finding `json:"findings"`
	// LeadsOn is as in Link.
	LeadsOn detector.LeadsOn `json:"leadsOn,omitempty"`
}

// NewMessageLine gathers the line of one message.
func NewMessageLine(id, file string, v detector.Verdict) MessageLine {
	line := MessageLine{ID: id, File: file, Level: v.Level, Score: v.Score, Brand: v.Brand,
		Findings: findings(v), Links: make([]Link, 0, len(v.Links))}
	for _, l := range v.Links {
		line.Links = append(line.Links, Link{l.Href, l.Host, l.RegistrableDomain, l.Level, l.Brand, l.LeadsOn})
	}
	return line
}

// NewURLLine gathers the line of one URL or host.
func NewURLLine(input string, v detector.Verdict) URLLine {
	line := URLLine{Input: input, Level: v.Level, Target: target(v), Findings: findings(v)}
	if len(v.Links) > 0 {
		line.Host, line.RegistrableDomain, line.LeadsOn = v.Links[0].Host, v.Links[0].RegistrableDomain, v.Links[0].LeadsOn
	}
	return line
}

// target is the imitated domain of the heaviest finding that names one.
func target(v detector.Verdict) string {
	for _, f := range v.Findings {
		if f.Evidence.Target != "" {
			return f.Evidence.Target
		}
	}
	return ""
}

func findings(v detector.Verdict) []Finding {
	list := make([]Finding, 0, len(v.Findings))
	for _, f := range v.Findings {
		list = append(list, Finding{f.Symbol, f.Weight, f.Evidence})
	}
	return list
}

// WriteLine writes v as one line of JSON.
func WriteLine(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
