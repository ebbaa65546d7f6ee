package main

import (
	"fmt"
	"net/http"

	"github.com/honmono/honmono/detector/rules/bundle"
)

// readManifest reads the published manifest, as it is and as what it says. It
// does not ask whose signature it is: this program holds no keys, so that
// rotating them needs no deployment of it, and nobody has to trust it.
func (h *handler) readManifest(r *http.Request) ([]byte, *bundle.Manifest, error) {
	signed, err := h.store.Manifest(r.Context())
	if err != nil {
		return nil, nil, err
	}
	m, err := bundle.Unverified(signed)
	if err != nil {
		return nil, nil, &wrongError{fmt.Errorf("worker: stored manifest: %w", err)}
	}
	return signed, m, nil
}
