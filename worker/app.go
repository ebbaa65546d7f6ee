//go:build !js

package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path"
	"strings"
)

const appPrefix = "/app/"

// appTypes are the types of what page/pack puts together; nothing else is served.
var appTypes = map[string]string{
	".js":   "text/javascript; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".json": "application/json",
	".wasm": "application/wasm",
	".eml":  "text/plain; charset=utf-8",
	".txt":  "text/plain; charset=utf-8",
}

// An app serves the files that the page is tried with, and hands on what is not
// among them. On Cloudflare these are static assets, and entry.mjs does the same.
type app struct {
	root *os.Root // nil: none
	next http.Handler
}

func (a *app) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name, ok := strings.CutPrefix(r.URL.EscapedPath(), appPrefix)
	kind := appTypes[path.Ext(name)]
	reading := r.Method == http.MethodGet || r.Method == http.MethodHead
	if a.root == nil || !ok || kind == "" || !reading || !fs.ValidPath(name) {
		a.next.ServeHTTP(w, r)
		return
	}
	data, err := a.root.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		a.next.ServeHTTP(w, r)
		return
	}
	secure(w.Header())
	if err != nil {
		errStore.ServeHTTP(w, r)
		return
	}
	sum := sha256.Sum256(data)
	w.Header().Set("Content-Type", kind)
	// The parts must be of one build: each is asked for, and mostly not sent.
	w.Header().Set("Cache-Control", "no-cache")
	send(w, r, data, hex.EncodeToString(sum[:]))
}
