package detector

import "testing"

// TestStrictness holds that a reader's strictness moves caution and nothing
// else: danger is danger to everybody.
func TestStrictness(t *testing.T) {
	d := newDetector(t)
	danger := Message{From: Address{"Amazon", "info@kzvq.example"}, Subject: "【重要】会員情報更新の最終確認 要対応", HTML: button + official}
	fine := Message{From: Address{"Hanako", "hanako@example.org"}, Subject: "Sunday", HTML: "<p>See you at ten.</p>"}
	for _, s := range []Strictness{"", Quiet, Normal, Strict} {
		at, err := d.At(s)
		if err != nil {
			t.Fatal(err)
		}
		if v := at.Check(danger); v.Level != Danger {
			t.Errorf("%q: %s with %.2f, want danger", s, v.Level, v.Score)
		}
		if v := at.Check(fine); v.Level != OK {
			t.Errorf("%q: %s with %.2f, want ok", s, v.Level, v.Score)
		}
	}
	caution, dangerous := d.set.Scoring.Caution, d.set.Scoring.Danger
	for _, tt := range []struct {
		at    Strictness
		score float64
		want  Level
	}{
		{Quiet, caution, OK}, {Normal, caution, Caution}, {Strict, caution, Caution},
		{Quiet, dangerous, Caution}, {Normal, dangerous, Caution}, {Strict, dangerous, Caution},
		{Normal, caution - 0.01, OK}, {Strict, caution - 0.01, Caution}, {Strict, caution*2/3 - 0.01, OK},
	} {
		at, err := d.At(tt.at)
		if err != nil {
			t.Fatal(err)
		}
		e := &evidence{d: at, r: &reading{m: &Message{}, body: "text"}}
		if got := at.level(e, tt.score); got != tt.want {
			t.Errorf("%s with %.2f: %s, want %s", tt.at, tt.score, got, tt.want)
		}
	}
	if _, err := d.At("angry"); err == nil {
		t.Error("a strictness that is none was taken")
	}
}

func TestProtectedDomain(t *testing.T) {
	for name, want := range map[string]string{
		"Mihon-Kaisha.co.jp": "mihon-kaisha.co.jp", "日本語.example.jp": "xn--wgv71a119e.example.jp", "mail.example.com": "mail.example.com",
		"co.jp": "", "": "", "localhost": "", "192.0.2.1": "", "a b.example": "", "https://example.com": "", "x@example.com": "",
	} {
		if got, err := ProtectedDomain(name); got != want || (err == nil) != (want != "") {
			t.Errorf("%+q: %+q, %v; want %+q", name, got, err, want)
		}
	}
}
