package place

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// A server is a rule server seen from outside, as a browser sees it.
type server struct {
	base   string
	client *http.Client
}

// maxValue is the largest value that is read, the limit of Cloudflare KV: 25 MiB.
const maxValue = 25 << 20

// newClient does not follow redirects: rules come from where they are asked.
func newClient() *http.Client {
	return &http.Client{
		Timeout:       2 * time.Minute,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func (s *server) String() string        { return s.base }
func (s *server) Settle() time.Duration { return 0 }

func (s *server) Get(ctx context.Context, key string) ([]byte, error) {
	if err := validKey(key); err != nil {
		return nil, err
	}
	path := "/v1/manifest"
	if name, ok := strings.CutPrefix(key, Blobs); ok {
		path = "/v1/blobs/" + name
	} else if key != Manifest {
		return nil, ErrMissing // servers do not show the history
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base+path, nil)
	if err != nil {
		return nil, fmt.Errorf("place: %w", err)
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("place: %w", err)
	}
	defer resp.Body.Close()
	data, err := readAll(resp.Body)
	if err != nil {
		return nil, fmt.Errorf("place: %s%s: %w", s.base, path, err)
	}
	switch resp.StatusCode {
	case http.StatusOK:
		return data, nil
	case http.StatusNotFound:
		return nil, ErrMissing
	}
	if resp.StatusCode == http.StatusServiceUnavailable && strings.Contains(string(data), `"nothing-published"`) {
		return nil, ErrMissing
	}
	return nil, fmt.Errorf("place: %s%s answers %s", s.base, path, resp.Status)
}

func (*server) Put(context.Context, string, []byte) error { return ErrReadOnly }

func (*server) List(context.Context, string) ([]string, error) { return nil, ErrReadOnly }

func (*server) Delete(context.Context, []string) error { return ErrReadOnly }

// readAll reads a body to its end, or fails where it is over maxValue.
func readAll(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxValue+1))
	if err == nil && len(data) > maxValue {
		err = fmt.Errorf("more than %d bytes", maxValue)
	}
	return data, err
}
