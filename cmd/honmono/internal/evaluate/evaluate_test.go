package evaluate

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/honmono/honmono/detector"
)

// sample makes a judged message; the level follows from the score, with caution
// from 3 and danger from 6.
func sample(kind Kind, score float64, lang, campaign string) Sample {
	v := detector.Verdict{Level: detector.OK, Score: score}
	switch {
	case score >= 6:
		v.Level = detector.Danger
	case score >= 3:
		v.Level = detector.Caution
	}
	if score > 0 {
		v.Findings = []detector.Finding{
			{Symbol: "A", Weight: score / 2}, {Symbol: "A", Weight: score / 4}, {Symbol: "B", Weight: score / 4}}
	}
	return Sample{Kind: kind, File: string(kind) + ".jsonl", ID: fmt.Sprintf("%s-%g-%s", kind, score, campaign), Campaign: campaign,
		Groups: map[string]string{"lang": lang}, Verdict: v}
}

func measure() *Measure {
	m := &Measure{By: []string{"lang"}, Worst: 2}
	for _, s := range []Sample{
		sample(Phish, 9, "ja", "x"), sample(Phish, 7, "ja", "x"), sample(Phish, 4, "en", ""),
		sample(Phish, 1, "en", "y"), sample(Phish, 0, "en", "y"), sample(Phish, 2, "en", "z"), sample(Phish, 2.5, "ja", "w"),
		sample(Ham, 7, "ja", ""), sample(Ham, 4, "en", ""), sample(Ham, 3, "en", ""), sample(Ham, 0, "en", ""), sample(Ham, -1, "", ""),
		sample(Gray, 7, "en", ""),
	} {
		m.Add(s)
	}
	unknown := sample(Phish, 0, "en", "y")
	unknown.Verdict.Level = detector.Unknown
	m.Add(unknown)
	return m
}

func TestRates(t *testing.T) {
	r := measure().Result()
	if want := (Rate{Messages: 8, Warned: 3, Danger: 2, Unknown: 1}); r.Phish != want {
		t.Errorf("phishing: %+v, want %+v", r.Phish, want)
	}
	if want := (Rate{Messages: 5, Warned: 3, Danger: 1}); r.Ham != want {
		t.Errorf("ham: %+v, want %+v", r.Ham, want)
	}
	if want := []Set{{Phish, "phish.jsonl", r.Phish}, {Ham, "ham.jsonl", r.Ham}, {Gray, "gray.jsonl", Rate{Messages: 1, Warned: 1, Danger: 1}}}; !reflect.DeepEqual(r.Sets, want) {
		t.Errorf("sets: %+v", r.Sets)
	}
	want := []Group{
		{By: "lang", Value: "en", Phish: Rate{5, 1, 0, 1}, Ham: Rate{3, 2, 0, 0}, Gray: Rate{1, 1, 1, 0}},
		{By: "lang", Value: "ja", Phish: Rate{3, 2, 2, 0}, Ham: Rate{1, 1, 1, 0}},
		{By: "lang", Value: "–", Ham: Rate{Messages: 1}},
	}
	if !reflect.DeepEqual(r.Groups, want) {
		t.Errorf("groups: %+v\nwant %+v", r.Groups, want)
	}
	// A symbol counts once per message, with all it weighed there.
	if want := []SymbolRate{{"A", 6, 3, 0.75 * 39.5 / 9}, {"B", 6, 3, 0.25 * 39.5 / 9}}; !reflect.DeepEqual(r.Symbols, want) {
		t.Errorf("symbols: %+v, want %+v", r.Symbols, want)
	}
}

// The curve by hand: at each score, how much of either kind is at or above it.
func TestCurve(t *testing.T) {
	got := measure().Curve(nil)
	want := []Point{
		{9, 1. / 8, 0}, {7, 2. / 8, 1. / 5}, {4, 3. / 8, 2. / 5}, {3, 3. / 8, 3. / 5}, {2.5, 4. / 8, 3. / 5},
		{2, 5. / 8, 3. / 5}, {1, 6. / 8, 3. / 5}, {0, 1, 4. / 5}, {-1, 1, 1},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	if got := (&Measure{}).Curve(nil); got == nil || len(got) > 0 {
		t.Errorf("a curve of nothing: %v", got)
	}
}

func TestCases(t *testing.T) {
	r := measure().Result()
	var misses, alarms []string
	for _, c := range r.Misses {
		misses = append(misses, fmt.Sprintf("%s ×%d", c.ID, c.Like))
	}
	for _, c := range r.FalseAlarms {
		alarms = append(alarms, fmt.Sprintf("%s ×%d", c.ID, c.Like))
	}
	// Three of campaign y were missed, the one that could not be read among
	// them; w is beyond the two asked for.
	if want := []string{"phish-0-y ×3", "phish-2-z ×1"}; !reflect.DeepEqual(misses, want) {
		t.Errorf("misses %q, want %q", misses, want)
	}
	if want := []string{"ham-7- ×1", "ham-4- ×1"}; !reflect.DeepEqual(alarms, want) {
		t.Errorf("false alarms %q, want %q", alarms, want)
	}
}

func TestText(t *testing.T) {
	m := measure()
	m.Unread = 2
	var b bytes.Buffer
	if err := WriteText(&b, m.Result()); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"phish         8    37.5%    25.0%        1   phish.jsonl",
		"ham         5   600.0‰   200.0‰        0     ham.jsonl",
		"2 inputs could not be read", "worst misses", "phish-0-y (and 2 like it)", "worst false alarms", "ham-7-",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is missing in\n%s", want, b.String())
		}
	}
}

// The plot is well-formed, holds a curve per series, and escapes their names.
func TestPlot(t *testing.T) {
	m := measure()
	for range 20 {
		m.Add(sample(Phish, 8, "<&>", ""))
	}
	series := m.Series(m.Result(), "lang")
	if len(series) != 2 || series[0].Name != "all, 28 mails" || series[1].Name != "<&>, 20 mails" {
		t.Fatalf("series: %+v", series)
	}
	var b bytes.Buffer
	if err := WritePlot(&b, series); err != nil {
		t.Fatal(err)
	}
	circles, text := 0, ""
	for d := xml.NewDecoder(&b); ; {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if token.Name.Local == "circle" {
				circles++
			}
		case xml.CharData:
			text += string(token)
		}
	}
	if circles != 4 || !strings.Contains(text, "<&>, 20 mails") {
		t.Errorf("%d circles, text %q", circles, text)
	}
}
