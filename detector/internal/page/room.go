package page

import "sync"

// builders keeps the room that builders needed, for the next mail.
var builders = sync.Pool{New: func() any { return new(builder) }}

// lists keeps the room of the lists of pages that were given back.
var lists = sync.Pool{New: func() any { return new(Page) }}

// keepText is how many bytes of room for text, and keepLinks for how many links,
// are kept from one mail to the next: of a huge one, nothing stays.
const (
	keepText  = 256 << 10
	keepLinks = 4096
)

func newBuilder() *builder {
	b := builders.Get().(*builder)
	b.page = lists.Get().(*Page)
	return b
}

// release gives the room back. The Page stays with the caller.
func (b *builder) release() {
	if cap(b.visible) > keepText || cap(b.hidden) > keepText || cap(b.levels) > 1000 {
		return
	}
	clear(b.levels[:cap(b.levels)])
	for _, i := range b.styled {
		b.styles[i] = knownStyle{}
	}
	b.link.reset()
	b.heading.reset()
	*b = builder{
		visible: b.visible[:0], hidden: b.hidden[:0], heading: b.heading, link: b.link,
		levels: b.levels[:0], links: b.links[:0], styles: b.styles, styled: b.styled[:0],
	}
	builders.Put(b)
}

// Release gives the room of the page's lists back for another page. Nobody may
// read the page, or point into its lists, after that; its texts are anybody's.
func (p *Page) Release() {
	if cap(p.Links) == 0 || cap(p.Links) > keepLinks {
		return
	}
	clear(p.Links)
	clear(p.Images)
	*p = Page{Links: p.Links[:0], Images: p.Images[:0]}
	lists.Put(p)
}

// A gathered is the text of one element. Most have a single piece, which is the
// parser's own and not copied.
type gathered struct {
	size  int
	piece string
	more  []byte // all of it, once there is a second piece
}

func (g *gathered) add(s string) {
	switch {
	case g.size == 0:
		g.piece = s
	case len(g.more) == 0:
		g.more = append(append(g.more, g.piece...), s...)
	default:
		g.more = append(g.more, s...)
	}
	g.size += len(s)
}

func (g *gathered) String() string {
	if len(g.more) > 0 {
		return string(g.more)
	}
	return g.piece
}

func (g *gathered) reset() { *g = gathered{more: g.more[:0]} }

// styleRoom is how many inline styles are remembered, each in the place that its
// wording leads to. A mail repeats a dozen; one that never repeats any does not
// fill the memory with them.
const styleRoom = 128

type knownStyle struct {
	style  string
	effect effect
}

// effect is what a style attribute does, read once for each wording as long as
// no other takes its place.
func (b *builder) effect(style string) *effect {
	if b.styles == nil {
		b.styles = new([styleRoom]knownStyle)
	}
	n := len(style)
	place := (n*7 + int(style[n/3])*3 + int(style[n/2])*5 + int(style[n-1])) % styleRoom
	known := &b.styles[place]
	if known.style != style {
		if known.style == "" {
			b.styled = append(b.styled, uint8(place))
		}
		*known = knownStyle{style, readStyle(style)}
	}
	return &known.effect
}
