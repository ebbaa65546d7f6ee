package main

import (
	"encoding/json"
	"net/http"
	"strconv"
)

// health says whether rules can be served, and which: 200 with their version and
// times (seconds since 1970), or the problem that /v1/manifest would answer with.
// It does not judge the times: a monitor that reads "expires" can warn days ahead.
func (h *handler) health(w http.ResponseWriter, r *http.Request) {
	_, m, err := h.readManifest(r)
	if err != nil {
		h.fail(w, r, err, errNothingPublished, errBadManifest)
		return
	}
	body, err := json.Marshal(struct {
		Status  string `json:"status"`
		Version uint64 `json:"version"`
		Created int64  `json:"created"`
		Expires int64  `json:"expires"`
	}{"ok", m.Version, m.Created, m.Expires})
	if err != nil {
		panic("worker: internal error: " + err.Error())
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.Write(body)
}
