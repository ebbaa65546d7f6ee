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
	// limitSeconds is the window in which reports of one address are counted.
	limitSeconds = 60
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
	errNotJSON = problem{Status: http.StatusUnsupportedMediaType, Code: "not-json",
		Detail: "A report is application/json."}
	errTooLarge = problem{Status: http.StatusRequestEntityTooLarge, Code: "too-large",
		Detail: "A report has at most 16384 bytes."}
	errBadReport = problem{Status: http.StatusBadRequest, Code: "bad-report",
		Detail: "This is no report as docs/report.schema.json describes one"}
	errTooMany = problem{Status: http.StatusTooManyRequests, Code: "too-many",
		Detail: "Too many reports from one place; try again in a minute.", retryAfter: limitSeconds}
	errReportsFull = problem{Status: http.StatusServiceUnavailable, Code: "reports-full",
		Detail: "Too many reports just now; try again in an hour.", retryAfter: 3600}
	errReportsClosed = problem{Status: http.StatusServiceUnavailable, Code: "reports-closed",
		Detail: "This server takes no reports.", retryAfter: 86400}
	errArchive = problem{Status: http.StatusServiceUnavailable, Code: "reports-unavailable",
		Detail: "The reports could not be reached just now.", retryAfter: retrySoon}
	errUnauthorized = problem{Status: http.StatusUnauthorized, Code: "unauthorized",
		Detail: "Reports are for the maintainers: send their token as Authorization: Bearer."}
	errBadQuery = problem{Status: http.StatusBadRequest, Code: "bad-query",
		Detail: "A state is new, confirmed or dismissed; since and after are as a list gave them."}
	errNoSuchReport = problem{Status: http.StatusNotFound, Code: "no-such-report",
		Detail: "No report has that id."}
	errInternal = problem{Status: http.StatusInternalServerError, Code: "internal",
		Detail: "The server failed on this request."}
)

// because adds what is wrong to the detail; reason must not repeat what was sent.
func (p problem) because(reason string) problem {
	p.Detail += ": " + reason + "."
	return p
}

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
