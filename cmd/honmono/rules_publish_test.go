package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// copySource copies the rules of the repository, for tests that change them.
func copySource(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(sourceDir)); err != nil {
		t.Fatal(err)
	}
	return dir
}

func appendTo(t *testing.T, name, text string) {
	t.Helper()
	f, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString(text); err != nil {
		t.Fatal(err)
	}
}

// TestRulesLive is the life of a rule server as a maintainer runs it.
func TestRulesLive(t *testing.T) {
	keys, out, source := t.TempDir(), filepath.Join(t.TempDir(), "live"), copySource(t)
	t.Setenv("HONMONO_RULES", out)
	rules := func(want int, args ...string) string {
		t.Helper()
		said, errOut, status := invoke(t, "", append([]string{"rules"}, args...)...)
		if status != want {
			t.Fatalf("rules %q: status %d, want %d\n%s%s", args, status, want, said, errOut)
		}
		return said + errOut
	}
	has := func(said string, wants ...string) {
		t.Helper()
		for _, want := range wants {
			if !strings.Contains(said, want) {
				t.Errorf("it says\n%swant %q", said, want)
			}
		}
	}
	has(rules(exitBad, "publish", "--keys", keys, source), "holds no signing key")
	rules(exitOK, "keygen", "--out", keys, "--name", "first")
	has(rules(exitRefused, "status", "--keys", keys), "! nothing has been published")
	has(rules(exitOK, "publish", "--keys", keys, "--dry-run", source), "first publication", "nothing was written")
	if _, err := os.Stat(out); err == nil {
		t.Error("a dry run wrote something")
	}
	has(rules(exitOK, "publish", "--keys", keys, source), "wrote section brands", "for everybody, expires ")
	has(rules(exitOK, "status", "--keys", keys), "rollout   everybody", "keys      first", "  whole", "  live")
	has(rules(exitOK, "publish", "--keys", keys, source), "no rule differs", "nothing to publish")

	appendTo(t, filepath.Join(source, "phrases/en.txt"), "threat: a phrase of this test alone\n")
	has(rules(exitOK, "publish", "--keys", keys, "--rollout", "10", source),
		"changes since version", `+ phrase: en threat "a phrase of this test alone"`, "for 10 % of the browsers")
	has(rules(exitOK, "status", "--keys", keys), "rollout   10 % of the browsers")
	has(rules(exitOK, "rollout", "--keys", keys, "50"), "for 50 % of the browsers")
	has(rules(exitOK, "rollout", "--keys", keys, "100"), "for everybody")
	has(rules(exitOK, "rollback", "--keys", keys), "back to the rules of version", `- phrase: en threat "a phrase of this test alone"`)
	has(rules(exitOK, "rollback", "--keys", keys), `+ phrase: en threat "a phrase of this test alone"`)

	// A second key signs beside the first; a stranger's key does not publish here.
	has(rules(exitOK, "rotate", "--keys", keys, "--name", "second"), "2 keys sign", "first+", "second+")
	has(rules(exitOK, "publish", "--keys", keys, "--renew", source), "for everybody")
	has(rules(exitOK, "status", "--keys", keys), "keys      first, second")
	has(rules(exitBad, "rotate", "--keys", keys, "--retire", "first"), "for 90 days yet")
	has(rules(exitOK, "rotate", "--keys", keys, "--retire", "first", "--force"), "second+")
	strange := t.TempDir()
	rules(exitOK, "keygen", "--out", strange, "--name", "strange")
	has(rules(exitBad, "publish", "--keys", strange, "--renew", source), "none of the keys in")
	has(rules(exitRefused, "status", "--keys", strange), "! signed by none of the 1 keys")

	has(rules(exitOK, "prune", "--grace", "30d"), "removed 0 versions and 0 sections")
	// A blob that rots is seen, and publishing again mends it.
	blobs, err := filepath.Glob(filepath.Join(out, "blobs", "*"))
	if err != nil || len(blobs) == 0 {
		t.Fatal(blobs, err)
	}
	for _, name := range blobs {
		if err := os.WriteFile(name, []byte("rot"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	has(rules(exitRefused, "status", "--keys", keys), "! brands", "is not what its hash says")
	has(rules(exitOK, "publish", "--keys", keys, source), "what is live is not whole", "wrote section brands")
	has(rules(exitOK, "status", "--keys", keys), "  whole")

	// An expiry that comes near, and one that is over.
	for ago, want := range map[time.Duration]string{
		80 * 24 * time.Hour: "publish with --renew",
		91 * 24 * time.Hour: "which is over",
	} {
		rules(exitOK, "publish", "--keys", keys, "--to", out+want, "--created", time.Now().Add(-ago).UTC().Format(time.RFC3339), source)
		has(rules(exitRefused, "status", "--keys", keys, "--to", out+want), want)
	}
}

func TestRulesLiveUse(t *testing.T) {
	t.Setenv("HONMONO_RULES", "")
	t.Setenv("CLOUDFLARE_API_TOKEN", "")
	keys := t.TempDir()
	if _, errOut, status := invoke(t, "", "rules", "keygen", "--out", keys, "--name", "k"); status != exitOK {
		t.Fatal(errOut)
	}
	dir := t.TempDir()
	for _, args := range [][]string{
		{"publish", "--keys", keys, sourceDir},
		{"publish", "--keys", keys, "--to", "kv:x", sourceDir},
		{"publish", "--keys", keys, "--to", dir, "--rollout", "101", sourceDir},
		{"publish", "--keys", keys, "--to", dir, "--settle", "soon", sourceDir},
		{"publish", "--keys", keys, "--to", dir, "--expires", "never", sourceDir},
		{"rollback", "--keys", keys, "--to", dir},
		{"rollout", "--keys", keys, "--to", dir, "0"},
		{"rollout", "--keys", keys, "--to", dir, "50"},
		{"rotate", "--keys", keys},
		{"rotate", "--keys", keys, "--name", "a", "--retire", "k"},
		{"rotate", "--keys", keys, "--retire", "k"},
		{"prune", "--to", dir},
		{"prune", "--to", dir, "--grace", "long"},
		{"status", "--to", ""},
	} {
		if _, errOut, status := invoke(t, "", append([]string{"rules"}, args...)...); status != exitBad || errOut == "" {
			t.Errorf("rules %q: %q, status %d", args, errOut, status)
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 0 {
		t.Errorf("wrote %v, %v", entries, err)
	}
}
