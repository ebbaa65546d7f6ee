package rules

import (
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	var ms Mistakes
	got := parse("f.txt", []byte("# comment\n\nkey: value\nother-key:  a | b  \nkey: a: b # c\r\n"), &ms)
	want := []entry{
		{"f.txt", 3, "key", "value"},
		{"f.txt", 4, "other-key", "a | b"},
		{"f.txt", 5, "key", "a: b # c"},
	}
	if len(ms) != 0 || len(got) != len(want) {
		t.Fatalf("entries %+v, mistakes %v", got, ms)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("entry %d is %+v, want %+v", i, got[i], want[i])
		}
	}
	if f := got[1].fields(); len(f) != 2 || f[0] != "a" || f[1] != "b" {
		t.Errorf("fields are %q", f)
	}
}

func TestParseGoesOn(t *testing.T) {
	var ms Mistakes
	long := "key: " + strings.Repeat("x", maxLineSize)
	got := parse("f.txt", []byte("bad\nkey: good\n"+long+"\nkey:bad\nkey: good\n"), &ms)
	if len(got) != 2 || len(ms) != 3 || ms[1].Line != 3 || !strings.Contains(ms[1].Text, "limit") {
		t.Errorf("entries %+v, mistakes %v", got, ms)
	}
}

func TestNearest(t *testing.T) {
	known := []string{"domain", "sender", "name", "name-ja"}
	for _, c := range []struct{ got, want string }{
		{"domian", `did you mean "domain"?`},
		{"namen", `did you mean "name"?`},
		{"Sender", `did you mean "sender"?`},
		{"xyz", "one of domain, name, name-ja, sender"},
		{"", "one of domain, name, name-ja, sender"},
	} {
		if got := nearest(c.got, known); got != c.want {
			t.Errorf("nearest(%q) = %s, want %s", c.got, got, c.want)
		}
	}
}

// FuzzParse holds the parser to what it promises: an entry is exactly what its
// line says, and what was written again from the entries reads the same.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"key: value\n", "# c\nkey: a | b\r\nkey: c", "\ufeffkey: v", " key: v\nkey:v\nkey\n", "a: \u200b\xff", "a: \u3000x\u3000", "a-b1: : #",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var ms Mistakes
		entries := parse("f", data, &ms)
		lines := strings.Split(string(data), "\n")
		var again strings.Builder
		for _, e := range entries {
			if e.line < 1 || e.line > len(lines) || !strings.Contains(lines[e.line-1], e.key+":") || !strings.Contains(lines[e.line-1], e.value) {
				t.Fatalf("%+v is not on its line", e)
			}
			if e.value == "" || !validKey(e.key) || strings.ContainsAny(e.value, "\n\r") {
				t.Fatalf("bad entry %+v", e)
			}
			if _, bad := invisible(e.value); bad {
				t.Fatalf("invisible character in %+v", e)
			}
			again.WriteString(e.key + ": " + e.value + "\n")
		}
		if len(entries)+len(ms) > len(lines)+1 {
			t.Fatalf("%d entries and %d mistakes of %d lines", len(entries), len(ms), len(lines))
		}
		var none Mistakes
		second := parse("f", []byte(again.String()), &none)
		if len(none) != 0 || len(second) != len(entries) {
			t.Fatalf("%d entries, written again %d with %v", len(entries), len(second), none)
		}
		for i := range second {
			if second[i].key != entries[i].key || second[i].value != entries[i].value {
				t.Fatalf("%+v, written again %+v", entries[i], second[i])
			}
		}
	})
}
