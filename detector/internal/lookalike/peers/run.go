package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"github.com/honmono/honmono/detector/internal/lookalike/sample"
)

// here is this folder, seen from the top of the repository.
const here = "detector/internal/lookalike"

// A bench is one benchmark's numbers, for one operation.
type bench struct{ nanos, bytes, allocs, perDomain float64 }

// measured are benchmarks by name, without "Benchmark" and the processors.
type measured map[string]bench

// benchmarks runs those of package lookalike, with more environment: in wasm,
// under Node.
func benchmarks(env []string) (measured, error) {
	args := []string{"test", "-run=^$", "-bench=^Benchmark(Check|NewIndex|PublicSuffix)$", "-benchmem", "-benchtime=0.3s", "-count=3"}
	if env != nil {
		if _, err := exec.LookPath("node"); err != nil {
			return nil, errors.New("there is no Node")
		}
		root, err := exec.Command("go", "env", "GOROOT").Output()
		if err != nil {
			return nil, fmt.Errorf("go env: %w", err)
		}
		args = append(args, "-exec="+filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "go_js_wasm_exec"))
	}
	cmd := exec.Command("go", append(args, "./"+here)...)
	cmd.Env = append(os.Environ(), env...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go test: %w\n%s", err, out)
	}
	return parse(string(out))
}

// parse reads the lines of go test -bench. Of several runs the fastest counts:
// whatever else the machine does only ever adds.
func parse(out string) (measured, error) {
	m := measured{}
	for line := range strings.Lines(out) {
		f := strings.Fields(line)
		name, ok := strings.CutPrefix(line, "Benchmark")
		if !ok || len(f) < 4 {
			continue
		}
		name, _, _ = strings.Cut(strings.Fields(name)[0], "-"+strconv.Itoa(runtime.GOMAXPROCS(0)))
		var b bench
		for i := 2; i+1 < len(f); i += 2 {
			v, err := strconv.ParseFloat(f[i], 64)
			if err != nil {
				return nil, fmt.Errorf("%q: no number", line)
			}
			switch f[i+1] {
			case "ns/op":
				b.nanos = v
			case "B/op":
				b.bytes = v
			case "allocs/op":
				b.allocs = v
			case "bytes/domain":
				b.perDomain = v
			}
		}
		if old, ok := m[name]; !ok || b.nanos < old.nanos {
			m[name] = b
		}
	}
	if len(m) < 7 {
		return nil, fmt.Errorf("only %d benchmarks in\n%s", len(m), out)
	}
	return m, nil
}

// An answer is what one peer took for one host, and which hosts it reported.
type answer struct {
	Peer, Step string
	Nanos      float64
	Found      []bool
}

// ask measures the peers that are installed.
func ask() ([]answer, error) {
	node, err := exec.LookPath("node")
	if err != nil {
		return nil, errors.New("there is no Node")
	}
	var domains []string
	for _, d := range sample.Domains(10_000) {
		domains = append(domains, d.Name)
	}
	in, err := json.Marshal(map[string]any{"hosts": sample.Hosts, "domains": domains})
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(node, here+"/peers/peers.mjs")
	cmd.Stdin, cmd.Stderr = bytes.NewReader(in), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("peers.mjs: %w", err)
	}
	var answers []answer
	if err := json.Unmarshal(out, &answers); err != nil {
		return nil, fmt.Errorf("peers.mjs: %w", err)
	}
	return answers, nil
}
