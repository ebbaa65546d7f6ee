package feed

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/honmono/honmono/detector/rules"
)

func TestRead(t *testing.T) {
	for name, c := range map[string]struct{ feed, want, bad string }{
		"lines":        {"# ours\nhttps://a.example/x\n\n  b.example  \nhxxps://c[.]example/y\n", "2 https://a.example/x|4 b.example|5 https://c.example/y", ""},
		"csv":          {"date,URL,description\n2026/11/20,https://a.example/,\"a, b\"\n2026/11/21,hxxp://b.example,x\n", "2 https://a.example/|3 http://b.example", ""},
		"csv, quoted":  {"\ufeff\"date\",\"url\"\r\n\"x\",\"https://a.example/?q=1,2\"\r\n", "2 https://a.example/?q=1,2", ""},
		"csv, short":   {"date,URL\n2026/11/20\n2026/11/20,https://a.example/\n", "3 https://a.example/", "2 no column 2"},
		"hosts":        {"127.0.0.1 localhost\n0.0.0.0 a.example b.example # both\n:: c.example\n", "2 a.example|2 b.example|3 c.example", ""},
		"other":        {"https://a.example/\nthe quick fox\n192.0.2.1 d.example\n", "1 https://a.example/", "2 neither a URL nor a line of a hosts file|3 neither a URL nor a line of a hosts file"},
		"a comma":      {"https://a.example/x,y\n", "1 https://a.example/x,y", ""},
		"empty":        {"", "", ""},
		"long comment": {"#" + strings.Repeat("x", 5000) + "\ndate,url\n1,https://a.example/\n", "3 https://a.example/", ""},
	} {
		var found, bad []string
		err := Read(strings.NewReader(c.feed),
			func(line int, raw string) { found = append(found, fmt.Sprintf("%d %s", line, raw)) },
			func(line int, why error) { bad = append(bad, fmt.Sprintf("%d %v", line, why)) })
		if err != nil || strings.Join(found, "|") != c.want || strings.Join(bad, "|") != c.bad {
			t.Errorf("%s: found %q, bad %q, %v; want %q, %q", name, found, bad, err, c.want, c.bad)
		}
	}
}

func TestCut(t *testing.T) {
	c := NewCutter(rules.Default())
	for raw, want := range map[string]string{
		// as much as one person controls
		"https://login.harbour-notes.net/a/b?c=d":                      "harbour-notes.net",
		"HARBOUR-NOTES.NET":                                            "harbour-notes.net",
		"https://x.harbour-notes.co.jp/":                               "harbour-notes.co.jp",
		"https://a.evil-tenant.web.app/x":                              "evil-tenant.web.app",
		"https://amazon-login.weebly.com/x":                            "amazon-login.weebly.com",
		"https://sites.google.com/view/parcel-77/home":                 "sites.google.com/view/parcel-77",
		"https://forms.office.com/pages/R-77x/viewform?u=1":            "forms.office.com/pages/R-77x",
		"https://storage.googleapis.com/bucket-9/index.html":           "",
		"https://storage.googleapis.com/bucket-9/go.html":              "storage.googleapis.com/bucket-9/go.html",
		"https://bit.ly/3xYzAbC":                                       "bit.ly/3xYzAbC",
		"http://203.0.113.9/login":                                     "203.0.113.9",
		"https://www.google.com/url?q=https%3A%2F%2Fharbour-notes.net": "harbour-notes.net",
		"https://archive.org/details/login-page-77/":                   "archive.org/details/login-page-77",
	} {
		key, err := c.Cut(raw)
		if key != want || (err == nil) != (want != "") {
			t.Errorf("%s: %q, %v; want %q", raw, key, err, want)
		}
	}
	for raw, want := range map[string]error{
		"https://www.amazon.co.jp/ap/signin": ErrOfficial,
		"https://www.smbc.co.jp/":            ErrOfficial,
		"https://mail.google.com/mail/":      ErrOfficial,
		"https://sites.google.com/view":      ErrShared,
		"https://forms.office.com/pages/":    ErrShared,
		"https://forms.office.com/r/d/e/":    ErrShared,
		"https://bit.ly/":                    ErrShared,
		"https://archive.org/":               ErrShared,
		// Whoever lists the way lists everybody who goes it.
		"https://archive.org/login?return_to=https://harbour-notes.net": ErrShared,
		"https://u7.ct.sendgrid.net/ls/click?upn=xyz":                   ErrPassing,
		"https://co.jp/":      ErrSuffix,
		"https://web.app/":    ErrShared,
		"https://localhost/":  ErrPrivate,
		"https://router.lan/": ErrPrivate,
		"http://192.168.1.1/": ErrPrivate,
		"javascript://x":      ErrMalformed,
		"https://a b/":        ErrMalformed,
		"":                    ErrMalformed,
	} {
		if key, err := c.Cut(raw); !errors.Is(err, want) {
			t.Errorf("%q: %q, %v; want %v", raw, key, err, want)
		}
	}
}

func day(t *testing.T, s string) Day {
	t.Helper()
	d, err := ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestLedger(t *testing.T) {
	l := NewLedger()
	monday, sunday := day(t, "2026-11-16"), day(t, "2026-11-22")
	if !l.Add("a.example", monday) || l.Add("a.example", sunday) || !l.Add("b.example", sunday) || !l.Add("c.example", monday-100) {
		t.Error("Add does not tell what is new")
	}
	var b bytes.Buffer
	if err := l.Write(&b); err != nil {
		t.Fatal(err)
	}
	const want = "honmono blocklist v1\n2026-11-16 2026-11-22 a.example\n2026-11-22 2026-11-22 b.example\n2026-08-08 2026-08-08 c.example\nend 3\n"
	if b.String() != want {
		t.Errorf("wrote %q", b.String())
	}
	back, err := ReadLedger(strings.NewReader(want))
	if err != nil || back.Len() != 3 {
		t.Fatalf("read %v, %v", back, err)
	}
	// Sunday and Monday of one week keep the same: periods change once a week.
	if n := back.Age(sunday, 90); n != 1 || back.Len() != 2 {
		t.Errorf("%d aged out, %d are left", n, back.Len())
	}
	again, _ := ReadLedger(strings.NewReader(want))
	if again.Age(monday, 90) != 1 || again.Age(sunday, 90) != 0 {
		t.Error("something ages out in the middle of a week")
	}
	if !back.Remove("b.example") || back.Remove("b.example") || back.Len() != 1 {
		t.Error("Remove does not remove, or does not tell")
	}
	for _, bad := range []string{
		"", "something else\n", want[:len(want)-6], want + "2026-11-16 2026-11-22 z.example\n",
		strings.Replace(want, "end 3", "end 4", 1), strings.Replace(want, "2026-11-16", "2026-13-16", 1),
		strings.Replace(want, " a.example", "", 1), strings.Replace(want, "2026-11-16 2026-11-22", "2026-11-22 2026-11-16", 1),
	} {
		if _, err := ReadLedger(strings.NewReader(bad)); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

func TestPeriods(t *testing.T) {
	l := NewLedger()
	today := day(t, "2026-11-19") // a Thursday
	for key, first := range map[string]string{
		"today.example": "2026-11-19", "monday.example": "2026-11-16", "sunday.example": "2026-11-15",
		"week.example": "2026-11-09", "old.example": "2026-06-01", "tomorrow.example": "2026-11-20",
	} {
		l.Add(key, day(t, first))
	}
	names := func(today Day) (out []string, filters map[string]string) {
		periods, err := l.Periods(today)
		if err != nil {
			t.Fatal(err)
		}
		filters = map[string]string{}
		for _, p := range periods {
			out = append(out, p.Name)
			filters[p.Name] = p.Filter + p.Exact
		}
		return out, filters
	}
	before, filters := names(today)
	if want := []string{"00000000-0", "20261109-7", "20261116-1", "20261119-1"}; !slices.Equal(before, want) {
		t.Fatalf("periods %v, want %v", before, want)
	}
	// A new entry changes the period of today alone.
	l.Add("new.example", today)
	_, after := names(today)
	for name := range filters {
		if changed := filters[name] != after[name]; changed != (name == "20261119-1") {
			t.Errorf("period %s: changed is %v", name, changed)
		}
	}
	// The next day's ledger leaves the past as it was.
	l.Add("next.example", today+1)
	_, next := names(today + 1)
	for _, name := range []string{"00000000-0", "20261109-7", "20261116-1"} {
		if next[name] != filters[name] {
			t.Errorf("period %s changed over night", name)
		}
	}
	// However long it goes on, a manifest and a client can hold them.
	full := NewLedger()
	for d := today - 1000; d <= today; d++ {
		full.Add(fmt.Sprintf("host-%d.example", d), d)
	}
	for d := today; d < today+7; d++ {
		full.Add("x.example", d)
		periods, err := full.Periods(d)
		if err != nil || len(periods) > rules.MaxBlockPeriods || 2*len(periods)+len(rules.SectionNames) > 64 {
			t.Errorf("%d periods, %v", len(periods), err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("date,URL\nx,https://a.example/\n")
	f.Add("0.0.0.0 a.example\n")
	f.Add("hxxp://a[.]example\n")
	c := NewCutter(rules.Default())
	f.Fuzz(func(t *testing.T, feed string) {
		Read(strings.NewReader(feed), func(_ int, raw string) {
			key, err := c.Cut(raw)
			if (key == "") == (err == nil) || strings.ContainsAny(key, " \n") {
				t.Errorf("%q cut to %q, %v", raw, key, err)
			}
			// What is listed speaks about itself, cut again.
			if err == nil && !strings.Contains(key, "/") {
				if again, err := c.Cut(key); again != key {
					t.Errorf("%q cut to %q and then to %q, %v", raw, key, again, err)
				}
			}
		}, func(int, error) {})
	})
}
