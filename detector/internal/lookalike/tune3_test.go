package lookalike

import (
	"fmt"
	"os"
	"regexp"
	"sort"
	"strings"
	"testing"
)

func TestTune3(t *testing.T) {
	if os.Getenv("TUNE") == "" {
		t.Skip()
	}
	tg := ruleTargets(t)
	for _, kv := range strings.Fields(os.Getenv("EXTRA")) {
		b, k, _ := strings.Cut(kv, "=")
		for i := range tg {
			if tg[i].Brand == b {
				tg[i].Keywords = append(tg[i].Keywords, strings.Split(k, ",")...)
			}
		}
	}
	x := NewIndex(tg)
	re := regexp.MustCompile(`https?://([a-zA-Z0-9.-]+)`)
	type row struct {
		HTML, Text string
		From       string `json:"from_addr"`
	}
	for _, file := range []string{"ham-mail", "gray-mail", "ham-mail-ja-derived"} {
		hosts := map[string]int{}
		for _, r := range jsonLines[row](t, "corpora/"+file+".jsonl.gz") {
			for _, m := range re.FindAllStringSubmatch(r.HTML+" "+r.Text, -1) {
				hosts[strings.ToLower(strings.Trim(m[1], ".-"))]++
			}
			if _, d, ok := strings.Cut(r.From, "@"); ok {
				hosts[strings.ToLower(d)]++
			}
		}
		n := map[Strength]int{}
		var out []string
		for h := range hosts {
			ms := x.Check(h)
			if len(ms) == 0 {
				continue
			}
			n[ms[0].Strength]++
			if ms[0].Strength > Hint {
				out = append(out, fmt.Sprint(h, " ", ms[0]))
			} else if len(h)%5 == 0 {
				out = append(out, fmt.Sprint("hint ", h, " ", ms[0]))
			}
		}
		sort.Strings(out)
		fmt.Println(file, len(hosts), n)
		for _, o := range out {
			fmt.Println("   ", o)
		}
	}
}
