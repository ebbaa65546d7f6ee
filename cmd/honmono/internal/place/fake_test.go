package place

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
)

// A cloudflare is a server that speaks the part of Cloudflare's REST API for KV
// that is used here, as it is documented, and fails where a test wants it to.
type cloudflare struct {
	t      *testing.T
	server *httptest.Server

	mu     sync.Mutex
	values map[string][]byte
	asked  []string // "METHOD path", in order
	// fail answers a request in place of the API where it returns true.
	fail func(n int, w http.ResponseWriter, r *http.Request) bool
	// page is how many keys one answer lists.
	page int
	// stuck are keys that cannot be deleted.
	stuck []string
}

const (
	fakeToken     = "token-of-the-test"
	fakeAccount   = "0123456789abcdef0123456789abcdef"
	fakeNamespace = "fedcba9876543210fedcba9876543210"
)

func newCloudflare(t *testing.T) *cloudflare {
	c := &cloudflare{t: t, values: map[string][]byte{}, page: 1000}
	c.server = httptest.NewServer(c)
	t.Cleanup(c.server.Close)
	return c
}

func (c *cloudflare) getenv(name string) string {
	return map[string]string{
		"CLOUDFLARE_API_TOKEN":    fakeToken,
		"CLOUDFLARE_ACCOUNT_ID":   fakeAccount,
		"CLOUDFLARE_API_BASE_URL": c.server.URL + "/client/v4",
	}[name]
}

func (c *cloudflare) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	path, ok := strings.CutPrefix(r.URL.EscapedPath(), "/client/v4/accounts/"+fakeAccount+"/storage/kv/namespaces/"+fakeNamespace)
	c.asked = append(c.asked, r.Method+" "+path)
	if c.fail != nil && c.fail(len(c.asked), w, r) {
		return
	}
	switch {
	case r.Header.Get("Authorization") != "Bearer "+fakeToken:
		refuse(w, http.StatusUnauthorized, 10000, "Authentication error")
	case !ok:
		refuse(w, http.StatusNotFound, 10013, "namespace not found")
	case strings.HasPrefix(path, "/values/"):
		// The key is one segment: its slash is escaped.
		key := strings.ReplaceAll(strings.TrimPrefix(path, "/values/"), "%2F", "/")
		if strings.Contains(strings.TrimPrefix(path, "/values/"), "/") {
			refuse(w, http.StatusNotFound, 7003, "Could not route")
			return
		}
		c.value(w, r, key)
	case path == "/keys" && r.Method == http.MethodGet:
		c.keys(w, r)
	case path == "/bulk/delete" && r.Method == http.MethodPost:
		c.delete(w, r)
	default:
		refuse(w, http.StatusNotFound, 7003, "Could not route")
	}
}

func (c *cloudflare) value(w http.ResponseWriter, r *http.Request, key string) {
	switch r.Method {
	case http.MethodGet:
		value, ok := c.values[key]
		if !ok {
			refuse(w, http.StatusNotFound, 10009, "get: 'key not found'")
			return
		}
		w.Write(value)
	case http.MethodPut:
		body, err := io.ReadAll(r.Body)
		if err != nil {
			c.t.Error(err)
		}
		c.values[key] = body
		succeed(w, nil, "")
	default:
		refuse(w, http.StatusMethodNotAllowed, 10001, "method not allowed")
	}
}

func (c *cloudflare) keys(w http.ResponseWriter, r *http.Request) {
	type item struct {
		Name string `json:"name"`
	}
	found := []item{}
	for key := range c.values {
		if strings.HasPrefix(key, r.URL.Query().Get("prefix")) {
			found = append(found, item{key})
		}
	}
	slices.SortFunc(found, func(a, b item) int { return strings.Compare(a.Name, b.Name) })
	from := 0
	fmt.Sscan(r.URL.Query().Get("cursor"), &from)
	until, cursor := min(from+c.page, len(found)), ""
	if until < len(found) {
		cursor = fmt.Sprint(until)
	}
	succeed(w, found[from:until], cursor)
}

func (c *cloudflare) delete(w http.ResponseWriter, r *http.Request) {
	var keys []string
	if err := json.NewDecoder(r.Body).Decode(&keys); err != nil {
		refuse(w, http.StatusBadRequest, 10026, "malformed body")
		return
	}
	failed, done := []string{}, 0
	for _, key := range keys {
		if slices.Contains(c.stuck, key) {
			failed = append(failed, key)
			continue
		}
		delete(c.values, key)
		done++
	}
	succeed(w, map[string]any{"successful_key_count": done, "unsuccessful_keys": failed}, "")
}

func succeed(w http.ResponseWriter, result any, cursor string) {
	json.NewEncoder(w).Encode(map[string]any{
		"success": true, "errors": []any{}, "messages": []any{}, "result": result,
		"result_info": map[string]any{"cursor": cursor},
	})
}

func refuse(w http.ResponseWriter, status, code int, message string) {
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(map[string]any{
		"success": false, "errors": []any{map[string]any{"code": code, "message": message}}, "messages": []any{}, "result": nil,
	})
}
