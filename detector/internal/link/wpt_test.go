package link

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// shared holds the vectors that are not copied here in full; it may be missing.
const shared = "../../../../shared/vectors/"

// A wptRow is one row of web-platform-tests' urltestdata.json.
type wptRow struct {
	Input    string  `json:"input"`
	Base     *string `json:"base"`
	Failure  bool    `json:"failure"`
	Href     string  `json:"href"`
	Protocol string  `json:"protocol"`
	Username string  `json:"username"`
	Password string  `json:"password"`
	Hostname string  `json:"hostname"`
	Port     string  `json:"port"`
	Pathname string  `json:"pathname"`
	Search   string  `json:"search"`
	Hash     string  `json:"hash"`
}

// readRows reads a JSON array of rows; what is not an object is a comment.
func readRows[T any](t testing.TB, path string) []T {
	t.Helper()
	data, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		t.Skipf("no %s here: this part of the vectors is not checked", filepath.Base(path))
	}
	if err != nil {
		t.Fatal(err)
	}
	var raw []json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		t.Fatal(err)
	}
	var rows []T
	for _, m := range raw {
		if m[0] != '{' {
			continue
		}
		var row T
		if err := json.Unmarshal(m, &row); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

// TestParseWPT holds every part of every row against the browser's.
func TestParseWPT(t *testing.T) {
	for path, least := range map[string]int{
		"testdata/wpt/urltestdata-http.json":  446,
		"testdata/wpt/urltestdata-other.json": 445,
		shared + "url/wpt-urltestdata.json":   891,
	} {
		t.Run(filepath.Base(path), func(t *testing.T) {
			rows := readRows[wptRow](t, path)
			if len(rows) < least {
				t.Fatalf("%d rows, want at least %d", len(rows), least)
			}
			for _, row := range rows {
				checkRow(t, row)
			}
		})
	}
}

func checkRow(t *testing.T, row wptRow) {
	t.Helper()
	var base *URL
	if row.Base != nil {
		var err error
		if base, err = Parse(*row.Base, nil); err != nil {
			if !row.Failure {
				t.Errorf("base %+q: %v", *row.Base, err)
			}
			return
		}
	}
	u, err := Parse(row.Input, base)
	if row.Failure {
		if err == nil {
			t.Errorf("%+q: got %+q, want failure", row.Input, u)
		}
		return
	}
	if err != nil {
		t.Errorf("%+q (base %+v): %v, want %+q", row.Input, row.Base, err, row.Href)
		return
	}
	for _, part := range []struct{ name, got, want string }{
		{"href", u.String(), row.Href},
		{"protocol", u.Scheme + ":", row.Protocol},
		{"username", u.Username, row.Username},
		{"password", u.Password, row.Password},
		{"hostname", u.Host, row.Hostname},
		{"port", u.Port, row.Port},
		{"pathname", u.Path, row.Pathname},
		{"search", prefixed("?", u.Query), row.Search},
		{"hash", prefixed("#", u.Fragment), row.Hash},
	} {
		if part.got != part.want {
			t.Errorf("%+q: %s is %+q, want %+q", row.Input, part.name, part.got, part.want)
		}
	}
}

// An asciiRow is one row of toascii.json or IdnaTestV2.json; no output means
// that the host is refused.
type asciiRow struct {
	Input  string  `json:"input"`
	Output *string `json:"output"`
}

// cjkJ is the reason of the deviations below: U+323B0…U+33479 came with Unicode
// 17, and Go's IDNA tables are of Unicode 15 until Go 1.27. The host is refused,
// as in browsers of 2024, and a link that cannot be read is reported as that.
const cjkJ = "CJK extension J is unassigned in Unicode 15"

var idnaDeviations = map[string]string{
	"\U0003293120.\u97f3.\ua8661.": cjkJ,
	"\U00032b9a9\ua369\u17d3.ss":   cjkJ,
	"\U00032b9a9\ua369\u17d3.SS":   cjkJ,
}

// TestHostWPT holds the hosts of the IDNA vectors against the browser's.
func TestHostWPT(t *testing.T) {
	for path, least := range map[string]int{
		"testdata/wpt/toascii.json":          87,
		"testdata/wpt/idnatestv2-sixth.json": 446,
		shared + "url/wpt-toascii.json":      87,
		shared + "url/wpt-IdnaTestV2.json":   2671,
	} {
		t.Run(filepath.Base(path), func(t *testing.T) {
			rows := readRows[asciiRow](t, path)
			if len(rows) < least {
				t.Fatalf("%d rows, want at least %d", len(rows), least)
			}
			for _, row := range rows {
				if row.Input == "" {
					continue // no host at all; https:///x has the host x
				}
				u, err := Parse("https://"+row.Input+"/x", nil)
				got := "failure"
				if err == nil {
					got = u.Host
				}
				want := "failure"
				if row.Output != nil && *row.Output != "" {
					want = *row.Output
				}
				if reason := idnaDeviations[row.Input]; reason != "" {
					if got == want {
						t.Errorf("%+q: no deviation any more (%s)", row.Input, reason)
					}
					continue
				}
				if got != want {
					t.Errorf("%+q: got %+q, want %+q", row.Input, got, want)
				}
			}
		})
	}
}
