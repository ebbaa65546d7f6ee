//go:build !js

package main

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"testing"
)

func TestLimiter(t *testing.T) {
	l := &limiter{}
	const now = 1795348800
	for n := range limitReports + 1 {
		if got := l.allow("192.0.2.1", now); got != (n < limitReports) {
			t.Errorf("report %d: %v", n, got)
		}
	}
	if !l.allow("192.0.2.2", now) || !l.allow("2001:db8::1", now) {
		t.Error("others pay for it")
	}
	if l.allow("192.0.2.1", now+limitSeconds-1) || !l.allow("192.0.2.1", now+limitSeconds) {
		t.Error("the window is another")
	}
	// A new day has a new key, and nothing of the day before.
	key := l.key
	if l.allow("192.0.2.1", now+86400); l.key == key || len(l.count) != 1 {
		t.Errorf("%d addresses the day after", len(l.count))
	}
	for name := range l.count {
		if bytes.Contains(name[:], []byte("192.0")) || bytes.Contains(name[:], []byte{192, 0, 2, 1}) {
			t.Error("an address is kept")
		}
	}
	for n := range limitAddresses + 10 {
		l.allow(fmt.Sprintf("10.%d.%d.%d", n>>16, n>>8&255, n&255), now+2*86400)
	}
	if len(l.count) != limitAddresses {
		t.Errorf("%d addresses are held", len(l.count))
	}
}

func TestNetwork(t *testing.T) {
	for address, want := range map[string]string{
		"192.0.2.1":             "192.0.2.1",
		"::ffff:192.0.2.1":      "192.0.2.1",
		"2001:db8:1:2:3:4:5:6":  "2001:db8:1:2::/64",
		"2001:DB8:1:2::":        "2001:db8:1:2::/64",
		"fe80::1%eth0":          "fe80::/64",
		"not an address":        "",
		"192.0.2.1, 192.0.2.2":  "",
		"":                      "",
		"2001:db8:1:2::1/128\n": "",
	} {
		if got := network(address); got != want {
			t.Errorf("%q: %q, want %q", address, got, want)
		}
	}
}

func TestSender(t *testing.T) {
	r := httptest.NewRequest("POST", "/v1/reports", nil)
	r.RemoteAddr = "[2001:db8::1]:1234"
	// The last is what the server in front saw; what is before it, anybody wrote.
	r.Header.Add("X-Forwarded-For", "203.0.113.1, 203.0.113.2")
	r.Header.Add("X-Forwarded-For", "203.0.113.3")
	if got := sender(r, ""); got != "2001:db8::1" {
		t.Errorf("%q", got)
	}
	if got := sender(r, "X-Forwarded-For"); got != "203.0.113.3" {
		t.Errorf("%q", got)
	}
}
