//go:build !js

package shrink

import (
	"bytes"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// program builds the command in testdata for the browser.
func program(t *testing.T) (name string, file []byte) {
	t.Helper()
	name = filepath.Join(t.TempDir(), "program.wasm")
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", name, "./testdata/program")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	file, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return name, file
}

// The shrunk program is smaller and does what the other does: it collects
// garbage, recovers, grows stacks.
func TestProgram(t *testing.T) {
	name, file := program(t)
	small, err := Program(file)
	if err != nil {
		t.Fatal(err)
	}
	strict, err := Strict(file)
	if err != nil {
		t.Fatal(err)
	}
	if saved := len(file) - len(small); saved < len(file)*2/5 {
		t.Errorf("%d bytes became %d: less is saved than was", len(file), len(small))
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed: the program was shrunk, and is not run")
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	run := func(name string) string {
		out, err := exec.Command(node, filepath.Join(strings.TrimSpace(string(root)), "lib/wasm/wasm_exec_node.js"), name).CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v: %s", filepath.Base(name), err, out)
		}
		return string(out)
	}
	want := strings.ReplaceAll(run(name), `"main.main" false 4`, `"" true 2`) // names, lines and inlined calls are what is lost
	for kind, program := range map[string][]byte{"shrunk": small, "strict": strict} {
		name := filepath.Join(t.TempDir(), "shrunk.wasm")
		if err := os.WriteFile(name, program, 0o644); err != nil {
			t.Fatal(err)
		}
		if got := run(name); got != want || !strings.Contains(got, "recovered: not caught inside") {
			t.Errorf("%s: it says\n%s\nand should say\n%s", kind, got, want)
		}
	}
}

// Once its start function has run, the program has the memory it had, but for the
// symbol table; and that is the one that was written in full.
func TestMemory(t *testing.T) {
	_, file := program(t)
	want := memoryOf(t, file)
	linked, err := parse(file)
	if err != nil {
		t.Fatal(err)
	}
	code, err := linked.code()
	if err != nil {
		t.Fatal(err)
	}
	full := bytes.Clone(want)
	if _, err := shortenSymbols(full, code); err != nil {
		t.Fatal(err)
	}
	symbols, err := findSymbols(want)
	if err != nil {
		t.Fatal(err)
	}
	table, err := findFunctions(want)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want[:symbols.at], full[:symbols.at]) || !bytes.Equal(want[table.at:], full[table.at:]) {
		t.Error("more is changed than the symbol table")
	}
	small, err := Program(file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Program(small); err == nil {
		t.Error("a program that is shrunk already is shrunk again")
	}
	started := started(t, small)
	if len(started) < len(full) || !bytes.Equal(started[:len(full)], full) || len(bytes.Trim(started[len(full):], "\x00")) > 0 {
		for i, c := range full {
			if started[i] != c {
				t.Fatalf("at %#x there is % x, and should be % x", i, started[i:i+16], full[i:i+16])
			}
		}
		t.Error("there is more behind the program's data")
	}
}

// started answers the memory of a program whose start function has run, and nothing
// else.
func started(t *testing.T, program []byte) []byte {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	const script = `
		const module = new WebAssembly.Module(require("fs").readFileSync(0));
		const imports = {};
		for (const i of WebAssembly.Module.imports(module)) (imports[i.module] ??= {})[i.name] = () => { throw new Error("called"); };
		const { exports } = new WebAssembly.Instance(module, imports);
		process.stdout.write(new Uint8Array(exports.mem.buffer));`
	cmd := exec.Command(node, "-e", script)
	cmd.Stdin, cmd.Stderr = bytes.NewReader(program), os.Stderr
	memory, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return memory
}

func memoryOf(t *testing.T, file []byte) []byte {
	t.Helper()
	m, err := parse(file)
	if err != nil {
		t.Fatal(err)
	}
	memory, err := m.memory()
	if err != nil {
		t.Fatal(err)
	}
	return memory
}

// What is not understood is an error, and never a broken program.
func TestUnknownPrograms(t *testing.T) {
	_, file := program(t)
	change := func(f func(m *module, memory []byte)) []byte {
		m, err := parse(file)
		if err != nil {
			t.Fatal(err)
		}
		memory, err := m.memory()
		if err != nil {
			t.Fatal(err)
		}
		f(m, memory)
		m.setMemory(memory)
		return m.bytes()
	}
	magic := binary.LittleEndian.AppendUint32(nil, tabMagic)
	for _, c := range []struct {
		name, want string
		file       []byte
	}{
		{"empty", "malformed", nil},
		{"no wasm", "malformed", []byte("MZ and more than eight bytes")},
		{"cut off", "malformed", file[:len(file)/2]},
		{"another symbol table", "not as this Go", change(func(_ *module, memory []byte) { memory[bytes.Index(memory, magic)]++ })},
		{"another header", "not as this Go", change(func(_ *module, memory []byte) { memory[bytes.Index(memory, magic)+tabPctab+3] = 0xFF })},
		{"another table of functions", "tables of functions", change(func(_ *module, memory []byte) {
			table, err := findFunctions(memory)
			if err != nil {
				t.Fatal(err)
			}
			memory[table.at+100*bucketSize+7] = 1 // two functions in a bucket
		})},
		{"a start function", "start function", change(func(m *module, _ []byte) { m.put(sectionStart, []byte{0}) })},
	} {
		if _, err := Program(c.file); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}

// Calls that were written out are known where recover looks for them, and nowhere
// else.
func TestInlined(t *testing.T) {
	_, file := program(t)
	m, err := parse(file)
	if err != nil {
		t.Fatal(err)
	}
	code, err := m.code()
	if err != nil {
		t.Fatal(err)
	}
	count := func(memory []byte, wanted func(i int, f record) bool) (n int) {
		symbols, err := findSymbols(memory)
		if err != nil {
			t.Fatal(err)
		}
		for i := range symbols.functions {
			f, err := symbols.function(i)
			if err != nil {
				t.Fatal(err)
			}
			if dataInlined < len(f.funcdata) && f.funcdata[dataInlined] != none && wanted(i, f) {
				n++
			}
		}
		return n
	}
	memory := memoryOf(t, file)
	symbols, err := findSymbols(memory)
	if err != nil {
		t.Fatal(err)
	}
	calls, err := symbols.callers("runtime.gorecover", code)
	if err != nil {
		t.Fatal(err)
	}
	looked := func(i int, f record) bool {
		return calls(i) || f.head[funcID] == idWrapper || f.head[funcID] == idGopanic
	}
	all := func(int, record) bool { return true }
	callers, kept, before := count(memory, func(i int, _ record) bool { return calls(i) }), count(memory, looked), count(memory, all)
	if _, err := shortenSymbols(memory, code); err != nil {
		t.Fatal(err)
	}
	if callers == 0 || kept <= callers || before < 2*kept || count(memory, all) != kept || count(memory, looked) != kept {
		t.Errorf("%d functions have such calls, %d of them call recover, %d are to keep them: %d are left", before, callers, kept, count(memory, all))
	}
}
