package page

import "testing"

func TestReadStyle(t *testing.T) {
	hidden := effect{hidden: true}
	for _, c := range []struct {
		style string
		want  effect
	}{
		{"display:none", hidden},
		{"DISPLAY : None !important", hidden},
		{"color:red;\n\tdisplay\t:\nnone;", effect{hidden: true, colored: true}},
		{";;a;display:none", hidden},
		{"font-family:Arial,sans-serif;visibility:Hidden", hidden},
		{"background-color:#FFF;color:#ffffff", effect{colored: true, color: "#ffffff", backed: true, back: "#ffffff"}},
		{"max-height:0;overflow:hidden", hidden},
		{"", effect{}},
		{"display", effect{}},
		{"display;none", effect{}},
		{"dis play:none", effect{}},
		{"display x:none", effect{}},
		{"xdisplay:none", effect{}},
		{"displayx:none", effect{}},
		{"background-colors:#fff", effect{}},
		{"background-color x:#fff", effect{}},
		{"color                        x:#fff", effect{}},
		{"display:none-such", effect{}},
		{"mso-hide:all", effect{}},
	} {
		if got := readStyle(c.style); got != c.want {
			t.Errorf("%q: %+v, want %+v", c.style, got, c.want)
		}
	}
}
