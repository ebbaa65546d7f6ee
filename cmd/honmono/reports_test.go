package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

const testToken = "a-token-that-only-this-test-uses-32"

// reportServer answers as worker does: pages of two, and marks.
func reportServer(t *testing.T) (*httptest.Server, map[string]string) {
	t.Helper()
	list := []received{
		{ID: "1", Received: 1795348800, State: "new", Kind: "phishing", Verdict: "danger", Brand: "amazon", Symbols: []string{"A"}, Hosts: []string{"xn5.cn", "b.example"}},
		{ID: "2", Received: 1795348800, State: "new", Kind: "missed", Verdict: "ok", Hosts: []string{"xn5.cn"}},
		{ID: "3", Received: 1795352400, State: "new", Kind: "false-alarm", Verdict: "danger", Hosts: []string{"honest.example"}},
		{ID: "4", Received: 1795352400, State: "confirmed", Kind: "phishing", Verdict: "danger", Hosts: []string{"\x1b[31m.example"}},
	}
	marks := map[string]string{}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v1/reports", func(w http.ResponseWriter, r *http.Request) {
		from := 0
		fmt.Sscan(r.URL.Query().Get("after"), &from)
		answer := map[string]any{"reports": list[from:min(from+2, len(list))]}
		if from+2 < len(list) {
			answer["next"] = fmt.Sprint(from + 2)
		}
		json.NewEncoder(w).Encode(answer)
	})
	mux.HandleFunc("PATCH /v1/reports/{id}", func(w http.ResponseWriter, r *http.Request) {
		var change struct{ State string }
		if err := json.NewDecoder(r.Body).Decode(&change); err != nil {
			t.Error(err)
		}
		marks[r.PathValue("id")] = change.State
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("/moved/", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/v1/reports", http.StatusFound) })
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+testToken {
			w.WriteHeader(http.StatusUnauthorized)
			fmt.Fprint(w, `{"detail":"send their token"}`)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server, marks
}

func TestReports(t *testing.T) {
	server, marks := reportServer(t)
	t.Setenv("HONMONO_SERVER", server.URL)
	t.Setenv("HONMONO_REPORTS_TOKEN", testToken)
	out, errOut, status := invoke(t, "", "reports", "list")
	if status != exitOK || strings.Count(out, "\n") != 4 || !strings.Contains(out, "1  2026-11-22T12  new        phishing     danger   amazon        xn5.cn b.example\n") {
		t.Errorf("list: %q, %q, status %d", out, errOut, status)
	}
	if strings.Contains(out, "\x1b") {
		t.Errorf("a report writes to the terminal: %q", out)
	}
	out, _, _ = invoke(t, "", "reports", "export")
	var first received
	if err := json.Unmarshal([]byte(strings.SplitN(out, "\n", 2)[0]), &first); err != nil || first.ID != "1" || len(first.Hosts) != 2 || strings.Count(out, "\n") != 4 {
		t.Errorf("export: %q, %v", out, err)
	}
	if out, _, status := invoke(t, "", "reports", "export", "--hosts"); status != exitOK || out != "xn5.cn\n?[31m.example\nb.example\n" {
		t.Errorf("hosts: %q, status %d", out, status)
	}
	if _, errOut, status := invoke(t, "", "reports", "confirm", "1", "2"); status != exitOK || marks["1"] != "confirmed" || marks["2"] != "confirmed" {
		t.Errorf("confirm: %q, status %d, %v", errOut, status, marks)
	}
	if _, errOut, status := invoke(t, "", "reports", "dismiss", "3"); status != exitOK || marks["3"] != "dismissed" {
		t.Errorf("dismiss: %q, status %d", errOut, status)
	}

	for _, c := range []struct {
		from, token string
		args        []string
		want        string
	}{
		{server.URL, "another-token", []string{"list"}, "401 Unauthorized: send their token"},
		{server.URL, "", []string{"list"}, "HONMONO_REPORTS_TOKEN is not set"},
		{"http://example.com", testToken, []string{"list"}, "no https address"},
		{"", testToken, []string{"list"}, "no https address"},
		{server.URL + "/moved", testToken, []string{"list"}, "302"},
		{server.URL, testToken, []string{"confirm"}, "no report named"},
		{server.URL, testToken, []string{"list", "x"}, "unexpected argument"},
		{server.URL, testToken, []string{"list", "--since", "x"}, "no time like"},
		{server.URL, testToken, []string{"burn"}, "unknown command"},
		{server.URL, testToken, nil, "usage:"},
	} {
		t.Setenv("HONMONO_SERVER", c.from)
		t.Setenv("HONMONO_REPORTS_TOKEN", c.token)
		out, errOut, status := invoke(t, "", append([]string{"reports"}, c.args...)...)
		if status != exitBad || out != "" || !strings.Contains(errOut, c.want) || c.token != "" && strings.Contains(errOut, c.token) {
			t.Errorf("%+v: %q, %q, status %d", c, out, errOut, status)
		}
	}
}
