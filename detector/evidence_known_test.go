package detector

import (
	"slices"
	"testing"

	"github.com/honmono/honmono/detector/rules"
)

// blocking is the built-in set with a blocklist of one period.
func blocking(t *testing.T, keys ...string) *rules.Set {
	t.Helper()
	set := *rules.Default()
	p, err := rules.NewBlockPeriod("20261120-1", keys)
	if err != nil {
		t.Fatal(err)
	}
	set.Blocked = []rules.BlockPeriod{p}
	return &set
}

func TestKnownBad(t *testing.T) {
	d, err := New(blocking(t, "quiet-garden.example.net", "harbour-notes.net", "sites.google.com/view/parcel-77"))
	if err != nil {
		t.Fatal(err)
	}
	for href, want := range map[string]bool{
		"https://harbour-notes.net/":                                  true,
		"https://login.harbour-notes.net/a?b=c":                       true,
		"http://HARBOUR-NOTES.net:8443/x":                             true,
		"https://sites.google.com/view/parcel-77/track":               true,
		"https://www.google.com/url?q=https://harbour-notes.net/&x=1": true, // behind a wrapper
		// near misses
		"https://harbour-notes.org/":             false,
		"https://my-harbour-notes.net/":          false,
		"https://sites.google.com/view/parcel-7": false,
		"https://other-garden.example.net/":      false,
	} {
		m := Message{From: Address{Name: "Notes", Address: "a@notes.example"}, Subject: "hello", HTML: `<p>Hello</p><a href="` + href + `">notes</a>`}
		v := d.Check(m)
		i := slices.IndexFunc(v.Findings, func(f Finding) bool { return f.Symbol == LinkKnownBad })
		if found := i >= 0; found != want || want && (v.Level != Danger || v.Links[0].Level != Danger) {
			t.Errorf("%s: found %v at %s (%v), want %v", href, found, v.Level, v.Findings, want)
		}
		if u := d.CheckURL(href); (u.Level == Danger) != want {
			t.Errorf("%s alone: %s", href, u.Level)
		}
		if len(v.Needs) > 0 {
			t.Errorf("%s needs %v, and everything is there", href, v.Needs)
		}
	}
}

// Without the exact part a hit of the filter is no evidence: the verdict says
// what it needs, and with it the same question is answered.
func TestKnownBadNeedsTheExactPart(t *testing.T) {
	set := blocking(t, "harbour-notes.net")
	exact := set.Blocked[0].Exact
	set.Blocked[0].Exact = ""
	list, err := NewBlocklist(set)
	if err != nil {
		t.Fatal(err)
	}
	d, err := New(set, WithBlocklist(list))
	if err != nil {
		t.Fatal(err)
	}
	if v := d.CheckURL("https://elsewhere.example/"); v.Needs != nil {
		t.Errorf("a link that the filter does not know needs %v", v.Needs)
	}
	v := d.CheckURL("https://harbour-notes.net/")
	if v.Level != OK || !slices.Equal(v.Needs, []string{set.Blocked[0].ExactHash}) {
		t.Errorf("without the exact part: %s, needs %v", v.Level, v.Needs)
	}
	if err := list.Load(set.Blocked[0].ExactHash, exact); err != nil {
		t.Fatal(err)
	}
	if v := d.CheckURL("https://harbour-notes.net/"); v.Level != Danger || v.Needs != nil {
		t.Errorf("with the exact part: %s, needs %v", v.Level, v.Needs)
	}
	if err := list.Load("x", "garbled"); err == nil {
		t.Error("a garbled exact part was taken")
	}
}

func TestGarbledFilterIsAnError(t *testing.T) {
	set := blocking(t, "harbour-notes.net")
	set.Blocked[0].Filter = "garbled"
	if _, err := New(set); err == nil {
		t.Error("no error")
	}
}
