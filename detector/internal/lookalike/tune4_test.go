package lookalike

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/honmono/honmono/detector/internal/domain"
)

func TestTune4(t *testing.T) {
	if os.Getenv("TUNE") == "" {
		t.Skip()
	}
	x := NewIndex(ruleTargets(t))
	n, hit, weak, uns, either := 0, 0, 0, 0, 0
	for s := lines(sharedFile(t, "corpora/idn-wild.tsv.gz")); s.Scan(); {
		f := strings.Split(s.Text(), "\t")
		n++
		h, err := domain.ToASCII(f[4])
		if err != nil {
			fmt.Println("BAD", f[4])
			n--
			continue
		}
		ms := x.Check(h)
		r, u := UnsafeIDN(h)
		if len(ms) > 0 {
			hit++
			if ms[0].Strength > Hint {
				weak++
			}
		}
		if u {
			uns++
		}
		if u || len(ms) > 0 && ms[0].Strength > Hint {
			either++
		} else {
			fmt.Println("MISS", f[3], f[4], f[5], ms, r)
		}
	}
	fmt.Println("idn", n, "any match", hit, "weak", weak, "unsafe", uns, "either", either)
}
