package place

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sort"
	"strconv"
	"strings"
	"time"
)

// A kv is a namespace of Cloudflare KV over its REST API:
// https://developers.cloudflare.com/api/resources/kv/
type kv struct {
	base   string // …/accounts/ID/storage/kv/namespaces/ID
	name   string
	token  string
	client *http.Client
	// sleep waits, or returns the context's error when that ends first.
	sleep func(context.Context, time.Duration) error
}

const (
	cloudflareAPI = "https://api.cloudflare.com/client/v4"
	// kvSettle is how long KV takes to show a new value everywhere: "up to 60
	// seconds or more", https://developers.cloudflare.com/kv/concepts/how-kv-works/
	kvSettle = 60 * time.Second
	// attempts of one request; what is in the way of the last is the error.
	attempts = 5
	// longestWait is the longest that Retry-After is followed. The API's own
	// limit counts requests in five minutes.
	longestWait = 5 * time.Minute
	// bulkDelete is how many keys one request may delete.
	bulkDelete = 10_000
)

func openKV(namespace string, getenv func(string) string) (Place, error) {
	account, token := getenv("CLOUDFLARE_ACCOUNT_ID"), getenv("CLOUDFLARE_API_TOKEN")
	switch {
	case namespace == "":
		return nil, errors.New("place: kv: names no namespace: kv:ID, the id that wrangler kv namespace create printed")
	case account == "":
		return nil, errors.New("place: CLOUDFLARE_ACCOUNT_ID is not set")
	case token == "":
		return nil, errors.New("place: CLOUDFLARE_API_TOKEN is not set: a token that may edit Workers KV Storage")
	}
	api := getenv("CLOUDFLARE_API_BASE_URL")
	if api == "" {
		api = cloudflareAPI
	}
	// The token goes with every request: in the clear only on this machine.
	u, err := url.Parse(api)
	if err != nil || u.Host == "" || u.Scheme != "https" && !(u.Scheme == "http" && loopback(u.Hostname())) {
		return nil, fmt.Errorf("place: CLOUDFLARE_API_BASE_URL %q is no https address", api)
	}
	return &kv{
		base: strings.TrimRight(api, "/") + "/accounts/" + url.PathEscape(account) +
			"/storage/kv/namespaces/" + url.PathEscape(namespace),
		name: "kv:" + namespace, token: token, client: newClient(), sleep: sleep,
	}, nil
}

func loopback(host string) bool {
	return host == "localhost" || host == "127.0.0.1" || host == "::1"
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (k *kv) String() string        { return k.name }
func (k *kv) Settle() time.Duration { return kvSettle }

func (k *kv) Get(ctx context.Context, key string) ([]byte, error) {
	if err := validKey(key); err != nil {
		return nil, err
	}
	return k.do(ctx, http.MethodGet, "/values/"+url.PathEscape(key), "", nil)
}

func (k *kv) Put(ctx context.Context, key string, value []byte) error {
	if err := validKey(key); err != nil {
		return err
	}
	answer, err := k.do(ctx, http.MethodPut, "/values/"+url.PathEscape(key), "application/octet-stream", value)
	if err != nil {
		return err
	}
	_, err = read(answer, nil)
	return err
}

// List follows the cursor to the end: one answer holds at most 1000 keys.
func (k *kv) List(ctx context.Context, prefix string) ([]string, error) {
	var keys []string
	for cursor, seen := "", map[string]bool{}; ; {
		query := url.Values{"prefix": {prefix}, "limit": {"1000"}}
		if cursor != "" {
			query.Set("cursor", cursor)
		}
		answer, err := k.do(ctx, http.MethodGet, "/keys?"+query.Encode(), "", nil)
		if err != nil {
			return nil, err
		}
		var page []struct {
			Name string `json:"name"`
		}
		info, err := read(answer, &page)
		if err != nil {
			return nil, err
		}
		for _, item := range page {
			if validKey(item.Name) == nil {
				keys = append(keys, item.Name)
			}
		}
		cursor = info.Cursor
		if cursor == "" {
			sort.Strings(keys)
			return keys, nil
		}
		if seen[cursor] {
			return nil, fmt.Errorf("place: %s: the list goes in a circle", k.name)
		}
		seen[cursor] = true
	}
}

// Delete asks for many keys at once. The answer may be a success that names
// keys which were not deleted; that is an error here.
func (k *kv) Delete(ctx context.Context, keys []string) error {
	for len(keys) > 0 {
		some := keys[:min(len(keys), bulkDelete)]
		keys = keys[len(some):]
		body, err := json.Marshal(some)
		if err != nil {
			return fmt.Errorf("place: %w", err)
		}
		answer, err := k.do(ctx, http.MethodPost, "/bulk/delete", "application/json", body)
		if err != nil {
			return err
		}
		var result struct {
			Unsuccessful []string `json:"unsuccessful_keys"`
		}
		if _, err := read(answer, &result); err != nil {
			return err
		}
		if n := len(result.Unsuccessful); n > 0 {
			return fmt.Errorf("place: %s: %d of %d keys were not deleted, the first is %q", k.name, n, len(some), result.Unsuccessful[0])
		}
	}
	return nil
}

// do sends one request, again where it may help: when there are too many (429,
// after the time that Retry-After names), when the server fails (5xx), and when
// the line breaks. Every request here may be repeated without harm.
func (k *kv) do(ctx context.Context, method, path, contentType string, body []byte) ([]byte, error) {
	var last error
	for attempt := range attempts {
		if attempt > 0 {
			var busy *busyError
			wait := time.Second << attempt
			if errors.As(last, &busy) && busy.after > 0 {
				wait = min(busy.after, longestWait)
			}
			if err := k.sleep(ctx, wait); err != nil {
				return nil, fmt.Errorf("place: %w", err)
			}
		}
		answer, again, err := k.once(ctx, method, path, contentType, body)
		if err == nil || !again || ctx.Err() != nil {
			return answer, err
		}
		last = err
	}
	return nil, fmt.Errorf("%w, after %d attempts", last, attempts)
}

// A busyError is an answer that asks to come again later.
type busyError struct {
	after time.Duration // 0: not said
	err   error
}

func (e *busyError) Error() string { return e.err.Error() }

func (k *kv) once(ctx context.Context, method, path, contentType string, body []byte) (answer []byte, again bool, err error) {
	req, err := http.NewRequestWithContext(ctx, method, k.base+path, bytes.NewReader(body))
	if err != nil {
		return nil, false, fmt.Errorf("place: %w", err)
	}
	req.Header.Set("Authorization", "Bearer "+k.token)
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	resp, err := k.client.Do(req)
	if err != nil {
		return nil, true, fmt.Errorf("place: %w", err)
	}
	defer resp.Body.Close()
	data, err := readAll(resp.Body)
	switch {
	case err != nil:
		return nil, true, fmt.Errorf("place: %s: %w", k.name, err)
	case resp.StatusCode == http.StatusOK:
		return data, false, nil
	case resp.StatusCode == http.StatusNotFound && method == http.MethodGet && missingKey(data):
		return nil, false, ErrMissing
	case resp.StatusCode == http.StatusTooManyRequests, resp.StatusCode >= 500:
		seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
		return nil, true, &busyError{time.Duration(max(seconds, 0)) * time.Second, k.refused(resp.Status, data)}
	}
	return nil, false, k.refused(resp.Status, data)
}

// The codes of the API that mean something to a program.
const codeKeyNotFound = 10009

// An envelope is what the API answers with around everything but values.
type envelope struct {
	Success bool            `json:"success"`
	Errors  []apiError      `json:"errors"`
	Result  json.RawMessage `json:"result"`
	Info    resultInfo      `json:"result_info"`
}

type apiError struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

type resultInfo struct {
	Cursor string `json:"cursor"`
}

// missingKey tells "no such key" from "no such namespace", both 404.
func missingKey(answer []byte) bool {
	var e envelope
	return json.Unmarshal(answer, &e) == nil && len(e.Errors) > 0 && e.Errors[0].Code == codeKeyNotFound
}

// read opens an envelope, its result into v where v is not nil.
func read(answer []byte, v any) (resultInfo, error) {
	var e envelope
	if err := json.Unmarshal(answer, &e); err != nil {
		return e.Info, errors.New("place: the answer is not Cloudflare's")
	}
	if !e.Success {
		return e.Info, fmt.Errorf("place: refused: %s", reasons(e.Errors))
	}
	if v != nil {
		if err := json.Unmarshal(e.Result, v); err != nil {
			return e.Info, errors.New("place: the answer is not Cloudflare's")
		}
	}
	return e.Info, nil
}

// refused is an error of the API in its own words.
func (k *kv) refused(status string, answer []byte) error {
	var e envelope
	if json.Unmarshal(answer, &e) == nil && len(e.Errors) > 0 {
		return fmt.Errorf("place: %s: %s: %s", k.name, status, reasons(e.Errors))
	}
	return fmt.Errorf("place: %s: %s", k.name, status)
}

func reasons(errs []apiError) string {
	if len(errs) == 0 {
		return "no reason given"
	}
	var words []string
	for _, e := range errs {
		words = append(words, fmt.Sprintf("%s (%d)", e.Message, e.Code))
	}
	return strings.Join(words, ", ")
}
