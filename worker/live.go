package main

import (
	"errors"
	"fmt"
	"net/http"

	"golang.org/x/mod/sumdb/note"

	"github.com/honmono/honmono/detector/rules"
)

// readManifest reads the published manifest, as it is and as what it says.
func (h *handler) readManifest(r *http.Request) ([]byte, *rules.Manifest, error) {
	signed, err := h.store.Manifest(r.Context())
	if err != nil {
		return nil, nil, err
	}
	m, err := parseSigned(signed)
	if err != nil {
		return nil, nil, &wrongError{fmt.Errorf("worker: stored manifest: %w", err)}
	}
	return signed, m, nil
}

// parseSigned reads a signed manifest without asking whose signature it is: this
// program holds no keys, so that rotating them needs no deployment of it, and
// nobody has to trust it. It keeps from being passed on, and cached, what no
// client could use: half a manifest, or a web page in its place.
func parseSigned(signed []byte) (*rules.Manifest, error) {
	_, err := note.Open(signed, note.VerifierList())
	unverified, ok := errors.AsType[*note.UnverifiedNoteError](err)
	if !ok {
		return nil, err
	}
	m, err := rules.ParseManifest([]byte(unverified.Note.Text))
	if err != nil {
		return nil, err
	}
	if m.Expires == 0 {
		return nil, errors.New("worker: the manifest does not say when it expires")
	}
	return m, nil
}
