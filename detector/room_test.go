package detector

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"
)

// Mails of every size take turns in the same room, several at once: each verdict is
// the one that the mail gets alone, and stays so.
func TestRoom(t *testing.T) {
	mails := []Message{
		{From: Address{"Amazon", "info@kzvq.example"}, HTML: button + official},
		{From: Address{"Example Shop", "news@example.com"}, HTML: newsletter(20 << 10)},
		{Text: "https://www.amazon.co.jp/ https://vqzkht.cn/signin"},
		{HTML: strings.Repeat(`<a href="ht tp:">x</a><form action="https://a.example/"><a href="https://b.example/">b</a></form>`, keepRoom)},
		{HTML: "<p>nothing"},
		{},
	}
	alone := make([]string, len(mails))
	for i, m := range mails {
		raw, _ := json.Marshal(newDetector(t).Check(m))
		alone[i] = string(raw)
	}
	d := newDetector(t)
	var wait sync.WaitGroup
	for first := range mails {
		wait.Go(func() {
			verdicts := make([]Verdict, len(mails))
			for k := range mails {
				i := (first + k) % len(mails)
				verdicts[i] = d.Check(mails[i])
			}
			for i, v := range verdicts {
				if raw, _ := json.Marshal(v); string(raw) != alone[i] {
					t.Errorf("mail %d: verdict changed", i)
				}
			}
		})
	}
	wait.Wait()
}
