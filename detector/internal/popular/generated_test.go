package popular

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// TestGenerated: the tables are what go generate makes of their sources today.
func TestGenerated(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("no processes here")
	}
	const list = "../../../../shared/corpora/top-domains.tsv.gz"
	if _, err := os.Stat(list); err != nil {
		t.Skipf("the ranking is not here: %v", err)
	}
	dir := t.TempDir()
	cmd := exec.Command("go", "run", "gen.go", "-out", dir, "-list", list)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("gen.go: %v\n%s", err, out)
	}
	for _, name := range []string{"known.bin", "famous.bin"} {
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what gen.go makes (%d and %d bytes, %v): run go generate", name, len(want), len(got), err)
		}
	}
}
