package rules_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"github.com/honmono/honmono/detector/rules"
)

// parsePage reads a page of testdata/webmails or of the skeletons beside the
// repository.
func parsePage(t *testing.T, name string) *html.Node {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	doc, err := html.Parse(f)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// first returns the first element that the first fitting alternative finds.
func first(t *testing.T, root *html.Node, selectors []string) *html.Node {
	t.Helper()
	for _, s := range selectors {
		sel, err := cascadia.ParseGroup(s)
		if err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		if n := cascadia.Query(root, sel); n != nil {
			return n
		}
	}
	return nil
}

func attribute(n *html.Node, name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// read is what the sender's element says, from the first source that says any.
func read(n *html.Node, sources []string) string {
	for _, s := range sources {
		v := attribute(n, s)
		if s == "text" {
			v = textOf(n)
		}
		if v != "" {
			return v
		}
	}
	return ""
}

// subjectOf is the first subject's text, without the webmail's own words.
func subjectOf(t *testing.T, root *html.Node, w rules.Webmail) string {
	t.Helper()
	n := first(t, root, w.Subject)
	if n == nil {
		return ""
	}
	var b strings.Builder
	for d := range n.Descendants() {
		own := d.Type != html.TextNode
		for e := d.Parent; e != n && !own; e = e.Parent {
			own = slices.ContainsFunc(w.SubjectSkip, func(s string) bool { return mustParse(t, s).Match(e) })
		}
		if !own {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func webmails(t *testing.T) map[string]rules.Webmail {
	t.Helper()
	all := map[string]rules.Webmail{}
	for _, w := range rules.Default().Webmails {
		all[w.ID] = w
	}
	return all
}

func TestWebmailsReadTheirPages(t *testing.T) {
	pages, err := filepath.Glob("testdata/webmails/*.html")
	if err != nil || len(pages) < 8 {
		t.Fatal(pages, err)
	}
	all := webmails(t)
	for _, page := range pages {
		id := strings.TrimSuffix(filepath.Base(page), ".html")
		t.Run(id, func(t *testing.T) {
			w, ok := all[id]
			if !ok {
				t.Fatalf("no adapter %q", id)
			}
			doc := parsePage(t, page)
			message := first(t, doc, w.Message)
			if message == nil {
				t.Fatal("no message")
			}
			scope := doc
			if sender := read(first(t, scope, w.Sender), w.SenderAddress); id == "gmail" {
				// The collapsed message comes first; its sender is another one's.
				if sender != "old@example.org" {
					t.Errorf("first sender is %q", sender)
				}
			} else if id != "icloud" && !strings.Contains(sender, "sender@example.net") {
				t.Errorf("sender is %q", sender)
			}
			if subject := subjectOf(t, scope, w); subject != "Statement ready" {
				t.Errorf("subject is %q", subject)
			}
			if len(w.Frame) > 0 {
				if first(t, doc, w.Frame) == nil {
					t.Error("no frame")
				}
			} else if body := textOf(first(t, doc, w.Body)); !strings.HasPrefix(body, "the body") {
				t.Errorf("body is %q", body)
			}
			if len(w.Hosts) == 0 && first(t, doc, w.Detect) == nil {
				t.Error("not detected")
			}
			for other, o := range all {
				if other != id && len(o.Detect) > 0 && first(t, doc, o.Detect) != nil {
					t.Errorf("detected as %s too", other)
				}
			}
		})
	}
}

func TestGmailSkipsCollapsedAndForged(t *testing.T) {
	w := webmails(t)["gmail"]
	doc := parsePage(t, "testdata/webmails/gmail.html")
	var open []*html.Node
	for _, n := range cascadia.QueryAll(doc, mustParse(t, w.Message[0])) {
		if !slices.ContainsFunc(w.Skip, func(s string) bool { return mustParse(t, s).Match(n) }) {
			open = append(open, n)
		}
	}
	if len(open) != 1 {
		t.Fatalf("%d open messages, want the expanded one", len(open))
	}
	if got := read(first(t, open[0], w.Sender), w.SenderAddress); got != "sender@example.net" {
		t.Errorf("sender is %q", got)
	}
	if got := textOf(first(t, open[0], w.Body)); !strings.HasPrefix(got, "the body") {
		t.Errorf("body is %q", got)
	}
}

func mustParse(t *testing.T, s string) cascadia.SelectorGroup {
	t.Helper()
	sel, err := cascadia.ParseGroup(s)
	if err != nil {
		t.Fatal(err)
	}
	return sel
}

// TestWebmailsReadSkeletons asks the adapters of the pages that were measured in
// browsers, which are not in the repository.
func TestWebmailsReadSkeletons(t *testing.T) {
	const dir = "../../../shared/facts/webmail-skeletons"
	if _, err := os.Stat(dir); err != nil {
		t.Skip("no webmail skeletons beside the repository")
	}
	all := webmails(t)
	for _, c := range []struct{ page, id, sender, subject, body string }{
		{"gmail-thread.html", "gmail", "@", "Your parcel is on hold", "Pay now"},
		{"outlook-conversation.html", "outlook", "Bank <info@bank-login.example>", "Konto gesperrt", ".rps"},
		{"yahoo-message.html", "yahoo", "Shop <shop@example.net>", "Invoice", "body"},
		{"proton-message.html", "proton", "Bob <bob@example.com>", "Hello", ""},
		{"roundcube-preview.html", "roundcube", "bob@example.com", "Hello", "body"},
		{"snappymail.html", "snappymail", "Bob <bob@example.com>", "Hello", "body"},
		{"icloud-mail2.html", "icloud", "Bob", "", ""},
		{"icloud-message.html", "icloud", "", "", "body"},
	} {
		t.Run(c.page, func(t *testing.T) {
			w, doc := all[c.id], parsePage(t, filepath.Join(dir, c.page))
			if c.page != "icloud-message.html" && first(t, doc, w.Message) == nil { // that one is the body's frame
				t.Error("no message")
			}
			if got := read(first(t, doc, w.Sender), w.SenderAddress); !strings.Contains(got, c.sender) {
				t.Errorf("sender is %q, want %q", got, c.sender)
			}
			if got := subjectOf(t, doc, w); got != c.subject {
				t.Errorf("subject is %q, want %q", got, c.subject)
			}
			if got := textOf(first(t, doc, w.Body)); !strings.HasPrefix(got, c.body) {
				t.Errorf("body is %q, want %q", got, c.body)
			}
			if len(w.Frame) > 0 && c.body == "" && first(t, doc, w.Frame) == nil {
				t.Error("no frame")
			}
		})
	}
}
