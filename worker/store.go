package main

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// A Store holds one published rule set.
//
// A read answers with errMissing (wrapped or not) where nothing is stored under
// that name, and with any other error where the store could not be asked.
// Implementations do not check what they read: the handler does.
type Store interface {
	// Manifest returns the signed manifest.
	Manifest(ctx context.Context) ([]byte, error)
	// Blob returns the section of that name: 64 lower-case hex digits.
	Blob(ctx context.Context, name string) ([]byte, error)
}

// errMissing says that the store works and has nothing under that name.
var errMissing = errors.New("worker: not in the store")

// Sizes above which an object is taken for a mistake and not read to its end.
const (
	// maxManifest is far above any real manifest (a line a section).
	maxManifest = 64 << 10
	// maxBlob is the largest value Cloudflare KV holds, 25 MiB.
	maxBlob = 25 << 20
)

// A tooLargeError is an object over its limit.
type tooLargeError struct{ limit int }

func (e *tooLargeError) Error() string {
	return fmt.Sprintf("worker: object is larger than %d bytes", e.limit)
}

// readLimited reads r to its end, or fails with a tooLargeError.
func readLimited(r io.Reader, limit int) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, int64(limit)+1))
	if err != nil {
		return nil, err
	}
	if len(data) > limit {
		return nil, &tooLargeError{limit}
	}
	return data, nil
}

// A failedStore is a store that could not be opened: each read says why. It lets
// the worker come up and answer 503 in place of failing without a word.
type failedStore struct{ err error }

func (s failedStore) Manifest(context.Context) ([]byte, error)     { return nil, s.err }
func (s failedStore) Blob(context.Context, string) ([]byte, error) { return nil, s.err }
