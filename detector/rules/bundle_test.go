package rules_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"github.com/honmono/honmono/detector/rules"
	"github.com/honmono/honmono/detector/rules/bundle"
)

// key is a pair that is the same in every run.
func key(t *testing.T, name string, seed byte) (private, public string) {
	t.Helper()
	private, public, err := note.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{seed}, 64)), name)
	if err != nil {
		t.Fatal(err)
	}
	return private, public
}

const (
	created = 1795374000 // 2026-11-22T19:00:00Z
	expires = created + 90*24*60*60
	version = 1795374000
)

// small is a set that no change of the source files touches.
func small() *rules.Set {
	return &rules.Set{
		Brands:  []rules.Brand{{ID: "example", Names: []string{"Example <&> 例"}, Domains: []rules.Domain{{Domain: "example.com"}}, Region: "world", Category: "shop"}},
		Phrases: []rules.Phrase{{Kind: rules.Deadline, Lang: "en", Text: "within 24 hours"}},
		Phones:  []rules.Phone{{Digits: "0120333245"}},
		Links:   rules.Links{Shorteners: []string{"bit.ly"}},
		Scoring: rules.Scoring{Weights: map[string]float64{"b": 1, "a": -0.5}, Caution: 3, Danger: 6},
	}
}

func sectionsOf(t *testing.T, s *rules.Set) []bundle.Section {
	t.Helper()
	sections, err := rules.Encode(s)
	if err != nil {
		t.Fatal(err)
	}
	return sections
}

func fetcher(sections []bundle.Section) func(bundle.Section) ([]byte, error) {
	return func(want bundle.Section) ([]byte, error) {
		for _, s := range sections {
			if s.SHA256 == want.SHA256 {
				return s.Data, nil
			}
		}
		return nil, errors.New("not there")
	}
}

// TestPackageComment replays the example of the package comment: this manifest,
// made of this set, signed by this key, is the text there.
func TestPackageComment(t *testing.T) {
	private, public := key(t, "example", 0)
	m := bundle.New(sectionsOf(t, small())[:1], version, created, expires)
	signed, err := bundle.Sign(m, private)
	if err != nil {
		t.Fatal(err)
	}
	f, err := parser.ParseFile(token.NewFileSet(), "bundle/doc.go", nil, parser.ParseComments|parser.PackageClauseOnly)
	if err != nil {
		t.Fatal(err)
	}
	comment := f.Doc.Text()
	indented := func(s string) string {
		lines := strings.Split(strings.TrimSuffix(s, "\n"), "\n")
		for i, l := range lines {
			if l != "" {
				lines[i] = "\t" + l
			}
		}
		return strings.Join(lines, "\n")
	}
	for _, want := range []string{string(signed), public} {
		if !strings.Contains(comment, indented(want)) {
			t.Errorf("the package comment does not hold\n%s", indented(want))
		}
	}
	if _, err := bundle.Verify(signed, []string{public}, created, 0); err != nil {
		t.Error(err)
	}
}

func TestEncodeIsCanonical(t *testing.T) {
	sections := sectionsOf(t, small())
	if len(sections) != len(rules.SectionNames) {
		t.Fatalf("%d sections", len(sections))
	}
	for i, s := range sections {
		if s.Name != rules.SectionNames[i] || s.Size != int64(len(s.Data)) || s.SHA256 != bundle.Hash(s.Data) {
			t.Errorf("section %+v", s)
		}
	}
	if got, want := string(sections[0].Data), `[{"id":"example","names":["Example <&> 例"],"domains":[{"domain":"example.com"}],"region":"world","category":"shop"}]`+"\n"; got != want {
		t.Errorf("brands are %s, want %s", got, want)
	}
	if got := string(sections[5].Data); !strings.HasPrefix(got, `{"weights":{"a":-0.5,"b":1},"caution":3`) {
		t.Errorf("scoring is %s", got)
	}
	back, err := rules.Open(bundle.New(sections, version, created, expires), fetcher(sections))
	if err != nil {
		t.Fatal(err)
	}
	again := sectionsOf(t, back)
	for i := range again {
		if again[i].SHA256 != sections[i].SHA256 {
			t.Errorf("%s changed on the way: %s", again[i].Name, again[i].Data)
		}
	}
	want := small()
	want.Version, want.Created, want.Expires = version, created, expires
	if want.Brands[0].Domains[0].Source = ""; !reflect.DeepEqual(back.Brands, want.Brands) || back.Version != version || back.Created != created || back.Expires != expires {
		t.Errorf("opened %+v", back)
	}
}

func TestVerify(t *testing.T) {
	private, public := key(t, "example", 0)
	otherPrivate, otherPublic := key(t, "other", 1)
	_, sameName := key(t, "example", 2)
	sections := sectionsOf(t, small())
	sign := func(m *bundle.Manifest, keys ...string) string {
		signed, err := bundle.Sign(m, keys...)
		if err != nil {
			t.Fatal(err)
		}
		return string(signed)
	}
	manifest := func() *bundle.Manifest { return bundle.New(sections, version, created, expires) }
	plain := sign(manifest(), private)
	forever := manifest()
	forever.Expires = 0

	for _, c := range []struct {
		name, signed string
		keys         []string
		now          int64
		current      uint64
		want         string // in the error; empty: accepted
	}{
		{"signed", plain, []string{public}, created, 0, ""},
		{"the version that runs", plain, []string{public}, created, version, ""},
		{"an older one runs", plain, []string{public}, created, version - 1, ""},
		{"a newer one runs", plain, []string{public}, created, version + 1, "version 1795374000 is older than 1795374001"},
		{"last second", plain, []string{public}, expires - 1, 0, ""},
		{"expired", plain, []string{public}, expires, 0, "expired 2027-02-20T19:00:00Z"},
		{"a slow clock", plain, []string{public}, created - bundle.Skew, 0, ""},
		{"from the future", plain, []string{public}, created - bundle.Skew - 1, 0, "from the future: created 2026-11-22T19:00:00Z"},
		{"never expires", sign(forever, private), []string{public}, created, 0, "must say when it expires"},

		{"unknown key", plain, []string{otherPublic}, created, 0, "no verifiable signatures"},
		{"another key of that name", plain, []string{sameName}, created, 0, "no verifiable signatures"},
		{"one of two known keys", plain, []string{otherPublic, public}, created, 0, ""},
		{"two signed, one known", sign(manifest(), otherPrivate, private), []string{public}, created, 0, ""},
		{"no keys", plain, nil, created, 0, "no key to verify with"},
		{"malformed key", plain, []string{"example"}, created, 0, "verifier key \"example\" is malformed"},
		{"no signature", string(manifest().Text()) + "\n", []string{public}, created, 0, "malformed note"},
		{"text changed", strings.Replace(plain, "brands 1", "brands 2", 1), []string{public}, created, 0, "invalid signature"},
		{"version changed", strings.Replace(plain, "version 1", "version 2", 1), []string{public}, created, 0, "invalid signature"},
		{"signature changed", strings.Replace(plain, "— example 1", "— example 2", 1), []string{public}, created, 0, "no verifiable signatures"},
		{"cut short", plain[:len(plain)/2], []string{public}, created, 0, "malformed note"},
		{"nothing", "", []string{public}, created, 0, "malformed note"},
		{"a captive portal", "<!doctype html><title>Welcome</title>", []string{public}, created, 0, "malformed note"},
		{"too large", plain + strings.Repeat("x", bundle.MaxManifest), []string{public}, created, 0, "the limit is 65536"},
		{"signed, but no manifest", signText(t, private, "hello\n"), []string{public}, created, 0, "malformed manifest"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, err := bundle.Verify([]byte(c.signed), c.keys, c.now, c.current)
			switch {
			case c.want == "" && err != nil:
				t.Error(err)
			case c.want == "" && m.Version != version:
				t.Errorf("version %d", m.Version)
			case c.want != "" && (err == nil || m != nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("answered %v, %v; want an error with %q", m, err, c.want)
			}
		})
	}
	if _, err := bundle.Sign(manifest()); err == nil {
		t.Error("signed without a key")
	}
	if _, err := bundle.Sign(manifest(), "PRIVATE+KEY+secret+secret"); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("a malformed key: %v, which must not hold it", err)
	}
}

func signText(t *testing.T, private, text string) string {
	t.Helper()
	signer, err := note.NewSigner(private)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	if err != nil {
		t.Fatal(err)
	}
	return string(signed)
}

func TestOpen(t *testing.T) {
	sections := sectionsOf(t, small())
	changed := func(name string, f func(*bundle.Section)) []bundle.Section {
		list := append([]bundle.Section(nil), sections...)
		for i := range list {
			if list[i].Name == name {
				f(&list[i])
			}
		}
		return list
	}
	section := func(name, data string) bundle.Section {
		return bundle.Section{Name: name, Size: int64(len(data)), SHA256: bundle.Hash([]byte(data)), Data: []byte(data)}
	}
	for _, c := range []struct {
		name   string
		listed []bundle.Section
		stored []bundle.Section
		want   string
	}{
		{"whole", sections, sections, ""},
		{"a section of a later version", append(sections[:len(sections):len(sections)], section("known-bad", "x")), sections, ""},
		{"a field of a later version", changed("phones", func(s *bundle.Section) { *s = section("phones", `[{"digits":"1","new":{"a":[1]}}]`) }), nil, ""},
		{"a blob is missing", sections, sections[1:], `section "brands": not there`},
		{"a section is missing", sections[1:], sections, `no section "brands"`},
		{"another hash", changed("links", func(s *bundle.Section) { s.SHA256 = strings.Repeat("0", 64) }), nil, `section "links" does not hash to 000`},
		{"another size", changed("links", func(s *bundle.Section) { s.Size++ }), nil, `section "links" has`},
		{"too large", changed("links", func(s *bundle.Section) { s.Size = bundle.MaxSection + 1 }), nil, "the limit is 16777216"},
		{"no JSON", changed("links", func(s *bundle.Section) { *s = section("links", "<!doctype html>") }), nil, `section "links": invalid JSON at byte 0`},
		{"other JSON", changed("links", func(s *bundle.Section) { *s = section("links", `"x"`) }), nil, `section "links": invalid JSON at byte 0: expected an object`},
	} {
		t.Run(c.name, func(t *testing.T) {
			stored := c.stored
			if stored == nil {
				stored = c.listed
			}
			s, err := rules.Open(bundle.New(c.listed, version, created, expires), fetcher(stored))
			if c.name == "another hash" { // the blob is asked for by that name
				s, err = rules.Open(bundle.New(c.listed, version, created, expires), func(want bundle.Section) ([]byte, error) {
					for _, x := range sections {
						if x.Name == want.Name {
							return x.Data, nil
						}
					}
					return nil, errors.New("not there")
				})
			}
			switch {
			case c.want == "" && err != nil:
				t.Error(err)
			case c.want != "" && (err == nil || s != nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("answered %v, %v; want an error with %q", s, err, c.want)
			}
		})
	}
}

func TestParseManifestIsStrict(t *testing.T) {
	text := string(bundle.New(sectionsOf(t, small())[:2], version, created, expires).Text())
	m, err := bundle.Parse([]byte(text))
	if err != nil || string(m.Text()) != text || len(m.Sections) != 2 {
		t.Fatalf("%+v, %v", m, err)
	}
	line := strings.SplitAfter(text, "\n")[4]
	for name, bad := range map[string]string{
		"title":               strings.Replace(text, "v1", "v2", 1),
		"leading zero":        strings.Replace(text, "version 1", "version 01", 1),
		"plus sign":           strings.Replace(text, "version 1", "version +1", 1),
		"negative":            strings.Replace(text, "version 1", "version -1", 1),
		"too big a version":   strings.Replace(text, "version 1795374000", "version 9223372036854775808", 1),
		"no version":          strings.Replace(text, "version 1795374000\n", "", 1),
		"time zone":           strings.Replace(text, "Z\n", "+00:00\n", 1),
		"fraction":            strings.Replace(text, ":00Z\n", ":00.0Z\n", 1),
		"no such day":         strings.Replace(text, "2026-11-22", "2026-11-31", 1),
		"two spaces":          strings.Replace(text, "section ", "section  ", 1),
		"space at the end":    strings.Replace(text, "\n", " \n", 1),
		"carriage return":     strings.ReplaceAll(text, "\n", "\r\n"),
		"no line feed":        strings.TrimSuffix(text, "\n"),
		"empty line":          text + "\n",
		"section twice":       text + line,
		"section name":        strings.Replace(text, "section brands", "section ../brands", 1),
		"upper-case hash":     strings.Replace(text, line, strings.ToUpper(line), 1),
		"short hash":          strings.Replace(text, line, strings.TrimSuffix(line, "\n")[:len(line)-3]+"\n", 1),
		"unknown line":        text + "bucket 7\n",
		"order":               strings.Replace(text, "honmono rules v1\n", "honmono rules v1\n"+line, 1),
		"too many sections":   text + strings.Repeat("section a 1 "+strings.Repeat("0", 64)+"\n", 70),
		"nothing":             "",
		"expires at the zero": strings.Replace(text, "expires 2027-02-20T19:00:00Z", "expires 1970-01-01T00:00:00Z", 1),
	} {
		if bad == text {
			t.Errorf("%s: nothing was changed", name)
		}
		if m, err := bundle.Parse([]byte(bad)); err == nil {
			t.Errorf("%s: read as %+v", name, m)
		}
	}
}

// FuzzParseManifest: what is read is written again byte for byte.
func FuzzParseManifest(f *testing.F) {
	f.Add([]byte("honmono rules v1\nversion 1\ncreated 2026-11-22T19:00:00Z\nexpires 2027-02-20T19:00:00Z\nsection a 0 " + strings.Repeat("0", 64) + "\n"))
	f.Add([]byte("honmono rules v1\nversion 0\ncreated 1970-01-01T00:00:00Z\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if m, err := bundle.Parse(text); err == nil && !bytes.Equal(m.Text(), text) {
			t.Errorf("%q is written %q", text, m.Text())
		}
	})
}

// fill sets every field below v to something that is not its zero value.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Tag.Get("json") != "-" {
				fill(v.Field(i), n)
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n)
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key, n)
		fill(value, n)
		v.SetMapIndex(key, value)
	case reflect.String:
		v.SetString(fmt.Sprintf("%d \"<&>\"\u2028 例", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(float64(*n) / 8)
	default:
		panic("rules: internal error: a kind of field that no test fills: " + v.Kind().String())
	}
}

// TestEveryFieldTravels fails when a field is added to the set and not to the
// decoder.
func TestEveryFieldTravels(t *testing.T) {
	s, n := &rules.Set{}, 0
	fields := reflect.ValueOf(s).Elem()
	for i := range fields.NumField() {
		if fields.Type().Field(i).Name == "Blocked" {
			continue // no JSON: see TestBlocklistTravels
		}
		if f := fields.Field(i); f.Kind() == reflect.Slice || f.Kind() == reflect.Struct {
			fill(f, &n)
		}
	}
	sections := sectionsOf(t, s)
	back, err := rules.Open(bundle.New(sections, 0, 0, 0), fetcher(sections))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(back, s) {
		for i := range fields.NumField() {
			if got, want := reflect.ValueOf(back).Elem().Field(i).Interface(), fields.Field(i).Interface(); !reflect.DeepEqual(got, want) {
				t.Errorf("%s came back as\n%+v\nwant\n%+v", fields.Type().Field(i).Name, got, want)
			}
		}
	}
}

// TestSectionNamesAreFields holds SectionNames to the comments of Set.
func TestSectionNamesAreFields(t *testing.T) {
	data, err := os.ReadFile("set.go")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(string(data), "// section \""); got != len(rules.SectionNames) {
		t.Errorf("set.go names %d sections, there are %d", got, len(rules.SectionNames))
	}
	for _, s := range sectionsOf(t, &rules.Set{}) {
		if !json.Valid(s.Data) {
			t.Errorf("%s is %q", s.Name, s.Data)
		}
	}
}
