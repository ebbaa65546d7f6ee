// Package page reads the HTML of a mail: what a person sees of it, what it
// hides, where its links are and what they say.
//
// [Read] parses with goquery, as a browser would. Input that is too large or
// nested too deeply for a tree is read token by token instead, by the same
// code, at a flat cost in memory: less exact about broken markup, but never
// blind. Nothing is fetched, and no script or style sheet is run; inline
// styles that hide text are understood as far as mails use them.
package page

import (
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Limits of one page. What lies beyond is not read, and Page.Capped says so.
const (
	// MaxTree is the largest input in bytes that is parsed to a tree; a tree
	// takes up to sixty times its input, so larger ones are read as tokens.
	MaxTree = 1 << 20
	// MaxInput is the largest input in bytes that is read at all.
	MaxInput = 16 << 20
	// MaxLinks is how many links are kept.
	MaxLinks = 5000
	// MaxText is how many bytes of visible, and of hidden, text are kept.
	MaxText = 512 << 10
	// MaxLinkText is how many bytes of one link's text are kept.
	MaxLinkText = 512
)

// A Page is what was found.
type Page struct {
	// Base is the href of the first <base>, or empty.
	Base string
	// Text is the visible text, a line per block.
	Text string
	// Hidden is text that is in the mail and not on the screen, preheaders
	// included.
	Hidden string
	// HiddenInside counts pieces of hidden text that interrupt a visible word
	// or line: nobody writes so but to get past a filter.
	HiddenInside int
	// Headings is the text of h1–h3 and of the title.
	Headings []string
	Links    []Link
	Images   []Image
	// Forms holds the action of every form that asks for input.
	Forms []string
	// PasswordField reports an input of type password.
	PasswordField bool
	// Scripts counts script elements and event handlers.
	Scripts int
	// Capped reports that a limit above cut something.
	Capped bool
}

// A Link is one a, area or form button with a destination.
type Link struct {
	Href string
	// Text is the visible text, or the alt text of the images in it.
	Text string
	// Image reports that the link is (also) a picture.
	Image bool
	// Hidden reports that nobody can see the link.
	Hidden bool
	// Offset is where the link stands in Page.Text, in bytes.
	Offset int
	// Joined: a reader sees this link's text and that of the link before as one
	// word, because nothing visible stands between them.
	Joined bool
}

// An Image is one picture.
type Image struct {
	Src, Alt string
	// Large reports that no attribute says it is small: a candidate for a mail
	// that is one picture.
	Large bool
	// Tiny reports a tracking pixel.
	Tiny bool
}

// Read reads one HTML body. It never fails: what cannot be read is left out.
func Read(source string) *Page {
	b := newBuilder()
	if len(source) > MaxInput {
		source = source[:MaxInput]
		b.page.Capped = true
	}
	if len(source) <= MaxTree {
		if doc, err := goquery.NewDocumentFromReader(strings.NewReader(source)); err == nil {
			for _, n := range doc.Nodes {
				b.walk(n)
			}
			return b.finish()
		}
		// The parser gives up on markup nested deeper than any honest mail.
		b = &builder{page: &Page{Capped: b.page.Capped}}
	}
	b.tokens(source)
	return b.finish()
}

func (b *builder) walk(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		b.text(n.Data)
		return
	case html.ElementNode:
		if !b.open(n.DataAtom, n.Attr) {
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			b.walk(c)
		}
		b.close(n.DataAtom)
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.walk(c)
	}
}

// tokens feeds the builder without a tree. Elements that never close are
// closed when their parent does; depth is capped because only the innermost
// levels decide what is hidden.
func (b *builder) tokens(source string) {
	const maxDepth = 1000
	z := html.NewTokenizer(strings.NewReader(source))
	z.SetMaxBuf(1 << 20)
	var stack []atom.Atom
	skip := atom.Atom(0) // inside an element whose content is not text
	for {
		switch z.Next() {
		case html.ErrorToken:
			// End of input, or a single token beyond the buffer.
			if z.Err() == html.ErrBufferExceeded {
				b.page.Capped = true
			}
			for i := len(stack) - 1; i >= 0; i-- {
				b.close(stack[i])
			}
			return
		case html.TextToken:
			if skip == 0 {
				b.text(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if skip != 0 {
				continue
			}
			if !b.open(t.DataAtom, t.Attr) {
				if !void(t.DataAtom) && t.Type == html.StartTagToken {
					skip = t.DataAtom
				}
				continue
			}
			// Beyond the depth only links still count.
			if void(t.DataAtom) || len(stack) >= maxDepth && (t.DataAtom != atom.A || len(stack) >= 2*maxDepth) {
				b.close(t.DataAtom)
				continue
			}
			stack = append(stack, t.DataAtom)
		case html.EndTagToken:
			name, _ := z.TagName()
			a := atom.Lookup(name)
			if skip != 0 {
				if a == skip {
					skip = 0
				}
				continue
			}
			// Look a short way down: a stray end tag closes nothing.
			for i := len(stack) - 1; i >= 0 && i >= len(stack)-20; i-- {
				if stack[i] != a {
					continue
				}
				for j := len(stack) - 1; j >= i; j-- {
					b.close(stack[j])
				}
				stack = stack[:i]
				break
			}
		}
	}
}

func void(a atom.Atom) bool {
	switch a {
	case atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input, atom.Link,
		atom.Meta, atom.Source, atom.Track, atom.Wbr:
		return true
	}
	return false
}
