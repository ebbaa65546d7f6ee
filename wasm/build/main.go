// Command build builds detector.wasm.
//
//	go run ./wasm/build [-o build/detector.wasm]
//	go run ./wasm/build -weigh >wasm/build/weights.txt
//
// It is "go build" for js/wasm with -trimpath and without symbols, and with a few
// packages of the standard library replaced by what the program needs of them: see
// standIns, and the packages below this folder. The libraries are used as they
// are: go build has -overlay for this, which takes another file for one of the
// standard library's. A library that begins to use more of a package fails to
// compile, or fails a test. A few lines of package runtime are changed: see changes,
// and noBarriers.
//
// What the linker made is then written in a shorter form that does the same: see
// package shrink.
//
// The same sources and the same Go give the same bytes, wherever they lie.
package main

import (
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/honmono/honmono/wasm/build/shrink"
)

func main() {
	out := flag.String("o", "build/detector.wasm", "write to `FILE`")
	weigh := flag.Bool("weigh", false, "print what each package adds to the code, and build nothing")
	tests := flag.String("tests", "", "build the tests of `PACKAGE` in the form that the browser's program has, to be measured")
	flag.Parse()
	if *weigh {
		text, err := weights()
		if err != nil {
			fmt.Fprintln(os.Stderr, "build:", err)
			os.Exit(1)
		}
		fmt.Print(text)
		return
	}
	var err error
	if *tests != "" {
		err = buildTests(*tests, *out)
	} else {
		err = build(*out)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
	raw, zipped, err := size(*out)
	if err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
	fmt.Printf("%s: %.2f MB, %.2f MB gzip\n", *out, float64(raw)/1e6, float64(zipped)/1e6)
}

// build writes detector.wasm to out.
func build(out string) error {
	program, err := link(module+"/wasm", "-s -w")
	if err != nil {
		return err
	}
	return write(out, program)
}

// buildTests writes a package's tests to out, with the runtime that the browser's
// program has and in its form. The rest of the standard library is whole, as package
// testing needs it.
func buildTests(pkg, out string) error {
	program, err := compile(nil, "test", "-c", "-ldflags=-s -w", pkg)
	if err != nil {
		return err
	}
	return write(out, program)
}

// write shrinks a program and writes it to out.
func write(out string, program []byte) error {
	program, err := shrink.Program(program)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return err
	}
	return os.WriteFile(out, program, 0o644)
}

// link builds a program as Go does.
func link(pkg, ldflags string) ([]byte, error) {
	return compile(standIns, "build", "-buildvcs=false", "-ldflags="+ldflags, pkg)
}

// compile runs a go command that makes a program, with the stand-ins and the changed
// runtime in the standard library's place.
func compile(standIns map[string]string, command string, args ...string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "honmono-overlay")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	overlay, out := filepath.Join(dir, "overlay.json"), filepath.Join(dir, "linked.wasm")
	if err := writeOverlay(overlay, standIns); err != nil {
		return nil, err
	}
	if _, err := goCommand(append([]string{command, "-overlay", overlay, "-trimpath", "-gcflags=" + noBarriers, "-o", out}, args...)...); err != nil {
		return nil, err
	}
	return os.ReadFile(out)
}

// weights answers a table of the program's packages: code in bytes, functions,
// package.
func weights() (string, error) {
	program, err := link(module+"/wasm", "-w")
	if err != nil {
		return "", err
	}
	if program, err = shrink.Program(program); err != nil {
		return "", err
	}
	list, err := shrink.Weigh(program)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, w := range list {
		fmt.Fprintf(&b, "%8d %5d %s\n", w.Code, w.Functions, w.Package)
	}
	return b.String(), nil
}

const module = "github.com/honmono/honmono"

// standIns are packages of the standard library and our file in their place.
var standIns = map[string]string{
	"net/http":           "http/http.go",
	"net/http/cookiejar": "cookiejar/jar.go",

	"fmt":         "fmt/fmt.go",
	"crypto/rand": "rand/rand.go",

	"internal/godebug": "godebug/godebug.go",
	"runtime/debug":    "debug/debug.go",
	"unique":           "unique/unique.go",

	"crypto/internal/boring":        "boring/boring.go",
	"crypto/internal/fips140/check": "check/check.go",
	"crypto/internal/fips140/drbg":  "drbg/drbg.go",
	"crypto/internal/fips140only":   "fips140only/fips140only.go",
}

// writeOverlay writes the file that -overlay takes: every Go file of the packages that
// have a stand-in taken out, and ours put in; and the files that changes are made to,
// as they are here but for these.
func writeOverlay(name string, standIns map[string]string) error {
	here, err := goCommand("list", "-f", "{{.Dir}}", module+"/wasm/build")
	if err != nil {
		return err
	}
	root, err := goCommand("env", "GOROOT")
	if err != nil {
		return err
	}
	replace := map[string]string{}
	for pkg, ours := range standIns {
		dir := filepath.Join(root, "src", filepath.FromSlash(pkg))
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			return err
		}
		for _, file := range files {
			replace[file] = "" // gone
		}
		replace[filepath.Join(dir, filepath.Base(ours))] = filepath.Join(here, filepath.FromSlash(ours))
	}
	for file, changed := range changes {
		original := filepath.Join(root, "src", filepath.FromSlash(file))
		text, err := os.ReadFile(original)
		if err != nil {
			return err
		}
		out, err := apply(string(text), changed)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		replace[original] = filepath.Join(filepath.Dir(name), strings.ReplaceAll(file, "/", "_"))
		if err := os.WriteFile(replace[original], []byte(out), 0o644); err != nil {
			return err
		}
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return err
	}
	return os.WriteFile(name, text, 0o644)
}

// goCommand runs the go command for js/wasm and answers what it prints,
// without the white space around it.
func goCommand(args ...string) (string, error) {
	cmd := exec.Command("go", args...)
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	cmd.Stderr = os.Stderr
	text, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w", args[0], err)
	}
	return strings.TrimSpace(string(text)), nil
}

// size answers a file's length as it is and compressed, in bytes.
func size(name string) (raw, zipped int64, err error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, 0, err
	}
	defer f.Close()
	var count counter
	z, err := gzip.NewWriterLevel(&count, gzip.BestCompression)
	if err != nil {
		return 0, 0, err
	}
	if raw, err = io.Copy(z, f); err != nil {
		return 0, 0, err
	}
	err = z.Close()
	return raw, int64(count), err
}

type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
