package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/honmono/honmono/cmd/honmono/internal/train"
)

// ruleCopy copies the rule sources, so that a test may change them.
func ruleCopy(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../detector/rules/source")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// labelled writes phishing and honest mail, each of several campaigns.
func labelled(t *testing.T) (phishFile, hamFile string) {
	t.Helper()
	var attacks, honest strings.Builder
	for i := range 20 {
		fmt.Fprintf(&attacks, `{"id":"p%d","campaign":"p%d","lang":"ja","from_name":"Amazon.co.jp","from_addr":"x@qzkfwv.top","subject":"アカウント停止","html":"<p>Amazon 会員 様</p><a href=\"https://qzkfwv%d.top/\">確認する</a>"}`+"\n", i, i, i)
		fmt.Fprintf(&honest, `{"id":"h%d","campaign":"h%d","lang":"en","from_name":"Hanako","from_addr":"hanako@example.test","subject":"lunch","text":"Shall we meet at %d?"}`+"\n", i, i, i)
	}
	dir := files(t, map[string]string{"p.jsonl": attacks.String(), "h.jsonl": honest.String()})
	return filepath.Join(dir, "p.jsonl"), filepath.Join(dir, "h.jsonl")
}

func TestTrain(t *testing.T) {
	source := ruleCopy(t)
	scoring := filepath.Join(source, "scoring.txt")
	before, err := os.ReadFile(scoring)
	if err != nil {
		t.Fatal(err)
	}
	attacks, honest := labelled(t)
	args := []string{"train", "--phish", attacks, "--ham", honest, "--rules", source}

	out, errOut, status := invoke(t, "", append(args, "--json")...)
	if status != exitOK || errOut != "" {
		t.Fatalf("status %d, stderr %q", status, errOut)
	}
	var result train.Result
	if err := json.Unmarshal([]byte(out), &result); err != nil {
		t.Fatal(err)
	}
	found := false
	for _, w := range result.Weights {
		if w.Symbol == "BRAND_FOREIGN_LINK" {
			found = w.Phish == 20 && w.Ham == 0
		}
	}
	if !found {
		t.Errorf("BRAND_FOREIGN_LINK is not seen in 20 campaigns of phishing and none of honest mail:\n%s", out)
	}
	if after, _ := os.ReadFile(scoring); string(after) != string(before) {
		t.Error("without --write, scoring.txt changed")
	}

	if out, errOut, status = invoke(t, "", append(args, "--write")...); status != exitOK {
		t.Fatalf("status %d, stderr %q", status, errOut)
	}
	if !strings.Contains(out, "cross-validated by campaign") {
		t.Errorf("the report says nothing of cross-validation:\n%s", out)
	}
	after, _ := os.ReadFile(scoring)
	if string(after) == string(before) {
		t.Error("with --write, scoring.txt did not change")
	}
	if _, errOut, status = invoke(t, "", "rules", "lint", source); status != exitOK {
		t.Errorf("what was written does not compile: %s", errOut)
	}
}

func TestTrainRefuses(t *testing.T) {
	attacks, honest := labelled(t)
	broken := ruleCopy(t)
	if err := os.WriteFile(filepath.Join(broken, "scoring.txt"), []byte("caution: often\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--phish", attacks}, "both are needed"},
		{[]string{"--phish", attacks, "--ham", honest, "--rules", broken}, "scoring.txt:1"},
		{[]string{"--phish", attacks, "--ham", honest + ".none", "--rules", ruleCopy(t)}, "nothing is fitted"},
	} {
		out, errOut, status := invoke(t, "", append([]string{"train"}, c.args...)...)
		if status != exitBad || !strings.Contains(errOut, c.want) || out != "" {
			t.Errorf("train %v: status %d, stdout %q, stderr %q; want %q", c.args, status, out, errOut, c.want)
		}
	}
}
