//go:build !js

package main

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"
)

// A limiter counts reports by address without keeping one: it holds, for a
// minute, how often a keyed hash of the address came, in memory alone. The key
// is drawn by lot and drawn anew each day, so that nobody, this program
// included, can tell later whose hash it was. On Cloudflare limit.mjs does the
// same.
type limiter struct {
	mu    sync.Mutex
	key   [32]byte
	day   int64
	since int64
	count map[[16]byte]int
}

const (
	// limitReports is how many reports one address may send in limitSeconds.
	limitReports = 10
	// limitAddresses bounds the memory; beyond, everybody waits.
	limitAddresses = 100_000
)

// allow counts one report from address at the time now, in seconds since 1970.
func (l *limiter) allow(address string, now int64) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if day := now / 86400; l.count == nil || day != l.day {
		rand.Read(l.key[:])
		l.day, l.count = day, map[[16]byte]int{}
	}
	if now-l.since >= limitSeconds || now < l.since {
		l.since = now
		clear(l.count)
	}
	mac := hmac.New(sha256.New, l.key[:])
	mac.Write([]byte(network(address)))
	var name [16]byte
	copy(name[:], mac.Sum(nil))
	if _, known := l.count[name]; !known && len(l.count) >= limitAddresses {
		return false
	}
	l.count[name]++
	return l.count[name] <= limitReports
}

// network is what one person has of addresses: an IPv4 address, or the /64 that
// an IPv6 address lies in.
func network(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil {
		return ""
	}
	a = a.Unmap().WithZone("")
	if a.Is4() {
		return a.String()
	}
	p, err := a.Prefix(64)
	if err != nil {
		return ""
	}
	return p.String()
}

// limited has a limiter look at reports before h. Where header is not empty, the
// address is the last one in that header, which the server in front writes.
func limited(h http.Handler, header string) http.Handler {
	l := &limiter{}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && !l.allow(sender(r, header), time.Now().Unix()) {
			secure(w.Header())
			share(w.Header())
			errTooMany.ServeHTTP(w, r)
			return
		}
		h.ServeHTTP(w, r)
	})
}

func sender(r *http.Request, header string) string {
	if header != "" {
		list := strings.Split(strings.Join(r.Header.Values(header), ","), ",")
		return strings.TrimSpace(list[len(list)-1])
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return ""
	}
	return host
}
