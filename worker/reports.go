package main

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	reportsPath = "/v1/reports"
	// shortestToken keeps a token that somebody forgot to set, or can guess, from
	// opening the door.
	shortestToken = 32
	// pageReports is how many reports one answer lists.
	pageReports = 200
)

// reports takes one from anybody, and lists them for maintainers.
func (h *handler) reports(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if h.archive == nil {
		errReportsClosed.ServeHTTP(w, r)
		return
	}
	if r.Method == http.MethodPost {
		h.addReport(w, r)
	} else if h.maintainer(w, r) {
		h.listReports(w, r)
	}
}

func (h *handler) addReport(w http.ResponseWriter, r *http.Request) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		errNotJSON.ServeHTTP(w, r)
		return
	}
	if r.ContentLength > maxReport {
		errTooLarge.ServeHTTP(w, r)
		return
	}
	data, err := readLimited(r.Body, maxReport)
	if large := (*tooLargeError)(nil); errors.As(err, &large) {
		errTooLarge.ServeHTTP(w, r)
		return
	} else if err != nil {
		errBadReport.because("it did not arrive whole").ServeHTTP(w, r)
		return
	}
	report, err := parseReport(data)
	if err != nil {
		errBadReport.because(err.Error()).ServeHTTP(w, r)
		return
	}
	added, err := h.archive.Add(r.Context(), report, time.Now().Unix())
	switch {
	case errors.Is(err, errFull):
		errReportsFull.ServeHTTP(w, r)
	case err != nil:
		h.log.Print(err)
		errArchive.ServeHTTP(w, r)
	case added:
		writeJSON(w, http.StatusCreated, map[string]string{"id": report.ID, "status": "stored"})
	default:
		writeJSON(w, http.StatusOK, map[string]string{"id": report.ID, "status": "known"})
	}
}

func (h *handler) listReports(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	query := Query{State: q.Get("state"), Kind: q.Get("kind"), Limit: pageReports}
	bad := query.State != "" && !slices.Contains(states, query.State)
	for _, f := range []struct {
		text string
		into *int64
	}{{q.Get("since"), &query.Since}, {q.Get("after"), &query.AfterHour}} {
		text, id, isCursor := strings.Cut(f.text, ".")
		if isCursor {
			query.AfterID = id
		}
		if n, err := strconv.ParseUint(text, 10, 53); f.text != "" && err != nil {
			bad = true
		} else {
			*f.into = int64(n)
		}
	}
	if bad {
		errBadQuery.ServeHTTP(w, r)
		return
	}
	list, err := h.archive.List(r.Context(), query)
	if err != nil {
		h.log.Print(err)
		errArchive.ServeHTTP(w, r)
		return
	}
	answer := struct {
		Reports []StoredReport `json:"reports"`
		// Next is what to give as "after" for those that follow.
		Next string `json:"next,omitempty"`
	}{Reports: list}
	if len(list) == query.Limit {
		last := list[len(list)-1]
		answer.Next = strconv.FormatInt(last.Received, 10) + "." + last.ID
	}
	writeJSON(w, http.StatusOK, answer)
}

// report is one report, whose state maintainers set.
func (h *handler) report(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if h.archive == nil {
		errReportsClosed.ServeHTTP(w, r)
		return
	}
	if !h.maintainer(w, r) {
		return
	}
	id := strings.TrimPrefix(r.URL.EscapedPath(), reportsPath+"/")
	data, err := readLimited(r.Body, maxReport)
	var change struct {
		State string `json:"state"`
	}
	if err != nil || json.Unmarshal(data, &change) != nil || !slices.Contains(states, change.State) {
		errBadQuery.ServeHTTP(w, r)
		return
	}
	switch err := h.archive.Mark(r.Context(), id, change.State); {
	case errors.Is(err, errMissing):
		errNoSuchReport.ServeHTTP(w, r)
	case err != nil:
		h.log.Print(err)
		errArchive.ServeHTTP(w, r)
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}

// maintainer lets through who has the token, and answers all others. The tokens
// are compared by their hashes, in a time that tells nothing of either.
func (h *handler) maintainer(w http.ResponseWriter, r *http.Request) bool {
	if len(h.token) < shortestToken {
		errReportsClosed.ServeHTTP(w, r)
		return false
	}
	given, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	a, b := sha256.Sum256([]byte(given)), sha256.Sum256([]byte(h.token))
	if subtle.ConstantTimeCompare(a[:], b[:]) != 1 {
		w.Header().Set("WWW-Authenticate", `Bearer realm="reports"`)
		errUnauthorized.ServeHTTP(w, r)
		return false
	}
	return true
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		panic("worker: internal error: " + err.Error())
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	w.Write(body)
}
