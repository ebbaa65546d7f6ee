package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/honmono/honmono/detector/rules"
	"github.com/honmono/honmono/detector/rules/feed"
)

func TestRulesFeed(t *testing.T) {
	dir := files(t, map[string]string{
		"a.txt": "https://login.harbour-notes.net/x\nhxxps://evil-tenant.web[.]app/\nhttps://www.amazon.co.jp/\nthe quick fox\n",
		"b.csv": "date,URL,description\n2026/11/20,https://harbour-notes.net/y,Amazon\n2026/11/20,https://quiet-garden.net/,x\n",
	})
	ledger := filepath.Join(dir, "ledger")
	out, errOut, status := invoke(t, "", "rules", "feed", "--ledger", ledger, "--day", "2026-11-19",
		filepath.Join(dir, "a.txt"), filepath.Join(dir, "b.csv"))
	if status != exitOK || errOut != "" {
		t.Fatalf("status %d, stderr %q", status, errOut)
	}
	for _, want := range []string{"a.txt: 2 new, 0 seen again", "b.csv: 1 new, 1 seen again", "1 refused, an official domain of a brand", "a.txt:3: \"https://www.amazon.co.jp/\"", "a.txt:4", "3 places"} {
		if !strings.Contains(out, want) {
			t.Errorf("the output has no %q:\n%s", want, out)
		}
	}
	before, _ := os.ReadFile(ledger)

	// A feed that cannot be read, or a wrong --remove, changes nothing.
	for _, args := range [][]string{
		{filepath.Join(dir, "a.txt"), filepath.Join(dir, "missing.txt")},
		{"--remove", "never.example", filepath.Join(dir, "a.txt")},
	} {
		_, errOut, status = invoke(t, "", append([]string{"rules", "feed", "--ledger", ledger}, args...)...)
		if after, _ := os.ReadFile(ledger); status != exitBad || !strings.Contains(errOut, "nothing is changed") || string(after) != string(before) {
			t.Errorf("%v: status %d, stderr %q, ledger %q", args, status, errOut, after)
		}
	}
	if err := os.WriteFile(ledger+".cut", before[:len(before)-6], 0o644); err != nil {
		t.Fatal(err)
	}
	if _, errOut, status = invoke(t, "", "rules", "feed", "--ledger", ledger+".cut", filepath.Join(dir, "a.txt")); status != exitBad || !strings.Contains(errOut, "cut off") {
		t.Errorf("a ledger that was cut off: status %d, stderr %q", status, errOut)
	}
	if out, _, status = invoke(t, "", "rules", "feed", "--ledger", ledger, "--day", "2026-11-20", "--remove", "quiet-garden.net"); status != exitOK || !strings.Contains(out, "2 places; 0 let go, 1 taken off") {
		t.Errorf("--remove: status %d, %s", status, out)
	}
	if out, _, status = invoke(t, "", "rules", "feed", "--ledger", ledger, "--day", "2027-03-01", "--keep", "90d", os.DevNull); status != exitOK || !strings.Contains(out, "0 places; 2 let go") {
		t.Errorf("after a quarter: status %d, %s", status, out)
	}
}

// What is fed reaches a published set, is spoken of to the reviewer, and is not
// lost by forgetting a flag.
func TestPublishBlocklist(t *testing.T) {
	dir := t.TempDir()
	keys, live, ledger := filepath.Join(dir, "keys"), filepath.Join(dir, "live"), filepath.Join(dir, "ledger")
	do := func(want int, args ...string) string {
		t.Helper()
		out, errOut, status := invoke(t, "", append([]string{"rules"}, args...)...)
		if status != want {
			t.Fatalf("rules %v: status %d\n%s%s", args, status, out, errOut)
		}
		return out + errOut
	}
	const source = "../../detector/rules/source"
	do(exitOK, "keygen", "--out", keys, "--name", "test")
	reports := filepath.Join(dir, "reports.txt")
	if err := os.WriteFile(reports, []byte("https://harbour-notes.net/\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	publish := func(want int, at string, more ...string) string {
		t.Helper()
		return do(want, append(append([]string{"publish", "--to", live, "--keys", keys, "--created", "2026-11-19T" + at + "Z", "--settle", "0s"}, more...), source)...)
	}
	publish(exitOK, "10:00:00")
	do(exitOK, "feed", "--ledger", ledger, "--day", "2026-11-19", reports)
	if out := publish(exitOK, "11:00:00", "--blocklist", ledger); !strings.Contains(out, "+ blocklist of 20261119-1: 1 places") {
		t.Errorf("the reviewer is not told of the blocklist:\n%s", out)
	}
	if out := publish(exitBad, "12:00:00"); !strings.Contains(out, "--blocklist") {
		t.Errorf("a forgotten --blocklist: %s", out)
	}
	if out := publish(exitOK, "13:00:00", "--blocklist", "none"); !strings.Contains(out, "- blocklist of 20261119-1") {
		t.Errorf("--blocklist none:\n%s", out)
	}
}

// More than a browser has room for is refused here, and not there.
func TestBlocklistTooLarge(t *testing.T) {
	l := feed.NewLedger()
	for i := range 650_000 {
		l.Add(strconv.Itoa(i)+".example", 20000)
	}
	name := filepath.Join(t.TempDir(), "ledger")
	if err := writeLedger(name, l); err != nil {
		t.Fatal(err)
	}
	if err := addBlocklist(&rules.Set{}, name, time.Unix(20000*86400, 0)); err == nil || !strings.Contains(err.Error(), "room for") {
		t.Errorf("650,000 places: %v", err)
	}
}
