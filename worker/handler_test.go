//go:build !js

package main

import (
	"bytes"
	"context"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A storeFunc is a Store whose both reads are one function.
type storeFunc func() ([]byte, error)

func (f storeFunc) Manifest(context.Context) ([]byte, error)     { return f() }
func (f storeFunc) Blob(context.Context, string) ([]byte, error) { return f() }

const someHash = "f214f46e7aa1e546ca76d8ae6ce8faa6ae3cb349e7468b5fa7ab5f34177bcbfe"

func get(t *testing.T, h http.Handler, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

func TestPanicIsAProblem(t *testing.T) {
	var logged bytes.Buffer
	h := NewHandler(storeFunc(func() ([]byte, error) { panic("broken store") }), Options{Log: log.New(&logged, "", 0)})
	for _, path := range []string{"/", "/healthz", "/v1/manifest", "/v1/blobs/" + someHash} {
		logged.Reset()
		w := get(t, h, path)
		if w.Code != http.StatusInternalServerError || !strings.Contains(w.Body.String(), `"code":"internal"`) {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
		if strings.Contains(w.Body.String(), "broken store") {
			t.Errorf("%s: the answer shows the panic: %s", path, w.Body)
		}
		if !strings.Contains(logged.String(), "broken store") {
			t.Errorf("%s: the log does not: %q", path, logged.String())
		}
	}
}

func TestTooLarge(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "blobs"), 0o777); err != nil {
		t.Fatal(err)
	}
	sparse(t, filepath.Join(dir, "manifest"), maxManifest+1)
	sparse(t, filepath.Join(dir, "blobs", someHash), maxBlob+1)
	store, err := openDirectory(dir)
	if err != nil {
		t.Fatal(err)
	}
	h := NewHandler(store, Options{Log: log.New(io.Discard, "", 0)})
	for path, code := range map[string]string{
		"/v1/manifest":          "bad-manifest",
		"/v1/blobs/" + someHash: "bad-blob",
	} {
		w := get(t, h, path)
		if w.Code != http.StatusBadGateway || !strings.Contains(w.Body.String(), code) {
			t.Errorf("%s: %d %s, want 502 %s", path, w.Code, w.Body, code)
		}
	}
}

// sparse makes a file of that many zero bytes.
func sparse(t *testing.T, name string, size int64) {
	t.Helper()
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.Truncate(size); err != nil {
		t.Fatal(err)
	}
}

func TestReadLimited(t *testing.T) {
	for _, c := range []struct {
		size int
		ok   bool
	}{{0, true}, {9, true}, {10, true}, {11, false}} {
		_, err := readLimited(bytes.NewReader(make([]byte, c.size)), 10)
		if (err == nil) != c.ok {
			t.Errorf("%d bytes of at most 10: %v", c.size, err)
		}
	}
}

// A link out of the directory must not be followed: whoever may write into the
// published directory may not read the rest of the machine through it.
func TestDirectoryIsNotLeft(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(outside, testFile(t, "published.manifest"), 0o666); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.Symlink(outside, filepath.Join(dir, "manifest")); err != nil {
		t.Skip(err)
	}
	store, err := openDirectory(dir)
	if err != nil {
		t.Fatal(err)
	}
	w := get(t, NewHandler(store, Options{Log: log.New(io.Discard, "", 0)}), "/v1/manifest")
	if w.Code != http.StatusServiceUnavailable {
		t.Errorf("status %d: %s", w.Code, w.Body)
	}
}

func TestManifestAge(t *testing.T) {
	for age, want := range map[time.Duration]string{
		0:                       "no-cache",
		-time.Second:            "no-cache",
		time.Second:             "public, max-age=1",
		90 * time.Second:        "public, max-age=90",
		1500 * time.Millisecond: "public, max-age=1",
		DefaultManifestAge:      "public, max-age=300",
	} {
		if got := fresh(age); got != want {
			t.Errorf("%v: %q, want %q", age, got, want)
		}
	}
}

func TestServe(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "manifest"), testFile(t, "published.manifest"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := serve(t.Context(), options{dir: filepath.Join(dir, "no-such"), addr: "127.0.0.1:0"}); err == nil {
		t.Error("a directory that is not there: no error")
	}
	if err := serve(t.Context(), options{dir: dir, addr: "127.0.0.1:-1"}); err == nil {
		t.Error("a port that cannot be: no error")
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		done <- serve(ctx, options{dir: dir, addr: "127.0.0.1:0", reports: filepath.Join(dir, "reports.db")})
	}()
	cancel()
	if err := <-done; err != nil {
		t.Errorf("a normal end: %v", err)
	}
}
