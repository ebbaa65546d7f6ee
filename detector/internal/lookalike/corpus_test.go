package lookalike

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/honmono/honmono/detector/internal/link"
)

// sharedFile opens a file of the measuring data beside the repository, unpacked;
// the test is skipped where it is absent.
func sharedFile(t testing.TB, name string) io.Reader {
	f, err := os.Open(filepath.Join("../../../../shared", name))
	if err != nil {
		t.Skipf("measuring data is not here: %v", err)
	}
	t.Cleanup(func() { f.Close() })
	if !strings.HasSuffix(name, ".gz") {
		return f
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func jsonLines[T any](t testing.TB, name string) (out []T) {
	for s := lines(sharedFile(t, name)); s.Scan(); {
		var v T
		if err := json.Unmarshal(s.Bytes(), &v); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out = append(out, v)
	}
	return out
}

func lines(r io.Reader) *bufio.Scanner {
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<20)
	return s
}

// ruleTargets reads the brands of the rules: the lines that concern this
// package.
func ruleTargets(t testing.TB) (out []Target) {
	files, err := filepath.Glob("../../rules/source/brands/*.txt")
	if err != nil || len(files) < 50 {
		t.Fatalf("%d brand files, %v", len(files), err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var domains []string
		brand := Target{Brand: strings.TrimSuffix(filepath.Base(name), ".txt")}
		for line := range strings.Lines(string(b)) {
			key, value, _ := strings.Cut(line, ":")
			value, _, _ = strings.Cut(value, "|")
			value = strings.TrimSpace(value)
			switch key {
			case "domain", "shared-domain":
				domains = append(domains, value)
			case "keyword":
				brand.Keywords = append(brand.Keywords, value)
			case "may-resemble":
				brand.MayResemble = append(brand.MayResemble, value)
			case "region":
				brand.Japanese = value == "jp"
			}
		}
		slices.Sort(domains) // as the rules compiler gives them
		for _, d := range domains {
			brand.Domain = d
			out = append(out, brand)
		}
	}
	return out
}

// hostOf reads the host of a URL of a report as a browser does; "" if it has
// none.
func hostOf(raw string) string {
	u, err := link.Parse(raw, nil)
	if err != nil {
		return ""
	}
	return u.Host
}
