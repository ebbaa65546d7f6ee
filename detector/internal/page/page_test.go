package page

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

func TestVisibleAndHidden(t *testing.T) {
	for _, tt := range []struct{ name, html, visible, hidden string }{
		{"plain", "<p>Hello <b>wor</b>ld</p>", "Hello world", ""},
		{"split word", "pass<span></span>word", "password", ""},
		{"display none", `<div style="display:none">pre</div>body`, "body", "pre"},
		{"hidden attribute", `<div hidden>pre</div>body`, "body", "pre"},
		{"opacity", `<div style="OPACITY: 0"><p>filler</p></div>body`, "body", "filler"},
		{"half opacity", `<div style="opacity:.5">body</div>`, "body", ""},
		{"font size 1", `<p style="font-size:1px;color:#111">filler</p>body`, "body", "filler"},
		{"font size 0 with a readable child", `<td style="font-size:0px"><div style="font-size:13px">body</div></td>`, "body", ""},
		{"white on nothing", `<font color=white>Kj</font>body`, "body", "Kj"},
		{"white on dark", `<table><tr><td bgcolor="#131921"><font color="white">Amazon</font></td></tr></table>`, "Amazon", ""},
		{"white button", `<a href="https://a.example/" style="background:#f90;color:#fff"><span style="color:#fff">Sign in</span></a>`, "Sign in", ""},
		{"same colour", `<p style="color:#eee;background:#eeeeee">filler</p>x`, "x", "filler"},
		{"far away", `<div style="position:absolute;left:-9999px">filler</div>x`, "x", "filler"},
		{"zero box", `<div style="max-height:0;overflow:hidden">pre</div>x`, "x", "pre"},
		{"height alone", `<div style="height:0">x</div>`, "x", ""},
		{"script and style", `<style>a{}</style><script>b</script>x`, "x", ""},
		{"title", `<title>T</title>x`, "x", "T"},
	} {
		for _, how := range []string{"tree", "tokens"} {
			p := Read(tt.html)
			if how == "tokens" {
				b := &builder{page: &Page{}}
				b.tokens(tt.html)
				p = b.finish()
			}
			if got := squeeze(p.Text); got != tt.visible {
				t.Errorf("%s by %s: visible %q, want %q", tt.name, how, got, tt.visible)
			}
			if got := squeeze(p.Hidden); got != tt.hidden {
				t.Errorf("%s by %s: hidden %q, want %q", tt.name, how, got, tt.hidden)
			}
		}
	}
}

func TestHiddenInside(t *testing.T) {
	for _, tt := range []struct {
		html string
		want int
	}{
		{`アカ<span style="font-size:0">fmacrq</span>ウントを<span style="display:none">x</span>確認`, 2},
		{`<div style="display:none">preheader</div><p>Hello</p>`, 0},
		{`<p>Hello</p><div style="display:none">note</div><p>x</p>`, 0},
		{`Hello <span style="display:none">x</span>world`, 0},
	} {
		if got := Read(tt.html).HiddenInside; got != tt.want {
			t.Errorf("%s: %d, want %d", tt.html, got, tt.want)
		}
	}
}

func TestLinks(t *testing.T) {
	p := Read(`<base href="https://base.example/"><h1>Notice</h1>
		<a href="https://a.example/">Sign <b>in</b></a>
		<a name=x>no link</a>
		<a href=" https://b.example/ "><img src=b.png alt="Amazon" width=300 height=200></a>
		<map><area href="https://c.example/" alt="map"></map>
		<div style="display:none"><a href="https://d.example/">gone</a></div>
		<img src="https://t.example/p.gif" width=1 height=1>
		<form action="https://f.example/"><input type=password><input type=submit value=Go></form>`)
	if p.Base != "https://base.example/" || !reflect.DeepEqual(p.Headings, []string{"Notice"}) {
		t.Errorf("base %q, headings %q", p.Base, p.Headings)
	}
	var got []string
	for _, l := range p.Links {
		got = append(got, fmt.Sprint(l.Href, "|", l.Text, "|", l.Image, l.Hidden))
	}
	want := []string{
		"https://a.example/|Sign in|false false",
		" https://b.example/ |Amazon|true false",
		"https://c.example/|map|false false",
		"https://d.example/|gone|false true",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("links\n%q, want\n%q", got, want)
	}
	if len(p.Images) != 2 || !p.Images[1].Tiny || p.Images[0].Tiny || !p.Images[0].Large {
		t.Errorf("images %+v", p.Images)
	}
	if !p.PasswordField || !reflect.DeepEqual(p.Forms, []string{"https://f.example/"}) {
		t.Errorf("forms %q, password %v", p.Forms, p.PasswordField)
	}
}

// TestHostile reads what is made to break readers: it must end, keep its caps,
// and still see the one link that matters.
func TestHostile(t *testing.T) {
	const link = `<a href="https://evil.example/">here</a>`
	for _, tt := range []struct {
		name, html string
		capped     bool
	}{
		{"nested", strings.Repeat("<div>", 100_000) + link, false},
		{"nested tables", strings.Repeat("<table><tr><td>", 5_000) + link, false},
		{"formatting", strings.Repeat("<b><i><font>", 20_000) + link, false},
		{"end tags", strings.Repeat("</p></div>", 100_000) + link, false},
		{"links", link + strings.Repeat(`<a href="https://x.example/">x</a>`, 100_000), true},
		{"attributes", "<div" + strings.Repeat(" a=1", 100_000) + ">" + link, false},
		{"10 MB of text", link + strings.Repeat("0123456789", 1<<20), true},
		{"beyond the input limit", link + strings.Repeat("<p>", MaxInput/3), true},
		{"open comment", link + "<!--" + strings.Repeat("x", 1000), false},
		{"nul bytes", "\x00<a\x00 href=x>" + link, false},
		{"unclosed attribute", link + `<a href="` + strings.Repeat("y", 3<<20), true},
	} {
		p := Read(tt.html)
		found := false
		for _, l := range p.Links {
			found = found || l.Href == "https://evil.example/" && l.Text == "here"
		}
		if !found {
			t.Errorf("%s: the link is lost among %d", tt.name, len(p.Links))
		}
		if p.Capped != tt.capped {
			t.Errorf("%s: capped %v, want %v", tt.name, p.Capped, tt.capped)
		}
		if len(p.Text) > MaxText+1 || len(p.Hidden) > MaxText+1 || len(p.Links) > MaxLinks {
			t.Errorf("%s: %d bytes of text, %d links", tt.name, len(p.Text), len(p.Links))
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"<a href=x>y</a>", "<table><a href=x><tr><td>", "<h1><a href=1><h2></a>", "<a href=1><a href=2></a></a>", "<svg><a href=x>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, read := range []func(string) *Page{Read, func(s string) *Page {
			b := &builder{page: &Page{}}
			b.tokens(s)
			return b.finish()
		}} {
			p := read(s)
			for _, l := range p.Links {
				if l.Offset > len(p.Text) || len(l.Text) > MaxLinkText {
					t.Errorf("%q: %+v", s, l)
				}
			}
			if again := read(s); fmt.Sprintf("%+v", p) != fmt.Sprintf("%+v", again) {
				t.Errorf("%q: two readings differ", s)
			}
		}
	})
}

// Folding white space is what strings.Fields does of it, by the short way too.
func TestSqueeze(t *testing.T) {
	for _, s := range []string{
		"", " ", "a", " a", "a ", "a b", "a  b", "a\nb", "a \n b", "日本 語", "日本　語", "　", "a\u00a0b", "a\u0085", "\u1680a", "a\u2003b", "é ü", "á", "、 。", "a \u3000", "🎁 x",
	} {
		if got, want := squeeze(s), strings.Join(strings.Fields(s), " "); got != want {
			t.Errorf("squeeze(%+q) = %+q, want %+q", s, got, want)
		}
	}
}

// TestAnimatedLinks: a drawing's link leads where its animation says, and a
// picture that moves leads nowhere.
func TestAnimatedLinks(t *testing.T) {
	p := Read(`<svg><a href="https://a.example/"><text>x</text>
		<animate attributeName="href" values="https://b.example/;https://c.example/" dur="1s"/>
		<set attributeName="xlink:href" to=" https://d.example/ "/></a>
		<rect><animate attributeName="x" from="https://e.example/" to="1"/></rect></svg>`)
	var hrefs []string
	for _, l := range p.Links {
		hrefs = append(hrefs, l.Href)
	}
	if want := []string{"https://a.example/", "https://b.example/", "https://c.example/", "https://d.example/"}; !reflect.DeepEqual(hrefs, want) {
		t.Errorf("links %q, want %q", hrefs, want)
	}
	if p.Links[0].Text != "x" {
		t.Errorf("the link's text is %q", p.Links[0].Text)
	}
}
