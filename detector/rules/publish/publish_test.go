package publish

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"github.com/honmono/honmono/detector/rules"
	"github.com/honmono/honmono/detector/rules/bundle"
)

const (
	created = 1795374000
	expires = created + 90*24*60*60
)

// set is a small rule set; text is what tells one from another.
func set(text string) *rules.Set {
	return &rules.Set{
		Phrases: []rules.Phrase{{Kind: rules.Threat, Lang: "en", Text: text}},
		Scoring: rules.Scoring{Weights: map[string]float64{"A": 1}, Caution: 3, Danger: 6},
	}
}

func read(t *testing.T, elem ...string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(elem...))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestCompiled(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "compiled")
	if changed, err := Compiled(dir, set("a"), created); err != nil || !changed {
		t.Fatal(changed, err)
	}
	first := read(t, dir, "manifest")
	if m, err := bundle.Parse([]byte(first)); err != nil || m.Version != created || m.Expires != 0 {
		t.Errorf("%+v, %v", m, err)
	}
	if got := read(t, dir, "phrases.json"); got != `[{"kind":"threat","lang":"en","text":"a"}]`+"\n" {
		t.Errorf("phrases are %s", got)
	}
	if changed, err := Compiled(dir, set("a"), created+1); err != nil || changed || read(t, dir, "manifest") != first {
		t.Errorf("the same set again: changed %v, %v", changed, err)
	}
	if changed, err := Compiled(dir, set("b"), created+2); err != nil || !changed || !strings.Contains(read(t, dir, "manifest"), "version 1795374002\n") {
		t.Errorf("another set: changed %v, %v\n%s", changed, err, read(t, dir, "manifest"))
	}
	// A file that somebody edited is put right.
	if err := os.WriteFile(filepath.Join(dir, "phrases.json"), []byte("[]\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if changed, err := Compiled(dir, set("b"), created+3); err != nil || !changed || !strings.Contains(read(t, dir, "phrases.json"), `"b"`) {
		t.Errorf("an edited file: changed %v, %v", changed, err)
	}
	if got := files(t, dir); len(got) != 1+len(rules.SectionNames) {
		t.Errorf("files are %q", got)
	}
}

func TestSignAndVerify(t *testing.T) {
	dir, keys := t.TempDir(), t.TempDir()
	pair, err := Keygen(keys, "test", false)
	if err != nil || !pair.Made {
		t.Fatal(pair, err)
	}
	other, err := Keygen(keys, "other", false)
	if err != nil {
		t.Fatal(err)
	}
	private := read(t, pair.Private)
	release := func(version uint64) Release {
		return Release{Version: version, Created: created, Expires: expires, Keys: []string{private}}
	}
	m, err := Sign(dir, set("a"), release(0))
	if err != nil || m.Version != created {
		t.Fatal(m, err)
	}
	got, s, err := Verify(dir, []string{pair.Verifier}, created)
	if err != nil || got.Version != created || len(s.Phrases) != 1 || s.Phrases[0].Text != "a" {
		t.Fatalf("%+v, %+v, %v", got, s, err)
	}
	if _, s, err := Verify(filepath.Join(dir, "manifest"), []string{pair.Verifier}, created); err != nil || s != nil {
		t.Errorf("the manifest alone: %+v, %v", s, err)
	}
	if _, _, err := Verify(dir, []string{other.Verifier}, created); err == nil {
		t.Error("verified with another key")
	}
	if _, _, err := Verify(dir, []string{pair.Verifier}, expires); err == nil {
		t.Error("verified when it had expired")
	}

	// A version is published once, and the next one is above it, even where the
	// clock stands still; blobs of the first one stay.
	if _, err := Sign(dir, set("b"), release(created)); err == nil || !strings.Contains(err.Error(), "not above") {
		t.Errorf("the same version again: %v", err)
	}
	before := len(files(t, filepath.Join(dir, "blobs")))
	if m, err = Sign(dir, set("b"), release(0)); err != nil || m.Version != created+1 {
		t.Fatal(m, err)
	}
	if after := len(files(t, filepath.Join(dir, "blobs"))); after != before+1 {
		t.Errorf("%d blobs, then %d", before, after)
	}
	if m, err = Sign(dir, set("c"), release(created+100)); err != nil || m.Version != created+100 {
		t.Fatal(m, err)
	}

	// A blob that rotted is found, and publishing again mends it.
	blob := filepath.Join(dir, "blobs", m.Sections[1].SHA256)
	if err := os.WriteFile(blob, []byte("rot"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Verify(dir, []string{pair.Verifier}, created); err == nil || !strings.Contains(err.Error(), `section "phrases"`) {
		t.Errorf("a rotten blob: %v", err)
	}
	if _, err := Sign(dir, set("c"), release(0)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Verify(dir, []string{pair.Verifier}, created); err != nil {
		t.Error(err)
	}
	if err := os.Remove(blob); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Verify(dir, []string{pair.Verifier}, created); err == nil || !strings.Contains(err.Error(), "no blob "+m.Sections[1].SHA256) {
		t.Errorf("a missing blob: %v", err)
	}
	// A web server under another name reads them.
	for _, name := range []string{"manifest", "blobs/" + m.Sections[0].SHA256} {
		if info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); err != nil || info.Mode().Perm() != 0o644 {
			t.Errorf("%s: mode %v, %v", name, info.Mode(), err)
		}
	}
	for _, name := range append(files(t, dir), files(t, filepath.Join(dir, "blobs"))...) {
		if strings.HasPrefix(name, ".") {
			t.Errorf("a temporary file stayed: %s", name)
		}
	}
}

func TestSignRefuses(t *testing.T) {
	dir := t.TempDir()
	private, _, err := note.GenerateKey(nil, "test")
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]Release{
		"no key":        {Created: created, Expires: expires},
		"malformed key": {Created: created, Expires: expires, Keys: []string{"PRIVATE+KEY+x"}},
		"expired":       {Created: created, Expires: created, Keys: []string{private}},
	} {
		if _, err := Sign(dir, set("a"), r); err == nil {
			t.Errorf("%s: signed", name)
		}
		if got := files(t, dir); len(got) != 0 {
			t.Errorf("%s: left %q", name, got)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "manifest"), []byte("not a manifest"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Sign(dir, set("a"), Release{Created: created, Expires: expires, Keys: []string{private}}); err == nil || read(t, dir, "manifest") != "not a manifest" {
		t.Errorf("wrote over what is no manifest: %v", err)
	}
}

// TestBundleOrder: when the manifest cannot be written, the old one still has
// all its blobs; when a blob cannot, no manifest names it.
func TestBundleOrder(t *testing.T) {
	dir := t.TempDir()
	sections, err := rules.Encode(set("a"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "blobs"), nil, 0o644); err != nil { // a file in the way
		t.Fatal(err)
	}
	if err := Bundle(dir, []byte("manifest"), sections); err == nil {
		t.Error("wrote blobs below a file")
	}
	if _, err := os.Stat(filepath.Join(dir, "manifest")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a manifest without its blobs: %v", err)
	}
}

func TestKeygen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	first, err := Keygen(dir, "honmono-dev", false)
	if err != nil || !first.Made {
		t.Fatal(first, err)
	}
	info, err := os.Stat(first.Private)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if strings.TrimSpace(read(t, first.Public)) != first.Verifier || !strings.HasPrefix(first.Verifier, "honmono-dev+") {
		t.Errorf("public key is %q, %q", read(t, first.Public), first.Verifier)
	}

	// Again: the same key; a lost public half comes back; an open mode is closed.
	if err := errors.Join(os.Remove(first.Public), os.Chmod(first.Private, 0o644)); err != nil {
		t.Fatal(err)
	}
	again, err := Keygen(dir, "honmono-dev", false)
	if err != nil || again.Made || again.Verifier != first.Verifier || strings.TrimSpace(read(t, first.Public)) != first.Verifier {
		t.Errorf("%+v, %v; first %+v", again, err, first)
	}
	if info, _ := os.Stat(first.Private); info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	forced, err := Keygen(dir, "honmono-dev", true)
	if err != nil || !forced.Made || forced.Verifier == first.Verifier {
		t.Errorf("%+v, %v", forced, err)
	}
	if err := os.WriteFile(forced.Private, []byte("PRIVATE+KEY+secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Keygen(dir, "honmono-dev", false); err == nil || strings.Contains(err.Error(), "secret") || read(t, forced.Private) != "PRIVATE+KEY+secret" {
		t.Errorf("a file that is no key: %v", err)
	}
	for _, name := range []string{"", ".", "..", "a/b", "a+b", "a b", ".hidden"} {
		if _, err := Keygen(dir, name, false); err == nil {
			t.Errorf("made a key named %q", name)
		}
	}
}

// TestVerifierKey: what is worked out of a signing key is what the library made
// with it, for keys whose base64 holds plus signs too.
func TestVerifierKey(t *testing.T) {
	plus := false
	for range 100 {
		private, public, err := note.GenerateKey(nil, "test")
		if err != nil {
			t.Fatal(err)
		}
		plus = plus || strings.Count(private, "+") > 4
		if got, err := Verifier(private + "\n"); err != nil || got != public {
			t.Fatalf("%q, %v; want %q", got, err, public)
		}
	}
	if !plus {
		t.Error("no key with a plus sign in a hundred")
	}
}

func TestReadKey(t *testing.T) {
	pair, err := Keygen(t.TempDir(), "test", false)
	if err != nil {
		t.Fatal(err)
	}
	for _, arg := range []string{pair.Public, pair.Verifier} {
		if got, err := ReadKey(arg); err != nil || got != pair.Verifier {
			t.Errorf("ReadKey(%q) = %q, %v", arg, got, err)
		}
	}
	if _, err := ReadKey("nowhere/test.pub"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no such file: %v", err)
	}
}
