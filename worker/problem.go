package main

import (
	"encoding/json"
	"net/http"
	"strconv"
)

// A problem is an error answer (RFC 9457). Code is stable, for programs; Detail
// is for people. Neither ever repeats what the client sent.
type problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
	// retryAfter is in seconds; 0 sends no Retry-After.
	retryAfter int
}

// Waits that are asked for, in seconds. A store that cannot be reached is back
// soon; one that holds something wrong stays so until somebody publishes.
const (
	retrySoon  = 30
	retryLater = 300
)

var (
	errNoSuchPath = problem{Status: http.StatusNotFound, Code: "no-such-path",
		Detail: "There is nothing at this path. See / for what there is."}
	errMethod = problem{Status: http.StatusMethodNotAllowed, Code: "method",
		Detail: "This path does not take that method; Allow names those it takes."}
	errBadName = problem{Status: http.StatusBadRequest, Code: "bad-name",
		Detail: "A blob is named by its SHA-256 as 64 lower-case hexadecimal digits."}
	errNoSuchBlob = problem{Status: http.StatusNotFound, Code: "no-such-blob",
		Detail: "No section of that content is stored."}
	errNothingPublished = problem{Status: http.StatusServiceUnavailable, Code: "nothing-published",
		Detail: "No rules have been published here yet.", retryAfter: retryLater}
	errStore = problem{Status: http.StatusServiceUnavailable, Code: "store-unavailable",
		Detail: "The rules could not be read just now.", retryAfter: retrySoon}
	errBadManifest = problem{Status: http.StatusBadGateway, Code: "bad-manifest",
		Detail: "What is stored as the manifest is not one.", retryAfter: retryLater}
	errBadBlob = problem{Status: http.StatusBadGateway, Code: "bad-blob",
		Detail: "What is stored under that name has another content.", retryAfter: retryLater}
	errInternal = problem{Status: http.StatusInternalServerError, Code: "internal",
		Detail: "The server failed on this request."}
)

// ServeHTTP answers with p. Errors are never cached: they end when their cause
// does.
func (p problem) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	p.Type = "about:blank"
	p.Title = http.StatusText(p.Status)
	body, err := json.Marshal(p)
	if err != nil {
		panic("worker: internal error: " + err.Error())
	}
	h := w.Header()
	h.Set("Content-Type", "application/problem+json")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("Cache-Control", "no-store")
	if p.retryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(p.retryAfter))
	}
	w.WriteHeader(p.Status)
	w.Write(body)
}
