// Peers measures package lookalike against its budgets and beside npm's peers:
// on the same hosts, the same protected domains and the same machine, in one
// run. Absolute times belong to the machine; the ratios are what counts.
//
// Run it at the top of the repository: go run ./detector/internal/lookalike/peers
//
// The peers are eth-phishing-detect, MetaMask's detector, which compares a host
// with every protected domain by Levenshtein's distance, and tldts, the Public
// Suffix List in JavaScript. Without Node or its packages they are skipped.
package main

import (
	"fmt"
	"log"
	"slices"
	"time"

	"github.com/honmono/honmono/detector/internal/lookalike"
	"github.com/honmono/honmono/detector/internal/lookalike/sample"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("peers: ")
	native, err := benchmarks(nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("lookalike, native")
	missed := budgets(native)
	wasm, err := benchmarks([]string{"GOOS=js", "GOARCH=wasm"})
	if err != nil {
		fmt.Printf("\nlookalike, wasm: skipped, %v\n", err)
	} else {
		fmt.Println("\nlookalike, wasm")
		table(wasm, native)
	}
	others, err := ask()
	switch {
	case err != nil:
		fmt.Printf("\npeers: skipped, %v\n", err)
	case len(others) == 0:
		fmt.Println("\npeers: skipped, eth-phishing-detect and tldts are not in node_modules (npm ci)")
	default:
		fmt.Printf("\npeers, %d hosts (%d attacks), 10,000 protected domains\n", len(sample.Hosts), sample.Attacks)
		compare(others, native, wasm)
	}
	if missed > 0 {
		fmt.Printf("\n%d of the budgets are missed: run again on a machine that does nothing else\n", missed)
	}
}

// budgets prints the native numbers beside what they may be, and returns how
// many are beyond that.
func budgets(m measured) (missed int) {
	row := func(what, got, budget string, ok bool) {
		word := "ok"
		if !ok {
			word = "MISSED"
			missed++
		}
		fmt.Printf("  %-42s %12s   %-10s %s\n", what, got, budget, word)
	}
	one := m["Check/domains=10000"]
	row("one host, 10,000 domains", micros(one.nanos), "≤ 5 µs", one.nanos <= 5000)
	for _, d := range [][2]string{{"1000", "10000"}, {"10000", "100000"}} {
		ratio := m["Check/domains="+d[1]].nanos / m["Check/domains="+d[0]].nanos
		row("growth from "+d[0]+" to "+d[1]+" domains", fmt.Sprintf("× %.2f", ratio), "≤ 1.3", ratio <= 1.3)
	}
	table(m, nil)
	return missed
}

// table prints what has no budget; as ratios too, beside other numbers.
func table(m, beside measured) {
	row := func(what, name, unit string) {
		b, ok := m[name]
		if !ok {
			return
		}
		fmt.Printf("  %-42s %12s", what, unit)
		if n, ok := beside[name]; ok {
			fmt.Printf("   × %.1f of native", b.nanos/n.nanos)
		}
		fmt.Println()
	}
	for _, n := range []string{"1000", "10000", "100000"} {
		b := m["Check/domains="+n]
		row("one host, "+n+" domains", "Check/domains="+n, micros(b.nanos))
		fmt.Printf("  %-42s %12s\n", "  its allocations", fmt.Sprintf("%.0f, %.0f B", b.allocs, b.bytes))
	}
	for _, n := range []string{"1000", "10000", "100000"} {
		b := m["NewIndex/domains="+n]
		row("index of "+n+" domains, time", "NewIndex/domains="+n, time.Duration(b.nanos).Round(10*time.Microsecond).String())
		fmt.Printf("  %-42s %12s\n", "  its tables", fmt.Sprintf("%.0f B each", b.perDomain))
		fmt.Printf("  %-42s %12s\n", "  allocated while building", fmt.Sprintf("%.1f MB", b.bytes/1e6))
	}
	row("Public Suffix List, one host", "PublicSuffix", micros(m["PublicSuffix"].nanos))
}

// compare prints the peers' times as multiples of ours.
func compare(others []answer, native, wasm measured) {
	index := lookalike.NewIndex(targets())
	found := make([]bool, len(sample.Hosts))
	for i, h := range sample.Hosts {
		ms := index.Check(h)
		found[i] = len(ms) > 0 && ms[0].Strength > lookalike.Hint
	}
	fmt.Printf("  %-42s %12s   %s\n", "ours, native", micros(native["Check/domains=10000"].nanos), told(found))
	for _, a := range others {
		name := "Check/domains=10000"
		if a.Step == "suffix" {
			name = "PublicSuffix"
			fmt.Printf("  %-42s %12s\n", "ours, native: Public Suffix List", micros(native[name].nanos))
		}
		fmt.Printf("  %-42s %12s   × %.1f of ours native", a.Peer, micros(a.Nanos), a.Nanos/native[name].nanos)
		if w, ok := wasm[name]; ok {
			fmt.Printf(", × %.1f of ours in wasm", a.Nanos/w.nanos)
		}
		if len(a.Found) > 0 {
			fmt.Printf("; %s", told(a.Found))
		}
		fmt.Println()
	}
}

// told says how many of the attacks were found, and how many honest hosts were
// taken for one.
func told(found []bool) string {
	honest := len(found) - sample.Attacks
	count := func(list []bool) (n int) {
		for _, f := range list {
			if f {
				n++
			}
		}
		return n
	}
	return fmt.Sprintf("finds %d of %d attacks, %d false alarms", count(found[honest:]), sample.Attacks, count(found[:honest]))
}

func targets() (out []lookalike.Target) {
	for _, d := range sample.Domains(10_000) {
		t := lookalike.Target{Domain: d.Name, Brand: d.Brand}
		if d.Keyword != "" {
			t.Keywords = []string{d.Keyword}
		}
		out = append(out, t)
	}
	return slices.Clip(out)
}

func micros(nanos float64) string { return fmt.Sprintf("%.2f µs", nanos/1000) }
