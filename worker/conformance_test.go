//go:build !js

package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

// A conformance is testdata/conformance.json; see testdata/README.md. The same
// table is run against workerd by test/conformance.test.mjs.
type conformance struct {
	Stores  map[string]*stored
	Headers map[string]map[string]string
	Cases   []exchange
}

type stored struct {
	Manifest string
	Blobs    map[string]string
}

type exchange struct {
	Name, Store, Method, Path string
	Send                      map[string]string
	Status                    int
	Has                       []string
	Headers                   map[string]string
	Absent                    []string
	Body                      *string
	Contains                  []string
	JSON                      map[string]any
	Again                     bool
	// Give is the request's body; Repeat sends the request that often, and the last
	// answer counts. Once: not again out of the cache, for what changes something.
	Give   string
	Repeat int
	Once   bool
	number int
}

func TestConformance(t *testing.T) {
	var table conformance
	decoder := json.NewDecoder(strings.NewReader(string(testFile(t, "conformance.json"))))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&table); err != nil {
		t.Fatal(err)
	}
	servers := map[string]*httptest.Server{}
	files, err := os.OpenRoot(filepath.Join("testdata", "app"))
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range table.Stores {
		options := Options{ManifestAge: DefaultManifestAge, Token: testToken, Log: log.New(io.Discard, "", 0)}
		if s != nil {
			archive, err := openArchive(filepath.Join(t.TempDir(), "reports.db"))
			if err != nil {
				t.Fatal(err)
			}
			defer archive.db.Close()
			options.Archive = archive
		}
		server := httptest.NewServer(native(NewHandler(materialise(t, s), options), files, "CF-Connecting-IP"))
		defer server.Close()
		servers[name] = server
	}
	client := &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport:     &http.Transport{DisableCompression: true},
	}
	for n, c := range table.Cases {
		c.number = n
		t.Run(c.Name, func(t *testing.T) {
			server := servers[c.Store]
			if server == nil {
				t.Fatalf("no store %q", c.Store)
			}
			for _, set := range c.Has {
				if table.Headers[set] == nil {
					t.Fatalf("no set of headers %q", set)
				}
			}
			for range c.Repeat - 1 {
				request(t, client, server.URL, c)
			}
			resp, body := request(t, client, server.URL, c)
			c.check(t, table.Headers, resp, body)
			if c.Again {
				c.Send = maps.Clone(c.Send)
				if c.Send == nil {
					c.Send = map[string]string{}
				}
				c.Send["If-None-Match"] = resp.Header.Get("ETag")
				resp, body := request(t, client, server.URL, c)
				if resp.StatusCode != http.StatusNotModified || len(body) > 0 {
					t.Errorf("again: status %d with %d bytes, want 304 with none", resp.StatusCode, len(body))
				}
			}
		})
	}
}

// materialise writes a store of the table into a directory and opens it. A nil
// store is a directory that is gone by the time it is read.
func materialise(t *testing.T, s *stored) Store {
	t.Helper()
	if s == nil {
		return failedStore{errors.New("test: down")}
	}
	dir := t.TempDir()
	write := func(name, source string) {
		if err := os.WriteFile(filepath.Join(dir, name), testFile(t, source), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if s.Manifest != "" {
		write("manifest", s.Manifest)
	}
	if len(s.Blobs) > 0 {
		if err := os.Mkdir(filepath.Join(dir, "blobs"), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	for name, source := range s.Blobs {
		write(filepath.Join("blobs", name), source)
	}
	store, err := openDirectory(dir)
	if err != nil {
		t.Fatal(err)
	}
	return store
}

func request(t *testing.T, client *http.Client, base string, c exchange) (*http.Response, []byte) {
	t.Helper()
	var give io.Reader
	if c.Give != "" {
		give = strings.NewReader(c.Give)
	}
	req, err := http.NewRequest(c.Method, base, give)
	if err != nil {
		t.Fatal(err)
	}
	req.URL.Opaque = c.Path // sent as it is, broken or not
	// Each case comes from an address of its own, unless it names one.
	req.Header.Set("CF-Connecting-IP", fmt.Sprintf("192.0.%d.%d", c.number/250, c.number%250))
	for name, value := range c.Send {
		req.Header.Set(name, strings.ReplaceAll(value, "{n}", strconv.Itoa(rand.IntN(1e4))))
	}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, body
}

// check compares an answer with what the case expects.
func (c exchange) check(t *testing.T, sets map[string]map[string]string, resp *http.Response, body []byte) {
	t.Helper()
	if resp.StatusCode != c.Status {
		t.Errorf("status %d, want %d", resp.StatusCode, c.Status)
	}
	want := map[string]string{}
	for _, set := range c.Has {
		maps.Copy(want, sets[set])
	}
	maps.Copy(want, c.Headers)
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if got := strings.Join(resp.Header.Values(name), ", "); got != want[name] {
			t.Errorf("%s: %q, want %q", name, got, want[name])
		}
	}
	for _, name := range c.Absent {
		if got, ok := resp.Header[http.CanonicalHeaderKey(name)]; ok {
			t.Errorf("%s: %q, want none", name, got)
		}
	}
	if c.Body != nil && *c.Body != "" {
		body = decode(t, resp.Header.Get("Content-Encoding"), body)
	}
	if c.Body != nil {
		var want []byte
		if *c.Body != "" {
			want = testFile(t, *c.Body)
		}
		if string(body) != string(want) {
			t.Errorf("body %+q, want %+q", body, want)
		}
	}
	for _, text := range c.Contains {
		if !strings.Contains(string(body), text) {
			t.Errorf("body has no %+q: %+q", text, body)
		}
	}
	if c.JSON != nil {
		var got map[string]any
		if err := json.Unmarshal(body, &got); err != nil {
			t.Fatalf("body %+q: %v", body, err)
		}
		for name, value := range c.JSON {
			if !reflect.DeepEqual(got[name], value) {
				t.Errorf("member %s is %v, want %v", name, got[name], value)
			}
		}
	}
}

func testFile(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// testToken opens the reports of the table.
const testToken = "a-token-that-only-the-tests-use-32-bytes"

// decode undoes an encoding.
func decode(t *testing.T, encoding string, body []byte) []byte {
	t.Helper()
	var r io.Reader = bytes.NewReader(body)
	switch encoding {
	case "br":
		r = brotli.NewReader(r)
	case "gzip":
		zipped, err := gzip.NewReader(r)
		if err != nil {
			t.Fatal(err)
		}
		r = zipped
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}
