package bundle_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"github.com/honmono/honmono/detector/rules/bundle"
)

const (
	created = 1795374000 // 2026-11-22T19:00:00Z
	expires = created + 90*24*60*60
)

// key is a pair that is the same in every run.
func key(t *testing.T, name string, seed byte) (private, public string) {
	t.Helper()
	private, public, err := note.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{seed}, 64)), name)
	if err != nil {
		t.Fatal(err)
	}
	return private, public
}

func manifest() *bundle.Manifest {
	return bundle.New([]bundle.Section{{Name: "brands", Size: 3, SHA256: bundle.Hash([]byte("[]\n"))}}, created, created, expires)
}

func TestRollout(t *testing.T) {
	m := manifest()
	m.Rollout = 10
	text := string(m.Text())
	if !strings.Contains(text, "expires 2027-02-20T19:00:00Z\nrollout 10\nsection brands ") {
		t.Errorf("the text is\n%s", text)
	}
	back, err := bundle.Parse([]byte(text))
	if err != nil || back.Rollout != 10 {
		t.Fatalf("%+v, %v", back, err)
	}
	for bucket, want := range map[int]bool{0: true, 9: true, 10: false, 99: false} {
		if back.For(bucket) != want {
			t.Errorf("for bucket %d: %v", bucket, !want)
		}
		if !manifest().For(bucket) {
			t.Errorf("without the line, not for bucket %d", bucket)
		}
	}
	for _, bad := range []string{"0", "100", "-1", "01", "+1", "1.5", "10%", "", "ten", " 10"} {
		if got, err := bundle.Parse([]byte(strings.Replace(text, "rollout 10", "rollout "+bad, 1))); err == nil {
			t.Errorf("rollout %q is read as %+v", bad, got)
		}
	}
	line := "rollout 10\n"
	for name, bad := range map[string]string{
		"twice":        strings.Replace(text, line, line+line, 1),
		"at the end":   strings.Replace(text, line, "", 1) + line,
		"before times": strings.Replace(strings.Replace(text, line, "", 1), "created", line+"created", 1),
	} {
		if got, err := bundle.Parse([]byte(bad)); err == nil {
			t.Errorf("%s: read as %+v", name, got)
		}
	}
}

// The share is under the signature: nobody on the way can widen or narrow it.
func TestRolloutIsSigned(t *testing.T) {
	private, public := key(t, "example", 0)
	m := manifest()
	m.Rollout = 10
	signed, err := bundle.Sign(m, private)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := bundle.Verify(signed, []string{public}, created, 0); err != nil || got.Rollout != 10 {
		t.Errorf("%+v, %v", got, err)
	}
	for _, changed := range []string{"rollout 99", "rollout 1"} {
		if _, err := bundle.Verify(bytes.Replace(signed, []byte("rollout 10"), []byte(changed), 1), []string{public}, created, 0); err == nil {
			t.Errorf("%s verifies", changed)
		}
	}
	if _, err := bundle.Verify(bytes.Replace(signed, []byte("rollout 10\n"), nil, 1), []string{public}, created, 0); err == nil {
		t.Error("without the line it verifies")
	}
}

func TestSignedBy(t *testing.T) {
	oldPrivate, oldPublic := key(t, "old", 1)
	newPrivate, newPublic := key(t, "new", 2)
	_, strange := key(t, "old", 3)
	both, err := bundle.Sign(manifest(), oldPrivate, newPrivate)
	if err != nil {
		t.Fatal(err)
	}
	one, err := bundle.Sign(manifest(), newPrivate)
	if err != nil {
		t.Fatal(err)
	}
	keys := []string{oldPublic, strange, newPublic}
	for _, c := range []struct {
		name   string
		signed []byte
		want   []string
	}{
		{"two keys", both, []string{oldPublic, newPublic}},
		{"one key", one, []string{newPublic}},
		{"text changed", bytes.Replace(both, []byte("brands 3"), []byte("brands 4"), 1), nil},
		{"no manifest", []byte("<html>"), nil},
	} {
		if got, err := bundle.SignedBy(c.signed, keys); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, %v; want %q", c.name, got, err, c.want)
		}
	}
	if _, err := bundle.SignedBy(both, []string{"old"}); err == nil {
		t.Error("a malformed key: no error")
	}
}

func TestUnverified(t *testing.T) {
	private, _ := key(t, "example", 0)
	signed, err := bundle.Sign(manifest(), private)
	if err != nil {
		t.Fatal(err)
	}
	if m, err := bundle.Unverified(signed); err != nil || m.Version != created || len(m.Sections) != 1 {
		t.Errorf("%+v, %v", m, err)
	}
	forever := manifest()
	forever.Expires = 0
	never, err := bundle.Sign(forever, private)
	if err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string][]byte{
		"nothing":      nil,
		"a web page":   []byte("<!doctype html>"),
		"half of it":   signed[:len(signed)/2],
		"no signature": manifest().Text(),
		"no expiry":    never,
		"too large":    append(bytes.Clone(signed), bytes.Repeat([]byte("x"), bundle.MaxManifest)...),
	} {
		if m, err := bundle.Unverified(bad); err == nil {
			t.Errorf("%s: read as %+v", name, m)
		}
	}
}
