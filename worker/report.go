package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Report is what somebody told the maintainers of the rules; every member is
// described, and bounded, in docs/report.schema.json. A test holds parseReport
// to that schema.
type Report struct {
	ID           string   `json:"id"`
	Kind         string   `json:"kind"`
	Verdict      string   `json:"verdict"`
	Brand        string   `json:"brand,omitempty"`
	Symbols      []string `json:"symbols"`
	Hosts        []string `json:"hosts"`
	RulesVersion int64    `json:"rulesVersion"`
	Language     string   `json:"language"`
	Webmail      string   `json:"webmail,omitempty"`
	Program      string   `json:"program,omitempty"`
}

// maxReport is the largest report, in bytes.
const maxReport = 16 << 10

const (
	maxList    = 64
	maxInteger = 1<<53 - 1 // what JavaScript counts exactly
)

// members are those a report may have, and whether it must.
var members = map[string]bool{
	"id": true, "kind": true, "verdict": true, "symbols": true, "hosts": true, "rulesVersion": true, "language": true,
	"brand": false, "webmail": false, "program": false,
}

// parseReport reads a report and refuses everything that the schema does not
// name: what is not there cannot be stored by mistake. Its errors name members of
// the schema and never what was sent.
func parseReport(data []byte) (*Report, error) {
	if !utf8.Valid(data) {
		return nil, errors.New("not UTF-8")
	}
	// By hand, because encoding/json would take "ID" for "id", and the last of two.
	given, err := object(data)
	if err != nil {
		return nil, err
	}
	for name, must := range members {
		if _, ok := given[name]; must && !ok {
			return nil, fmt.Errorf("%q is missing", name)
		}
	}
	r := &Report{}
	for _, f := range []struct {
		name  string
		into  any
		valid func() bool
	}{
		{"id", &r.ID, func() bool { return isUUID(r.ID) }},
		{"kind", &r.Kind, func() bool { return slices.Contains([]string{"false-alarm", "missed", "phishing"}, r.Kind) }},
		{"verdict", &r.Verdict, func() bool { return slices.Contains([]string{"ok", "caution", "danger", "unknown"}, r.Verdict) }},
		{"brand", &r.Brand, func() bool { return isName(r.Brand) }},
		{"symbols", &r.Symbols, func() bool { return isList(r.Symbols, isSymbol) }},
		{"hosts", &r.Hosts, func() bool { return isList(r.Hosts, isHost) }},
		{"rulesVersion", &r.RulesVersion, func() bool { return true }},
		{"language", &r.Language, func() bool { return r.Language == "ja" || r.Language == "en" }},
		{"webmail", &r.Webmail, func() bool { return isName(r.Webmail) }},
		{"program", &r.Program, func() bool { return isVersion(r.Program) }},
	} {
		value, ok := given[f.name]
		if !ok {
			continue
		}
		if n, isNumber := f.into.(*int64); isNumber {
			*n, ok = integer(value)
		} else {
			ok = !bytes.Equal(value, []byte("null")) && json.Unmarshal(value, f.into) == nil
		}
		if !ok || !f.valid() {
			return nil, fmt.Errorf("%q is not as the schema wants it", f.name)
		}
	}
	return r, nil
}

// object reads one JSON object of known members, each once, and nothing after it.
func object(data []byte) (map[string]json.RawMessage, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, errors.New("not a JSON object")
	}
	given := map[string]json.RawMessage{}
	for d.More() {
		t, err := d.Token()
		name, ok := t.(string)
		if err != nil || !ok {
			return nil, errors.New("malformed JSON")
		}
		if _, known := members[name]; !known {
			return nil, errors.New("a member that the schema does not have")
		}
		if _, twice := given[name]; twice {
			return nil, fmt.Errorf("%q is there twice", name)
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, errors.New("malformed JSON")
		}
		given[name] = value
	}
	if _, err := d.Token(); err != nil {
		return nil, errors.New("malformed JSON")
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("something after the object")
	}
	return given, nil
}

// integer reads a JSON number that is whole, however it is written (1e3, 2.0).
func integer(value []byte) (int64, bool) {
	var f float64
	if value[0] == 'n' || json.Unmarshal(value, &f) != nil || f != math.Trunc(f) || f < 0 || f > maxInteger {
		return 0, false
	}
	return int64(f), true
}

func isList(list []string, valid func(string) bool) bool {
	if list == nil || len(list) > maxList {
		return false
	}
	for i, s := range list {
		if !valid(s) || slices.Contains(list[:i], s) {
			return false
		}
	}
	return true
}

const (
	lower = "abcdefghijklmnopqrstuvwxyz"
	upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	digit = "0123456789"
)

// of reports whether s is of those letters alone.
func of(s, letters string) bool {
	for i := range len(s) {
		if strings.IndexByte(letters, s[i]) < 0 {
			return false
		}
	}
	return true
}

// isUUID reports whether s is a UUID of version 4 (RFC 9562) in lower case.
func isUUID(s string) bool {
	if len(s) != 36 || s[14] != '4' || !strings.Contains("89ab", s[19:20]) {
		return false
	}
	for i := range len(s) {
		if dash := i == 8 || i == 13 || i == 18 || i == 23; dash != (s[i] == '-') || !dash && !of(s[i:i+1], digit+"abcdef") {
			return false
		}
	}
	return true
}

func isName(s string) bool {
	return 1 <= len(s) && len(s) <= 64 && s[0] != '-' && of(s, lower+digit+"-")
}

func isSymbol(s string) bool {
	return 1 <= len(s) && len(s) <= 64 && of(s[:1], upper) && of(s, upper+digit+"_")
}

// isHost reports whether s is a host in canonical form: labels, or an IPv6
// address in brackets.
func isHost(s string) bool {
	if inner, ok := strings.CutPrefix(s, "["); ok {
		inner, ok = strings.CutSuffix(inner, "]")
		return ok && 2 <= len(inner) && len(inner) <= 45 && of(inner, digit+"abcdef:.")
	}
	if len(s) > 253 {
		return false
	}
	for label := range strings.SplitSeq(s, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' || !of(label, lower+digit+"_-") {
			return false
		}
	}
	return true
}

func isVersion(s string) bool {
	parts := strings.Split(s, ".")
	for _, p := range parts {
		if p == "" || len(p) > 5 || !of(p, digit) {
			return false
		}
	}
	return len(parts) <= 4
}
