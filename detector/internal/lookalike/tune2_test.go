package lookalike

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

func TestTune2(t *testing.T) {
	if os.Getenv("TUNE") == "" {
		t.Skip()
	}
	ids := map[string]map[string]bool{}
	files, _ := filepath.Glob("../../rules/source/brands/*.txt")
	for _, name := range files {
		b, _ := os.ReadFile(name)
		id := strings.TrimSuffix(filepath.Base(name), ".txt")
		for line := range strings.Lines(string(b)) {
			key, value, _ := strings.Cut(line, ":")
			if key == "name" || key == "word" || key == "name-ja" {
				v := strings.ToLower(strings.TrimSpace(value))
				if ids[v] == nil {
					ids[v] = map[string]bool{}
				}
				ids[v][id] = true
			}
		}
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
	type row struct{ Date, URL, Brand, Where string }
	type st struct {
		n, any, weak, right, first int
		wrong, miss                []string
	}
	by := map[string]*st{}
	tot := map[string]*st{}
	for _, r := range jsonLines[row](t, "corpora/phish-url-jp.jsonl.gz") {
		if !strings.HasPrefix(r.Where, "reg") && !strings.HasPrefix(r.Where, "sub") {
			continue
		}
		ok := ids[strings.ToLower(r.Brand)]
		h := hostOf(r.URL)
		ms := x.Check(h)
		if by[r.Brand] == nil {
			by[r.Brand] = &st{}
		}
		if tot[r.Where] == nil {
			tot[r.Where] = &st{}
		}
		for _, s := range []*st{by[r.Brand], tot[r.Where]} {
			s.n++
			if len(ms) > 0 {
				s.any++
				if ms[0].Strength > Hint {
					s.weak++
				}
			} else {
				s.miss = append(s.miss, h)
			}
			right := false
			for i, m := range ms {
				if ok[m.Brand] {
					right = true
					if i == 0 {
						s.first++
					}
				}
			}
			if right {
				s.right++
			} else if len(ms) > 0 {
				s.wrong = append(s.wrong, h+"="+ms[0].Brand)
			}
		}
	}
	for k, s := range tot {
		fmt.Println(k, s.n, "any", s.any, "weak", s.weak, "right", s.right, "first", s.first)
	}
	var keys []string
	for k := range by {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool { return by[keys[i]].n-by[keys[i]].right > by[keys[j]].n-by[keys[j]].right })
	for _, k := range keys[:min(70, len(keys))] {
		s := by[k]
		fmt.Println("B", k, fmt.Sprint(ids[strings.ToLower(k)]), s.n, "any", s.any, "right", s.right, "WRONG", len(s.wrong), s.wrong[:min(6, len(s.wrong))], "MISS", len(s.miss), s.miss[:min(8, len(s.miss))])
	}
}
