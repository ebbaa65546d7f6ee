package rules_test

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/honmono/honmono/detector"
	"github.com/honmono/honmono/detector/rules"
)

const manual = "../../docs/rules.md"

// TestBrandInFiveMinutes adds the brand of the manual as the manual says, and
// watches a mail in its name change its verdict.
func TestBrandInFiveMinutes(t *testing.T) {
	text, err := os.ReadFile(manual)
	if err != nil {
		t.Fatal(err)
	}
	name := regexp.MustCompile("`detector/rules/source/(brands/[a-z]+\\.txt)`").FindSubmatch(text)
	block := regexp.MustCompile("(?s)   ```\n(.*?)   ```").FindSubmatch(text)
	if name == nil || block == nil {
		t.Fatal("the manual does not add a brand")
	}
	source := strings.ReplaceAll("\n"+string(block[1]), "\n   ", "\n")[1:]

	m := fstest.MapFS{}
	dir := os.DirFS("source")
	if err := fs.WalkDir(dir, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(dir, name)
		m[name] = &fstest.MapFile{Data: data}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if _, there := m[string(name[1])]; there {
		t.Fatalf("%s is there already", name[1])
	}
	mail := detector.Message{
		From:    detector.Address{Name: "きたのもり銀行", Address: "notice@mail-delivery.example"},
		Subject: "【重要】お取引の確認",
		HTML:    `<p>きたのもり銀行のお客様</p><p>24時間以内に<a href="https://qz7hk2v.top/a">ご本人確認</a>をお願いします。</p>`,
	}
	check := func() detector.Verdict {
		s, err := rules.Compile(m)
		if err != nil {
			t.Fatal(err)
		}
		d, err := detector.New(s)
		if err != nil {
			t.Fatal(err)
		}
		return d.Check(mail)
	}
	before := check()
	m[string(name[1])] = &fstest.MapFile{Data: []byte(source)}
	after := check()
	if before.Brand != "" || before.Level == detector.Danger {
		t.Errorf("before: %s in the name of %q", before.Level, before.Brand)
	}
	if after.Brand != "kitanomori" || after.Level != detector.Danger {
		t.Errorf("after: %s in the name of %q, %+v", after.Level, after.Brand, after.Findings)
	}
	if got := after.Advice; len(got) == 0 {
		t.Error("no advice")
	}
}

// TestManualNamesEveryKey holds the manual to the keys that the compiler knows:
// asked for a key that it does not know, it lists them.
func TestManualNamesEveryKey(t *testing.T) {
	text, err := os.ReadFile(manual)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"brands/example-bank.txt", "phrases/ja.txt", "phones.txt", "links/all.txt", "webmails/example.txt", "scoring.txt"} {
		m := good(t)
		m[file] = &fstest.MapFile{Data: append(m[file].Data, "q: x\n"...)}
		_, err := rules.Compile(m)
		if err == nil {
			t.Fatalf("%s knows the key \"q\"", file)
		}
		_, list, found := strings.Cut(err.Error(), `unknown key "q": one of `)
		if !found {
			t.Fatalf("%s: %v", file, err)
		}
		list, _, _ = strings.Cut(list, "\n")
		for key := range strings.SplitSeq(list, ", ") {
			if !strings.Contains(string(text), "`"+key+"`") && !strings.Contains(string(text), "    "+key+": ") {
				t.Errorf("docs/rules.md does not explain %q of %s", key, file)
			}
		}
	}
}
