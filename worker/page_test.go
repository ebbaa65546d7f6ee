//go:build !js

package main

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/honmono/honmono/detector/rules/bundle"
)

// The committed pages are what page/gen makes of their sources.
func TestPagesAreGenerated(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the generator")
	}
	out := t.TempDir()
	if text, err := exec.Command("go", "run", "./page/gen", "-out", out).CombinedOutput(); err != nil {
		t.Fatalf("page/gen: %v\n%s", err, text)
	}
	for name, committed := range map[string]string{"en.min.html": pageEn, "ja.min.html": pageJa} {
		made, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			t.Fatal(err)
		}
		if string(made) != committed {
			t.Errorf("page/%s is not up to date: run go generate ./worker", name)
		}
	}
}

func TestPage(t *testing.T) {
	for lang, text := range map[string]string{"en": pageEn, "ja": pageJa} {
		for _, part := range []string{"up", "down"} {
			if strings.Count(text, "{{"+part+"}}") != 1 || strings.Count(text, "{{/"+part+"}}") != 1 {
				t.Errorf("%s: part %q is not there once", lang, part)
			}
		}
		m := &bundle.Manifest{Version: 42, Created: 1, Expires: 2, Sections: []bundle.Section{
			{Name: "brands", Size: 1234, SHA256: someHash},
		}}
		up, down := fillPage(cut(text, "down"), m), fillPage(cut(text, "up"), &bundle.Manifest{})
		for _, p := range []string{up, down} {
			if strings.Contains(p, "{{") {
				t.Errorf("%s: a placeholder is left: %s", lang, p)
			}
		}
		if !strings.Contains(up, "1234") || strings.Contains(down, "1970") || strings.Contains(down, "<table") {
			t.Errorf("%s: the wrong part is shown:\n%s\n%s", lang, up, down)
		}
	}
}

// The policy must allow the page's own style sheet and hold nothing that the page
// would need beyond it: read the page as a browser does and look.
func TestPagePolicy(t *testing.T) {
	for lang, text := range map[string]string{"en": pageEn, "ja": pageJa} {
		policy := pagePolicy(text)
		styles := 0
		tokens := html.NewTokenizer(strings.NewReader(text))
		for {
			kind := tokens.Next()
			if kind == html.ErrorToken {
				if tokens.Err() != io.EOF {
					t.Fatal(tokens.Err())
				}
				break
			}
			if kind != html.StartTagToken {
				continue
			}
			token := tokens.Token()
			switch token.Data {
			case "style":
				styles++
				tokens.Next()
				sum := sha256.Sum256(tokens.Raw())
				want := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
				if !strings.Contains(policy, "style-src 'self' "+want+";") {
					t.Errorf("%s: the policy does not allow the style sheet %s: %s", lang, want, policy)
				}
			case "script", "link":
				// From here, and no text of ours runs as a script.
				own := false
				for _, a := range token.Attr {
					own = own || (a.Key == "src" || a.Key == "href") && strings.HasPrefix(a.Val, "/app/")
				}
				if !own {
					t.Errorf("%s: the page has a <%s> that is not one of /app/: %v", lang, token.Data, token.Attr)
				}
			case "img", "iframe", "base", "object":
				t.Errorf("%s: the page has a <%s>, which its policy forbids", lang, token.Data)
			}
			for _, a := range token.Attr {
				if a.Key == "action" {
					t.Errorf("%s: a form sends something: %v", lang, token.Attr)
				}
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
					t.Errorf("%s: <%s %s>, which the policy forbids", lang, token.Data, a.Key)
				}
			}
		}
		if styles != 1 {
			t.Errorf("%s: %d style sheets, want 1", lang, styles)
		}
	}
}

func TestSectionNamesAreEscaped(t *testing.T) {
	m := &bundle.Manifest{Sections: []bundle.Section{{Name: "<b>", SHA256: someHash}}}
	if got := fillPage("{{sections}}", m); strings.Contains(got, "<b>") {
		t.Error(got)
	}
}

func TestParseSigned(t *testing.T) {
	good := string(testFile(t, "published.manifest"))
	if _, err := bundle.Unverified([]byte(good)); err != nil {
		t.Fatal(err)
	}
	log.SetOutput(io.Discard)
	defer log.SetOutput(os.Stderr)
	for what, bad := range map[string]string{
		"nothing":            "",
		"no signature":       good[:strings.Index(good, "\n\n")+1],
		"no expiry":          strings.Replace(good, "expires 2027-02-20T18:00:00Z\n", "", 1),
		"another title":      strings.Replace(good, "honmono rules v1", "honmono rules v2", 1),
		"a section twice":    strings.Replace(good, "section filter", "section brands", 1),
		"a bad hash":         strings.Replace(good, someHash, strings.ToUpper(someHash), 1),
		"a carriage return":  strings.ReplaceAll(good, "\n", "\r\n"),
		"text after the end": good + "more\n",
		"a second space":     strings.Replace(good, "version ", "version  ", 1),
	} {
		if bad == good {
			t.Fatalf("%s: the test changes nothing", what)
		}
		if _, err := bundle.Unverified([]byte(bad)); err == nil {
			t.Errorf("%s: taken for a manifest", what)
		}
	}
}

func TestPrefersJapanese(t *testing.T) {
	for header, want := range map[string]bool{
		"":                         false,
		"ja":                       true,
		"JA-jp":                    true,
		"en,ja":                    false,
		"ja,en":                    true,
		"en;q=0.8, ja;q=0.9":       true,
		"ja; q=0.9, en":            false,
		"ja;q=2":                   false,
		"ja;q=NaN":                 false,
		"ja;q=-1":                  false,
		"*":                        false,
		",,,;;;q=":                 false,
		"japanese":                 false,
		strings.Repeat("ja,", 1e4): true,
	} {
		// As one value, and cut at commas as the Worker's glue hands it over.
		for _, values := range [][]string{{header}, strings.Split(header, ",")} {
			if got := prefersJapanese(values); got != want {
				t.Errorf("%.40q in %d values: %v, want %v", header, len(values), got, want)
			}
		}
	}
}

func Example_moment() {
	fmt.Println(moment(1795370400))
	// Output: <time datetime="2026-11-22T18:00:00Z">2026-11-22 18:00 UTC</time>
}
