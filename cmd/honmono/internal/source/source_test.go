package source_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/honmono/honmono/cmd/honmono/internal/source"
)

func eml(id string) string {
	return "Message-ID: <" + id + ">\r\nFrom: a@example.test\r\nSubject: " + id + "\r\n\r\nbody of " + id + "\r\n"
}

func zipped(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

// write makes files below a new directory.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// load answers what the items say, one line each, with dir taken out.
func load(dir string, stdin string, paths ...string) []string {
	var got []string
	for item := range source.Items(paths, strings.NewReader(stdin)) {
		record, err := item.Load()
		line := ""
		if err != nil {
			line = "error " + err.Error()
		} else {
			line = fmt.Sprintf("%s %s %q", item.File, record.ID, strings.TrimSpace(record.Message.Text))
		}
		got = append(got, strings.ReplaceAll(line, dir+"/", ""))
	}
	return got
}

func expect(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

const corpus = `{"id":"row-1","from_addr":"a@example.test","subject":"s","text":"one","lang":"ja","only_here":true}

{"id":"row-2","subject":"s","html":"<p>","text":"two","reply_to":"r@example.test"}
`

func TestKinds(t *testing.T) {
	mbox := "From a@example.test Sun Mar  1 00:00:00 2026\n" + strings.ReplaceAll(eml("m1"), "\r\n", "\n") + "\nFrom - Sun\n" + eml("m2")
	dir := write(t, map[string]string{
		"a.eml": eml("a"), "b.eml.gz": zipped(eml("b")), "c.txt": eml("c"), "d.mbox": mbox, "e.mbox.gz": zipped(mbox),
		"f.jsonl": corpus, "g.jsonl.gz": zipped(corpus), "h.eml": "\ufeff" + eml("h"),
	})
	paths := []string{}
	for _, name := range []string{"a.eml", "b.eml.gz", "c.txt", "d.mbox", "e.mbox.gz", "f.jsonl", "g.jsonl.gz", "h.eml"} {
		paths = append(paths, filepath.Join(dir, name))
	}
	expect(t, load(dir, "", paths...),
		`a.eml a "body of a"`,
		`b.eml.gz b "body of b"`,
		`c.txt c "body of c"`,
		`d.mbox m1 "body of m1"`, `d.mbox m2 "body of m2"`,
		`e.mbox.gz m1 "body of m1"`, `e.mbox.gz m2 "body of m2"`,
		`f.jsonl row-1 "one"`, `f.jsonl row-2 "two"`,
		`g.jsonl.gz row-1 "one"`, `g.jsonl.gz row-2 "two"`,
		`h.eml h "body of h"`)
	for stdin, want := range map[string]string{
		eml("i"): `- i "body of i"`, zipped(eml("i")): `- i "body of i"`,
		`{"id":"i","text":"x"}`: `- i "x"`, "From x\n" + eml("i"): `- i "body of i"`,
	} {
		expect(t, load(dir, stdin, "-"), want)
	}
}

func TestDirectory(t *testing.T) {
	dir := write(t, map[string]string{
		"b.eml": eml("b"), "a/z.EML": eml("z"), "a/x.mbox": "From x\n" + eml("x"),
		"Maildir/cur/123.M1.host:2,S": eml("cur"), "Maildir/new/124.host": eml("new"), "Maildir/dovecot.index": "\x00\x01",
		"Inbox": "From x\n" + eml("inbox"), "Makefile": "all:\n\techo\n", "notes": "nothing that is a mail\n",
		"picture.png": "\x89PNG", "README.md": "From: looks@like.a.mail\n", ".hidden.eml": eml("hidden"), ".git/x.eml": eml("git"),
		"rows.jsonl": corpus,
	})
	got := load(dir, "", dir)
	expect(t, got,
		`Inbox inbox "body of inbox"`,
		`Maildir/cur/123.M1.host:2,S cur "body of cur"`,
		`Maildir/new/124.host new "body of new"`,
		`a/x.mbox x "body of x"`,
		`a/z.EML z "body of z"`,
		`b.eml b "body of b"`,
		`rows.jsonl row-1 "one"`, `rows.jsonl row-2 "two"`)
	if files, total := source.Size([]string{dir}); files != 10 || total < 500 {
		t.Errorf("Size: %d files, %d bytes", files, total)
	}
}

// What cannot be read is an item with an error that names it; the rest follows.
func TestUnreadable(t *testing.T) {
	// Cut within the third row: what is left of it is no row.
	noise := ""
	for i := range 20_000 {
		noise += strconv.Itoa(i * 7919 % 10007)
	}
	broken := zipped(corpus + `{"id":"row-3","text":"` + noise)
	dir := write(t, map[string]string{
		"empty.eml": "", "prose.eml": "no header\nat all\n", "ok.eml": eml("ok"),
		"cut.jsonl.gz": broken[:len(broken)*3/4], "not.gz": "\x1f\x8bnot gzip", "binary.bin": "\x00\x01\x02",
		"rows.jsonl": "{\"id\":\"1\",\"text\":\"x\"}\n{\"id\":\n{\"id\":\"3\",\"text\":7}\n{\"id\":\"4\"}\n{\"text\":\"y\"}\n",
		"box.mbox":   "From x\n" + eml("m1") + "\nFrom y\nX-Odd: \n\nFrom z\n" + eml("m3"),
	})
	at := func(name string) string { return filepath.Join(dir, name) }
	expect(t, load(dir, "", at("missing.eml"), at("empty.eml"), at("prose.eml"), at("cut.jsonl.gz"), at("not.gz"), at("binary.bin"), at("rows.jsonl"), at("nowhere"), at("ok.eml")),
		`error missing.eml: no such file or directory`,
		`error empty.eml: mail: no header fields, this is not a mail`,
		`error prose.eml: mail: no header fields, this is not a mail`,
		`cut.jsonl.gz row-1 "one"`, `cut.jsonl.gz row-2 "two"`,
		`error cut.jsonl.gz: unexpected EOF`,
		`error not.gz: gzip: invalid header`,
		`error binary.bin: mail: no header fields, this is not a mail`,
		`rows.jsonl 1 "x"`,
		`error rows.jsonl:2: malformed JSON object: unexpected end of JSON input`,
		`error rows.jsonl:3: malformed JSON object: json: cannot unmarshal number into Go struct field .texts.text of type string`,
		`error rows.jsonl:4: no message in this object: html, text, subject, from_name and from_addr are all missing`,
		`rows.jsonl rows.jsonl:5 "y"`,
		`error nowhere: no such file or directory`,
		`ok.eml ok "body of ok"`)
}

// Sentences that begin with From do not cut a mail in two.
func TestMboxSeparators(t *testing.T) {
	box := "From a@example.test Sun\nSubject: one\n\nHello\nFrom the bank, no blank line before.\n\nFrom the bank, no header after.\n>From quoted\n>>From twice\n\n" +
		"From b@example.test Sun\nSubject: two\n\nlast, and no line break at the end"
	dir := write(t, map[string]string{"x.mbox": box})
	expect(t, load(dir, "", filepath.Join(dir, "x.mbox")),
		`x.mbox x.mbox#1 "Hello\nFrom the bank, no blank line before.\n\nFrom the bank, no header after.\nFrom quoted\n>From twice"`,
		`x.mbox x.mbox#2 "last, and no line break at the end"`)
}

// Lines longer than any buffer stay whole.
func TestLongLines(t *testing.T) {
	long := strings.Repeat("x", 200_000)
	dir := write(t, map[string]string{
		"a.mbox":  "From x\nSubject: a\n\n" + long + "\nFrom here on\n\nFrom y\nSubject: b\n\nend\n",
		"b.jsonl": `{"id":"1","text":"` + long + `"}` + "\n" + `{"id":"2","text":"end"}`,
	})
	expect(t, load(dir, "", filepath.Join(dir, "a.mbox"), filepath.Join(dir, "b.jsonl")),
		`a.mbox a.mbox#1 "`+long+`\nFrom here on"`, `a.mbox a.mbox#2 "end"`,
		`b.jsonl 1 "`+long+`"`, `b.jsonl 2 "end"`)
}

func TestStopsWhenAsked(t *testing.T) {
	dir := write(t, map[string]string{"a.eml": eml("a"), "b.jsonl": corpus, "c.mbox": "From x\n" + eml("c")})
	for _, path := range []string{dir, filepath.Join(dir, "b.jsonl"), filepath.Join(dir, "c.mbox")} {
		n := 0
		for range source.Items([]string{path, path}, nil) {
			n++
			break
		}
		if n != 1 {
			t.Errorf("%s: %d items", path, n)
		}
	}
}
