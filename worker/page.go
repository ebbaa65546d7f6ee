package main

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/hex"
	"html"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/honmono/honmono/detector/rules/bundle"
)

//go:generate go run ./page/gen

// The page, one file a language, minified from page/*.html by page/gen. Not
// through html/template: it would make the wasm file half as large again, for a
// few numbers. Placeholders are written {{name}}; the parts {{up}} to {{/up}}
// and {{down}} to {{/down}} are for when the rules can be read and when not.
var (
	//go:embed page/en.min.html
	pageEn string
	//go:embed page/ja.min.html
	pageJa string
)

// page answers people: what this is and which rules are live. Where the rules
// cannot be read it still says what this is, with the status of the problem.
func (h *handler) page(w http.ResponseWriter, r *http.Request) {
	lang, text := "en", pageEn
	if prefersJapanese(r.Header.Values("Accept-Language")) {
		lang, text = "ja", pageJa
	}
	head := w.Header()
	head.Set("Content-Type", "text/html; charset=utf-8")
	head.Set("Content-Language", lang)
	head.Set("Content-Security-Policy", pagePolicy(text))
	head.Set("Vary", "Accept-Language")

	_, m, err := h.readManifest(r)
	if err != nil {
		h.log.Print("worker: page: ", err)
		body := fillPage(cut(text, "up"), &bundle.Manifest{})
		head.Set("Cache-Control", "no-store")
		head.Set("Retry-After", strconv.Itoa(retrySoon))
		head.Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(http.StatusServiceUnavailable)
		w.Write([]byte(body))
		return
	}
	body := []byte(fillPage(cut(text, "down"), m))
	sum := sha256.Sum256(body)
	head.Set("Cache-Control", fresh(h.age))
	send(w, r, body, hex.EncodeToString(sum[:]))
}

// cut removes the part of a page between {{name}} and {{/name}}.
func cut(text, name string) string {
	before, rest, _ := strings.Cut(text, "{{"+name+"}}")
	_, after, _ := strings.Cut(rest, "{{/"+name+"}}")
	return before + after
}

// fillPage puts the numbers of m into a page.
func fillPage(text string, m *bundle.Manifest) string {
	var rows strings.Builder
	for _, s := range m.Sections {
		rows.WriteString("<tr><td>" + html.EscapeString(s.Name) +
			"<td>" + strconv.FormatInt(s.Size, 10) +
			`<td><a href="/v1/blobs/` + s.SHA256 + `"><code>` + s.SHA256[:12] + "…</code></a>")
	}
	return strings.NewReplacer(
		"{{up}}", "", "{{/up}}", "", "{{down}}", "", "{{/down}}", "",
		"{{version}}", strconv.FormatUint(m.Version, 10),
		"{{created}}", moment(m.Created),
		"{{expires}}", moment(m.Expires),
		"{{sections}}", rows.String(),
	).Replace(text)
}

// moment writes seconds since 1970 for people and for programs.
func moment(unix int64) string {
	t := time.Unix(unix, 0).UTC()
	return `<time datetime="` + t.Format(time.RFC3339) + `">` + t.Format("2006-01-02 15:04") + " UTC</time>"
}

// pagePolicy allows the page its own style sheet, by hash, and the files of /app/:
// what it is tried with comes from here, and nothing goes anywhere else. Trusted
// types without a policy forbid every way from a text to a script or to HTML.
func pagePolicy(text string) string {
	_, rest, _ := strings.Cut(text, "<style>")
	style, _, _ := strings.Cut(rest, "</style>")
	sum := sha256.Sum256([]byte(style))
	return "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self' 'sha256-" +
		base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
		"require-trusted-types-for 'script'; trusted-types 'none'"
}

// prefersJapanese reports whether an Accept-Language header ranks Japanese above
// English (RFC 9110, 12.5.4). The first of equals wins; what is malformed counts
// as absent.
func prefersJapanese(values []string) bool {
	best, japanese := 0.0, false
	for v := range strings.SplitSeq(strings.Join(values, ","), ",") {
		tag, params, weighted := strings.Cut(strings.TrimSpace(v), ";")
		primary, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		if primary != "ja" && primary != "en" {
			continue
		}
		q := 1.0
		if weighted {
			var err error
			q, err = strconv.ParseFloat(strings.TrimPrefix(strings.TrimSpace(params), "q="), 64)
			if err != nil || q > 1 {
				continue
			}
		}
		if q > best {
			best, japanese = q, primary == "ja"
		}
	}
	return japanese
}
