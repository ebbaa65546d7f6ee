// Command scale measures how the detector's cost grows with what it is given, and
// draws it:
//
//	go run ./cmd/honmono/internal/scale [-o docs/images] [PLOT…]
//
// One plot each for the links of a mail, its size, the brands and phrases of the
// rules, and the protected domains, all different or all hosts of one domain. Both axes are logarithmic, so that a cost
// that is proportional lies on the dashed line, and whatever is flatter is better.
// The sizes take turns, and the least of all runs counts, in time of the processor: a
// busy machine makes things slower only.
package main

import (
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/honmono/honmono/detector"
	"github.com/honmono/honmono/detector/rules"
	"github.com/honmono/honmono/detector/rules/bundle"
)

// A scale is one thing that grows. Steps prepares a size and answers what is
// measured: each curve's name and what to do once.
type scale struct {
	file, title, unit string
	sizes             []int
	step              func(n int) []cost
}

type cost struct {
	name string
	once func()
}

var scales = []scale{
	{"scale-links.svg", "A mail with many links", "links, each to another host", []int{10, 30, 100, 300, 1000, 3000}, func(n int) []cost {
		// A detector remembers a thousand hosts: each run links to others.
		d, turn := build(rules.Default()), 0
		mails := make([]detector.Message, max(6, 4000/n))
		below := make([]detector.Message, len(mails))
		for i := range mails {
			mails[i] = mail(links(n, i*n, "%s.example"))
			below[i] = mail(links(n, i*n, "%s.shop.example.com"))
		}
		return []cost{
			{"verdict, hosts never seen", func() { turn++; d.Check(mails[turn%len(mails)]) }},
			{"verdict, hosts under one domain", func() { turn++; d.Check(below[turn%len(below)]) }},
		}
	}},
	{"scale-html.svg", "A large mail", "kilobytes of HTML", []int{5, 15, 50, 150, 500, 1500, 5000, 10000}, func(n int) []cost {
		d, m := build(rules.Default()), mail(rows(n<<10))
		return []cost{{"verdict", func() { d.Check(m) }}}
	}},
	{"scale-brands.svg", "Rules with many brands", "brands", []int{300, 1000, 3000, 10000, 30000}, func(n int) []cost {
		set := withBrands(n)
		d, m := build(set), mail(rows(20<<10))
		return []cost{{"verdict on 20 KB", func() { d.Check(m) }}, {"building the detector", func() { build(set) }}, {"opening the rules", open(set)}}
	}},
	{"scale-phrases.svg", "Rules with many phrases", "phrases", []int{1000, 3000, 10000, 30000, 100000}, func(n int) []cost {
		set := withPhrases(n)
		d, m := build(set), mail(rows(20<<10))
		return []cost{{"verdict on 20 KB", func() { d.Check(m) }}, {"building the detector", func() { build(set) }}, {"opening the rules", open(set)}}
	}},
	{"scale-protected.svg", "Many protected domains", "domains", []int{10, 100, 1000, 10000, 100000}, func(n int) []cost {
		option := detector.WithProtected(domains(n, "%s.org")...)
		below := detector.WithProtected(domains(n, "%s.acme.co.jp")...)
		d := build(rules.Default(), option)
		i := 0
		return []cost{
			{"one address", func() { i++; d.CheckURL(fmt.Sprintf("https://www.examp1e-%d.example.net/", i)) }},
			{"building the detector", func() { build(rules.Default(), option) }},
			{"building, hosts under one domain", func() { build(rules.Default(), below) }},
		}
	}},
}

func main() {
	out := flag.String("o", "docs/images", "write the plots to `DIR`")
	flag.Parse()
	for _, s := range scales {
		if flag.NArg() > 0 && !slices.Contains(flag.Args(), s.file) {
			continue
		}
		curves := s.measure()
		for _, c := range curves {
			fmt.Printf("%s: %s: cost grows as size to the %.2f\n", s.title, c.name, c.slope())
		}
		if err := os.WriteFile(filepath.Join(*out, s.file), draw(s.title, s.unit, curves), 0o644); err != nil {
			fmt.Fprintln(os.Stderr, "scale:", err)
			os.Exit(1)
		}
	}
}

// rounds is how often each size has its turn.
const rounds = 8

// measure takes each size in turn, again and again, so that what else the machine does
// falls on all of them.
func (s *scale) measure() []curve {
	costs := make([][]cost, len(s.sizes))
	for k, n := range s.sizes {
		costs[k] = s.step(n)
	}
	curves := make([]curve, len(costs[0]))
	for i := range curves {
		curves[i].name = costs[0][i].name
		for _, n := range s.sizes {
			curves[i].points = append(curves[i].points, point{float64(n), math.Inf(1)})
		}
	}
	for range rounds {
		for k := range costs {
			for i, c := range costs[k] {
				p := &curves[i].points[k]
				p.ms = math.Min(p.ms, float64(least(c.once))/1e6)
			}
		}
	}
	return curves
}

// least is the least time of the processor that once takes, in batches of a hundredth
// of a second and more.
func least(once func()) time.Duration {
	best := time.Duration(math.MaxInt64)
	n := 1
	for spent := time.Duration(0); spent < 50*time.Millisecond; {
		before := cpuTime()
		for range n {
			once()
		}
		took := cpuTime() - before
		spent += max(took, time.Microsecond)
		if took < 10*time.Millisecond {
			n *= 2 // too short for the clock
			continue
		}
		best = min(best, took/time.Duration(n))
	}
	return best
}

func build(set *rules.Set, options ...detector.Option) *detector.Detector {
	d, err := detector.New(set, options...)
	if err != nil {
		panic(err)
	}
	return d
}

func mail(html string) detector.Message {
	return detector.Message{From: detector.Address{Name: "Example Shop", Address: "news@example.com"}, Subject: "今週のおすすめ", HTML: html}
}

// links are n links to hosts by the pattern.
func links(n, from int, pattern string) string {
	var b strings.Builder
	for i := from; i < from+n; i++ {
		fmt.Fprintf(&b, `<p>くわしくは <a href="https://%s/item?id=%d">see item %d</a></p>`, fmt.Sprintf(pattern, word(i)), i, i)
	}
	return b.String()
}

// rows is a newsletter of n bytes that links to one shop.
func rows(n int) string {
	var b strings.Builder
	b.WriteString("<table>")
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, `<tr><td style="padding:12px;font-size:14px"><h3>今週のおすすめ</h3><p>送料無料でお届けします。Free delivery on your next order.</p><a href="https://www.example.com/item/%d">くわしく見る</a></td></tr>`, i)
	}
	return b.String()
}

func withBrands(n int) *rules.Set {
	set := *rules.Default()
	set.Brands = slices.Clone(set.Brands[:min(n, len(set.Brands))])
	for i := len(set.Brands); i < n; i++ {
		w := word(i)
		set.Brands = append(set.Brands, rules.Brand{ID: w, Names: []string{w}, Domains: []rules.Domain{{Domain: w + ".net"}}, Keywords: []string{w}, Region: "world", Category: "service"})
	}
	return &set
}

func withPhrases(n int) *rules.Set {
	set := *rules.Default()
	set.Phrases = slices.Clone(set.Phrases[:min(n, len(set.Phrases))])
	for i := len(set.Phrases); i < n; i++ {
		set.Phrases = append(set.Phrases, rules.Phrase{Kind: rules.Threat, Lang: "en", Text: word(i) + " " + word(7*i+3)})
	}
	return &set
}

// open is what a browser does with rules that it fetched, their signature aside.
func open(set *rules.Set) func() {
	sections, err := rules.Encode(set)
	if err != nil {
		panic(err)
	}
	m := &bundle.Manifest{Sections: sections}
	return func() {
		if _, err := rules.Open(m, func(s bundle.Section) ([]byte, error) { return s.Data, nil }); err != nil {
			panic(err)
		}
	}
}

// domains are n domains by the pattern.
func domains(n int, pattern string) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf(pattern, word(i))
	}
	return list
}

// word is an invented name that another number does not have. All are of one length,
// so that nothing but their number grows.
func word(i int) string {
	const consonants, vowels = "bdfgklmnprst", "aeiou"
	x, b := i*7919+104729, []byte(nil)
	for range 5 {
		b = append(b, consonants[x%12], vowels[x/12%5])
		x /= 60
	}
	return fmt.Sprintf("%s%06d", b, i)
}
