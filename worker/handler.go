package main

import (
	"log"
	"net/http"
	"strings"
	"time"
)

// Options are what a deployment may set.
type Options struct {
	// ManifestAge is how long caches may hold the manifest and the page, whole
	// seconds; 0 has them ask each time. It is how late a publication may be.
	ManifestAge time.Duration
	// Archive keeps reports; nil takes none.
	Archive *Archive
	// Token opens the reports to maintainers; one shorter than 32 bytes opens
	// nothing.
	Token string
	// Log takes what went wrong; nil is the log package's standard logger. No
	// line of it tells who asked.
	Log *log.Logger
}

// DefaultManifestAge is short beside the hour within which browsers should have
// new rules, and long enough that each location asks the store seldom.
const DefaultManifestAge = 5 * time.Minute

// handler answers for one Store.
type handler struct {
	store   Store
	age     time.Duration
	archive *Archive
	token   string
	log     *log.Logger
}

// NewHandler returns the whole service over store. It is safe for concurrent use
// if store is.
func NewHandler(store Store, o Options) http.Handler {
	h := &handler{store: store, age: o.ManifestAge, archive: o.Archive, token: o.Token, log: o.Log}
	if h.log == nil {
		h.log = log.Default()
	}
	return h
}

// An endpoint is one path or one kind of path.
type endpoint struct {
	// methods are those it takes, as Allow lists them.
	methods []string
	// shared endpoints may be read by any web origin (CORS).
	shared bool
	serve  func(*handler, http.ResponseWriter, *http.Request)
}

// Every path is one of these. HEAD runs as GET: net/http and entry.mjs drop the
// body, and a Content-Length of a body that never comes would stall the stream
// that workers makes for it.
var (
	reads    = []string{http.MethodGet, http.MethodHead}
	page     = endpoint{methods: reads, serve: (*handler).page}
	health   = endpoint{methods: reads, serve: (*handler).health}
	manifest = endpoint{methods: reads, shared: true, serve: (*handler).manifest}
	blob     = endpoint{methods: reads, shared: true, serve: (*handler).blob}
	reports  = endpoint{methods: []string{http.MethodGet, http.MethodHead, http.MethodPost}, shared: true, serve: (*handler).reports}
	report   = endpoint{methods: []string{http.MethodPatch}, serve: (*handler).report}
)

const blobPrefix = "/v1/blobs/"

// find returns the endpoint of a path as it was sent: still escaped, so that
// each resource has one name and caches hold it once.
func find(path string) (endpoint, bool) {
	switch path {
	case "/":
		return page, true
	case "/healthz":
		return health, true
	case "/v1/manifest":
		return manifest, true
	case reportsPath:
		return reports, true
	}
	if id, ok := strings.CutPrefix(path, reportsPath+"/"); ok && isUUID(id) {
		return report, true
	}
	if strings.HasPrefix(path, blobPrefix) {
		return blob, true
	}
	return endpoint{}, false
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// Under js a panic would end the Go runtime and leave the client with a
	// bare 500.
	defer func() {
		if v := recover(); v != nil {
			h.log.Printf("worker: panic: %v", v)
			errInternal.ServeHTTP(w, r)
		}
	}()
	secure(w.Header())
	e, ok := find(r.URL.EscapedPath())
	if !ok {
		errNoSuchPath.ServeHTTP(w, r)
		return
	}
	if e.shared {
		share(w.Header())
	}
	for _, m := range e.methods {
		if r.Method == m {
			e.serve(h, w, r)
			return
		}
	}
	allow := strings.Join(append(e.methods[:len(e.methods):len(e.methods)], http.MethodOptions), ", ")
	w.Header().Set("Allow", allow)
	if r.Method != http.MethodOptions {
		errMethod.ServeHTTP(w, r)
		return
	}
	if e.shared {
		preflight(w.Header(), allow)
	}
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNoContent)
}

// secure sets what every answer carries. The page replaces the policy by its own.
func secure(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Strict-Transport-Security", "max-age=31536000")
	h.Set("X-Content-Type-Options", "nosniff")
}

// share lets scripts of any origin read the answer: it is public and the same
// for everybody, and no credentials are looked at.
func share(h http.Header) {
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Expose-Headers", "ETag, Retry-After")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
}

// preflight allows the request headers that need asking for.
func preflight(h http.Header, methods string) {
	h.Set("Access-Control-Allow-Headers", "Content-Type, If-None-Match")
	h.Set("Access-Control-Allow-Methods", methods)
	h.Set("Access-Control-Max-Age", "86400")
}
