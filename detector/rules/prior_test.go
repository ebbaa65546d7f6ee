package rules

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

func TestPriors(t *testing.T) {
	const scoring = `caution: 3
danger: 6
weight: TEXT_THREAT | 0.7 | 0.5
weight: LINK_USERINFO | 6 | fixed
weight: LIST_MAIL | -0.5
`
	got, err := Priors(fstest.MapFS{"scoring.txt": {Data: []byte(scoring)}})
	want := []Prior{
		{Symbol: "TEXT_THREAT", Weight: 0.7, Mean: 0.5},
		{Symbol: "LINK_USERINFO", Weight: 6, Mean: 6, Fixed: true},
		{Symbol: "LIST_MAIL", Weight: -0.5, Mean: -0.5},
	}
	if err != nil || len(got) != len(want) {
		t.Fatalf("got %v, %v", got, err)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %+v, want %+v", got[i], want[i])
		}
	}
}

func TestPriorsMistakes(t *testing.T) {
	for line, want := range map[string]string{
		"weight: TEXT_THREAT | 0.7 | -1":    "both must speak",
		"weight: TEXT_THREAT | 0.7 | often": "is no number",
		"weight: TEXT_THREAT | 0.7 | 1 | 2": "has 4 fields",
	} {
		_, err := Priors(fstest.MapFS{"scoring.txt": {Data: []byte("caution: 3\ndanger: 6\n" + line + "\n")}})
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "scoring.txt:3") {
			t.Errorf("%q: error %v, want one on line 3 with %q", line, err, want)
		}
	}
	for _, fsys := range []fstest.MapFS{{}, {"scoring.txt": {}}} {
		if _, err := Priors(fsys); err == nil {
			t.Errorf("%v: no error", fsys)
		}
	}
}

// What stands in scoring.txt for fitting alone does not reach the set.
func TestPriorsStayOutOfTheSet(t *testing.T) {
	priors, err := Priors(os.DirFS("source"))
	if err != nil {
		t.Fatal(err)
	}
	set, err := Compile(os.DirFS("source"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range priors {
		if set.Scoring.Weights[p.Symbol] != p.Weight {
			t.Errorf("%s: the set has %g, scoring.txt %g", p.Symbol, set.Scoring.Weights[p.Symbol], p.Weight)
		}
	}
	if len(priors) != len(set.Scoring.Weights) {
		t.Errorf("%d priors, %d weights", len(priors), len(set.Scoring.Weights))
	}
}
