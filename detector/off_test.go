package detector

import (
	"slices"
	"testing"

	"github.com/honmono/honmono/detector/rules"
)

// A signal that is switched off is not found, adds nothing and marks no link;
// the others speak on.
func TestSwitchedOff(t *testing.T) {
	m := Message{
		From:    Address{Name: "Amazon.co.jp", Address: "x@kdsfhj.top"},
		Subject: "【重要】お支払い方法の更新",
		HTML:    `<p>Amazon 会員 様</p><a href="https://kdsfhj.top/a">今すぐ確認する</a>`,
	}
	before := check(t, rules.Default(), m)
	if before.Level != Danger || !found(before, BrandForeignLink) || !slices.Contains(before.Links[0].Symbols, BrandForeignLink) {
		t.Fatalf("on: %s, %v", before.Level, before.Findings)
	}
	set := *rules.Default()
	set.Scoring.Off = []string{string(BrandForeignLink)}
	after := check(t, &set, m)
	if found(after, BrandForeignLink) || slices.Contains(after.Links[0].Symbols, BrandForeignLink) || after.Links[0].Level == Danger {
		t.Errorf("off: %v, link %+v", after.Findings, after.Links[0])
	}
	if !found(after, BrandForeignSender) {
		t.Errorf("another signal went with it: %v", after.Findings)
	}
	sum := 0.0
	for _, f := range after.Findings {
		sum += f.Weight
	}
	if round(sum) != after.Score || after.Score >= before.Score {
		t.Errorf("score %g, the findings say %g; it was %g", after.Score, sum, before.Score)
	}

	url := "https://amazon-co-jp.xn5.cn/"
	all := *rules.Default()
	for _, s := range []Symbol{LookalikeEmbedded, LookalikeCombo, LookalikeTypo, LookalikeHomograph, LookalikeSuffix, LookalikeTenant} {
		all.Scoring.Off = append(all.Scoring.Off, string(s))
	}
	on, err := New(rules.Default())
	if err != nil {
		t.Fatal(err)
	}
	off, err := New(&all)
	if err != nil {
		t.Fatal(err)
	}
	if v := on.CheckURL(url); v.Level != Danger {
		t.Fatalf("%s: %s with all signals", url, v.Level)
	}
	if v := off.CheckURL(url); v.Level != OK || v.Links[0].Level != OK {
		t.Errorf("%s: %s, its link %s, with lookalikes switched off: %v", url, v.Level, v.Links[0].Level, v.Findings)
	}
}

func check(t *testing.T, set *rules.Set, m Message) Verdict {
	t.Helper()
	d, err := New(set)
	if err != nil {
		t.Fatal(err)
	}
	return d.Check(m)
}

func found(v Verdict, s Symbol) bool {
	return slices.ContainsFunc(v.Findings, func(f Finding) bool { return f.Symbol == s })
}
