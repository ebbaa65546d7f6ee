// Package place is where published rules lie and servers read them: a
// directory, a namespace of Cloudflare KV, or, for reading only, a server that
// hands them out.
//
// # Keys
//
// All of them hold the same values under the same keys:
//
//	manifest            the signed manifest that is live
//	blob/<sha256>       a section, named by its content
//	history/<version>   the signed manifest of each publication, written first
//
// In a directory "blob/" is the folder "blobs", as worker serves it.
//
// # Order
//
// A place promises nothing about order beyond a value being whole or not there.
// Package release writes in an order in which a reader never meets a manifest
// without its blobs, and reads back what it wrote.
package place

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/honmono/honmono/detector/rules/bundle"
)

// Manifest is the key of the manifest that is live.
const Manifest = "manifest"

// The prefixes of the other keys.
const (
	Blobs   = "blob/"
	History = "history/"
)

// ErrMissing says that a place works and has nothing under that key.
var ErrMissing = errors.New("place: nothing there")

// ErrReadOnly says that a place cannot be written or listed.
var ErrReadOnly = errors.New("place: this address is for reading; publish to the directory or the KV namespace behind it")

// A Place holds published rules.
type Place interface {
	// String names the place for people. It holds no secret.
	String() string
	// Get returns a value, or an error that is ErrMissing.
	Get(ctx context.Context, key string) ([]byte, error)
	// Put writes a value whole, or fails.
	Put(ctx context.Context, key string, value []byte) error
	// List returns the keys that begin with prefix, sorted.
	List(ctx context.Context, prefix string) ([]string, error)
	// Delete removes keys; one that is not there is no error.
	Delete(ctx context.Context, keys []string) error
	// Settle is how long after writing a blob a reader elsewhere may still not
	// see it.
	Settle() time.Duration
}

// Open returns the place that a person names:
//
//	DIR                  a directory, made if it is not there
//	kv:NAMESPACE         a namespace of Cloudflare KV, by its id
//	https://HOST         a server that hands rules out; for reading only
//
// getenv gives the credentials of kv, under the names that wrangler uses:
// CLOUDFLARE_API_TOKEN, CLOUDFLARE_ACCOUNT_ID and, where it is not Cloudflare
// itself, CLOUDFLARE_API_BASE_URL.
func Open(name string, getenv func(string) string) (Place, error) {
	namespace, isKV := strings.CutPrefix(name, "kv:")
	switch {
	case name == "":
		return nil, errors.New("place: no place named: a directory, kv:NAMESPACE or https://HOST")
	case isKV:
		return openKV(namespace, getenv)
	case strings.HasPrefix(name, "https://"), strings.HasPrefix(name, "http://"):
		u, err := url.Parse(name)
		if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" {
			return nil, fmt.Errorf("place: %q is no address of a server", name)
		}
		return &server{base: strings.TrimRight(name, "/"), client: newClient()}, nil
	}
	return &directory{name}, nil
}

// validKey holds keys to the forms of the package comment, so that no key can
// leave a directory.
func validKey(key string) error {
	name, isBlob := strings.CutPrefix(key, Blobs)
	version, isHistory := strings.CutPrefix(key, History)
	switch {
	case key == Manifest, isBlob && bundle.ValidHash(name),
		isHistory && version != "" && strings.Trim(version, "0123456789") == "":
		return nil
	}
	return fmt.Errorf("place: internal error: no such key %q", key)
}
