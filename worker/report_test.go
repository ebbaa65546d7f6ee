//go:build !js

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestSchema holds the program to the schema that others write reports by: what
// one takes the other takes, for every report of the table and for each of its
// members changed in many ways.
func TestSchema(t *testing.T) {
	compiler := jsonschema.NewCompiler()
	schema, err := compiler.Compile("../docs/report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var table conformance
	if err := json.Unmarshal(testFile(t, "conformance.json"), &table); err != nil {
		t.Fatal(err)
	}
	taken := 0
	check := func(text string) {
		_, err := parseReport([]byte(text))
		value, malformed := jsonschema.UnmarshalJSON(strings.NewReader(text))
		bySchema := malformed == nil && schema.Validate(value) == nil
		// The schema cannot see that a member stands there twice.
		if err != nil && strings.Contains(err.Error(), "twice") {
			return
		}
		if (err == nil) != bySchema {
			t.Errorf("%.300q: the program says %v, the schema says %v", text, err, bySchema)
		}
		if err == nil {
			taken++
		}
	}
	var good map[string]any
	for _, c := range table.Cases {
		if c.Method != http.MethodPost || len(c.Give) > maxReport {
			continue
		}
		check(c.Give)
		if c.Status == http.StatusCreated && good == nil {
			if err := json.Unmarshal([]byte(c.Give), &good); err != nil {
				t.Fatal(err)
			}
		}
	}
	long := func(n int) (list []any) {
		for i := range n {
			list = append(list, fmt.Sprintf("A%d", i))
		}
		return list
	}
	for name := range members {
		for _, value := range []any{
			nil, true, 0, 1, math.Copysign(0, -1), 1e3, 1.5, -1, 1 << 53, 1<<53 - 1, "", "a", "A", "ja", "ok", "0", "1.2", "1.2.3.4.5", "-", "a-", "-a", "_a", "a_b.c",
			"a b", "a\n", "\x00", "日本", "xn--wgv71a.jp", "a..b", ".a", "a.", "[::1]", "[::G]", "[]", "[::1", "::1", "127.0.0.1",
			strings.Repeat("a", 63), strings.Repeat("a", 64), strings.Repeat("a", 65), strings.Repeat("A", 64), strings.Repeat("A", 65),
			strings.Repeat("a.", 126) + "a", strings.Repeat("a.", 127) + "a",
			[]any{}, []any{"A"}, []any{"a"}, []any{"A", "A"}, []any{"A", 1}, []any{nil}, []any{[]any{}}, long(64), long(65), map[string]any{},
		} {
			changed := map[string]any{}
			for k, v := range good {
				changed[k] = v
			}
			changed[name] = value
			if list, ok := value.([]any); !ok && (name == "hosts" || name == "symbols") {
				changed[name] = []any{value}
			} else if ok && name == "hosts" {
				lowered := []any{}
				for _, v := range list {
					if s, ok := v.(string); ok {
						v = strings.ToLower(s)
					}
					lowered = append(lowered, v)
				}
				changed[name] = lowered
			}
			text, err := json.Marshal(changed)
			if err != nil {
				t.Fatal(err)
			}
			check(string(text))
		}
	}
	if taken < 20 {
		t.Errorf("only %d were taken", taken)
	}
}

// FuzzReport: what is taken is stored and comes back as it was, and nothing that
// is refused is repeated in the reason.
func FuzzReport(f *testing.F) {
	f.Add([]byte(`{"id":"3f0c1a52-9d3e-4c1b-8a6f-0123456789ab","kind":"phishing","verdict":"danger","symbols":["A"],"hosts":["xn5.cn"],"rulesVersion":1,"language":"ja"}`))
	f.Add([]byte(`{"id":1`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := parseReport(data)
		if err != nil {
			return
		}
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		again, err := parseReport(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if back, _ := json.Marshal(again); !bytes.Equal(back, text) {
			t.Errorf("%s came back as %s", text, back)
		}
	})
}

func openTestArchive(t *testing.T) *Archive {
	t.Helper()
	a, err := openArchive(filepath.Join(t.TempDir(), "odd name?#%.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.db.Close() })
	return a
}

func testReport(n int) *Report {
	return &Report{ID: fmt.Sprintf("%08x-0000-4000-8000-000000000000", n), Kind: "missed", Verdict: "ok",
		Symbols: []string{"A"}, Hosts: []string{"xn5.cn"}, RulesVersion: 1, Language: "ja"}
}

const noon = 1795348800 + 1234 // a while after a full hour

func TestArchive(t *testing.T) {
	a, ctx := openTestArchive(t), t.Context()
	// Many at once, each twice.
	var wait sync.WaitGroup
	for n := range 40 {
		wait.Go(func() {
			if _, err := a.Add(ctx, testReport(n/2), noon); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	all, err := a.List(ctx, Query{Limit: 100})
	if err != nil || len(all) != 20 {
		t.Fatalf("%d reports, %v", len(all), err)
	}
	if r := all[3]; r.Received != hour(noon) || r.Received%3600 != 0 || r.State != "new" || r.Hosts[0] != "xn5.cn" || r.ID != testReport(3).ID {
		t.Errorf("%+v", r)
	}
	// Pages, none twice, none left out.
	var paged []StoredReport
	for q := (Query{Limit: 7}); ; {
		page, err := a.List(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		paged = append(paged, page...)
		if len(page) < q.Limit {
			break
		}
		q.AfterHour, q.AfterID = page[len(page)-1].Received, page[len(page)-1].ID
	}
	if len(paged) != len(all) || paged[19].ID != all[19].ID {
		t.Errorf("%d reports by pages", len(paged))
	}
	if err := a.Mark(ctx, all[0].ID, "odd"); err == nil {
		t.Error("an odd state was stored")
	}
	if err := a.Mark(ctx, "nobody", "new"); !errors.Is(err, errMissing) {
		t.Errorf("%v", err)
	}
}

func TestRetention(t *testing.T) {
	a, ctx := openTestArchive(t), t.Context()
	const day = 86400
	for n, age := range []int64{0, 29, 31, 179, 182, 179} {
		if _, err := a.Add(ctx, testReport(n), noon-age*day); err != nil {
			t.Fatal(err)
		}
	}
	for _, n := range []int{1, 2} {
		if err := a.Mark(ctx, testReport(n).ID, "dismissed"); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Mark(ctx, testReport(5).ID, "confirmed"); err != nil {
		t.Fatal(err)
	}
	if err := a.Expire(ctx, noon); err != nil {
		t.Fatal(err)
	}
	left, err := a.List(ctx, Query{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, r := range left {
		ids = append(ids, r.ID[7:8])
	}
	if strings.Join(ids, "") != "3510" {
		t.Errorf("left are %q", ids)
	}
}

// A flood from all the world fills an hour and no more.
func TestHourlyCap(t *testing.T) {
	a, ctx := openTestArchive(t), context.Background()
	for n := range maxHourly {
		if added, err := a.Add(ctx, testReport(n), noon); !added || err != nil {
			t.Fatal(n, added, err)
		}
	}
	if _, err := a.Add(ctx, testReport(maxHourly), noon); !errors.Is(err, errFull) {
		t.Errorf("one more: %v", err)
	}
	if added, err := a.Add(ctx, testReport(1), noon); added || err != nil {
		t.Errorf("one that is there: %v, %v", added, err)
	}
	if added, err := a.Add(ctx, testReport(maxHourly), noon+3600); !added || err != nil {
		t.Errorf("the next hour: %v, %v", added, err)
	}
}

func TestMigrations(t *testing.T) {
	path := filepath.Join(t.TempDir(), "reports.db")
	for range 2 { // the second time nothing is left to do
		a, err := openArchive(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.Add(t.Context(), testReport(1), noon); err != nil {
			t.Error(err)
		}
		a.db.Close()
	}
	a, err := openArchive(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.db.Exec(`PRAGMA user_version = 99`); err != nil {
		t.Fatal(err)
	}
	a.db.Close()
	if _, err := openArchive(path); err == nil || !strings.Contains(err.Error(), "later program") {
		t.Errorf("a database of the future: %v", err)
	}
}

// What is stored names nobody.
func TestColumnsArePublic(t *testing.T) {
	a := openTestArchive(t)
	rows, err := a.db.Query(`SELECT name FROM pragma_table_info('reports') ORDER BY name`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	if got := strings.Join(names, " "); got != "brand hosts id kind language program received rules_version state symbols verdict webmail" {
		t.Errorf("the columns are %s: each new one needs a thought about whom it tells of", got)
	}
}
