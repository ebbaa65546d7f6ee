//go:build !js

package main

import (
	"bytes"
	"compress/gzip"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

// An encoder answers reads in brotli or gzip where the client takes one, as
// encode.mjs does on Cloudflare: the same sizes and types, the same choice, and a
// strong tag for each encoding. It always asks the handler behind it for the
// whole thing, and keeps what it encoded.
type encoder struct {
	next http.Handler

	mu   sync.Mutex
	kept map[string][]byte // by tag of the encoding
	size int
}

const (
	shortestEncoded = 1 << 10
	longestEncoded  = 8 << 20
	// keptEncoded bounds the memory; beyond, it is emptied.
	keptEncoded = 32 << 20
)

// encodings are those that are spoken, the one that is liked best first.
var encodings = []struct {
	name   string
	encode func([]byte) []byte
}{
	{"br", func(body []byte) []byte {
		var b bytes.Buffer
		w := brotli.NewWriterLevel(&b, 5)
		w.Write(body)
		w.Close()
		return b.Bytes()
	}},
	{"gzip", func(body []byte) []byte {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		w.Write(body)
		w.Close()
		return b.Bytes()
	}},
}

func encoding(next http.Handler) http.Handler {
	return &encoder{next: next, kept: map[string][]byte{}}
}

// whole is the header of a request without what would have less than everything
// come back.
func whole(h http.Header) http.Header {
	h = maps.Clone(h)
	for _, name := range []string{"If-None-Match", "If-Modified-Since", "If-Match", "If-Unmodified-Since", "If-Range", "Range"} {
		h.Del(name)
	}
	return h
}

func (e *encoder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		e.next.ServeHTTP(w, r)
		return
	}
	inner := *r
	inner.Method, inner.Header = http.MethodGet, whole(r.Header)
	answer := &recorder{header: w.Header(), status: http.StatusOK}
	e.next.ServeHTTP(answer, &inner)
	body, h := answer.body.Bytes(), w.Header()
	tag := strings.Trim(h.Get("ETag"), `"`)
	if answer.status == http.StatusOK && encodable(h.Get("Content-Type"), len(body)) {
		h.Add("Vary", "Accept-Encoding")
		if i := chooseEncoding(r.Header.Values("Accept-Encoding")); i >= 0 && tag != "" {
			tag += "-" + encodings[i].name
			h.Set("ETag", `"`+tag+`"`)
			body = e.encode(i, tag, body)
			h.Set("Content-Encoding", encodings[i].name)
			h.Set("Content-Length", strconv.Itoa(len(body)))
		}
	}
	if answer.status == http.StatusOK && tag != "" && noneMatch(r.Header.Values("If-None-Match"), tag) {
		for _, name := range []string{"Content-Type", "Content-Length", "Content-Encoding"} {
			h.Del(name)
		}
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.WriteHeader(answer.status)
	if r.Method != http.MethodHead {
		w.Write(body)
	}
}

func (e *encoder) encode(i int, tag string, body []byte) []byte {
	e.mu.Lock()
	kept := e.kept[tag]
	e.mu.Unlock()
	if kept != nil {
		return kept
	}
	made := encodings[i].encode(body)
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.size += len(made); e.size > keptEncoded {
		e.kept, e.size = map[string][]byte{}, len(made)
	}
	e.kept[tag] = made
	return made
}

func encodable(contentType string, size int) bool {
	kind, _, _ := strings.Cut(contentType, ";")
	switch kind {
	case "application/json", "application/javascript", "application/wasm", "application/octet-stream", "image/svg+xml":
	default:
		if !strings.HasPrefix(kind, "text/") {
			return false
		}
	}
	return shortestEncoded <= size && size <= longestEncoded
}

// chooseEncoding is the place in encodings of the best that an Accept-Encoding
// header takes, -1 for none. What has q=0 is refused.
func chooseEncoding(values []string) int {
	taken := map[string]bool{}
	for part := range strings.SplitSeq(strings.ToLower(strings.Join(values, ",")), ",") {
		name, params, _ := strings.Cut(part, ";")
		refused := false
		for param := range strings.SplitSeq(params, ";") {
			q, ok := strings.CutPrefix(strings.TrimSpace(param), "q=0")
			refused = refused || ok && strings.Trim(strings.TrimPrefix(q, "."), "0") == ""
		}
		if !refused {
			taken[strings.TrimSpace(name)] = true
		}
	}
	for i, e := range encodings {
		if taken[e.name] {
			return i
		}
	}
	return -1
}

// A recorder takes an answer whole.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header         { return r.header }
func (r *recorder) WriteHeader(status int)      { r.status = status }
func (r *recorder) Write(p []byte) (int, error) { return r.body.Write(p) }
