//go:build !js

package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"github.com/honmono/honmono/detector/rules"
	"github.com/honmono/honmono/detector/rules/bundle"
	"github.com/honmono/honmono/wasm/build/shrink"
)

// The program that a browser gets, with every stand-in and shrunk, answers byte
// for byte as the command does that is built as Go builds it: mails, URLs, rules
// that are signed, and mistakes.
func TestAnswers(t *testing.T) {
	if testing.Short() {
		t.Skip("builds detector.wasm")
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	dir := t.TempDir()
	program, strict, native := filepath.Join(dir, "detector.wasm"), filepath.Join(dir, "strict.wasm"), filepath.Join(dir, "native")
	if err := build(program); err != nil {
		t.Fatal(err)
	}
	linked, err := link(module+"/wasm", "-s -w")
	if err != nil {
		t.Fatal(err)
	}
	if linked, err = shrink.Strict(linked); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(strict, linked, 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("go", "build", "-o", native, module+"/wasm").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	root, err := goCommand("env", "GOROOT")
	if err != nil {
		t.Fatal(err)
	}
	requests := questions(t)
	text, err := json.Marshal(requests)
	if err != nil {
		t.Fatal(err)
	}
	ask := func(program string) (answers []string) {
		cmd := exec.Command(node, filepath.Join("testdata", "answers.mjs"), filepath.Join(root, "lib", "wasm", "wasm_exec.js"), program)
		cmd.Stdin, cmd.Stderr = bytes.NewReader(text), os.Stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(out, &answers); err != nil || len(answers) != len(requests) {
			t.Fatalf("%d answers for %d requests: %v", len(answers), len(requests), err)
		}
		return answers
	}
	answers := ask(program)
	if !slices.Equal(ask(strict), answers) {
		t.Error("the strict program answers otherwise")
	}
	failed := 0
	for i, r := range requests {
		cmd := exec.Command(native, r[0])
		cmd.Stdin = strings.NewReader(r[1])
		want, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		if got := answers[i]; got != strings.TrimSuffix(string(want), "\n") {
			t.Errorf("%s %.200s:\ngot  %.500s\nwant %.500s", r[0], r[1], got, want)
		}
		if strings.HasPrefix(answers[i], `{"error":`) {
			failed++
		}
	}
	if failed < 10 || failed > len(requests)/2 {
		t.Errorf("%d of %d answers are errors", failed, len(requests))
	}
}

// What panics in the program is recovered, as in any other.
func TestPanics(t *testing.T) {
	got, err := run(t, "./testdata/panics")
	want := `nil method: value method called using nil pointer
nil pointer: runtime error: invalid memory address or nil pointer dereference
index: runtime error: index out of range [5] with length 2
slice: runtime error: slice bounds out of range [2:1]
division: runtime error: integer divide by zero
assertion: interface conversion: interface {} is []int, not string
nil map: assignment to entry in nil map
make: runtime error: makeslice: len out of range
own: thrown
again: thrown twice
alive
`
	if err != nil || got != want {
		t.Errorf("%v: it says\n%s\nand should say\n%s", err, got, want)
	}
}

// Without write barriers nothing is lost that is in use. With gccheckmark=1 the runtime
// looks itself, in a second pass after each collection, whether the first has found
// all.
func TestCollector(t *testing.T) {
	got, err := run(t, "./testdata/collector", "GOGC=5", "GODEBUG=gccheckmark=1")
	if want := "whole after many collections: true\n"; err != nil || got != want {
		t.Errorf("%v: it says\n%s\nand should say\n%s", err, got, want)
	}
}

// run builds a command as detector.wasm is built, and answers what it says in Node; the
// strict program has to say the same.
func run(t *testing.T, pkg string, environment ...string) (string, error) {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	root, err := goCommand("env", "GOROOT")
	if err != nil {
		t.Fatal(err)
	}
	program, err := link(pkg, "-s -w")
	if err != nil {
		t.Fatal(err)
	}
	var said [2]string
	for i, shrunk := range []func([]byte) ([]byte, error){shrink.Program, shrink.Strict} {
		small, err := shrunk(program)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(t.TempDir(), "program.wasm")
		if err := os.WriteFile(name, small, 0o644); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(node, filepath.Join(root, "lib", "wasm", "wasm_exec_node.js"), name)
		cmd.Env = append(os.Environ(), environment...)
		out, err := cmd.CombinedOutput()
		if said[i] = string(out); err != nil {
			return said[i], err
		}
	}
	if said[0] != said[1] {
		t.Errorf("the strict program says\n%s", said[1])
	}
	return said[0], nil
}

// questions are calls, each a method and a request.
func questions(t *testing.T) (list [][2]string) {
	ask := func(method string, request any) {
		text, ok := request.(string)
		if !ok {
			b, err := json.Marshal(request)
			if err != nil {
				t.Fatal(err)
			}
			text = string(b)
		}
		list = append(list, [2]string{method, text})
	}
	ask("webmails", "{}")
	ask("rulesInfo", "{}")

	type address struct {
		Name    string `json:"name"`
		Address string `json:"address"`
	}
	type message struct {
		From    address `json:"from"`
		Subject string  `json:"subject"`
		HTML    string  `json:"html"`
	}
	for i, name := range mails(t) {
		if i%4 != 0 { // each asks a program that starts for it
			continue
		}
		// As it lies there, headers, attachments and all: what is asked of the
		// two programs is that they say the same.
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if len(text) > 300_000 {
			continue
		}
		m := message{address{"Amazon", "info@amaz0n.co.jp.example"}, "お支払い方法の更新", strings.ToValidUTF8(string(text), "?")}
		ask("check", map[string]any{"message": m, "strictness": []string{"", "strict", "relaxed"}[i%3]})
	}
	for _, u := range []string{"https://amaz0n.co.jp", "https://xn--mazon-3ve.com/a?b=%E3", "http://[::1]:99999/", "//", "https://a.b.c.blogspot.com", "https://www.google.com/url?q=https://paypa1.com"} {
		ask("checkURL", map[string]any{"url": u})
	}
	ask("domains", map[string]any{"domains": []string{"example.jp", "com", "日本語.jp", "a b", ""}})
	ask("check", map[string]any{"message": message{}, "protect": []string{"example.jp", "お名前.com"}})

	signed := func(change func(*bundle.Manifest)) (manifest, key string) {
		skey, vkey, err := note.GenerateKey(rand.Reader, "test")
		if err != nil {
			t.Fatal(err)
		}
		m := bundle.Manifest{Version: 1 << 60, Created: 1_700_000_000, Expires: 1_800_000_000}
		for _, s := range rules.DefaultSections() {
			m.Sections = append(m.Sections, bundle.Section{Name: s.Name, Size: s.Size, SHA256: s.SHA256})
		}
		change(&m)
		text, err := bundle.Sign(&m, skey)
		if err != nil {
			t.Fatal(err)
		}
		return string(text), vkey
	}
	for i, change := range []func(*bundle.Manifest){
		func(m *bundle.Manifest) { m.Expires = 1_740_000_000 },
		func(m *bundle.Manifest) { m.Created = 1_760_000_000 },
		func(m *bundle.Manifest) { m.Version = 1 },
		func(m *bundle.Manifest) { m.Sections = m.Sections[1:] },
		func(m *bundle.Manifest) { m.Sections[0].SHA256 = strings.Repeat("0", 64) },
		func(m *bundle.Manifest) { m.Sections[0].Size++ },
		func(*bundle.Manifest) {}, // is taken, and changes what is asked after it: the last
	} {
		manifest, key := signed(change)
		order := map[string]any{"manifest": manifest, "keys": []string{key}, "now": 1_750_000_000 + i}
		ask("planRules", order)
		order["sections"] = map[string]string{}
		ask("loadRules", order)
		// A signature that is nearly right.
		at := strings.LastIndex(manifest, "\n— ") + 40
		order["manifest"] = manifest[:at] + string(manifest[at]^1) + manifest[at+1:]
		ask("loadRules", order)
		order["keys"] = []string{key[:len(key)-3], "x"}
		ask("loadRules", order)
	}
	ask("loadBlocklist", map[string]any{"sections": map[string]string{"x": "y"}})
	for _, text := range []string{"", "{", "[]", `{"x":1}`, `{"message":null}`, `{"message":{"from":1}}`, `{"strictness":"none","message":{"from":{}}}`, "{}{}", `{"message":"\ud800`} {
		ask("check", text)
	}
	ask("checkURL", "{}")
	ask(fmt.Sprintf("no\tmethod %s", strings.Repeat("é", 50)), "{}")
	return list
}

// mails are the messages of testdata.
func mails(t *testing.T) (list []string) {
	err := filepath.WalkDir(filepath.Join("..", "..", "testdata", "messages"), func(name string, d os.DirEntry, err error) error {
		if filepath.Ext(name) == ".eml" {
			list = append(list, name)
		}
		return err
	})
	if err != nil || len(list) < 100 {
		t.Fatalf("%d mails: %v", len(list), err)
	}
	return list
}
