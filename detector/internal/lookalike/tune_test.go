package lookalike

import (
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"
	"testing"
)

func TestTune(t *testing.T) {
	if os.Getenv("TUNE") == "" {
		t.Skip("tuning only")
	}
	tg := ruleTargets(t)
	if e := os.Getenv("EXTRA"); e != "" {
		for _, kv := range strings.Fields(e) {
			b, k, _ := strings.Cut(kv, "=")
			for i := range tg {
				if tg[i].Brand == b {
					tg[i].Keywords = append(tg[i].Keywords, strings.Split(k, ",")...)
				}
			}
		}
	}
	x := NewIndex(tg)
	n, b := x.size()
	fmt.Println("names", n, "bytes", b)
	type stat struct {
		top, phish, twist int
		ex, px            []string
	}
	st := map[string]*stat{}
	get := func(r string) *stat {
		if st[r] == nil {
			st[r] = &stat{}
		}
		return st[r]
	}
	total := 0
	for s := lines(sharedFile(t, "corpora/top-domains.tsv.gz")); s.Scan(); {
		f := strings.Split(s.Text(), "\t")
		if r, _ := strconv.Atoi(f[0]); r <= 20000 {
			continue
		}
		total++
		f[1], _, _ = strings.Cut(f[1], "/")
		for _, m := range x.Check(f[1]) {
			e := get(rule(m))
			e.top++
			e.ex = append(e.ex, f[1]+"~"+m.Target+"("+m.Strength.String()[:1]+")")
			if m.Strength > Hint {
				fmt.Println("FP", m.Kind, m.Strength, f[1], m.Target, m.Part)
			}
			break
		}
	}
	type row struct{ Date, URL, Brand, Where string }
	missed := map[string][]string{}
	var hits, all [2]int
	for _, r := range jsonLines[row](t, "corpora/phish-url-jp.jsonl.gz") {
		if !strings.HasPrefix(r.Where, "reg") && !strings.HasPrefix(r.Where, "sub") {
			continue
		}
		k := 0
		if strings.HasSuffix(r.Where, "lookalike") {
			k = 1
		}
		all[k]++
		h := hostOf(r.URL)
		ms := x.Check(h)
		if len(ms) == 0 {
			missed[r.Brand] = append(missed[r.Brand], h)
			continue
		}
		hits[k]++
		e := get(rule(ms[0]))
		e.phish++
		e.px = append(e.px, h)
	}
	fmt.Println("phish exact", hits[0], all[0], "lookalike", hits[1], all[1])
	type tw struct{ Brand, Rule, Input string }
	tot, ok := map[string]int{}, map[string]int{}
	var twmiss []string
	for _, r := range jsonLines[tw](t, "vectors/dnstwist.jsonl") {
		tot[r.Rule]++
		ms := x.Check(r.Input)
		good := false
		for _, m := range ms {
			if m.Target == r.Brand {
				good = true
				get(rule(m)).twist++
			}
		}
		weak := false
		for _, m := range ms {
			if m.Target == r.Brand && m.Strength > Hint {
				weak = true
			}
		}
		if !weak {
			fmt.Println("TW", good, r.Brand, r.Rule, r.Input, ms)
		}
		if good {
			ok[r.Rule]++
		} else {
			twmiss = append(twmiss, r.Rule+":"+r.Input+fmt.Sprint(ms))
		}
	}
	fmt.Println("top", total)
	keys := []string{}
	for k := range st {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool { return st[keys[i]].top > st[keys[j]].top })
	cut := func(s []string, n int) []string {
		if len(s) > n {
			step := len(s) / n
			var o []string
			for i := 0; i < n; i++ {
				o = append(o, s[i*step])
			}
			return o
		}
		return s
	}
	for _, k := range keys {
		if p := os.Getenv("ONLY"); p != "" && !strings.HasPrefix(k, p) {
			continue
		}
		fmt.Printf("%-45s top %4d phish %5d twist %4d  %v || %v\n", k, st[k].top, st[k].phish, st[k].twist, cut(st[k].ex, 9), cut(st[k].px, 4))
	}
	for k := range tot {
		fmt.Println("dnstwist", k, ok[k], tot[k])
	}
	fmt.Println(twmiss)
	if os.Getenv("TUNE") == "miss" {
		for b, m := range missed {
			fmt.Println("MISS", b, len(m), cut(m, 25))
		}
	}
}

func rule(m Match) string { return m.Kind.String() + "-" + m.Strength.String() }
