package domain

import (
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestRegistrablePSL holds Registrable against the list's own test vectors.
func TestRegistrablePSL(t *testing.T) {
	data, err := os.ReadFile("testdata/psl/test_psl.txt")
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile(`(?m)^checkPublicSuffix\('([^']*)', (?:'([^']*)'|null)\);`).FindAllStringSubmatch(string(data), -1)
	if len(rows) < 75 {
		t.Fatalf("%d rows", len(rows))
	}
	for _, row := range rows {
		want := row[2]
		if want != "" {
			want, _ = ToASCII(want)
		}
		if got := Registrable(row[1]); got != want {
			t.Errorf("Registrable(%+q) = %+q, want %+q", row[1], got, want)
		}
	}
}

func TestSuffix(t *testing.T) {
	for _, c := range []struct {
		host, registrable, icann, suffix string
		isICANN, tenant, listed          bool
	}{
		{host: "www.amazon.co.jp", registrable: "amazon.co.jp", icann: "amazon.co.jp", suffix: "co.jp", isICANN: true, listed: true},
		{host: "amazon.co.jp.", registrable: "amazon.co.jp", icann: "amazon.co.jp", suffix: "co.jp", isICANN: true, listed: true},
		{host: "WWW.Amazon.CO.JP", registrable: "amazon.co.jp", icann: "amazon.co.jp", suffix: "co.jp", isICANN: true, listed: true},
		{host: "a.amazon.web.app", registrable: "amazon.web.app", icann: "web.app", suffix: "web.app", tenant: true, listed: true},
		{host: "web.app", icann: "web.app", suffix: "web.app"},
		{host: "x.duckdns.org", registrable: "x.duckdns.org", icann: "duckdns.org", suffix: "duckdns.org", tenant: true, listed: true},
		{host: "co.jp", suffix: "co.jp", isICANN: true},
		{host: "jp", suffix: "jp", isICANN: true},
		{host: "a.b.city.kobe.jp", registrable: "city.kobe.jp", icann: "city.kobe.jp", suffix: "kobe.jp", isICANN: true, listed: true},
		{host: "b.c.kobe.jp", registrable: "b.c.kobe.jp", icann: "b.c.kobe.jp", suffix: "c.kobe.jp", isICANN: true, listed: true},
		{host: "www.ck", registrable: "www.ck", icann: "www.ck", suffix: "ck", isICANN: true, listed: true},
		{host: "bücher.公司.cn", registrable: "xn--bcher-kva.xn--55qx5d.cn", icann: "xn--bcher-kva.xn--55qx5d.cn", suffix: "xn--55qx5d.cn", isICANN: true, listed: true},
		{host: "printer.corp.invalid", registrable: "corp.invalid", icann: "corp.invalid", suffix: "invalid"},
		{host: "localhost", suffix: "localhost"},
		{host: ""}, {host: "."}, {host: ".."}, {host: ".jp"}, {host: "a..", suffix: ""},
		{host: "a..jp", suffix: "jp", isICANN: true},
		{host: "a..ck", suffix: "ck"}, // an empty label is nobody's wildcard
		{host: "192.0.2.1"}, {host: "[2001:db8::1]"}, {host: "2001:db8::1"}, {host: "::ffff:192.0.2.1"},
		{host: "xn--\u200b.jp\x00"},
	} {
		suffix, icann := PublicSuffix(c.host)
		if suffix != c.suffix || icann != c.isICANN {
			t.Errorf("PublicSuffix(%+q) = %+q, %v, want %+q, %v", c.host, suffix, icann, c.suffix, c.isICANN)
		}
		if got := Registrable(c.host); got != c.registrable {
			t.Errorf("Registrable(%+q) = %+q, want %+q", c.host, got, c.registrable)
		}
		if got := ICANNRegistrable(c.host); got != c.icann {
			t.Errorf("ICANNRegistrable(%+q) = %+q, want %+q", c.host, got, c.icann)
		}
		if got := Tenant(c.host); got != c.tenant {
			t.Errorf("Tenant(%+q) = %v", c.host, got)
		}
		if got := Listed(c.host); got != c.listed {
			t.Errorf("Listed(%+q) = %v", c.host, got)
		}
	}
}

func TestCut(t *testing.T) {
	for _, host := range []string{"", "com", "www.amazon.co.jp", "a.b.web.app", "web.app", "192.0.2.1", "x.y.invalid-tld", "WWW.Example.COM."} {
		r, s, tenant, listed := Cut(host)
		want, _ := PublicSuffix(host)
		if r != Registrable(host) || s != want || tenant != Tenant(host) || r != "" && listed != Listed(host) {
			t.Errorf("Cut(%q) = %q %q %v %v", host, r, s, tenant, listed)
		}
	}
}

func TestLabel(t *testing.T) {
	for host, want := range map[string]string{
		"amazon.co.jp": "amazon", "www.amazon.co.jp": "amazon", "amazon.web.app": "amazon",
		"co.jp": "", "192.0.2.1": "", "": "",
	} {
		if got := Label(host); got != want {
			t.Errorf("Label(%+q) = %+q, want %+q", host, got, want)
		}
	}
}

func TestMatches(t *testing.T) {
	for _, c := range []struct {
		host, domain string
		want         bool
	}{
		{"amazon.co.jp", "amazon.co.jp", true},
		{"www.amazon.co.jp", "amazon.co.jp", true},
		{"www.amazon.co.jp.", "amazon.co.jp", true},
		{"notamazon.co.jp", "amazon.co.jp", false},
		{"amazon.co.jp.evil.example", "amazon.co.jp", false},
		{"co.jp", "amazon.co.jp", false},
		{"", "", false}, {"amazon.co.jp", "", false}, {"", "jp", false},
	} {
		if got := Matches(c.host, c.domain); got != c.want {
			t.Errorf("Matches(%+q, %+q) = %v", c.host, c.domain, got)
		}
	}
}

// rules returns the rules of the published list, and which of them are in the
// ICANN section.
func rules(t *testing.T) (all []string, icann map[string]bool) {
	t.Helper()
	data, err := os.ReadFile("../../../../shared/vectors/psl/public_suffix_list.dat")
	if err != nil {
		t.Skip("no public_suffix_list.dat here: the lookup is not compared with the list")
	}
	icann = map[string]bool{}
	section := true
	for line := range strings.Lines(string(data)) {
		if strings.Contains(line, "===BEGIN PRIVATE DOMAINS===") {
			section = false
		}
		rule := strings.TrimSpace(line)
		if rule == "" || strings.HasPrefix(rule, "//") {
			continue
		}
		mark := ""
		for _, m := range []string{"!", "*."} {
			if rest, ok := strings.CutPrefix(rule, m); ok {
				mark, rule = m, rest
			}
		}
		ascii, err := ToASCII(rule)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, mark+ascii)
		icann[mark+ascii] = section
	}
	return all, icann
}

// A reference applies the list's algorithm as its wiki words it, to plain lists
// of rules by their last label; slow and obvious.
type reference map[string][]string

func newReference(all []string) reference {
	r := reference{}
	for _, rule := range all {
		tld := rule[strings.LastIndexAny(rule, ".!")+1:]
		r[tld] = append(r[tld], rule)
	}
	return r
}

// prevailing returns the public suffix and the rule it comes from, "*" if none.
func (r reference) prevailing(host string) (suffix, rule string) {
	labels := strings.Split(host, ".")
	matches := func(rule string) bool {
		want := strings.Split(strings.TrimPrefix(rule, "!"), ".")
		if len(want) > len(labels) {
			return false
		}
		tail := labels[len(labels)-len(want):]
		for i := range want {
			if want[i] != tail[i] && (want[i] != "*" || tail[i] == "") {
				return false
			}
		}
		return true
	}
	rule = "*"
	for _, candidate := range r[labels[len(labels)-1]] {
		if !matches(candidate) {
			continue
		}
		if candidate[0] == '!' {
			rule = candidate
			break
		}
		// The most labels win; of two with as many, the literal one.
		c, b := strings.Count(candidate, "."), strings.Count(rule, ".")
		if c > b || c == b && rule[0] == '*' {
			rule = candidate
		}
	}
	n := strings.Count(rule, ".") + 1
	if rule[0] == '!' {
		n--
	}
	return strings.Join(labels[len(labels)-n:], "."), rule
}

// randomHosts returns hosts near the rules: the rule itself, with labels in
// front, with one label taken away or doubled.
func randomHosts(all []string, n int) []string {
	random := rand.New(rand.NewPCG(1, 2))
	words := []string{"www", "amazon", "a", "x-y", "xn--bcher-kva", "city", "compute", "s3", "jp", "com", "co", "1"}
	hosts := make([]string, 0, n)
	for len(hosts) < n {
		labels := strings.Split(strings.TrimPrefix(all[random.IntN(len(all))], "!"), ".")
		for i := range labels {
			if labels[i] == "*" {
				labels[i] = words[random.IntN(len(words))]
			}
		}
		switch random.IntN(4) {
		case 0:
			labels = labels[random.IntN(len(labels)):]
		case 1:
			labels = append(labels, labels[random.IntN(len(labels))])
		}
		for range random.IntN(3) {
			labels = append([]string{words[random.IntN(len(words))]}, labels...)
		}
		hosts = append(hosts, strings.Join(labels, "."))
	}
	return hosts
}

// TestLookupAgainstReference compares with the slow reference, whole list and
// ICANN section. The published list and the library's are of different days:
// a few in a thousand rules may differ.
func TestLookupAgainstReference(t *testing.T) {
	all, icann := rules(t)
	if len(all) < 9000 {
		t.Fatalf("%d rules", len(all))
	}
	whole := newReference(all)
	section := newReference(slices.DeleteFunc(slices.Clone(all), func(rule string) bool { return !icann[rule] }))
	n := 20000
	if testing.Short() {
		n = 4000
	}
	hosts := append(randomHosts(all, n), "example", "a.example", "b.a.example")
	differ := 0
	for _, host := range hosts {
		want, rule := whole.prevailing(host)
		suffix, isICANN := PublicSuffix(host)
		registry, _ := section.prevailing(host)
		plusOne := ""
		if rest, ok := strings.CutSuffix(host, "."+registry); ok {
			plusOne = rest[strings.LastIndexByte(rest, '.')+1:] + "." + registry
		}
		if suffix != want || isICANN != icann[rule] || ICANNRegistrable(host) != plusOne {
			if differ++; differ <= 20 {
				t.Logf("PublicSuffix(%+q) = %+q, %v, want %+q, %v by %+q; ICANNRegistrable %+q, want %+q",
					host, suffix, isICANN, want, icann[rule], rule, ICANNRegistrable(host), plusOne)
			}
		}
	}
	if differ > len(hosts)/50 {
		t.Errorf("%d of %d hosts differ", differ, len(hosts))
	}
}

// TestNoAllocations leaves out what asks the list: the library allocates once a
// question.
func TestNoAllocations(t *testing.T) {
	for _, host := range []string{"www.amazon.co.jp", "a.b.c.d.amazon.web.app", "xn--bcher-kva.xn--55qx5d.cn", "192.0.2.1", "amazon.co.jp."} {
		matched := false
		if n := testing.AllocsPerRun(100, func() {
			matched = matched || Matches(host, "amazon.co.jp")
			Unicode("www.amazon.co.jp")
			ToASCII(host)
		}); n != 0 {
			t.Errorf("%+q: %v allocations", host, n)
		}
	}
}
