package link

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// readLines reads a file with one JSON object a line.
func readLines[T any](t testing.TB, path string) []T {
	t.Helper()
	f, err := os.Open(path)
	if os.IsNotExist(err) {
		t.Skipf("no %s here: these vectors are not checked", filepath.Base(path))
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows []T
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var row T
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

// tricksDeviations are rows whose expectation no browser shares. The row of this
// one says 216.239.35.228. By the URL standard's "IPv4 parser" and "IPv4
// serializer" the host is the number's four bytes, and 3639551972 is
// 216·2²⁴ + 239·2¹⁶ + 39·2⁸ + 228, not 35·2⁸: TestDecimalHost does the sum.
var tricksDeviations = map[string]string{
	"http://3639551972/": "216.239.39.228",
}

// TestDecimalHost: a host that is one number is its four bytes.
func TestDecimalHost(t *testing.T) {
	for raw, want := range tricksDeviations {
		n, err := strconv.ParseUint(strings.Trim(raw, "htp:/"), 10, 32)
		if err != nil {
			t.Fatal(err)
		}
		if sum := fmt.Sprintf("%d.%d.%d.%d", n>>24, n>>16&0xff, n>>8&0xff, n&0xff); sum != want || mustParse(t, raw).Host != want {
			t.Errorf("%s: host %s, bytes %s, want %s", raw, mustParse(t, raw).Host, sum, want)
		}
	}
}

// TestURLTricks reads hostile URLs seen in the wild.
func TestURLTricks(t *testing.T) {
	type row struct {
		Trick         string          `json:"trick"`
		Input         json.RawMessage `json:"input"`
		Host          *string         `json:"expect_host"`
		UnwrappedHost string          `json:"expect_unwrapped_host"`
		Unicode       string          `json:"expect_unicode"`
		Symbols       []string        `json:"expect_symbols"`
		Not           []string        `json:"expect_not"`
	}
	rows := readLines[row](t, shared+"urltricks.jsonl")
	if len(rows) < 100 {
		t.Fatalf("%d rows", len(rows))
	}
	r := testReader()
	for _, row := range rows {
		var raw string
		if err := json.Unmarshal(row.Input, &raw); err != nil {
			checkRspamd(t, row.Input, row.Symbols, row.Not)
			continue
		}
		u, err := Parse(raw, nil)
		if row.Host == nil {
			if err == nil {
				t.Errorf("%+q: got %+q, want no URL", raw, u)
			}
			continue
		}
		if err != nil {
			t.Errorf("%+q: %v", raw, err)
			continue
		}
		if tricksDeviations[raw] != "" {
			continue
		}
		if u.Host != *row.Host {
			t.Errorf("%+q: host %+q, want %+q", raw, u.Host, *row.Host)
		}
		if row.Unicode != "" && u.Unicode != row.Unicode {
			t.Errorf("%+q: Unicode %+q, want %+q", raw, u.Unicode, row.Unicode)
		}
		if d := r.Follow(u); row.UnwrappedHost != "" && d.Leaf.Host != row.UnwrappedHost {
			t.Errorf("%+q: leaf %+q, want %+q", raw, d.Leaf.Host, row.UnwrappedHost)
		}
		flag := true
		switch row.Trick {
		case "userinfo":
			flag = u.HasUserinfo()
		case "soft-hyphen/BOM in host":
			flag = u.Invisible
		case "tab/newline in URL":
			flag = u.Split
		case "octal/hex/short IPv4", "decimal IP":
			flag = u.Numeric && u.Disguised
		case "IDN host", "alpha homoglyph":
			flag = u.IDN
		case "ideographic full stop":
			flag = u.Folded
		}
		if !flag {
			t.Errorf("%+q: %s not seen in %+v", raw, row.Trick, u)
		}
	}
}

// checkRspamd holds rspamd's symbols about a URL's build against our flags.
func checkRspamd(t *testing.T, input json.RawMessage, symbols, not []string) {
	t.Helper()
	var hrefs []string
	if err := json.Unmarshal(input, &hrefs); err != nil {
		t.Fatal(err)
	}
	raw := strings.TrimPrefix(hrefs[0], `href="`)
	u, err := Parse(raw, nil)
	has := map[string]bool{}
	if err == nil {
		user := len(u.Userinfo())
		has["URL_USER_PASSWORD"] = user > 0
		has["URL_USER_LONG"] = user > 128 && user <= 256
		has["URL_USER_VERY_LONG"] = user > 256
		has["URL_NUMERIC_IP"] = u.Numeric
		has["URL_NUMERIC_IP_USER"] = u.Numeric && user > 0
		has["URL_SUSPICIOUS_TLD"] = strings.HasSuffix(u.Host, ".tk")
		has["URL_MULTIPLE_AT_SIGNS"] = strings.Contains(u.Userinfo(), "@")
		_, single := onlyURL(u.Query)
		has["URL_QUERY_MULTIPLE_URLS"] = single == untold
	}
	for _, s := range symbols {
		if !has[s] {
			t.Errorf("%+q: no %s", raw, s)
		}
	}
	for _, s := range not {
		if has[s] {
			t.Errorf("%+q: %s", raw, s)
		}
	}
}

// TestLinkMismatch holds Mismatch against the cases and complaints of mail
// programs. Undecidable rows (null) must at least name the place shown.
func TestLinkMismatch(t *testing.T) {
	type row struct {
		Href, Text, Note string
		Mismatch         *bool `json:"expect_mismatch"`
	}
	rows := readLines[row](t, shared+"linkmismatch.jsonl")
	r := testReader()
	tags := regexp.MustCompile(`<span style="display:none">.*?</span>`)
	for _, row := range rows {
		u, err := Parse(row.Href, nil)
		if err != nil {
			t.Fatal(err)
		}
		d := r.Follow(u)
		// The text as it stands, and as the page reader gives it: hidden parts
		// left out, adjacent anchors of one destination joined.
		texts := []string{row.Text, strings.ReplaceAll(tags.ReplaceAllString(row.Text, ""), "h|ttps", "https")}
		for _, text := range texts {
			shown, mismatch := r.Mismatch(text, d)
			if row.Mismatch == nil {
				if shown == nil {
					t.Errorf("%+q: nothing shown", text)
				}
				continue
			}
			if mismatch != *row.Mismatch {
				t.Errorf("%s\n\ttext %+q\n\tleaf %s\n\tmismatch %v, want %v (%s)", row.Href, text, d.Leaf, mismatch, *row.Mismatch, row.Note)
			}
		}
	}
}
