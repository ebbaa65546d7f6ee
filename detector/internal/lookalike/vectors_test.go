package lookalike

import (
	"os"
	"strings"
	"testing"

	"github.com/honmono/honmono/detector/internal/domain"
)

// chromiumTop are the domains that Chromium's tests take for popular.
var chromiumTop = strings.Fields("google.com google.co.uk google.co.kr youtube.com office.com blogspot.com apple.com")

// mayResemble is the scoped allowlist of Chromium's test.
var mayResemble = map[string][]string{"google.com": {"may-spoof-google.com"}, "google.co.uk": {"may-spoof-google.com"}, "google.co.kr": {"may-spoof-google.com"}}

// allowed are the domains that a list downloaded by Chromium or an administrator's
// policy lets resemble google.com, by test: what MayResemble says here.
var allowed = map[string]string{"AllowedByComponentUpdater": "xn--googl-fsa.com", "AllowedByPolicy": "xn--googl-fsa.com"}

// deviations from Chromium, by test, host and what Chromium says, and why.
var deviations = map[string]string{
	"target_embedding other.inthésubdomain.com-foo.com pass":              "Chromium protects the one host visited, we its whole registrable domain",
	"Idn_TopDomain_EngagedSite_NoMatch googlé.com pass":                   "a browser knows that the person visits googlé.com, we do not",
	"TopDomainChromeUrl_NoMatch googlé.com pass":                          "about a chrome: URL, which no mail links to",
	"AllowlistAppliesToETLDPlusOne google-com-unrelated.blogspot.cv pass": "about what the person waved through before; the same host is warned of in the same test",
}

// TestChromium holds that what Chromium warns of gets at least a weak match (or
// is unsafe to show), and that what it lets pass gets no strong one.
func TestChromium(t *testing.T) {
	b, err := os.ReadFile("testdata/chromium-lookalike.tsv")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 6 {
			t.Fatalf("%q: %d fields", line, len(f))
		}
		seen++
		test, input, expect, want := f[0], f[1], f[2], f[3]
		var targets []Target
		protect := append(strings.Fields(f[4]), chromiumTop...)
		for _, d := range protect {
			if a, err := domain.ToASCII(d); err == nil {
				target := Target{Domain: a, MayResemble: mayResemble[a]}
				if other := allowed[test]; other != "" && expect == "pass" {
					target.MayResemble = append([]string{other}, target.MayResemble...)
				}
				targets = append(targets, target)
			}
		}
		host, err := domain.ToASCII(strings.TrimSuffix(input, "."))
		if err != nil {
			t.Logf("%s: no host %+q", test, input)
			continue
		}
		ms := NewIndex(targets).Check(host)
		reason, unsafe := UnsafeIDN(host)
		ok := true
		switch {
		case expect == "warn":
			ok = unsafe || len(ms) > 0 && ms[0].Strength >= Weak
			if ok && want != "" && !unsafe {
				found := false
				want, _ := domain.ToASCII(want)
				for _, m := range ms {
					found = found || m.Target == want || domain.Matches(want, m.Target) || domain.Matches(m.Target, want)
				}
				ok = found
			}
		case len(ms) > 0:
			ok = ms[0].Strength < Strong
		}
		switch why, known := deviations[test+" "+input+" "+expect]; {
		case !ok && !known:
			t.Errorf("%s: %+q: Chromium says %s %s; %v, unsafe %q (%s)", test, input, expect, want, ms, reason, f[5])
		case ok && known:
			t.Errorf("%s: %+q agrees, yet stands among the deviations: %s", test, input, why)
		}
	}
	if seen < 100 {
		t.Errorf("only %d rows", seen)
	}
}

// TestChromiumIDN holds the hosts that Chromium shows in punycode because they
// look like a domain of its test list; package spoof holds the others.
func TestChromiumIDN(t *testing.T) {
	b, err := os.ReadFile("../spoof/testdata/chromium-idn.tsv")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 5 || f[4] == "" {
			continue
		}
		seen++
		host, err := domain.ToASCII(f[0])
		if err != nil {
			t.Fatal(err)
		}
		ms := NewIndex([]Target{{Domain: f[4]}}).Check(host)
		if _, unsafe := UnsafeIDN(host); !unsafe && (len(ms) == 0 || ms[0].Strength < Weak) {
			t.Errorf("%+q looks like %s to Chromium: %v", f[2], f[4], ms)
		}
	}
	if seen < 10 {
		t.Errorf("only %d rows", seen)
	}
}
