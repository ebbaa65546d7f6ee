package text

import (
	"slices"
	"strings"
	"testing"
)

func TestNormalize(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"", ""},
		{"Your  Account\n is LOCKED", "your account is locked"},
		{"Ａｍａｚｏｎ　会員 様", "amazon会員様"},
		{"Amаzon", "amazon"},             // Cyrillic а
		{"Amαzon", "amazon"},             // Greek α
		{"UP\u0337S", "ups"},             // struck through
		{"A\u073fl\u073fert", "alert"},   // Syriac marks over Latin letters
		{"cafe\u0301", "café"},           // a mark that composes is a letter
		{"\u05d1\u05bc", "\u05d1\u05bc"}, // Hebrew keeps its points
		{"А\u200bmazon", "amazon"},       // Cyrillic А and a zero-width space
		{"コ\u2061インチェ︉ック", "コインチェック"},    // invisible inside a word
		{"ﾒﾙｶﾘ", "メルカり"},
		{"お知らせヘ", "お知らせへ"},
		{"力一ド", "カード"}, // ideographs 力 and 一 in place of カ and ー
		{"カ―ド", "カード"}, // a dash in place of the long vowel
		{"アカウントの一時停止", "アカウントのー時停止"},
		{"一時停止", "ー時停止"}, // the same spelling at the start of a text
		{"Привет", "привет"},
		{"pass\u00adword", "password"}, // soft hyphen
		{"a — b", "a - b"},
		{"a\xffb", "a\ufffdb"},
		{"𝐀𝐦𝐚𝐳𝐨𝐧", "amazon"},
		{"ᴘᴀʏᴍᴇɴᴛ", "payment"},
		{"楽天市埸", "楽天市場"},
		{"重要 な お知らせ", "重要なお知らせ"},
	} {
		got := Normalize(tt.in)
		if got != tt.want {
			t.Errorf("Normalize(%+q) = %+q, want %+q", tt.in, got, tt.want)
		}
		if again := Normalize(got); again != got {
			t.Errorf("Normalize is not idempotent on %+q: %+q", got, again)
		}
	}
}

func FuzzNormalize(f *testing.F) {
	for _, s := range []string{"Amаzon 会員 様", "力一ド", "a\xff\u200b", "ｶﾞ ー—", "é\u0301"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n := Normalize(s)
		if again := Normalize(n); again != n {
			t.Errorf("%+q -> %+q -> %+q", s, n, again)
		}
		if len(n) > 20*len(s)+20 {
			t.Errorf("%+q grew to %d bytes", s, len(n))
		}
	})
}

func TestScan(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want Spoof
	}{
		{"Amazon 会員 様", Spoof{}},
		{"Am\u200bazon", Spoof{Invisible: 1}},
		{"コ\u2061インチェ\ufe09ック", Spoof{Invisible: 2}},
		{"Amаzon Pаypal", Spoof{Mixed: 2}},
		{"Привет Amazon", Spoof{}},
		{"👩\u200d💻 ❤\ufe0f hello", Spoof{}},
		{"می\u200cخواهم", Spoof{}},
		{"preheader \u200c \u200c \u200c \u00ad", Spoof{}},
		{"𝐀𝐦𝐚𝐳𝐨𝐧", Spoof{Mixed: 1}},
	} {
		if got := Scan(tt.in); got != tt.want {
			t.Errorf("Scan(%+q) = %+v, want %+v", tt.in, got, tt.want)
		}
	}
}

func TestMatcher(t *testing.T) {
	phrases := []string{"au", "visa", "アマゾン", "アマゾンジャパン", "24時間以内", "verify your account", "様"}
	m := NewMatcher(phrases)
	for _, tt := range []struct {
		in   string
		want []int
	}{
		{"auからのお知らせ", []int{0}},
		{"because au", []int{0}},
		{"beau gaul", nil},
		{"auß", nil},
		{"visage", nil},
		{"visa, mastercard", []int{1}},
		{"アマゾンジャパン", []int{3, 2}},
		{"必ず24時間以内に", []int{4}},
		{"124時間以内", nil},
		{"please verify your account.", []int{5}},
		{"様", []int{6}},
		{"a", nil},
		{"", nil},
	} {
		var got []int
		m.Find(tt.in, func(x Match) bool { got = append(got, x.ID); return true })
		if !slices.Equal(got, tt.want) {
			t.Errorf("Find(%q) = %v, want %v", tt.in, got, tt.want)
		}
	}
}

// TestMatcherReference compares the matcher with looking for every phrase at
// every place, on text made of the phrases' own pieces.
func TestMatcherReference(t *testing.T) {
	phrases := []string{"ab", "abc", "会員", "会員様", "a会", "b c", "cab"}
	m := NewMatcher(phrases)
	pieces := []string{"a", "b", "c", " ", "会", "員", "様", "é"}
	seed := uint32(1)
	for range 3000 {
		var b strings.Builder
		for range 12 {
			seed = seed*1664525 + 1013904223
			b.WriteString(pieces[(seed>>16)%uint32(len(pieces))])
		}
		s := b.String()
		var want, got []Match
		for i := range s {
			for id, p := range phrases {
				if strings.HasPrefix(s[i:], p) && boundary(s, i, i+len(p)) {
					want = append(want, Match{id, i, i + len(p)})
				}
			}
		}
		m.Find(s, func(x Match) bool { got = append(got, x); return true })
		order := func(a, b Match) int {
			if a.Start != b.Start {
				return a.Start - b.Start
			}
			return a.ID - b.ID
		}
		slices.SortFunc(got, order)
		slices.SortFunc(want, order)
		if !slices.Equal(got, want) {
			t.Fatalf("Find(%q) = %v, want %v", s, got, want)
		}
	}
}
