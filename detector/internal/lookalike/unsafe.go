package lookalike

import "github.com/honmono/honmono/detector/internal/spoof"

// UnsafeIDN reports whether the host, which is in canonical form, is an
// internationalised one that a careful browser would show in punycode, and why:
// one of the reasons of package spoof. It names no target, because such a host
// may imitate anything.
func UnsafeIDN(host string) (reason string, unsafe bool) { return spoof.Unsafe(host) }
