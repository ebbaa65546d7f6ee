package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// invoke runs one command line.
func invoke(t *testing.T, stdin string, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	var out, errOut bytes.Buffer
	status = run(args, environment{stdin: strings.NewReader(stdin), stdout: &out, stderr: &errOut, lang: "en_GB.UTF-8"})
	return out.String(), errOut.String(), status
}

// files writes files to a new directory.
func files(t *testing.T, all map[string]string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range all {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const phish = "Message-ID: <phish@example.test>\r\nFrom: \"Amazon.co.jp\" <x@qzkfwv.top>\r\nSubject: =?UTF-8?B?44Ki44Kr44Km44Oz44OI5YGc5q2i?=\r\n" +
	"Content-Type: text/html; charset=utf-8\r\n\r\n<p>Amazon 会員 様 24時間以内</p><a href=\"https://qzkfwv.top/a\">今すぐ確認する</a><a href=\"https://www.amazon.co.jp/\">Amazon.co.jp</a>\r\n"

const ham = "Message-ID: <ham@example.test>\r\nFrom: Hanako <hanako@example.test>\r\nSubject: lunch\r\n\r\nShall we meet at noon?\r\n"

// What a script sees of one message. Unknown fields fail the test: the lines
// are a contract.
type messageLine struct {
	ID, File, Level *string
	Score           *float64
	Brand           *string
	Findings        []struct {
		Symbol   *string
		Weight   *float64
		Evidence map[string]any
	}
	Links []struct{ Href, Host, RegistrableDomain, Level, Brand *string }
}

func decodeLines[T any](t *testing.T, out string) []T {
	t.Helper()
	var lines []T
	for line := range strings.Lines(out) {
		var v T
		dec := json.NewDecoder(strings.NewReader(line))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&v); err != nil {
			t.Fatalf("line %q: %v", line, err)
		}
		lines = append(lines, v)
	}
	return lines
}

func TestCheckJSON(t *testing.T) {
	dir := files(t, map[string]string{"a.eml": phish, "b.eml": ham})
	out, errOut, status := invoke(t, "", "check", "--json", dir)
	if status != 0 || errOut != "" {
		t.Fatalf("status %d, stderr %q", status, errOut)
	}
	lines := decodeLines[messageLine](t, out)
	if len(lines) != 2 {
		t.Fatalf("%d lines for two messages:\n%s", len(lines), out)
	}
	a, b := lines[0], lines[1]
	if *a.ID != "phish@example.test" || *a.File != filepath.Join(dir, "a.eml") || *a.Level != "danger" || *a.Brand != "amazon" || *a.Score <= 0 {
		t.Errorf("the attack: %s", out)
	}
	if len(a.Links) != 2 || *a.Links[0].RegistrableDomain != "qzkfwv.top" || *a.Links[0].Level != "danger" ||
		*a.Links[1].Host != "www.amazon.co.jp" || *a.Links[1].Level != "ok" || *a.Links[1].Brand != "amazon" {
		t.Errorf("its links: %s", out)
	}
	if *b.ID != "ham@example.test" || *b.Level != "ok" || *b.Brand != "" || b.Findings == nil || b.Links == nil {
		t.Errorf("the honest mail: %s", out)
	}
	for i, line := range strings.Split(strings.TrimSpace(out), "\n") {
		for _, key := range []string{`"id":`, `"file":`, `"level":`, `"score":`, `"brand":`, `"findings":[`, `"links":[`} {
			if !strings.Contains(line, key) {
				t.Errorf("line %d lacks %s: %s", i, key, line)
			}
		}
	}
}

// The same mail gives the same verdict from every kind of input.
func TestCheckInputs(t *testing.T) {
	row, _ := json.Marshal(map[string]string{"id": "phish@example.test", "from_name": "Amazon.co.jp", "from_addr": "x@qzkfwv.top", "subject": "アカウント停止",
		"html": strings.SplitN(phish, "\r\n\r\n", 2)[1][:strings.LastIndex(strings.SplitN(phish, "\r\n\r\n", 2)[1], "\r\n")] + "\n"})
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	w.Write(append(row, '\n'))
	w.Close()
	dir := files(t, map[string]string{"m.eml": phish, "m.mbox": "From x\n" + phish, "m.jsonl": string(row), "m.jsonl.gz": zipped.String()})
	var want string
	for _, input := range []struct{ path, stdin string }{
		{"m.eml", ""}, {"m.mbox", ""}, {"m.jsonl", ""}, {"m.jsonl.gz", ""}, {"-", phish}, {"-", "From x\n" + phish}, {"-", string(row)},
	} {
		path := input.path
		if path != "-" {
			path = filepath.Join(dir, path)
		}
		out, errOut, status := invoke(t, input.stdin, "check", "--json", path)
		if status != 0 || errOut != "" {
			t.Errorf("%s: status %d, stderr %q", input.path, status, errOut)
		}
		got := strings.Replace(out, fmt.Sprintf(`"file":%q`, path), `"file":"F"`, 1)
		if want == "" {
			want = got
		}
		if got != want || strings.Count(got, "\n") != 1 {
			t.Errorf("%s:\n got %s\nwant %s", input.path, got, want)
		}
	}
}

// Unreadable input: one line that names it, the rest goes on, status 2.
func TestCheckUnreadable(t *testing.T) {
	dir := files(t, map[string]string{"a.eml": ham, "b.eml": "", "c.eml": phish, "d.jsonl": "{\"id\":1}\n" + `{"id":"row","text":"hello"}` + "\n"})
	missing := filepath.Join(dir, "missing.eml")
	for _, format := range [][]string{{"--json"}, nil} {
		out, errOut, status := invoke(t, "", slices.Concat([]string{"check"}, format, []string{missing, dir})...)
		if status != 2 {
			t.Errorf("status %d, want 2", status)
		}
		complaints := strings.Split(strings.TrimSuffix(errOut, "\n"), "\n")
		if len(complaints) != 3 || !strings.Contains(complaints[0], missing) || !strings.Contains(complaints[1], filepath.Join(dir, "b.eml")) || !strings.Contains(complaints[2], filepath.Join(dir, "d.jsonl")+":1") {
			t.Errorf("stderr:\n%s", errOut)
		}
		if format != nil {
			if lines := decodeLines[messageLine](t, out); len(lines) != 3 || *lines[0].ID != "ham@example.test" || *lines[1].ID != "phish@example.test" || *lines[2].ID != "row" {
				t.Errorf("stdout:\n%s", out)
			}
		} else if !strings.Contains(out, "a.eml") || !strings.Contains(out, "Could not check 3") {
			t.Errorf("stdout:\n%s", out)
		}
	}
}

// Many messages come out in the order of their names.
func TestCheckKeepsOrder(t *testing.T) {
	all := map[string]string{}
	var want []string
	for i := range 300 {
		id := fmt.Sprintf("m%03d", i)
		body := strings.Repeat("<p>text</p>", i%7*1000)
		all[id+".eml"] = "Message-ID: <" + id + ">\nFrom: a@example.test\nContent-Type: text/html\n\n" + body + "<a href=https://example.test/>x</a>\n"
		want = append(want, id)
	}
	out, _, status := invoke(t, "", "check", "--json", files(t, all))
	var got []string
	for _, line := range decodeLines[messageLine](t, out) {
		got = append(got, *line.ID)
	}
	if status != 0 || !slices.Equal(got, want) {
		t.Errorf("status %d, order %v", status, got)
	}
}

func TestCheckReport(t *testing.T) {
	dir := files(t, map[string]string{"a.eml": phish})
	for lang, want := range map[string][]string{
		"en": {"× Danger", "Amazon.co.jp <x@qzkfwv.top>", "アカウント停止", "→ [qzkfwv.top]", "→ www.[amazon.co.jp]", "BRAND_FOREIGN_LINK"},
		"ja": {"× 危険", "→ [qzkfwv.top]", "BRAND_FOREIGN_LINK"},
	} {
		out, errOut, status := invoke(t, "", "check", "--lang", lang, dir)
		if status != 0 || errOut != "" {
			t.Errorf("%s: status %d, stderr %q", lang, status, errOut)
		}
		for _, w := range want {
			if !strings.Contains(out, w) {
				t.Errorf("%s: %q is missing in\n%s", lang, w, out)
			}
		}
		if strings.Contains(out, "\x1b") {
			t.Errorf("%s: colours without a terminal:\n%s", lang, out)
		}
	}
}

func TestURL(t *testing.T) {
	type urlLine struct {
		Input, Host, RegistrableDomain, Level, Target *string
		Findings                                      []map[string]any
	}
	out, errOut, status := invoke(t, "https://www.amazon.co.jp.evil.top/x\n\n  www.amazon.co.jp  \r\nhttp://exa mple/\n",
		"url", "https://[::1", "-", "--json", "--protect", "mihon-school.ac.jp", "mihonschool.top")
	if status != 0 || errOut != "" {
		t.Fatalf("status %d, stderr %q", status, errOut)
	}
	lines := decodeLines[urlLine](t, out)
	type answer struct{ input, host, domain, target string }
	var got []answer
	for _, l := range lines {
		got = append(got, answer{*l.Input, *l.Host, *l.RegistrableDomain, *l.Target})
		if l.Findings == nil {
			t.Errorf("%s: findings are null", *l.Input)
		}
	}
	want := []answer{
		{"https://[::1", "", "", ""},
		{"https://www.amazon.co.jp.evil.top/x", "www.amazon.co.jp.evil.top", "evil.top", "amazon.co.jp"},
		{"www.amazon.co.jp", "www.amazon.co.jp", "amazon.co.jp", ""},
		{"http://exa mple/", "", "", ""},
		{"mihonschool.top", "mihonschool.top", "mihonschool.top", "mihon-school.ac.jp"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %+q\nwant %+q", got, want)
	}
	if *lines[0].Level != "unknown" || *lines[1].Level == "ok" || *lines[2].Level != "ok" || *lines[3].Level != "unknown" {
		t.Errorf("levels:\n%s", out)
	}
}

func TestEval(t *testing.T) {
	dir := files(t, map[string]string{
		"phish.jsonl": `{"id":"p1","lang":"ja","from_name":"Amazon","from_addr":"x@qzkfwv.top","subject":"アカウント停止","html":"<a href='https://qzkfwv.top/'>ログイン</a>","campaign":"c"}
{"id":"p2","lang":"en","from_addr":"b@example.test","subject":"hello","text":"nothing to see"}
{"broken
`,
		"ham.jsonl": `{"id":"h1","lang":"en","from_addr":"b@example.test","subject":"hello","text":"nothing to see"}` + "\n",
	})
	out, errOut, status := invoke(t, "", "eval", "--json", "--out", filepath.Join(dir, "out"), "--by", "lang,campaign",
		"--phish", filepath.Join(dir, "phish.jsonl"), "--ham", filepath.Join(dir, "ham.jsonl"), filepath.Join(dir, "ham.jsonl"))
	if status != 2 || strings.Count(errOut, "\n") != 1 || !strings.Contains(errOut, "phish.jsonl:3") {
		t.Errorf("status %d, stderr %q", status, errOut)
	}
	var r struct {
		Phish, Ham struct{ Messages, Warned int }
		Unread     int
		Groups     []struct{ By, Value string }
		Misses     []struct{ ID string }
	}
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatal(err)
	}
	if r.Phish.Messages != 2 || r.Phish.Warned != 1 || r.Ham.Messages != 2 || r.Ham.Warned != 0 || r.Unread != 1 ||
		len(r.Misses) != 1 || r.Misses[0].ID != "p2" || len(r.Groups) != 4 {
		t.Errorf("got %s", out)
	}
	if _, err := os.Stat(filepath.Join(dir, "out", "eval.svg")); err != nil {
		t.Error(err)
	}
}

func TestWrongUse(t *testing.T) {
	for _, args := range [][]string{
		{}, {"frobnicate"}, {"check"}, {"check", "--nonsense", "x"}, {"check", "--rules", "nowhere", "x"}, {"url"},
		{"url", "--protect", "co.jp", "x"}, {"eval"}, {"eval", "x"}, {"eval", "--by", "weather", "--phish", "x"},
		{"pack", "x"}, {"pack", "--browser", "lynx"},
	} {
		out, errOut, status := invoke(t, "", args...)
		if status != 2 || errOut == "" || out != "" {
			t.Errorf("%q: status %d, stdout %q, stderr %q", args, status, out, errOut)
		}
	}
	for _, args := range [][]string{{"help"}, {"version"}, {"--help"}, {"check", "-h"}} {
		if _, _, status := invoke(t, "", args...); status != 0 {
			t.Errorf("%q: status %d", args, status)
		}
	}
}

// After "--", what looks like a flag is a file.
func TestDoubleDash(t *testing.T) {
	_, errOut, status := invoke(t, "", "check", "--", "--json")
	if status != 2 || !strings.Contains(errOut, "--json: no such file") {
		t.Errorf("status %d, stderr %q", status, errOut)
	}
}
