package segment

import (
	"strings"
	"testing"
)

func TestWord(t *testing.T) {
	for _, w := range []string{"apple", "apples", "lawyer", "running", "securely", "baked", "making", "webmail", "sakura", "tokyo", "postcard", "the", "and", "for"} {
		if !Word(w) {
			t.Errorf("%q is no word", w)
		}
	}
	for _, w := range []string{"", "ab", "jcb", "smbc", "rakuten", "paypal", "mercari", "zxqv", "amazom", "pinapple"} {
		if Word(w) {
			t.Errorf("%q is a word", w)
		}
	}
}

func TestCovers(t *testing.T) {
	for _, w := range []string{"pineapple", "lawfirm", "thelawfirm", "on-line-shop", "epostcard", "musicforlife", "best10movies", "sakurahotel"} {
		if !Covers(w) {
			t.Errorf("%q is not made of words", w)
		}
	}
	for _, w := range []string{"", "smbcxf", "jcbcard", "aeoncnk", "zxqvbn", "amazonel", "a-b-c", "theof", strings.Repeat("apple", 20)} {
		if Covers(w) {
			t.Errorf("%q is made of words", w)
		}
	}
}

func TestStraddles(t *testing.T) {
	for _, c := range []struct {
		text, part string
		want       bool
	}{
		{"tableplus", "eplus", true}, {"online", "line", true}, {"pineapple", "apple", true}, {"internet", "inter", true},
		{"bookgarden", "book", false}, {"freefacebookgames", "facebook", false}, {"linecard", "line", false}, {"smbcxf", "smbc", false},
	} {
		at := strings.Index(c.text, c.part)
		if got := Straddles(c.text, at, at+len(c.part)); got != c.want {
			t.Errorf("%s in %s: %v", c.part, c.text, got)
		}
	}
	if Straddles("online", -1, 3) || Straddles("online", 2, 9) || Straddles("online", 3, 3) {
		t.Error("a part that is none straddles")
	}
}

func TestCompound(t *testing.T) {
	for _, w := range []string{"bestbuys", "salefire", "apple", "sharebookfiles"} {
		if !Compound(w) {
			t.Errorf("%q is no compound", w)
		}
	}
	for _, w := range []string{"", "mescari", "docosign", "thelaw", "ekinest", "best-buy", strings.Repeat("word", 16)} {
		if Compound(w) {
			t.Errorf("%q is a compound", w)
		}
	}
}

func FuzzCovers(f *testing.F) {
	f.Add("pineapple")
	f.Add("rakuten-card123")
	f.Add(strings.Repeat("a", 63))
	f.Fuzz(func(t *testing.T, s string) {
		// Words put together stay words; a stranger in between does not.
		if Covers(s) && len(s) < 50 && !Covers(s+"-apple") {
			t.Errorf("%q is made of words, with apple it is not", s)
		}
		if strings.Contains(s, "\x00") && Covers(s) {
			t.Errorf("%q is made of words", s)
		}
	})
}

func BenchmarkCovers(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Covers("sakurahotelonline")
	}
}
