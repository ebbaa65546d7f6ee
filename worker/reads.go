package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// immutable is the Cache-Control of content under the name of its hash.
const immutable = "public, max-age=31536000, immutable"

// manifest answers with the signed manifest as it was published, byte for byte.
func (h *handler) manifest(w http.ResponseWriter, r *http.Request) {
	text, _, err := h.readManifest(r)
	if err != nil {
		h.fail(w, r, err, errNothingPublished, errBadManifest)
		return
	}
	sum := sha256.Sum256(text)
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", fresh(h.age))
	send(w, r, text, hex.EncodeToString(sum[:]))
}

// blob answers with one section, if its bytes hash to its name.
func (h *handler) blob(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.EscapedPath(), blobPrefix)
	if !isHash(name) {
		errBadName.ServeHTTP(w, r)
		return
	}
	data, err := h.store.Blob(r.Context(), name)
	if err == nil {
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != name {
			err = &wrongError{fmt.Errorf("worker: blob %s hashes to %x", name, sum)}
		}
	}
	if err != nil {
		h.fail(w, r, err, errNoSuchBlob, errBadBlob)
		return
	}
	w.Header().Set("Content-Type", blobType(data))
	w.Header().Set("Cache-Control", immutable)
	send(w, r, data, name)
}

// isHash reports whether name is a SHA-256 as the manifest writes it. Upper case
// is refused so that a blob has one URL.
func isHash(name string) bool {
	if len(name) != 2*sha256.Size {
		return false
	}
	for _, c := range []byte(name) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// blobType tells the canonical JSON of most sections from binary ones, so that
// the edge compresses the former.
func blobType(data []byte) string {
	if len(data) > 0 && (data[0] == '{' || data[0] == '[') {
		return "application/json"
	}
	return "application/octet-stream"
}

// fresh is the Cache-Control of what changes with a publication.
func fresh(age time.Duration) string {
	if age <= 0 {
		return "no-cache"
	}
	return "public, max-age=" + strconv.Itoa(int(age/time.Second))
}

// send writes body under the strong ETag tag (without quotes), or 304 where the
// client already has it.
func send(w http.ResponseWriter, r *http.Request, body []byte, tag string) {
	h := w.Header()
	h.Set("ETag", `"`+tag+`"`)
	if noneMatch(r.Header.Values("If-None-Match"), tag) {
		h.Del("Content-Type")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	w.Write(body)
}

// noneMatch reports whether an If-None-Match header names tag. The comparison is
// weak (RFC 9110, 13.1.2): an edge that compresses turns our tag into W/"…". The
// values are joined first, as workers cuts header values at commas.
func noneMatch(values []string, tag string) bool {
	for v := range strings.SplitSeq(strings.Join(values, ","), ",") {
		v = strings.TrimPrefix(strings.TrimSpace(v), "W/")
		if v == "*" || v == `"`+tag+`"` {
			return true
		}
	}
	return false
}

// A wrongError is content that the store gave and that is not what it should be.
type wrongError struct{ err error }

func (e *wrongError) Error() string { return e.err.Error() }
func (e *wrongError) Unwrap() error { return e.err }

// fail answers a read that gave err: with missing where the store has nothing,
// with wrong where what it has is no good, else as a store that is down.
func (h *handler) fail(w http.ResponseWriter, r *http.Request, err error, missing, wrong problem) {
	var bad *wrongError
	var large *tooLargeError
	switch {
	case errors.Is(err, errMissing):
		missing.ServeHTTP(w, r)
	case errors.As(err, &bad), errors.As(err, &large):
		h.log.Print(err)
		wrong.ServeHTTP(w, r)
	default:
		h.log.Print("worker: store: ", err)
		errStore.ServeHTTP(w, r)
	}
}
