package confusable

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// source reads confusables.txt the slow, obvious way.
func source(t testing.TB) map[rune]string {
	b, err := os.ReadFile("confusables.txt")
	if err != nil {
		t.Fatal(err)
	}
	m := map[rune]string{}
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimSpace(line), ";")
		if len(f) != 3 {
			continue
		}
		var to []rune
		for _, h := range strings.Fields(f[1]) {
			v, _ := strconv.ParseUint(h, 16, 32)
			to = append(to, rune(v))
		}
		v, _ := strconv.ParseUint(f[0], 16, 32)
		m[rune(v)] = string(to)
	}
	return m
}

func TestPrototypesAreUnicodes(t *testing.T) {
	want := source(t)
	if len(want) < 6000 {
		t.Fatalf("%d prototypes in confusables.txt", len(want))
	}
	for r := rune(0); r < 0x30000; r++ {
		got, ok := prototypes.lookup(r)
		if w, has := want[r]; has != ok || w != got {
			t.Errorf("%U: %+q %v, want %+q %v", r, got, ok, w, has)
		}
	}
}

func TestAllowed(t *testing.T) {
	b, err := os.ReadFile("allowed.txt")
	if err != nil {
		t.Fatal(err)
	}
	want := map[rune]bool{}
	for line := range strings.Lines(string(b)) {
		if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		lo, hi, ok := strings.Cut(strings.TrimSpace(line), "..")
		if !ok {
			hi = lo
		}
		a, _ := strconv.ParseUint(lo, 16, 32)
		z, _ := strconv.ParseUint(hi, 16, 32)
		for r := a; r <= z; r++ {
			want[rune(r)] = true
		}
	}
	if !want['a'] || want['£'] || len(want) < 30000 {
		t.Fatalf("allowed.txt holds %d characters", len(want))
	}
	for r := rune(0); r < 0x40000; r++ {
		if Allowed(r) != want[r] {
			t.Fatalf("Allowed(%U) = %v", r, Allowed(r))
		}
	}
}

func TestSkeleton(t *testing.T) {
	m := source(t)
	for _, s := range []string{"", "apple.com", "аррӏе", "modern", "œxamþle", "ᏟᎪᎡᎠ", "ε̄x", "a\u200db", "ヘ", "𝐚𝐛", "google.com̸abc"} {
		var b strings.Builder
		for _, r := range norm.NFD.String(s) {
			switch p, ok := m[r]; {
			case r == 0x200d:
			case ok:
				b.WriteString(p)
			default:
				b.WriteRune(r)
			}
		}
		if got, want := Skeleton(s), norm.NFD.String(b.String()); got != want {
			t.Errorf("Skeleton(%+q) = %+q, want %+q", s, got, want)
		}
	}
	if Skeleton("paypal") != Skeleton("рауpаl") {
		t.Error("Cyrillic рау and Latin pay have different skeletons")
	}
	if Skeleton("paypal") == Skeleton("paypay") {
		t.Error("l and y have one skeleton")
	}
}

func TestReadings(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []string // all of these
		not  []string
	}{
		{"Apple", []string{"apple"}, nil},
		{"аррӏе", []string{"apple", "appie"}, []string{"appoe"}},
		{"googlé", []string{"google"}, nil},
		{"ɢᴏᴏɢʟᴇ", []string{"google"}, nil},
		{"тwіттег", []string{"twitter"}, nil},
		{"łwiłłer", []string{"twitter", "lwiller", "twiller"}, nil},
		{"œxamþle", []string{"oexample", "cexamble"}, nil},
		{"ɱeȑcari", []string{"mercari"}, nil},
		{"ᏟᎪᎡᎠ", []string{"card"}, nil},
		{"丅est", []string{"test"}, nil},
		{"google丿com", []string{"google/com"}, nil},
		{"testーsite", []string{"test-site"}, nil},
		{"ａｍａｚｏｎ", []string{"amazon"}, nil},
		{"𝐚𝕞𝖆zon", []string{"amazon"}, nil},
		{"ama\u200bzon", []string{"amazon"}, nil},
		{"黑猫", []string{"黑猫"}, nil},
	} {
		got := Readings(c.in)
		for _, w := range c.want {
			if !slices.Contains(got, w) {
				t.Errorf("Readings(%+q) = %+q, lacks %q", c.in, got, w)
			}
		}
		for _, w := range c.not {
			if slices.Contains(got, w) {
				t.Errorf("Readings(%+q) = %+q, holds %q", c.in, got, w)
			}
		}
		if got[0] != Reading(c.in) {
			t.Errorf("Reading(%+q) = %q, first of Readings is %q", c.in, Reading(c.in), got[0])
		}
	}
}

func TestReadingsAreCapped(t *testing.T) {
	s := strings.Repeat("ł", 40)
	got := Readings(s)
	if len(got) != MaxReadings {
		t.Errorf("%d readings, want %d", len(got), MaxReadings)
	}
	if got[0] != strings.Repeat("l", 40) {
		t.Errorf("the likeliest reading is %q", got[0])
	}
	if got := Readings(strings.Repeat("ł", 1<<20)); len(got[0]) > MaxLabel {
		t.Errorf("a reading of %d bytes", len(got[0]))
	}
}

func shape(s string) string    { return string(Shape(nil, s)) }
func atGlance(s string) string { return string(Coarse(nil, s)) }

func TestShape(t *testing.T) {
	for _, c := range [][2]string{
		{"microsoft", "rnicrosoft"}, {"wikipedia", "vvikipedia"}, {"docomo", "clocomo"},
		{"google", "g00g1e"}, {"paypal", "paypa1"}, {"apple", "appie"}, {"netflix", "ne7f1ix"},
	} {
		if shape(c[0]) != shape(c[1]) {
			t.Errorf("%q and %q: shapes %q and %q", c[0], c[1], shape(c[0]), shape(c[1]))
		}
	}
	for _, c := range [][2]string{{"paypal", "paypay"}, {"amazon", "arnazom"}, {"google", "gooqle"}} {
		if shape(c[0]) == shape(c[1]) {
			t.Errorf("%q and %q: one shape %q", c[0], c[1], shape(c[0]))
		}
	}
}

func TestCoarse(t *testing.T) {
	for _, c := range [][2]string{
		{"docusign", "dlocusiqn"}, {"docusign", "bocusigrn"}, {"mercari", "rnercar1"}, {"rakuten", "ralcvtcn"},
		{"smbc-card", "snnlbc-carcl"}, {"kuronekoyamato", "kuroneleoyannato"}, {"eki-net", "clci-met"},
		{"google", "qooqie"}, {"microsoft", "nnicr0soft"}, {"sbisec", "slblsec"},
	} {
		if atGlance(c[0]) != atGlance(c[1]) {
			t.Errorf("%q and %q: coarse shapes %q and %q", c[0], c[1], atGlance(c[0]), atGlance(c[1]))
		}
	}
	for _, c := range [][2]string{{"paypal", "paypay"}, {"amazon", "amazom-x"}, {"rakuten", "rakutan"}} {
		if atGlance(c[0]) == atGlance(c[1]) {
			t.Errorf("%q and %q: one coarse shape %q", c[0], c[1], atGlance(c[0]))
		}
	}
}

func FuzzFolds(f *testing.F) {
	for _, s := range []string{"apple", "аррӏе", "rnvvcl", "blcllcvvv", "œłþ", "\xff\u0301", "ﷺ", "̸a", "가ᅟ", "ǆ", "丿"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		k := Skeleton(s)
		if again := Skeleton(k); again != k && len(k) <= MaxLabel {
			t.Errorf("Skeleton(%+q) = %+q, its skeleton is %+q", s, k, again)
		}
		rs := Readings(s)
		if len(rs) == 0 || len(rs) > MaxReadings {
			t.Fatalf("%d readings of %+q", len(rs), s)
		}
		for _, r := range rs {
			if utf8.ValidString(s) && !utf8.ValidString(r) {
				t.Errorf("reading %+q of %+q is no UTF-8", r, s)
			}
			if a := shape(r); shape(a) != a {
				t.Errorf("Shape(%+q) = %+q, its shape is %+q", r, a, shape(a))
			}
			if a := atGlance(r); atGlance(a) != a {
				t.Errorf("Coarse(%+q) = %+q, its coarse shape is %+q", r, a, atGlance(a))
			}
		}
	})
}

func BenchmarkReadings(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Readings("аррӏе")
	}
}
