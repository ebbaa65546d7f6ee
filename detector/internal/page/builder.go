package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A builder turns a sequence of open, text and close into a Page.
type builder struct {
	page    *Page
	visible []byte
	hidden  []byte
	heading gathered

	levels []level // one per open element
	links  []int   // indices of open links, innermost last
	link   gathered
	alt    string // alt text of images in the open link
	ended  int    // how long visible was when a link closed, if a letter was its last; else 0
	inHead int    // depth of open headings
	inWord bool   // the visible text stands in the middle of a line, after a letter
	styles *[styleRoom]knownStyle
	styled []uint8 // which of them are in use
}

// A level is what one open element changes for what is inside it.
type level struct {
	hidden  bool
	tiny    bool // a font too small to read; a descendant may set a larger one
	link    bool
	heading bool
	color   string
	back    string
}

// invisible reports that text directly inside cannot be seen. White text with
// no background of its own is: a mail's page is white.
func (l *level) invisible(inLink bool) bool {
	if l.hidden || l.tiny {
		return true
	}
	return !inLink && l.color != "" && (l.color == l.back || l.color == "#ffffff" && l.back == "")
}

// top is the innermost open element, to be read before another one opens.
func (b *builder) top() *level {
	if n := len(b.levels); n > 0 {
		return &b.levels[n-1]
	}
	return &noLevel
}

// noLevel is what stands around everything; nobody changes it.
var noLevel level

// open enters an element; false means that its content is not to be read, and
// that close must not be called for it.
func (b *builder) open(a atom.Atom, attrs []html.Attribute) bool {
	p := b.page
	switch a {
	case atom.Script:
		p.Scripts++
		return false
	case atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Object, atom.Textarea, atom.Select:
		return false
	}
	l := *b.top()
	l.link, l.heading = false, false
	var href, src, alt, style, typ, width, height, action, formaction, value string
	hasHref := false
	for i := range attrs {
		switch at := &attrs[i]; at.Key {
		case "href":
			if !hasHref {
				href, hasHref = at.Val, true
			}
		case "src":
			src = at.Val
		case "alt":
			alt = at.Val
		case "style":
			style = at.Val
		case "type":
			typ = at.Val
		case "width":
			width = at.Val
		case "height":
			height = at.Val
		case "action":
			action = at.Val
		case "formaction":
			formaction = at.Val
		case "value":
			value = at.Val
		case "hidden":
			l.hidden = true
		case "color":
			l.color = canonicalColor(at.Val)
		case "bgcolor":
			l.back = canonicalColor(at.Val)
		default:
			if strings.HasPrefix(at.Key, "on") {
				p.Scripts++
			}
		}
	}
	if style != "" {
		b.effect(style).apply(&l)
	}
	if block(a) {
		b.newline(l.hidden)
	}
	if a == 0 { // no element that HTML has
		b.animation(attrs)
	}
	switch a {
	case atom.Base:
		if p.Base == "" {
			p.Base = href
		}
	case atom.A, atom.Area:
		if hasHref {
			l.link = true
			b.openLink(href, l.hidden)
			if a == atom.Area {
				b.alt = alt
			}
		}
	case atom.Img, atom.Image:
		b.image(src, alt, width, height, style, l.hidden)
	case atom.Form:
		p.Forms = appendCapped(p.Forms, action, 50)
	case atom.Input, atom.Button:
		typ = strings.ToLower(typ)
		if typ == "password" {
			p.PasswordField = true
		}
		if formaction != "" {
			p.Forms = appendCapped(p.Forms, formaction, 50)
		}
		if a == atom.Input && (typ == "submit" || typ == "button") {
			b.text(value)
		}
	case atom.H1, atom.H2, atom.H3, atom.Title:
		if !l.hidden {
			l.heading = true
			b.inHead++
		}
		if a == atom.Title {
			l.hidden = true // in the tab, not in the mail
		}
	}
	b.levels = append(b.levels, l)
	return true
}

func (b *builder) close(a atom.Atom) {
	l := b.top() // stays where it is until the next one opens
	b.levels = b.levels[:len(b.levels)-1]
	if l.link {
		b.closeLink()
	}
	if l.heading {
		b.inHead--
		if b.inHead == 0 {
			if t := squeeze(b.heading.String()); t != "" {
				b.page.Headings = appendCapped(b.page.Headings, t, 50)
			}
			b.heading.reset()
		}
	}
	if block(a) {
		b.newline(l.hidden)
	}
}

func (b *builder) text(s string) {
	if s == "" {
		return
	}
	l := b.top()
	out := &b.visible
	invisible := l.invisible(len(b.links) > 0)
	if invisible {
		out = &b.hidden
		if b.inWord && strings.TrimSpace(s) != "" {
			b.page.HiddenInside++
		}
	} else {
		last := s[len(s)-1]
		b.inWord = last > ' '
	}
	if len(*out)+len(s) > MaxText {
		b.page.Capped = true
		s = cut(s, MaxText-len(*out))
	}
	*out = append(*out, s...)
	if b.inHead > 0 && b.heading.size < MaxLinkText {
		b.heading.add(s)
	}
	if len(b.links) > 0 && b.link.size < MaxLinkText && (!invisible || b.page.Links[b.links[len(b.links)-1]].Hidden) {
		b.link.add(s)
	}
}

func (b *builder) newline(hidden bool) {
	out := &b.visible
	if hidden {
		out = &b.hidden
	}
	b.inWord = b.inWord && hidden
	if n := len(*out); n < MaxText && n > 0 {
		*out = append(*out, '\n')
	}
	if b.link.size > 0 {
		b.link.add(" ")
	}
}

func (b *builder) openLink(href string, hidden bool) {
	if len(b.page.Links) >= MaxLinks {
		b.page.Capped = true
		b.links = append(b.links, len(b.page.Links)-1)
		return
	}
	b.page.Links = append(b.page.Links, Link{Href: href, Hidden: hidden, Offset: len(b.visible), Joined: !hidden && b.ended > 0 && b.ended == len(b.visible)})
	b.links = append(b.links, len(b.page.Links)-1)
	b.link.reset()
	b.alt = ""
}

// animation adds the places that a drawing's link is led to, if the element is an
// animation of one (SVG 2, animate and set): what a click meets is not what the
// link says.
func (b *builder) animation(attrs []html.Attribute) {
	var animated, to, from, values string
	for _, at := range attrs {
		switch at.Key {
		case "attributeName", "attributename":
			animated = at.Val
		case "to":
			to = at.Val
		case "from":
			from = at.Val
		case "values":
			values = at.Val
		}
	}
	if !strings.EqualFold(animated, "href") && !strings.EqualFold(animated, "xlink:href") {
		return
	}
	for _, href := range append([]string{to, from}, strings.SplitN(values, ";", maxAnimated)...) {
		if href = strings.TrimSpace(href); href == "" {
			continue
		}
		if len(b.page.Links) >= MaxLinks {
			b.page.Capped = true
			return
		}
		b.page.Links = append(b.page.Links, Link{Href: href, Image: true, Offset: len(b.visible)})
	}
}

// maxAnimated is how many places of one animation are read.
const maxAnimated = 20

func (b *builder) closeLink() {
	i := b.links[len(b.links)-1]
	b.links = b.links[:len(b.links)-1]
	link := &b.page.Links[i]
	link.Joined = link.Joined && link.Offset < len(b.visible) && b.visible[link.Offset] > ' '
	if b.ended = len(b.visible); b.ended > link.Offset && b.visible[b.ended-1] <= ' ' {
		b.ended = 0
	}
	if t := squeeze(cut(b.link.String(), MaxLinkText)); t != "" && link.Text == "" {
		link.Text = t
	} else if link.Text == "" {
		link.Text = squeeze(cut(b.alt, MaxLinkText))
	}
	if len(b.links) == 0 {
		b.link.reset()
		b.alt = ""
	}
}

func (b *builder) image(src, alt, width, height, style string, hidden bool) {
	if len(b.links) > 0 {
		b.page.Links[b.links[len(b.links)-1]].Image = true
		if b.alt == "" {
			b.alt = alt
		}
	}
	if len(b.page.Images) >= 500 {
		return
	}
	w, h := pixels(width), pixels(height)
	if w < 0 {
		w = styledPixels(style, "width")
	}
	if h < 0 {
		h = styledPixels(style, "height")
	}
	b.page.Images = append(b.page.Images, Image{
		Src: cut(src, 2048), Alt: cut(alt, MaxLinkText),
		Tiny:  hidden || (w >= 0 && w <= 3) || (h >= 0 && h <= 3),
		Large: !hidden && (w < 0 || w >= 250) && (h < 0 || h >= 100),
	})
}

func (b *builder) finish() *Page {
	for len(b.links) > 0 {
		b.closeLink()
	}
	page := b.page
	page.Text = string(b.visible)
	page.Hidden = string(b.hidden)
	b.release()
	return page
}

func block(a atom.Atom) bool {
	switch a {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Br, atom.Center, atom.Dd,
		atom.Div, atom.Dl, atom.Dt, atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
		atom.Header, atom.Hr, atom.Li, atom.Main, atom.Nav, atom.Ol, atom.P, atom.Pre, atom.Section, atom.Table,
		atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul:
		return true
	}
	return false
}
