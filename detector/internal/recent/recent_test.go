package recent

import (
	"strconv"
	"strings"
	"sync"
	"testing"
	"unsafe"
)

func TestHosts(t *testing.T) {
	var h Hosts[int]
	if v, ok := h.Get("a.example"); ok || v != 0 {
		t.Errorf("of nothing: %d, %v", v, ok)
	}
	h.Put("a.example", 1)
	h.Put("a.example", 2)
	if v, ok := h.Get("a.example"); !ok || v != 2 {
		t.Errorf("a.example: %d, %v, want 2", v, ok)
	}
	if _, ok := h.Get("b.example"); ok {
		t.Error("b.example was never put there")
	}
}

// A mail of a thousand hosts does not fill the memory.
func TestHostsAreForgotten(t *testing.T) {
	var h Hosts[int]
	for i := range 3*MaxHosts + 5 {
		h.Put(strconv.Itoa(i)+".example", i)
		if len(h.of) > MaxHosts {
			t.Fatalf("%d hosts are remembered", len(h.of))
		}
		if v, ok := h.Get(strconv.Itoa(i) + ".example"); !ok || v != i {
			t.Fatalf("host %d: %d, %v", i, v, ok)
		}
	}
	if _, ok := h.Get("0.example"); ok {
		t.Error("the first host is remembered still")
	}
}

func TestLongHostsAreNotRemembered(t *testing.T) {
	var h Hosts[int]
	for _, n := range []int{MaxHost, MaxHost + 1} {
		host := strings.Repeat("a", n)
		h.Put(host, n)
		if _, ok := h.Get(host); ok != (n == MaxHost) {
			t.Errorf("%d bytes: remembered is %v", n, ok)
		}
	}
}

// Of a mail of megabytes, no more than the host is kept.
func TestPutCopiesTheHost(t *testing.T) {
	var h Hosts[int]
	mail := string([]byte("see https://a.example/ now"))
	host := mail[12:21]
	h.Put(host, 1)
	for kept := range h.of {
		if kept != "a.example" || unsafe.StringData(kept) == unsafe.StringData(host) {
			t.Errorf("%q is a part of the mail", kept)
		}
	}
}

func TestHostsConcurrently(t *testing.T) {
	var h Hosts[string]
	var wait sync.WaitGroup
	for g := range 4 {
		wait.Go(func() {
			for i := range 2000 {
				host := strconv.Itoa(i*7+g) + ".example"
				h.Put(host, host)
				if v, ok := h.Get(host); ok && v != host {
					t.Errorf("%s is taken for %s", host, v)
				}
			}
		})
	}
	wait.Wait()
}
