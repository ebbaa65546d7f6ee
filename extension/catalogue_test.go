package extension

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestMessagesAreTheSameKeysInEveryLanguage(t *testing.T) {
	want := slices.Sorted(maps.Keys(Messages("en")))
	if len(want) == 0 {
		t.Fatal("no messages in English")
	}
	for _, lang := range Languages {
		c := Messages(lang)
		if got := slices.Sorted(maps.Keys(c)); !slices.Equal(got, want) {
			t.Errorf("the keys of %q are not those of English: %q", lang, got)
		}
		for key, message := range c {
			if strings.TrimSpace(message) == "" {
				t.Errorf("%s: %s is empty", lang, key)
			}
		}
	}
}

func TestMessagesKnowsLocaleNames(t *testing.T) {
	ja, en := Messages("ja")["level_danger"], Messages("en")["level_danger"]
	if ja == en {
		t.Fatalf("both languages say %q", ja)
	}
	for lang, want := range map[string]string{
		"ja": ja, "ja-JP": ja, "ja_JP.UTF-8": ja, "JA": ja,
		"en": en, "en-GB": en, "de": en, "": en, "jam": en, "C": en,
	} {
		if got := Messages(lang)["level_danger"]; got != want {
			t.Errorf("Messages(%q): %q, want %q", lang, got, want)
		}
	}
}

func TestMessagesIsTheCallersOwn(t *testing.T) {
	Messages("en")["level_ok"] = "safe"
	if got := Messages("en")["level_ok"]; got == "safe" {
		t.Errorf("a change by one caller is seen by the next: %q", got)
	}
}

func TestSentence(t *testing.T) {
	c := Catalogue{
		"A":       "{brand} and {domain}",
		"A_plain": "something else",
		"B":       "only {brand}",
	}
	full := map[string]string{"brand": "Amazon", "domain": "xn5.cn"}
	for _, test := range []struct {
		key    string
		values map[string]string
		want   string
		ok     bool
	}{
		{"A", full, "Amazon and xn5.cn", true},
		{"A", map[string]string{"brand": "Amazon"}, "something else", true},
		{"A", nil, "something else", true},
		{"B", full, "only Amazon", true},
		{"B", nil, "", false},
		{"C", full, "", false},
		// A value is text: holes in it stay as they are.
		{"B", map[string]string{"brand": "{domain}", "domain": "x"}, "only {domain}", true},
	} {
		got, ok := c.Sentence(test.key, test.values)
		if got != test.want || ok != test.ok {
			t.Errorf("Sentence(%q, %+q): %+q, %v, want %+q, %v", test.key, test.values, got, ok, test.want, test.ok)
		}
	}
}
