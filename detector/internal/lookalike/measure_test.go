package lookalike

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/honmono/honmono/detector/internal/domain"
)

// The tests of this file measure the engine, with the brands of the rules, on
// data that is not part of the repository; without it they are skipped. Their
// thresholds are promises: mend the engine or the rules, not the numbers.

// TestDnstwist: of the permutations of 15 brands' domains, at least 97 % get at
// least a weak match with the right target. Permutations that are the brand's
// own domains do not count.
func TestDnstwist(t *testing.T) {
	x := NewIndex(ruleTargets(t))
	type row struct{ Brand, Rule, Input string }
	all, found, named := map[string]int{}, map[string]int{}, map[string]int{}
	total, sum, any := 0, 0, 0
	for _, r := range jsonLines[row](t, "vectors/dnstwist.jsonl") {
		if x.Official(r.Input) {
			continue
		}
		total++
		all[r.Rule]++
		right := func(least Strength) bool {
			return slices.ContainsFunc(x.Check(r.Input), func(m Match) bool { return m.Target == r.Brand && m.Strength >= least })
		}
		if right(Hint) {
			any++
			named[r.Rule]++
		}
		if right(Weak) {
			sum++
			found[r.Rule]++
		}
	}
	for rule, n := range all {
		t.Logf("%-14s %4d of %4d, hints included %4d", rule, found[rule], n, named[rule])
	}
	t.Logf("%d of %d: %.2f %%, hints included %.2f %%", sum, total, percent(sum, total), percent(any, total))
	if percent(sum, total) < 97 {
		t.Errorf("%.2f %% of the permutations are recognised, want 97", percent(sum, total))
	}
}

// TestPopular: of the popular domains beyond rank 20,000, at most 0.05 % get a
// weak match and at most 0.005 % a strong one; domains of the brands excepted.
func TestPopular(t *testing.T) {
	x := NewIndex(ruleTargets(t))
	total, hints, weak, strong := 0, 0, 0, 0
	for s := lines(sharedFile(t, "corpora/top-domains.tsv.gz")); s.Scan(); {
		f := strings.Split(s.Text(), "\t")
		if rank, err := strconv.Atoi(f[0]); err != nil || rank <= 20000 {
			continue
		}
		host, _, _ := strings.Cut(f[1], "/") // some lists hold paths
		total++
		ms := x.Check(host)
		if len(ms) > 0 {
			hints++
		}
		if len(ms) > 0 && ms[0].Strength > Hint {
			weak++
			if ms[0].Strength == Strong {
				strong++
			}
			t.Logf("%s: %s", host, ms[0])
		}
	}
	t.Logf("%d domains: %.2f %% hints included, %.4f %% weak or strong (%d), %.4f %% strong (%d)",
		total, percent(hints, total), percent(weak, total), weak, percent(strong, total), strong)
	if percent(weak, total) > 0.05 || percent(strong, total) > 0.005 {
		t.Error("too many popular domains are said to imitate others")
	}
}

// TestReports: of the hosts reported in Japan in which a brand's name stands, as
// it is written or misspelt, at least 90 % get a match, hints included.
func TestReports(t *testing.T) {
	x := NewIndex(ruleTargets(t))
	type row struct{ URL, Brand, Where string }
	all, named, weak := map[string]int{}, map[string]int{}, map[string]int{}
	for _, r := range jsonLines[row](t, "corpora/phish-url-jp.jsonl.gz") {
		where, kind, _ := strings.Cut(r.Where, "-")
		if where != "registrable" && where != "subdomain" {
			continue
		}
		ms := x.Check(hostOf(r.URL))
		for _, k := range []string{r.Where, kind, "all"} {
			all[k]++
			if len(ms) > 0 {
				named[k]++
				if ms[0].Strength > Hint {
					weak[k]++
				}
			}
		}
	}
	for k, n := range all {
		t.Logf("%-22s %5d: %.1f %% name a brand, %.1f %% are weak or strong", k, n, percent(named[k], n), percent(weak[k], n))
	}
	if percent(named["all"], all["all"]) < 90 {
		t.Errorf("%.1f %% name a brand, want 90", percent(named["all"], all["all"]))
	}
}

// TestIDNWild measures the internationalised hosts seen in phishing. Most of
// what is missed imitates nobody in the rules, or nobody at all.
func TestIDNWild(t *testing.T) {
	x := NewIndex(ruleTargets(t))
	total, matched, unsafe, either := 0, 0, 0, 0
	for s := lines(sharedFile(t, "corpora/idn-wild.tsv.gz")); s.Scan(); {
		f := strings.Split(s.Text(), "\t")
		host, err := domain.ToASCII(f[4])
		if err != nil {
			continue // no browser would go there
		}
		total++
		ms := x.Check(host)
		_, bad := UnsafeIDN(host)
		good := len(ms) > 0 && ms[0].Strength > Hint
		if good {
			matched++
		}
		if bad {
			unsafe++
		}
		if good || bad {
			either++
		} else {
			t.Logf("missed: %+q", f[5])
		}
	}
	t.Logf("%d hosts: %.1f %% weak or strong, %.1f %% unsafe, %.1f %% either", total, percent(matched, total), percent(unsafe, total), percent(either, total))
	if percent(either, total) < 60 {
		t.Errorf("%.1f %% recognised, want 60", percent(either, total))
	}
}

// TestHam: of the hosts in legitimate mail, at most 0.2 % get a weak match.
func TestHam(t *testing.T) {
	x := NewIndex(ruleTargets(t))
	type row struct{ HTML, Text string }
	links := regexp.MustCompile(`https?://([a-zA-Z0-9.-]+)`)
	hosts := map[string]bool{}
	for _, file := range []string{"ham-mail", "gray-mail", "ham-mail-ja-derived"} {
		for _, r := range jsonLines[row](t, "corpora/"+file+".jsonl.gz") {
			for _, m := range links.FindAllStringSubmatch(r.HTML+" "+r.Text, -1) {
				hosts[strings.ToLower(strings.Trim(m[1], ".-"))] = true
			}
		}
	}
	weak := 0
	for h := range hosts {
		if ms := x.Check(h); len(ms) > 0 && ms[0].Strength > Hint {
			weak++
			t.Logf("%s: %s", h, ms[0])
		}
	}
	t.Logf("%d hosts: %d weak or strong, %.2f %%", len(hosts), weak, percent(weak, len(hosts)))
	if percent(weak, len(hosts)) > 0.2 {
		t.Error("too many hosts of legitimate mail are said to imitate others")
	}
}

func percent(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }
