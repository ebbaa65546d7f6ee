package publish

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/honmono/honmono/detector/rules/bundle"
)

// TestRotation walks a key from its first day to its last: at every step a
// client that knows any of the keys which should work takes what is signed.
func TestRotation(t *testing.T) {
	dir, out := t.TempDir(), t.TempDir()
	first, err := Keygen(dir, "first", false)
	if err != nil {
		t.Fatal(err)
	}
	open := func() *Ring {
		t.Helper()
		r, err := OpenRing(dir)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	signedBy := func() []string {
		t.Helper()
		r := open()
		if _, err := Sign(out, set("a"), Release{Created: created, Expires: expires, Keys: r.Signing()}); err != nil {
			t.Fatal(err)
		}
		by, err := bundle.SignedBy([]byte(read(t, out, "manifest")), r.Verifiers(true))
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, v := range by {
			name, _, _ := strings.Cut(v, "+")
			names = append(names, name)
		}
		return names
	}
	if got := signedBy(); !slices.Equal(got, []string{"first"}) {
		t.Errorf("in the beginning: %q", got)
	}
	if err := open().Retire("first", created, true); err == nil || !strings.Contains(err.Error(), "the only key that signs") {
		t.Errorf("the last key retired: %v", err)
	}
	second, err := open().Add("second", created)
	if err != nil {
		t.Fatal(err)
	}
	if got := signedBy(); !slices.Equal(got, []string{"first", "second"}) {
		t.Errorf("in the overlap: %q", got)
	}
	for _, key := range []string{first.Verifier, second.Verifier} {
		if _, _, err := Verify(out, []string{key}, created); err != nil {
			t.Errorf("in the overlap, a client with %s: %v", key, err)
		}
	}
	over := created + int64(Overlap/time.Second)
	if err := open().Retire("first", over-1, false); err == nil || !strings.Contains(err.Error(), "for 90 days yet, only for 89") {
		t.Errorf("retired too early: %v", err)
	}
	if err := open().Retire("first", over, false); err != nil {
		t.Fatal(err)
	}
	if got := signedBy(); !slices.Equal(got, []string{"second"}) {
		t.Errorf("in the end: %q", got)
	}
	if err := open().Retire("first", over, false); err == nil || !strings.Contains(err.Error(), "is retired since") {
		t.Errorf("retired twice: %v", err)
	}
	// The secret of a retired key may go; of one that signs it may not.
	if err := os.Remove(first.Private); err != nil {
		t.Fatal(err)
	}
	if r := open(); len(r.Signing()) != 1 || len(r.Verifiers(true)) != 2 || len(r.Verifiers(false)) != 1 {
		t.Errorf("%+v", r)
	}
	if err := os.Remove(filepath.Join(dir, "second.key")); err != nil {
		t.Fatal(err)
	}
	if r, err := OpenRing(dir); err == nil {
		t.Errorf("a signing key is gone: %+v", r)
	}
}

// A stolen key is ended at once.
func TestRetireByForce(t *testing.T) {
	dir := t.TempDir()
	if _, err := Keygen(dir, "stolen", false); err != nil {
		t.Fatal(err)
	}
	r, err := OpenRing(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Add("fresh", created); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Add("stolen", created); err == nil {
		t.Error("a name was used twice")
	}
	if err := r.Retire("stolen", created+1, true); err != nil || len(r.Signing()) != 1 {
		t.Errorf("%v, %d sign", err, len(r.Signing()))
	}
	if err := r.Retire("nobody", created, true); err == nil {
		t.Error("retired a key that is not there")
	}
}

func TestRingFile(t *testing.T) {
	for _, bad := range []string{
		"first", "first yesterday", "first 2026-11-22T19:00:00Z retired", "first 2026-11-22T19:00:00Z gone 2026-11-22T19:00:00Z",
		"../first 2026-11-22T19:00:00Z", "a 2026-11-22T19:00:00Z\na 2026-11-22T19:00:00Z",
	} {
		if keys, err := parseRing(bad + "\n"); err == nil {
			t.Errorf("%q is read as %+v", bad, keys)
		}
	}
	keys, err := parseRing("# keys\n\nfirst 2026-11-22T19:00:00Z retired 2027-02-20T19:00:00Z\nsecond 2026-11-22T19:00:00Z\n")
	if err != nil || len(keys) != 2 || keys[0].Retired != expires || keys[0].Since != created || keys[1].Retired != 0 {
		t.Errorf("%+v, %v", keys, err)
	}
	if r, err := OpenRing(filepath.Join(t.TempDir(), "nowhere")); err != nil || len(r.Keys) != 0 {
		t.Errorf("no directory: %+v, %v", r, err)
	}
}
