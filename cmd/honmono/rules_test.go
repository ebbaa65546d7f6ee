package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// sourceDir is the rule set of the repository; other commands run elsewhere.
const sourceDir = "../../detector/rules/source"

func TestRulesLint(t *testing.T) {
	out, errOut, status := invoke(t, "", "rules", "lint", sourceDir)
	if out != "" || errOut != "" || status != exitOK {
		t.Errorf("good rules: %q, %q, status %d", out, errOut, status)
	}
	out, errOut, status = invoke(t, "", "rules", "lint", "--warnings", sourceDir)
	if !strings.Contains(out, "/brands/") || !strings.Contains(out, ": warning: only common knowledge says") || errOut != "" || status != exitOK {
		t.Errorf("warnings: %.300q, %q, status %d", out, errOut, status)
	}
	dir := files(t, map[string]string{"phones.txt": "abused: 12\n", "notes.md": ""})
	out, _, status = invoke(t, "", "rules", "lint", dir)
	for _, want := range []string{
		filepath.ToSlash(dir) + "/phones.txt:1: \"abused\" has 1 fields, want 3, split by \" | \"\n",
		filepath.ToSlash(dir) + "/notes.md: no place for this file",
		filepath.ToSlash(dir) + "/brands: missing",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("lint says\n%s\nwant %s", out, want)
		}
	}
	if status != exitRefused {
		t.Errorf("status %d", status)
	}
	if _, errOut, status := invoke(t, "", "rules", "lint", filepath.Join(dir, "nowhere")); status != exitBad || !strings.Contains(errOut, "nowhere") {
		t.Errorf("no such directory: %q, status %d", errOut, status)
	}
	if _, errOut, status := invoke(t, "", "rules", "lint", filepath.Join(dir, "phones.txt")); status != exitBad || !strings.Contains(errOut, "not a directory") {
		t.Errorf("a file: %q, status %d", errOut, status)
	}
}

func TestRulesBuild(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "compiled")
	out, errOut, status := invoke(t, "", "rules", "build", "--out", dir, sourceDir)
	if status != exitOK || !strings.Contains(out, " brands, ") {
		t.Fatalf("%q, %q, status %d", out, errOut, status)
	}
	if out, _, status := invoke(t, "", "rules", "build", "--out", dir, sourceDir); out != "" || status != exitOK {
		t.Errorf("nothing changed: %q, status %d", out, status)
	}
	bad := files(t, map[string]string{"phones.txt": "x\n"})
	if out, errOut, status := invoke(t, "", "rules", "build", "--out", dir, bad); out != "" || !strings.Contains(errOut, "phones.txt:1") || status != exitRefused {
		t.Errorf("mistakes: %q, %q, status %d", out, errOut, status)
	}
}

func TestRulesSign(t *testing.T) {
	keys, out := t.TempDir(), t.TempDir()
	public, errOut, status := invoke(t, "", "rules", "keygen", "--out", keys, "--name", "test")
	if status != exitOK || !strings.HasPrefix(public, "test+") || !strings.Contains(errOut, "test.key") || strings.Contains(public+errOut, "PRIVATE") {
		t.Fatalf("keygen: %q, %q, status %d", public, errOut, status)
	}
	if again, errOut, _ := invoke(t, "", "rules", "keygen", "--out", keys, "--name", "test"); again != public || errOut != "" {
		t.Errorf("keygen again: %q, %q", again, errOut)
	}
	private := filepath.Join(keys, "test.key")
	said, errOut, status := invoke(t, "", "rules", "sign", "--key", private, "--out", out, "--version", "7", "--expires", "2d", sourceDir)
	if status != exitOK || !strings.Contains(said, "version 7, expires ") {
		t.Fatalf("sign: %q, %q, status %d", said, errOut, status)
	}
	for _, key := range []string{strings.TrimSpace(public), filepath.Join(keys, "test.pub")} {
		for _, target := range []string{out, filepath.Join(out, "manifest")} {
			said, errOut, status := invoke(t, "", "rules", "verify", "--key", key, target)
			if status != exitOK || !strings.HasPrefix(said, "version 7, created ") {
				t.Errorf("verify %s: %q, %q, status %d", target, said, errOut, status)
			}
		}
	}
	if _, errOut, status := invoke(t, "", "rules", "sign", "--key", private, "--out", out, "--version", "7", sourceDir); status != exitBad || !strings.Contains(errOut, "not above 7") {
		t.Errorf("sign again: %q, status %d", errOut, status)
	}

	// Another key, and a set whose time is over.
	if other, _, _ := invoke(t, "", "rules", "keygen", "--out", keys, "--name", "other"); other == public {
		t.Error("two names, one key")
	}
	if _, errOut, status := invoke(t, "", "rules", "verify", "--key", filepath.Join(keys, "other.pub"), out); status != exitRefused || !strings.Contains(errOut, "no verifiable signatures") {
		t.Errorf("another key: %q, status %d", errOut, status)
	}
	if _, errOut, status := invoke(t, "", "rules", "sign", "--key", private, "--out", out, "--created", "2020-01-01T00:00:00Z", "--expires", "12h", sourceDir); status != exitOK {
		t.Fatalf("sign in the past: %q, status %d", errOut, status)
	}
	if _, errOut, status := invoke(t, "", "rules", "verify", "--key", filepath.Join(keys, "test.pub"), out); status != exitRefused || !strings.Contains(errOut, "expired 2020-01-01T12:00:00Z") {
		t.Errorf("expired: %q, status %d", errOut, status)
	}
}

func TestRulesUse(t *testing.T) {
	for _, args := range [][]string{
		{},
		{"publsh"},
		{"lint", "a", "b"},
		{"sign"},
		{"sign", "--out", "x", "--expires", "soon"},
		{"sign", "--out", "x", "--key", "nowhere"},
		{"verify", "x"},
		{"verify", "--key", "nowhere", "x"},
		{"keygen", "--name", "a/b", "--out", t.TempDir()},
		{"build", "--nothing"},
	} {
		out, errOut, status := invoke(t, "", append([]string{"rules"}, args...)...)
		if status != exitBad || errOut == "" || out != "" {
			t.Errorf("rules %q: %q, %q, status %d", args, out, errOut, status)
		}
	}
	if _, err := os.Stat("x"); err == nil {
		t.Error("wrote something")
	}
	if out, _, status := invoke(t, "", "rules", "help"); status != exitOK || !strings.HasPrefix(out, "usage: honmono rules") {
		t.Errorf("help: %q, status %d", out, status)
	}
}

func TestLifetime(t *testing.T) {
	for s, want := range map[string]time.Duration{"90d": 90 * 24 * time.Hour, "12h": 12 * time.Hour, "90m": 90 * time.Minute} {
		if got, err := lifetime(s); err != nil || got != want {
			t.Errorf("%s is %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "0d", "-1d", "1.5d", "d", "99999d", "90", "0s", "-3h"} {
		if got, err := lifetime(s); err == nil {
			t.Errorf("%q is %v", s, got)
		}
	}
}
