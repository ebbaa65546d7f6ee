package report

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/honmono/honmono/detector"
	"github.com/honmono/honmono/detector/rules"
	"github.com/honmono/honmono/extension"
)

// marks are the levels in one sign, as Japanese readers grade things.
var marks = map[detector.Level]string{
	detector.OK: "〇", detector.Caution: "△", detector.Danger: "×", detector.Unknown: "?",
}

// maxLinks is how many links a report lists; the JSON line has them all.
const maxLinks = 30

// A Printer writes reports for people.
type Printer struct {
	// Color says that the reader is a terminal that shows colours.
	Color bool

	w        *bufio.Writer
	messages extension.Catalogue
	japanese bool
	names    map[string]string // brand id → name in the reader's language
}

// NewPrinter prints to w in a language, given as a BCP 47 tag or POSIX locale;
// set holds the brands' names.
func NewPrinter(w io.Writer, lang string, set *rules.Set) *Printer {
	p := &Printer{w: bufio.NewWriter(w), messages: extension.Messages(lang), names: make(map[string]string),
		japanese: strings.HasPrefix(strings.ToLower(lang), "ja")}
	for _, b := range set.Brands {
		name := b.Name()
		if p.japanese && b.NameJa != "" {
			name = b.NameJa
		}
		p.names[b.ID] = name
	}
	return p
}

// Message writes the report on one message. It answers w's error, if any.
func (p *Printer) Message(file string, m *detector.Message, v detector.Verdict) error {
	p.head(v, file)
	if from := sender(m.From); from != "" {
		p.line(2, from)
	}
	if m.Subject != "" {
		p.line(2, clean(m.Subject))
	}
	p.line(2, p.headline("headline_"+string(v.Level), v.Brand))
	p.reasons(v)
	p.links(v)
	p.advice(v)
	p.w.WriteByte('\n')
	return p.w.Flush()
}

// URL writes the report on one URL or host.
func (p *Printer) URL(input string, v detector.Verdict) error {
	p.head(v, input)
	domain := ""
	if len(v.Links) > 0 {
		l := v.Links[0]
		if domain = l.RegistrableDomain; domain == "" {
			domain = l.Host
		}
		if l.Host != "" {
			p.line(2, p.mark(l.Host, l.RegistrableDomain)+shownAs(l))
		}
	}
	if s, ok := p.messages.Sentence("headline_url_"+string(v.Level), map[string]string{"domain": clean(domain)}); ok {
		p.line(2, s)
	}
	p.reasons(v)
	p.w.WriteByte('\n')
	return p.w.Flush()
}

// Totals writes how many messages had which level, in one line.
func (p *Printer) Totals(count map[detector.Level]int, unread int) error {
	for i, l := range []detector.Level{detector.Danger, detector.Caution, detector.OK, detector.Unknown} {
		if i > 0 {
			p.w.WriteString("   ")
		}
		n := count[l]
		if l == detector.Unknown {
			n += unread
		}
		fmt.Fprintf(p.w, "%s %s %d", marks[l], p.messages["level_"+string(l)], n)
	}
	p.w.WriteByte('\n')
	return p.w.Flush()
}

// head is the first line: the level, the score, and what was looked at.
func (p *Printer) head(v detector.Verdict, name string) {
	level := marks[v.Level] + " " + p.messages["level_"+string(v.Level)]
	fmt.Fprintf(p.w, "%s  %s  %s\n", p.paint(levelColor(v.Level), level), strconv.FormatFloat(v.Score, 'f', 1, 64), clean(name))
}

// headline is the verdict as a sentence, with the brand where there is one.
func (p *Printer) headline(key, brand string) string {
	if name := p.names[brand]; name != "" {
		if s, ok := p.messages.Sentence(key+"_brand", map[string]string{"brand": name}); ok {
			return s
		}
	}
	s, _ := p.messages.Sentence(key, nil)
	return s
}

// reasons lists the findings: first what speaks against the mail, then the rest.
func (p *Printer) reasons(v detector.Verdict) {
	for _, part := range []struct {
		title string
		want  func(float64) bool
	}{
		{"banner_reasons", func(w float64) bool { return w > 0 }},
		{"banner_evidence", func(w float64) bool { return w <= 0 }},
	} {
		titled := false
		for _, f := range v.Findings {
			if !part.want(f.Weight) {
				continue
			}
			if !titled {
				p.title(part.title)
				titled = true
			}
			s, ok := p.sentence(f, v.Links)
			if !ok {
				s = string(f.Symbol) // a newer rule set than this catalogue
			}
			note := fmt.Sprintf("  [%s %+.1f]", f.Symbol, f.Weight)
			p.line(4, s+p.paint(faint, note))
		}
	}
}

// sentence says a finding: of a button only where the evidence says that the
// link is one, and of no destination where a shortener keeps it to itself.
// extension/view/finding.js does the same.
func (p *Printer) sentence(f detector.Finding, links []detector.LinkVerdict) (string, bool) {
	values := p.values(f.Evidence)
	key := string(f.Symbol)
	if i := f.Evidence.Link; i > 0 && i <= len(links) && slices.Contains(links[i-1].Symbols, detector.LinkShortener) {
		if s, ok := p.messages.Sentence(key+"_hidden", values); ok {
			return s, true
		}
	}
	if f.Evidence.Button {
		if s, ok := p.messages.Sentence(key+"_button", values); ok {
			return s, true
		}
	}
	return p.messages.Sentence(key, values)
}

// links lists where each link leads.
func (p *Printer) links(v detector.Verdict) {
	if len(v.Links) == 0 {
		return
	}
	p.title("banner_links")
	for i, l := range v.Links {
		if i == maxLinks {
			if s, ok := p.messages.Sentence("banner_links_more", map[string]string{"count": strconv.Itoa(len(v.Links) - i)}); ok {
				p.line(4, s)
			}
			break
		}
		text := clean(l.Text)
		if text == "" {
			text = p.messages["banner_link_untitled"]
		}
		where := p.messages["banner_link_nowhere"]
		if l.Host != "" {
			where = p.mark(l.Host, l.RegistrableDomain) + shownAs(l)
		}
		p.line(4, p.paint(levelColor(l.Level), marks[l.Level])+" "+text+" → "+where)
	}
}

// advice lists what to do next.
func (p *Printer) advice(v detector.Verdict) {
	for i, a := range v.Advice {
		if i == 0 {
			p.title("banner_todo")
		}
		s, ok := p.messages.Sentence(string(a.Symbol), map[string]string{"brand": p.names[a.Brand]})
		if !ok {
			s = string(a.Symbol)
		}
		if a.URL != "" {
			s += " " + a.URL
		}
		p.line(4, s)
	}
}

// values are the evidence as the catalogue's sentences name it.
func (p *Printer) values(e detector.Evidence) map[string]string {
	brand := p.names[e.Brand]
	if brand == "" {
		brand = clean(e.BrandName)
		if p.japanese && e.BrandNameJa != "" {
			brand = clean(e.BrandNameJa)
		}
	}
	return map[string]string{
		"brand": brand, "host": clean(e.Host), "domain": clean(e.Domain), "target": clean(e.Target),
		"shown": clean(e.Shown), "address": clean(e.Address), "phrase": clean(e.Phrase),
	}
}

// mark sets off the registrable part of a host, which alone says whose it is.
func (p *Printer) mark(host, registrable string) string {
	rest, ok := strings.CutSuffix(host, registrable)
	if !ok || registrable == "" {
		return clean(host)
	}
	if p.Color {
		return clean(rest) + p.paint(strong, clean(registrable))
	}
	return clean(rest) + "[" + clean(registrable) + "]"
}

// shownAs is how a reader sees an internationalised host.
func shownAs(l detector.LinkVerdict) string {
	if l.Unicode == "" || l.Unicode == l.Host {
		return ""
	}
	return " (" + clean(l.Unicode) + ")"
}

// sender is a From address as mail programs show it.
func sender(a detector.Address) string {
	switch {
	case a.Name == "":
		return clean(a.Address)
	case a.Address == "":
		return clean(a.Name)
	}
	return clean(a.Name) + " <" + clean(a.Address) + ">"
}

func (p *Printer) title(key string) { p.line(2, p.paint(strong, p.messages[key])) }

func (p *Printer) line(indent int, s string) {
	p.w.WriteString(strings.Repeat(" ", indent))
	p.w.WriteString(s)
	p.w.WriteByte('\n')
}

// A color is an SGR parameter (ECMA-48 section 8.3.117).
type color string

const (
	strong color = "1;4"
	faint  color = "2"
	red    color = "1;31"
	yellow color = "1;33"
	green  color = "32"
	gray   color = "36"
)

func levelColor(l detector.Level) color {
	switch l {
	case detector.Danger:
		return red
	case detector.Caution:
		return yellow
	case detector.OK:
		return green
	}
	return gray
}

func (p *Printer) paint(c color, s string) string {
	if !p.Color {
		return s
	}
	return "\x1b[" + string(c) + "m" + s + "\x1b[0m"
}
