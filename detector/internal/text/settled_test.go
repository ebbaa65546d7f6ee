package text

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// normalizeSlowly is Normalize without its short cuts.
func normalizeSlowly(s string) string {
	var f folder
	f.add(norm.NFKC.String(strip(strings.ToValidUTF8(s, "\uFFFD"))), false)
	return string(f.out)
}

// Every character taken for composed, folded or invisible is what its list says.
func TestSettledCharacters(t *testing.T) {
	for r := rune(utf8.RuneSelf); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		p := norm.NFKC.PropertiesString(string(r))
		if composed(r) && (!norm.NFKC.IsNormalString(string(r)) || !p.BoundaryBefore() || p.CCC() != 0) {
			t.Errorf("%+q (%#U) changes under NFKC or combines with what is before it", r, r)
		}
		if composed(r) && (folded(r) || Invisible(r)) {
			t.Errorf("%+q is in two lists", r)
		}
		if folded(r) && !p.BoundaryBefore() {
			t.Errorf("%+q combines with what is before it", r)
		}
		if !Invisible(r) && strings.ContainsFunc(norm.NFKC.String(string(r)), Invisible) {
			t.Errorf("%+q becomes invisible under NFKC: fold would take it out", r)
		}
	}
}

// The short cuts change nothing, whatever stands beside what.
func TestNormalizeReference(t *testing.T) {
	pieces := []string{
		"a", "Z", "login", "1", " ", "  ", "\n", "\t", ".", "-", "é", "e\u0301", "ä", "ß", "Ⱥ", "İ",
		"か", "か\u3099", "が", "ヘ", "リ", "ラ", "ｶﾞ", "ー", "―", "–", "一", "日本", "龯", "力", "、", "。", "・", "ゖ", "\u3097", "゛", "ヿ", "〆",
		"Ａ", "ｚ", "！", "～", "－", "　", "\u00a0", "…", "©", "™", "㈱", "①", "ﬁ", "한", "\u1112\u1161", "가\u11a8",
		"\u200b", "\ufeff", "\u00ad", "\ufe0f", "\u3164", "А", "маз", "α", "Привет", "ꭺ", "ᴘ", "𝐀", "🎁", "👩\u200d💻", "\xff", "\xe3AB", "\xe4\xb8", "々", "『", "〜", "\ufffd", "\u2003", "\u0085", "\u0301",
		"й", "и\u0306", "Ж", "Š", "s\u030c", "ł", "ĳ", "ά", "α\u0301", "\r", "\x01", "\n", "\n\n",
	}
	rng := rand.New(rand.NewPCG(1, 2))
	n := 60000
	if testing.Short() {
		n = 10000
	}
	for range n {
		var b strings.Builder
		for range 1 + rng.IntN(9) {
			b.WriteString(pieces[rng.IntN(len(pieces))])
		}
		s := b.String()
		if got, want := Normalize(s), normalizeSlowly(s); got != want && !isPlain(s) {
			t.Fatalf("Normalize(%+q) = %+q, slowly %+q", s, got, want)
		}
		if normal, spoof := Read(s); normal != Normalize(s) || spoof != Scan(s) {
			t.Fatalf("Read(%+q) = %+q, %+v; Scan says %+v", s, normal, spoof, Scan(s))
		}
	}
}

// fold leaves alone what unchanged says it does.
func TestUnchanged(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if n, last := unchanged(string(r)); n > 0 && (last != r || n != utf8.RuneLen(r) || foldRune(r) != string(r)) {
			t.Errorf("%+q: %d bytes, last %+q, fold makes %+q of it", r, n, last, foldRune(r))
		}
	}
}

// foldRune folds a rune by the long way: behind an invisible character, where
// no run can begin.
func foldRune(r rune) string {
	switch {
	case r < utf8.RuneSelf:
		return string(unicode.ToLower(r))
	default:
		return string(kanaFold(unicode.ToLower(r)))
	}
}

// The short way to lower case says what the long one does.
func TestLower(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if got, want := lower(r), unicode.ToLower(r); got != want {
			t.Errorf("lower(%#U) = %#U, want %#U", r, got, want)
		}
	}
}

// The short way to decode says what the long one does, or nothing.
func TestBulk(t *testing.T) {
	for r := rune(1); r <= 0xFFFF; r++ {
		want := r
		if r < 0x3000 || r > 0x9FFF {
			want = 0
		}
		if got := bulk(string(r) + "x"); got != want && utf8.ValidRune(r) {
			t.Fatalf("bulk(%+q) = %U", r, got)
		}
	}
	for _, s := range []string{"", "\xe3", "\xe3\x81", "\xe3\x81a", "\xe3a\x81", "\xe9\xff\xbf", "\xe3\xe3\x81\x82"} {
		if got := bulk(s); got != 0 {
			t.Errorf("bulk(%+q) = %U", s, got)
		}
	}
}
