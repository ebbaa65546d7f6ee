// Package recent remembers what was found out about hosts: a person's mail comes
// from and leads to the same places day by day.
package recent

import (
	"strings"
	"sync"
)

// MaxHosts is how many hosts are remembered; when there are more, all are
// forgotten. One longer than MaxHost bytes, which no name server answers for, is
// never remembered.
const (
	MaxHosts = 1024
	MaxHost  = 253
)

// Hosts is what was found out about hosts, under one set of rules. The zero value
// knows none. It is safe for concurrent use, as long as nobody changes a V that
// was put there.
type Hosts[V any] struct {
	mutex sync.Mutex
	of    map[string]V
}

// Get returns what is remembered of a host; ok is false if nothing is.
func (h *Hosts[V]) Get(host string) (v V, ok bool) {
	h.mutex.Lock()
	v, ok = h.of[host]
	h.mutex.Unlock()
	return v, ok
}

// Put remembers what was found out about a host. Of the mail that the host is a
// part of, nothing stays.
func (h *Hosts[V]) Put(host string, v V) {
	if len(host) > MaxHost {
		return
	}
	h.mutex.Lock()
	if h.of == nil || len(h.of) >= MaxHosts {
		h.of = make(map[string]V)
	}
	h.of[strings.Clone(host)] = v
	h.mutex.Unlock()
}
