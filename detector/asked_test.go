package detector

import (
	"encoding/base64"
	"slices"
	"strings"
	"testing"

	"github.com/honmono/honmono/detector/internal/link"
	"github.com/honmono/honmono/detector/internal/text"
	"github.com/honmono/honmono/detector/rules"
)

// What the phrases of a kind say: those of the headers before those of the body, the
// longest of one place, each counted once and at most twenty.
func TestFirst(t *testing.T) {
	d := newDetector(t)
	var all []int // of one kind, the shortest first
	for i, p := range d.set.Phrases {
		if p.Kind == rules.Credential {
			all = append(all, i)
		}
	}
	slices.SortStableFunc(all, func(a, b int) int { return len(d.set.Phrases[a].Text) - len(d.set.Phrases[b].Text) })
	short, middle, long := all[0], all[len(all)/2], all[len(all)-1]
	for _, c := range []struct {
		name               string
		header, body, link []int
		phrase, count      int
	}{
		{name: "none", phrase: -1},
		{name: "headers first", header: []int{short}, body: []int{long}, link: []int{middle}, phrase: short, count: 3},
		{name: "body before links", body: []int{middle}, link: []int{long}, phrase: middle, count: 2},
		{name: "the longest of a place", body: []int{short, long, middle}, phrase: long, count: 3},
		{name: "each once", header: []int{short, short}, body: []int{short, short}, phrase: short, count: 1},
		{name: "twenty", body: all, phrase: -2, count: maxDifferent},
	} {
		r := &reading{}
		for where, list := range [][]int{c.header, c.body, c.link} {
			for _, i := range list {
				r.phrases[where] = append(r.phrases[where], phraseHit{phrase: i})
			}
		}
		want := ""
		if c.phrase >= 0 {
			want = d.set.Phrases[c.phrase].Text
		}
		phrase, count := d.first(r, rules.Credential)
		if count != c.count || c.phrase != -2 && phrase != want {
			t.Errorf("%s: %q, %d, want %q, %d", c.name, phrase, count, want, c.count)
		}
		if _, n := d.first(r, rules.Threat); n != 0 {
			t.Errorf("%s: %d threats", c.name, n)
		}
	}
}

// A link asks by its words, also where the one before it says the same; not where
// nobody sees it.
func TestAsks(t *testing.T) {
	d := newDetector(t)
	r := d.read(&Message{HTML: `<a href="https://a.example/1">Verify your account</a><p><a href="https://a.example/2">Verify your account</a></p>
		<p style="display:none"><a href="https://a.example/3">Verify your account</a></p><p><a href="https://a.example/4">weather</a></p>
		<p><a href="https://a.example/5"><img src="https://a.example/b.png"></a></p>`})
	e := &evidence{d: d, r: r, c: &claims{main: -1}}
	for i, want := range []bool{true, true, false, false, true} {
		if got := e.asks(&r.links[i]); got != want {
			t.Errorf("link %d, %q: %v", i+1, r.links[i].text, got)
		}
	}
}

func TestAddressInLink(t *testing.T) {
	const mailbox = "Taro.Yamada+shop@mihon-shokai.co.jp"
	want := strings.ToLower(mailbox)
	for raw, want := range map[string]string{
		"https://a.example/?e=" + mailbox:                                                  want,
		"https://a.example/?e=" + strings.ReplaceAll(mailbox, "@", "%40"):                  want,
		"https://a.example/?e=" + base64.StdEncoding.EncodeToString([]byte(mailbox)):       want,
		"https://a.example/#" + base64.RawStdEncoding.EncodeToString([]byte(mailbox)):      want,
		"https://a.example/?e=" + base64.RawURLEncoding.EncodeToString([]byte(mailbox)):    want,
		"https://a.example/?e=" + base64.StdEncoding.EncodeToString([]byte("x"+"no mail")): "",
		"https://a.example/?t=dGhpcyBpcyBubyBhZGRyZXNz":                                    "", // "this is no address"
		"https://a.example/?t=-_-_-_-_-_-_-_-_":                                            "",
		"https://a.example/?t=0123456789abcdef":                                            "",
		"mailto:" + mailbox:                                                                "",
	} {
		u, err := link.Parse(raw, nil)
		if err != nil {
			t.Fatalf("%s: %v", raw, err)
		}
		if got := address(u); got != want {
			t.Errorf("%s carries %q, want %q", raw, got, want)
		}
	}
}

func TestLook(t *testing.T) {
	d := newDetector(t)
	for host, want := range map[string]bool{"www.example.com": true, "www.example.notasuffix": false, "com": false} {
		if got := d.look(host, link.Domain).reachable; got != want {
			t.Errorf("%s: reachable is %v", host, got)
		}
	}
	if !d.look("192.0.2.1", link.IPv4).reachable {
		t.Error("an address can be reached")
	}
	// A suffix that ends in another country's pretends nothing.
	for host, want := range map[string]string{"s3.cn-north-1.amazonaws.com.cn": "", "www.mihon.co.jp.humaoo.com": "mihon.co.jp"} {
		if got := d.look(host, link.Domain).pretends; got != want {
			t.Errorf("%s pretends to be %q, want %q", host, got, want)
		}
	}
}

// A common word that stands in a body again and again is in context where a context
// word is near, however much was looked through before.
func TestContextFarDown(t *testing.T) {
	d := newDetector(t)
	filler := strings.Repeat(" qqq", 12)
	tried := 0
	for id, ref := range d.nameOf {
		context := d.brands[ref.brand].context
		word := text.Normalize(ref.written)
		if !ref.word || len(context) == 0 || containsAny(word+filler, context) {
			continue
		}
		body := strings.Repeat(word+filler+" ", 40) + word + " " + context[0] + filler
		r := &reading{m: &Message{}, body: body}
		var got []bool
		d.words.Find(body, func(m text.Match) bool {
			if m.ID == id {
				got = append(got, d.inContext(r, ref, body, m))
			}
			return true
		})
		if len(got) < 41 {
			continue // the context holds the word too
		}
		if tried++; got[0] || got[30] || !got[40] {
			t.Errorf("%q with %q at the end: %v", word, context[0], got)
		}
	}
	if tried == 0 {
		t.Error("no word was tried")
	}
}
