package blocklist

import (
	"sync"

	"github.com/honmono/honmono/detector/internal/fuse"
)

// A List is several periods. It is safe for concurrent use.
type List struct {
	periods []period

	mu    sync.RWMutex
	exact map[string]Exact // by name
}

type period struct {
	filter fuse.Filter
	exact  string // name of the exact list
}

// Add puts a period into the list: its filter, and what its exact list is
// called. It is called before the list is used.
func (l *List) Add(filter fuse.Filter, exact string) {
	l.periods = append(l.periods, period{filter, exact})
}

// Load brings an exact list into memory.
func (l *List) Load(name string, e Exact) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.exact == nil {
		l.exact = map[string]Exact{}
	}
	l.exact[name] = e
}

// Find looks a link up. Missing names an exact list that is not loaded and
// without which the answer is not sure; with it loaded, Find has to be called
// again.
func (l *List) Find(host, path string) (key, missing string) {
	if len(l.periods) == 0 {
		return "", ""
	}
	for _, k := range Keys(host, path) {
		h := fuse.Hash(k)
		for i := range l.periods {
			p := &l.periods[i]
			if !p.filter.ContainsHash(h) {
				continue
			}
			l.mu.RLock()
			e, loaded := l.exact[p.exact]
			l.mu.RUnlock()
			switch {
			case !loaded:
				missing = p.exact
			case e.Contains(k):
				return k, ""
			}
		}
	}
	return "", missing
}
