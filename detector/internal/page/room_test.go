package page

import (
	"fmt"
	"strings"
	"testing"
)

// What a page leaves behind for the next one is room and nothing else.
func TestRelease(t *testing.T) {
	const mail = `<h1>a<b>b</b></h1><a href=https://one.example>one<b> more</b></a><img src=x alt=y width=1><form action=z><input type=password>`
	want := fmt.Sprintf("%+v", *Read(mail))
	for range 3 {
		large := Read(strings.Repeat(`<a href=https://two.example>two</a><a href=q><img src=w alt=v></a><p style="display:none">h</p>`, 50))
		if len(large.Links) != 100 || len(large.Images) != 50 {
			t.Fatalf("%d links, %d images", len(large.Links), len(large.Images))
		}
		text := large.Links[0].Text
		large.Release()
		p := Read(mail)
		if got := fmt.Sprintf("%+v", *p); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		if p.Release(); text != "two" {
			t.Errorf("a text changed to %q", text)
		}
	}
}

// More wordings of a style than are remembered, in turn with those remembered.
func TestStyles(t *testing.T) {
	var b strings.Builder
	for i := range 3 * styleRoom {
		fmt.Fprintf(&b, `<p style="margin:%dpx">seen </p><p style="display:none;margin:%dpx">not </p><p style="display:none">not </p>`, i, i)
	}
	p := Read(b.String())
	if got := strings.Count(p.Text, "seen"); got != 3*styleRoom || strings.Contains(p.Text, "not") {
		t.Errorf("%d pieces seen, hidden ones %v", got, strings.Contains(p.Text, "not"))
	}
	if got := strings.Count(p.Hidden, "not"); got != 6*styleRoom {
		t.Errorf("%d pieces hidden", got)
	}
}

func TestPixels(t *testing.T) {
	for v, want := range map[string]int{
		"": -1, " ": -1, "0": 0, "120": 120, " 120 ": 120, "007": 7, "999999": 999999, "1000000": 1000000, "1000001": -1,
		"12px": 12, "9pt": 9, "1.5": 1, "-5": -1, "50%": -1, "0%": 0, "auto": -1, "１２": -1,
	} {
		if got := pixels(v); got != want {
			t.Errorf("pixels(%+q) = %d, want %d", v, got, want)
		}
	}
}
