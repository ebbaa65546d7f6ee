package main

import (
	"crypto/rand"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"github.com/honmono/honmono/detector"
	"github.com/honmono/honmono/detector/rules"
	"github.com/honmono/honmono/detector/rules/bundle"
)

// ask asks a session and decodes the answer; failed is the error it answers.
func ask[Answer any](t *testing.T, s *Session, name string, request any) (answer Answer, failed string) {
	t.Helper()
	raw, ok := request.(string)
	if !ok {
		b, err := json.Marshal(request)
		if err != nil {
			t.Fatal(err)
		}
		raw = string(b)
	}
	var reply struct {
		OK    *Answer `json:"ok"`
		Error string  `json:"error"`
	}
	got := s.Call(name, []byte(raw))
	if err := json.Unmarshal(got, &reply); err != nil {
		t.Fatalf("%s: the answer is not JSON: %v: %q", name, err, got)
	}
	if (reply.OK == nil) == (reply.Error == "") {
		t.Fatalf("%s: an answer is either ok or an error: %q", name, got)
	}
	if reply.OK != nil {
		answer = *reply.OK
	}
	return answer, reply.Error
}

func TestCheckIsTheDetectors(t *testing.T) {
	m := detector.Message{
		From:    detector.Address{Name: "Amazon.co.jp", Address: "x@kdsfhj.top"},
		Subject: "【重要】お支払い方法の更新",
		HTML:    `<p>Amazon 会員 様</p><a href="https://kdsfhj.top/a">今すぐ確認する</a>`,
	}
	got, failed := ask[detector.Verdict](t, NewSession(), "check", map[string]any{"message": m})
	if failed != "" {
		t.Fatal(failed)
	}
	d, err := detector.New(rules.Default())
	if err != nil {
		t.Fatal(err)
	}
	if want := d.Check(m); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if len(got.Findings) == 0 || got.Brand != "amazon" {
		t.Errorf("nothing was found: %+v", got)
	}
}

func TestProtect(t *testing.T) {
	s := NewSession()
	lookalike := map[string]any{"url": "https://rnihon-kaisha.co.jp/"}
	plain, failed := ask[detector.Verdict](t, s, "checkURL", lookalike)
	if failed != "" || len(plain.Findings) > 0 && plain.Findings[0].Evidence.Target != "" {
		t.Fatalf("unprotected: %+v, %s", plain, failed)
	}
	for range 2 { // built, then kept
		lookalike["protect"] = []string{"mihon-kaisha.co.jp"}
		guarded, failed := ask[detector.Verdict](t, s, "checkURL", lookalike)
		if failed != "" || len(guarded.Findings) == 0 || guarded.Findings[0].Evidence.Target != "mihon-kaisha.co.jp" {
			t.Errorf("protected: %+v, %s", guarded, failed)
		}
	}
	lookalike["protect"] = []string{"another-kaisha.co.jp"}
	if other, failed := ask[detector.Verdict](t, s, "checkURL", lookalike); failed != "" || !reflect.DeepEqual(other, plain) {
		t.Errorf("another domain is protected: %+v, %s", other, failed)
	}
	delete(lookalike, "protect")
	if again, _ := ask[detector.Verdict](t, s, "checkURL", lookalike); !reflect.DeepEqual(again, plain) {
		t.Errorf("the protected domain stayed: %+v", again)
	}
}

func TestMalformedRequests(t *testing.T) {
	cases := []struct{ name, method, request, want string }{
		{"unknown method", "evaluate", `{}`, "unknown method"},
		{"long method", strings.Repeat("x", 1000), `{}`, "unknown method"},
		{"no JSON", "check", `hello`, "malformed request"},
		{"empty", "check", ``, "malformed request"},
		{"array", "check", `[]`, "malformed request"},
		{"unknown field", "check", `{"message":{"from":{}},"colour":1}`, "unknown field"},
		{"unknown field of the message", "check", `{"message":{"from":{},"form":{}}}`, "unknown field"},
		{"unknown field of nothing", "webmails", `{"a":1}`, "unknown field"},
		{"no message", "check", `{}`, "no message"},
		{"null message", "check", `{"message":null}`, "no message"},
		{"no url", "checkURL", `{"protect":[]}`, "no url"},
		{"wrong type", "checkURL", `{"url":1}`, "malformed request"},
		{"two objects", "rulesInfo", `{}{}`, "expected the end"},
		{"cut off", "rulesInfo", `{`, "malformed request"},
		{"nesting", "rulesInfo", strings.Repeat("[", 100000), "malformed request"},
		{"domain that is none", "checkURL", `{"url":"https://example.com","protect":["co.jp"]}`, "cannot be one"},
		{"too many domains", "checkURL", `{"url":"x","protect":[` + strings.Repeat(`"a.example",`, MaxProtect) + `"a.example"]}`, "the limit is"},
		{"too long", "rulesInfo", strings.Repeat(" ", MaxRequest+1), "the limit is"},
	}
	s := NewSession()
	for _, c := range cases {
		_, failed := ask[any](t, s, c.method, c.request)
		if c.name == "domain that is none" {
			if failed == "" {
				t.Errorf("%s: no error", c.name)
			}
			continue
		}
		if !strings.Contains(failed, c.want) {
			t.Errorf("%s: got error %q, want one with %q", c.name, failed, c.want)
		}
		if len(failed) > 300 {
			t.Errorf("%s: the error is %d bytes long", c.name, len(failed))
		}
	}
	if _, failed := ask[RulesInfo](t, s, "rulesInfo", `{}`); failed != "" {
		t.Errorf("after all that: %s", failed)
	}
}

// A bug in the detector is an answer, and the next call works.
func TestPanicIsAnswered(t *testing.T) {
	methods["panic"] = func(*Session, []byte) (any, error) { panic("detector: internal error: test") }
	methods["range"] = func(_ *Session, request []byte) (any, error) { return request[len(request)+1], nil }
	methods["unwritable"] = func(*Session, []byte) (any, error) { return func() {}, nil }
	defer func() { delete(methods, "panic"); delete(methods, "range"); delete(methods, "unwritable") }()
	s := NewSession()
	for _, name := range []string{"panic", "range", "unwritable"} {
		if _, failed := ask[any](t, s, name, `{}`); !strings.Contains(failed, "internal error") {
			t.Errorf("%s: got error %q", name, failed)
		}
	}
	if _, failed := ask[RulesInfo](t, s, "rulesInfo", `{}`); failed != "" {
		t.Errorf("after a panic: %s", failed)
	}
}

func TestWebmails(t *testing.T) {
	list, failed := ask[[]rules.Webmail](t, NewSession(), "webmails", `{}`)
	if failed != "" {
		t.Fatal(failed)
	}
	if !reflect.DeepEqual(list, append([]rules.Webmail{}, rules.Default().Webmails...)) {
		t.Errorf("got %+v", list)
	}
	empty := &Session{set: &rules.Set{}}
	if got := string(empty.Call("webmails", []byte(`{}`))); got != `{"ok":[]}` {
		t.Errorf("no webmails: %s", got)
	}
}

// keys makes a signing key and its verifier key.
func keys(t *testing.T) (private, public string) {
	t.Helper()
	private, public, err := note.GenerateKey(rand.Reader, "honmono-test")
	if err != nil {
		t.Fatal(err)
	}
	return private, public
}

// published makes a signed set that differs from the built-in one by one brand.
func published(t *testing.T, private string, version uint64) (manifest string, sections map[string]string) {
	t.Helper()
	set := *rules.Default()
	set.Brands = append([]rules.Brand{{ID: "mihon-bank", Names: []string{"みほん銀行"},
		Domains: []rules.Domain{{Domain: "mihon-bank.example"}}, Region: "jp", Category: "bank"}}, set.Brands...)
	list, err := rules.Encode(&set)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := bundle.Sign(bundle.New(list, version, 2e9, 2e9+1000), private)
	if err != nil {
		t.Fatal(err)
	}
	sections = map[string]string{}
	for _, sec := range list {
		sections[sec.SHA256] = string(sec.Data)
	}
	return string(signed), sections
}

func TestUpdate(t *testing.T) {
	private, public := keys(t)
	version := rules.Default().Version + 10
	manifest, sections := published(t, private, version)
	s := NewSession()
	before, _ := ask[RulesInfo](t, s, "rulesInfo", `{}`)
	if before.Source != "default" || before.Expires != 0 || before.Brands == 0 {
		t.Errorf("built-in: %+v", before)
	}
	order := map[string]any{"manifest": manifest, "keys": []string{public}, "now": int64(2e9)}
	plan, failed := ask[RulesPlan](t, s, "planRules", order)
	if failed != "" {
		t.Fatal(failed)
	}
	missing := map[string]string{}
	for _, sec := range plan.Sections {
		if sec.Have != (sec.Name != "brands") {
			t.Errorf("section %q: have is %v", sec.Name, sec.Have)
		}
		if !sec.Have {
			missing[sec.SHA256] = sections[sec.SHA256]
		}
	}
	order["sections"] = missing
	after, failed := ask[RulesInfo](t, s, "loadRules", order)
	if failed != "" {
		t.Fatal(failed)
	}
	want := before
	want.Version, want.Created, want.Expires, want.Source = version, 2e9, 2e9+1000, "signed"
	want.Brands++
	if after != want {
		t.Errorf("after the update: %+v, want %+v", after, want)
	}
	v, _ := ask[detector.Verdict](t, s, "checkURL", map[string]any{"url": "https://www.mihon-bank.example/"})
	if len(v.Links) != 1 || v.Links[0].Brand != "mihon-bank" {
		t.Errorf("the new brand is not known: %+v", v)
	}
	// The same again needs nothing: every section is here.
	plan, _ = ask[RulesPlan](t, s, "planRules", order)
	for _, sec := range plan.Sections {
		if !sec.Have {
			t.Errorf("section %q is asked for twice", sec.Name)
		}
	}
	delete(order, "sections")
	if _, failed := ask[RulesInfo](t, s, "loadRules", order); failed != "" {
		t.Errorf("loading what is here: %s", failed)
	}
}

// Whatever is wrong with an update, the rules in use stay.
func TestRefusedUpdates(t *testing.T) {
	private, public := keys(t)
	_, stranger := keys(t)
	version := rules.Default().Version + 10
	manifest, sections := published(t, private, version)
	older, _ := published(t, private, rules.Default().Version-1)
	spoilt := map[string]string{}
	for hash, text := range sections {
		spoilt[hash] = strings.Replace(text, "mihon", "mohin", 1)
	}
	cases := []struct {
		name, manifest, key string
		now                 int64
		sections            map[string]string
		want                string
	}{
		{"another key", manifest, stranger, 2e9, sections, "manifest"},
		{"no key", manifest, "", 2e9, sections, "key"},
		{"expired", manifest, public, 2e9 + 1000, sections, "expired"},
		{"from the future", manifest, public, 2e9 - bundle.Skew - 1, sections, "future"},
		{"older", older, public, 2e9, sections, "older"},
		{"changed after signing", strings.Replace(manifest, "version", "version ", 1), public, 2e9, sections, "manifest"},
		{"garbage", "<html>", public, 2e9, sections, "malformed"},
		{"empty", "", public, 2e9, sections, "malformed"},
		{"a section missing", manifest, public, 2e9, nil, "not given"},
		{"a section of another text", manifest, public, 2e9, spoilt, "does not hash"},
	}
	s := NewSession()
	before, _ := ask[RulesInfo](t, s, "rulesInfo", `{}`)
	for _, c := range cases {
		request := map[string]any{"manifest": c.manifest, "keys": []string{c.key}, "now": c.now, "sections": c.sections}
		if c.key == "" {
			request["keys"] = []string{}
		}
		if _, failed := ask[RulesInfo](t, s, "loadRules", request); !strings.Contains(failed, c.want) {
			t.Errorf("%s: got error %q, want one with %q", c.name, failed, c.want)
		}
		if c.sections != nil && c.name != "a section of another text" {
			delete(request, "sections")
			if _, failed := ask[RulesPlan](t, s, "planRules", request); !strings.Contains(failed, c.want) {
				t.Errorf("%s: planRules: got error %q, want one with %q", c.name, failed, c.want)
			}
		}
		if after, _ := ask[RulesInfo](t, s, "rulesInfo", `{}`); after != before {
			t.Fatalf("%s: the rules in use changed: %+v", c.name, after)
		}
	}
}

func FuzzCall(f *testing.F) {
	f.Add("check", []byte(`{"message":{"from":{"name":"Amazon"},"html":"<a href=//x>"}}`))
	f.Add("checkURL", []byte(`{"url":"https://example.com","protect":["example.com"]}`))
	f.Add("loadRules", []byte(`{"manifest":"honmono rules v1\n","keys":[],"now":0,"sections":{}}`))
	s := NewSession()
	f.Fuzz(func(t *testing.T, name string, request []byte) {
		answer := s.Call(name, request)
		if !json.Valid(answer) || strings.Contains(string(answer), "internal error") {
			t.Fatalf("%q %q: %s", name, request, answer)
		}
	})
}

func TestStrictness(t *testing.T) {
	s := NewSession()
	for _, strictness := range []string{"", "quiet", "normal", "strict"} {
		for method, request := range map[string]map[string]any{
			"check":    {"message": map[string]any{"from": map[string]any{}}},
			"checkURL": {"url": "https://www.amazon.co.jp.kzvq.cn/"},
		} {
			request["strictness"] = strictness
			if _, failed := ask[detector.Verdict](t, s, method, request); failed != "" {
				t.Errorf("%s, %q: %s", method, strictness, failed)
			}
		}
	}
	if _, failed := ask[detector.Verdict](t, s, "checkURL", map[string]any{"url": "x", "strictness": "angry"}); !strings.Contains(failed, "no strictness") {
		t.Errorf("a strictness that is none: %s", failed)
	}
}

func TestDomains(t *testing.T) {
	got, failed := ask[[]string](t, NewSession(), "domains", map[string]any{"domains": []string{"Mihon-Kaisha.co.jp", "co.jp", "日本語.jp", ""}})
	if want := []string{"mihon-kaisha.co.jp", "", "xn--wgv71a119e.jp", ""}; failed != "" || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+q, %s; want %+q", got, failed, want)
	}
	if none, failed := ask[[]string](t, NewSession(), "domains", map[string]any{}); failed != "" || len(none) != 0 {
		t.Errorf("no domains: %+q, %s", none, failed)
	}
}

// A webmail's adapter that is switched off is not handed to pages.
func TestWebmailSwitchedOff(t *testing.T) {
	set := *rules.Default()
	set.Scoring.Off = []string{"gmail"}
	s := &Session{set: &set}
	on, _ := ask[[]rules.Webmail](t, NewSession(), "webmails", `{}`)
	left, failed := ask[[]rules.Webmail](t, s, "webmails", `{}`)
	if failed != "" || len(left) != len(on)-1 {
		t.Fatalf("%d of %d adapters left, %s", len(left), len(on), failed)
	}
	for _, w := range left {
		if w.ID == "gmail" {
			t.Error("the adapter that was switched off is there")
		}
	}
}
