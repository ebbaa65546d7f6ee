package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/honmono/honmono/cmd/honmono/internal/mail"
	"github.com/honmono/honmono/detector"
	"github.com/honmono/honmono/detector/rules"
	"github.com/honmono/honmono/detector/wire"
)

// judgeInNode opens the browser's door to the detector and puts one request a
// line through it.
const judgeInNode = `
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
const [exec, program, requests, answers] = process.argv.slice(2);
createRequire(import.meta.url)(exec);
const go = new Go();
const { instance } = await WebAssembly.instantiate(readFileSync(program), go.importObject);
go.run(instance);
const lines = readFileSync(requests, "utf8").split("\n").slice(0, -1);
writeFileSync(answers, lines.map((line) => honmonoDetector.call("check", line) + "\n").join(""));
process.exit(0);
`

// TestNativeIsWasm: every mail of testdata has the same verdict, byte for byte, in
// the browser's program as here.
func TestNativeIsWasm(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed: the wasm program is not compared")
	}
	d, err := detector.New(rules.Default())
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	var requests, want bytes.Buffer
	err = fs.WalkDir(os.DirFS(messages), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".eml" {
			return err
		}
		f, err := os.Open(filepath.Join(messages, name))
		if err != nil {
			return err
		}
		defer f.Close()
		m, err := mail.Read(f)
		if err != nil {
			return nil // refused here before any detector sees it
		}
		request, err := json.Marshal(map[string]any{"message": m.Message})
		if err != nil {
			return err
		}
		// Judged as it comes out of JSON, which both sides get: JSON cannot hold
		// what is no UTF-8.
		var sent struct{ Message detector.Message }
		if err := json.Unmarshal(request, &sent); err != nil {
			return err
		}
		names = append(names, name)
		requests.Write(append(request, '\n'))
		want.WriteString(`{"ok":`)
		want.Write(wire.Append(nil, d.Check(sent.Message)))
		want.WriteString("}\n")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(names) < 250 {
		t.Fatalf("%d mails", len(names))
	}

	dir := t.TempDir()
	program, script := filepath.Join(dir, "detector.wasm"), filepath.Join(dir, "judge.mjs")
	in, out := filepath.Join(dir, "requests"), filepath.Join(dir, "answers")
	build := exec.Command("go", "build", "-o", program, "github.com/honmono/honmono/wasm")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if text, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	for file, data := range map[string][]byte{script: []byte(judgeInNode), in: requests.Bytes()} {
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	run := exec.Command(node, script, filepath.Join(string(bytes.TrimSpace(goroot)), "lib", "wasm", "wasm_exec.js"), program, in, out)
	if text, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	answers, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	got, expected := bytes.Split(answers, []byte("\n")), bytes.Split(want.Bytes(), []byte("\n"))
	if len(got) != len(expected) {
		t.Fatalf("%d answers to %d mails", len(got)-1, len(names))
	}
	for i, name := range names {
		if !bytes.Equal(got[i], expected[i]) {
			t.Errorf("%s on %s:\nwasm   %+q\nnative %+q", name, runtime.GOARCH, got[i], expected[i])
		}
	}
}
