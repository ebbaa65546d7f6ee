package blocklist

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/honmono/honmono/detector/internal/fuse"
)

func build(t testing.TB, keys ...string) (fuse.Filter, Exact) {
	t.Helper()
	filterText, exactText, err := Build(keys)
	if err != nil {
		t.Fatal(err)
	}
	f, err := ReadFilter(filterText)
	if err != nil {
		t.Fatal(err)
	}
	e, err := ReadExact(exactText)
	if err != nil {
		t.Fatal(err)
	}
	return f, e
}

func many(n int) []string {
	keys := make([]string, n)
	for i := range keys {
		keys[i] = fmt.Sprintf("host-%d.example", i)
	}
	return keys
}

func TestEveryKeyIsFoundAndNoOther(t *testing.T) {
	keys := many(20000)
	f, e := build(t, keys...)
	if e.Len() != len(keys) {
		t.Fatalf("%d entries of %d keys", e.Len(), len(keys))
	}
	for _, k := range keys {
		if !f.Contains(k) || !e.Contains(k) {
			t.Fatalf("%q is not found: filter %v, exact %v", k, f.Contains(k), e.Contains(k))
		}
	}
	through := 0
	for i := range 200000 {
		k := fmt.Sprintf("other-%d.example", i)
		if f.Contains(k) {
			through++
		}
		if e.Contains(k) {
			t.Fatalf("%q is not listed and was found", k)
		}
	}
	if through > 20 { // 3 are to be expected
		t.Errorf("the filter let %d of 200,000 through", through)
	}
}

func TestBuildIsReproducible(t *testing.T) {
	keys := many(500)
	filter, exact, _ := Build(keys)
	slices.Reverse(keys)
	filterAgain, exactAgain, _ := Build(append(keys, keys[7]))
	if filter != filterAgain || exact != exactAgain {
		t.Error("the same keys in another order, one of them twice, give other bytes")
	}
}

func TestPlaces(t *testing.T) {
	for n := range 40 {
		if _, exact, _ := Build(many(n)); Places(int64(len(exact))) != n {
			t.Errorf("%d bytes hold %d places, %d were listed", len(exact), Places(int64(len(exact))), n)
		}
	}
}

func TestKeys(t *testing.T) {
	for _, c := range []struct {
		host, path string
		want       string
	}{
		{"evil.example", "", "evil.example"},
		{"evil.example", "/", "evil.example"},
		{"a.b.evil.co.jp", "/x", "a.b.evil.co.jp b.evil.co.jp evil.co.jp a.b.evil.co.jp/x"},
		// A tenant's neighbour is another place: the suffix is never a key.
		{"shop.web.app", "/", "shop.web.app"},
		{"sites.google.com", "//view/evil/", "sites.google.com google.com sites.google.com/view sites.google.com/view/evil"},
		{"192.0.2.7", "/p", "192.0.2.7 192.0.2.7/p"},
		{"1.2.3.4.5.6.7.8.evil.example", "", "1.2.3.4.5.6.7.8.evil.example 2.3.4.5.6.7.8.evil.example 3.4.5.6.7.8.evil.example 4.5.6.7.8.evil.example 5.6.7.8.evil.example evil.example"},
	} {
		if got := strings.Join(Keys(c.host, c.path), " "); got != c.want {
			t.Errorf("%q %q\n got %s\nwant %s", c.host, c.path, got, c.want)
		}
	}
	if n := len(Keys("x.example", strings.Repeat("/a", 5000))); n > 2+maxSegments {
		t.Errorf("%d keys for a path of 5,000 segments", n)
	}
}

func TestFind(t *testing.T) {
	var l List
	if key, missing := l.Find("evil.example", "/"); key+missing != "" {
		t.Errorf("an empty list knows %q, wants %q", key, missing)
	}
	old, oldExact := build(t, "evil.example", "sites.google.com/view/evil")
	today, todayExact := build(t, "bad.web.app")
	l.Add(old, "old")
	l.Add(today, "today")

	if key, missing := l.Find("www.evil.example", "/login"); key != "" || missing != "old" {
		t.Errorf("not loaded: found %q, wants %q; want nothing found and %q wanted", key, missing, "old")
	}
	l.Load("old", oldExact)
	l.Load("today", todayExact)
	for _, c := range []struct{ host, path, want string }{
		{"www.evil.example", "/login", "evil.example"},
		{"sites.google.com", "/view/evil/home", "sites.google.com/view/evil"},
		{"bad.web.app", "", "bad.web.app"},
		// near misses: another registrant, another tenant, another page
		{"notevil.example", "/", ""},
		{"evil.example.org", "/", ""},
		{"good.web.app", "/", ""},
		{"sites.google.com", "/view/evildoer", ""},
		{"sites.google.com", "/", ""},
	} {
		if key, missing := l.Find(c.host, c.path); key != c.want || missing != "" {
			t.Errorf("%s%s: found %q, wants %q; want %q", c.host, c.path, key, missing, c.want)
		}
	}
}

func TestMalformed(t *testing.T) {
	filter, exact, err := Build(many(100))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"", "AAAA", "!!!!\n", filter[:len(filter)/2], filter[:40] + "\n", "AA\nAA\n", exact} {
		if _, err := ReadFilter(text); err == nil {
			t.Errorf("filter %.30q: no error", text)
		}
	}
	backwards := encode([]byte{0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1})
	twice := encode([]byte{0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1})
	for _, text := range []string{"", "AAAA", exact[:len(exact)/2], encode([]byte{1, 2, 3}), backwards, twice} {
		if _, err := ReadExact(text); err == nil {
			t.Errorf("exact %.30q: no error", text)
		}
	}
	if _, err := ReadFilter(encode(nil)); err != nil {
		t.Errorf("no places: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	filter, exact, _ := Build(many(10))
	f.Add(filter, exact, "evil.example", "/a/b")
	f.Add("\n", "\n", "", "")
	f.Add("AAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", "AAAA\n", "..", "//")
	f.Fuzz(func(t *testing.T, filter, exact, host, path string) {
		var l List
		if f, err := ReadFilter(filter); err == nil {
			l.Add(f, "x")
		}
		if e, err := ReadExact(exact); err == nil {
			l.Load("x", e)
		}
		l.Find(host, path)
		if n := len(Keys(host, path)); n > maxLabels+maxSegments {
			t.Errorf("%d keys", n)
		}
	})
}

// A million entries: what they take to build, and what a look costs.
func BenchmarkBuildMillion(b *testing.B) {
	keys := many(1_000_000)
	var filter, exact string
	for b.Loop() {
		filter, exact, _ = Build(keys)
	}
	b.ReportMetric(float64(len(filter)), "filter-bytes")
	b.ReportMetric(float64(len(exact)), "exact-bytes")
}

func BenchmarkFind(b *testing.B) {
	for _, n := range []int{10_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var l List
			keys := many(n)
			const periods = 20
			for i := range periods {
				f, e := build(b, keys[i*n/periods:(i+1)*n/periods]...)
				l.Add(f, fmt.Sprint(i))
				l.Load(fmt.Sprint(i), e)
			}
			for b.Loop() {
				l.Find("www.some-shop.example", "/orders/2026/11")
			}
		})
	}
}
