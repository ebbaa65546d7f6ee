package place

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/honmono/honmono/detector/rules/bundle"
)

// openFake opens the fake namespace; what it would wait is noted, not waited.
func openFake(t *testing.T, c *cloudflare) (Place, *[]time.Duration) {
	t.Helper()
	p, err := Open("kv:"+fakeNamespace, c.getenv)
	if err != nil {
		t.Fatal(err)
	}
	waits := &[]time.Duration{}
	p.(*kv).sleep = func(_ context.Context, d time.Duration) error {
		*waits = append(*waits, d)
		return nil
	}
	return p, waits
}

func blob(data string) (key string, value []byte) {
	return Blobs + bundle.Hash([]byte(data)), []byte(data)
}

// Every place that can be written keeps to the same contract.
func TestPlaces(t *testing.T) {
	fake := newCloudflare(t)
	fake.page = 2
	namespace, _ := openFake(t, fake)
	for name, p := range map[string]Place{"directory": &directory{filepath.Join(t.TempDir(), "new")}, "kv": namespace} {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			if _, err := p.Get(ctx, Manifest); !errors.Is(err, ErrMissing) {
				t.Errorf("nothing there: %v", err)
			}
			if keys, err := p.List(ctx, Blobs); err != nil || len(keys) != 0 {
				t.Errorf("nothing there: %q, %v", keys, err)
			}
			var want []string
			for i := range 5 {
				key, value := blob(fmt.Sprintf("\x00\xff%d", i))
				want = append(want, key)
				if err := p.Put(ctx, key, value); err != nil {
					t.Fatal(err)
				}
				if got, err := p.Get(ctx, key); err != nil || string(got) != string(value) {
					t.Errorf("%s: %+q, %v", key, got, err)
				}
			}
			slices.Sort(want)
			for _, key := range []string{Manifest, History + "12"} {
				if err := errors.Join(p.Put(ctx, key, []byte("first")), p.Put(ctx, key, []byte("second"))); err != nil {
					t.Error(err)
				}
				if got, err := p.Get(ctx, key); err != nil || string(got) != "second" {
					t.Errorf("%s: %q, %v", key, got, err)
				}
			}
			if got, err := p.List(ctx, Blobs); err != nil || !slices.Equal(got, want) {
				t.Errorf("blobs are %q, %v; want %q", got, err, want)
			}
			if got, err := p.List(ctx, History); err != nil || !slices.Equal(got, []string{History + "12"}) {
				t.Errorf("history is %q, %v", got, err)
			}
			if err := p.Delete(ctx, append(want[:4:4], History+"99")); err != nil {
				t.Error(err)
			}
			if got, err := p.List(ctx, Blobs); err != nil || !slices.Equal(got, want[4:]) {
				t.Errorf("left are %q, %v", got, err)
			}
			for _, key := range []string{"", "x", "blob/../../secret", "blob/" + strings.Repeat("A", 64), "history/", "history/1x", "../manifest"} {
				if err := p.Put(ctx, key, nil); err == nil {
					t.Errorf("wrote %q", key)
				}
				if _, err := p.Get(ctx, key); err == nil || errors.Is(err, ErrMissing) {
					t.Errorf("read %q: %v", key, err)
				}
			}
		})
	}
}

func TestDirectoryLeavesOthersAlone(t *testing.T) {
	dir := t.TempDir()
	key, value := blob("x")
	p := &directory{dir}
	if err := p.Put(t.Context(), key, value); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "blobs", ".half-123"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if keys, err := p.List(t.Context(), Blobs); err != nil || !slices.Equal(keys, []string{key}) {
		t.Errorf("%q, %v", keys, err)
	}
	if info, err := os.Stat(filepath.Join(dir, "blobs", key[len(Blobs):])); err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("a web server may not read it: %v, %v", info, err)
	}
}

func TestRetries(t *testing.T) {
	key, value := blob("x")
	busy := func(status int, after string) func(http.ResponseWriter) {
		return func(w http.ResponseWriter) {
			if after != "" {
				w.Header().Set("Retry-After", after)
			}
			refuse(w, status, 10429, "slow down")
		}
	}
	hangUp := func(w http.ResponseWriter) { panic(http.ErrAbortHandler) }
	for _, c := range []struct {
		name   string
		answer func(http.ResponseWriter)
		times  int
		waits  []time.Duration
		want   string // in the error; empty: it works in the end
	}{
		{"too many, told when", busy(429, "7"), 2, []time.Duration{7 * time.Second, 7 * time.Second}, ""},
		{"too many, not told", busy(429, ""), 2, []time.Duration{2 * time.Second, 4 * time.Second}, ""},
		{"an absurd wait", busy(429, "86400"), 1, []time.Duration{longestWait}, ""},
		{"a wait that is no number", busy(429, "soon"), 1, []time.Duration{2 * time.Second}, ""},
		{"it fails twice", busy(502, ""), 2, []time.Duration{2 * time.Second, 4 * time.Second}, ""},
		{"the line breaks", hangUp, 1, []time.Duration{2 * time.Second}, ""},
		{"it never ends", busy(503, ""), 99, []time.Duration{2e9, 4e9, 8e9, 16e9}, "slow down (10429), after 5 attempts"},
		{"refused", func(w http.ResponseWriter) { refuse(w, 403, 10000, "Authentication error") }, 99, nil, "403 Forbidden: Authentication error (10000)"},
		{"no such namespace", func(w http.ResponseWriter) { refuse(w, 404, 10013, "namespace not found") }, 99, nil, "namespace not found (10013)"},
		{"a web page", func(w http.ResponseWriter) { w.WriteHeader(418); w.Write([]byte("<html>")) }, 99, nil, "418"},
		{"200 and a failure", func(w http.ResponseWriter) { refuse(w, 200, 10033, "no") }, 99, nil, "no (10033)"},
		{"200 and a web page", func(w http.ResponseWriter) { w.Write([]byte("<html>")) }, 99, nil, "not Cloudflare's"},
	} {
		t.Run(c.name, func(t *testing.T) {
			fake := newCloudflare(t)
			p, waits := openFake(t, fake)
			fake.fail = func(n int, w http.ResponseWriter, _ *http.Request) bool {
				if n <= c.times {
					c.answer(w)
				}
				return n <= c.times
			}
			err := p.Put(t.Context(), key, value)
			switch {
			case c.want == "" && (err != nil || string(fake.values[key]) != "x"):
				t.Errorf("%v; stored %q", err, fake.values[key])
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("%v, want %q", err, c.want)
			}
			if err != nil && strings.Contains(err.Error(), fakeToken) {
				t.Errorf("the error shows the token: %v", err)
			}
			if !slices.Equal(*waits, c.waits) {
				t.Errorf("waited %v, want %v", *waits, c.waits)
			}
		})
	}
}

// A namespace that is not there is not an empty one.
func TestMissingNamespaceIsAnError(t *testing.T) {
	fake := newCloudflare(t)
	p, err := Open("kv:another", fake.getenv)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Get(t.Context(), Manifest); err == nil || errors.Is(err, ErrMissing) {
		t.Errorf("it reads as %v", err)
	}
}

func TestDeleteInPart(t *testing.T) {
	fake := newCloudflare(t)
	p, _ := openFake(t, fake)
	one, value := blob("1")
	two, _ := blob("2")
	fake.values[one], fake.values[two], fake.stuck = value, value, []string{two}
	err := p.Delete(t.Context(), []string{one, two})
	if err == nil || !strings.Contains(err.Error(), "1 of 2 keys") || !strings.Contains(err.Error(), two) {
		t.Errorf("%v", err)
	}
	if len(fake.values) != 1 {
		t.Errorf("left are %d", len(fake.values))
	}
}

func TestListDoesNotRunInCircles(t *testing.T) {
	fake := newCloudflare(t)
	p, _ := openFake(t, fake)
	fake.fail = func(_ int, w http.ResponseWriter, _ *http.Request) bool {
		succeed(w, []any{}, "again")
		return true
	}
	if _, err := p.List(t.Context(), Blobs); err == nil || !strings.Contains(err.Error(), "circle") {
		t.Errorf("%v", err)
	}
}

func TestServer(t *testing.T) {
	key, value := blob("x")
	mux := http.NewServeMux()
	published := false
	mux.HandleFunc("/v1/manifest", func(w http.ResponseWriter, _ *http.Request) {
		if published {
			w.Write([]byte("text"))
			return
		}
		w.WriteHeader(503)
		w.Write([]byte(`{"code":"nothing-published"}`))
	})
	mux.HandleFunc("/v1/blobs/"+key[len(Blobs):], func(w http.ResponseWriter, _ *http.Request) { w.Write(value) })
	mux.HandleFunc("/moved/", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/v1/manifest", http.StatusFound) })
	web := httptest.NewServer(mux)
	defer web.Close()
	p, err := Open(web.URL+"/", nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx := t.Context()
	if _, err := p.Get(ctx, Manifest); !errors.Is(err, ErrMissing) {
		t.Errorf("nothing published: %v", err)
	}
	published = true
	if got, err := p.Get(ctx, Manifest); err != nil || string(got) != "text" {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := p.Get(ctx, key); err != nil || string(got) != "x" {
		t.Errorf("%q, %v", got, err)
	}
	other, _ := blob("y")
	if _, err := p.Get(ctx, other); !errors.Is(err, ErrMissing) {
		t.Errorf("%v", err)
	}
	if moved, err := Open(web.URL+"/moved", nil); err != nil {
		t.Error(err)
	} else if _, err := moved.Get(ctx, Manifest); err == nil || !strings.Contains(err.Error(), "302") {
		t.Errorf("a redirect: %v", err)
	}
	_, listErr := p.List(ctx, Blobs)
	for _, err := range []error{p.Put(ctx, key, value), p.Delete(ctx, []string{key}), listErr} {
		if !errors.Is(err, ErrReadOnly) {
			t.Errorf("%v", err)
		}
	}
}

func TestOpen(t *testing.T) {
	env := map[string]string{"CLOUDFLARE_API_TOKEN": "t", "CLOUDFLARE_ACCOUNT_ID": "a"}
	with := func(name, value string) func(string) string {
		return func(n string) string {
			if n == name {
				return value
			}
			return env[n]
		}
	}
	for name, c := range map[string]struct {
		place  string
		getenv func(string) string
	}{
		"nothing":             {"", with("", "")},
		"no namespace":        {"kv:", with("", "")},
		"no token":            {"kv:n", with("CLOUDFLARE_API_TOKEN", "")},
		"no account":          {"kv:n", with("CLOUDFLARE_ACCOUNT_ID", "")},
		"token in the clear":  {"kv:n", with("CLOUDFLARE_API_BASE_URL", "http://api.example.com")},
		"no address":          {"kv:n", with("CLOUDFLARE_API_BASE_URL", "api")},
		"a server without":    {"https://", with("", "")},
		"a server with a key": {"https://user:key@example.com", with("", "")},
	} {
		if p, err := Open(c.place, c.getenv); err == nil {
			t.Errorf("%s: opened %v", name, p)
		}
	}
	p, err := Open("kv:n", with("", ""))
	if err != nil || p.(*kv).base != "https://api.cloudflare.com/client/v4/accounts/a/storage/kv/namespaces/n" || p.Settle() < time.Minute || p.String() != "kv:n" {
		t.Errorf("%+v, %v", p, err)
	}
}
