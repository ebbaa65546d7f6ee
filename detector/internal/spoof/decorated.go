package spoof

import (
	"strings"

	"github.com/honmono/honmono/detector/internal/confusable"
	"github.com/honmono/honmono/detector/internal/segment"
)

// dressing are letters that no loanword in English, French, German, Spanish,
// Portuguese or a Nordic language has, and that differ from ASCII by a dot or a
// hook which is easily overlooked.
const dressing = "ạẹịọụỵảẻỉỏủỷḅḍḥḳḷṃṇṛṣṭṿẉẓẋẍṫṡṙḃḋḟġċżŧļņķģţșțıɩėęųįűő"

// homelands are the top-level domains of languages that are written with them.
const homelands = " vn tr az kz tm lt lv ro md pl hu mt in lk ng "

// minDecorated is the shortest label, in letters, that is read as words.
const minDecorated = 6

// decorated reports a label of English words one of whose letters carries a mark
// that English never has (accountvıewer, magıceden), outside the countries where
// people write so. Chromium shows such a host in letters; whoever reads it in a
// mail does not see the mark.
func decorated(runes []rune, tld string) bool {
	if len(runes) < minDecorated || strings.Contains(homelands, " "+tld+" ") {
		return false
	}
	marked := false
	for _, r := range runes {
		switch s := scriptOf(r); {
		case s&^(latin|common) != 0:
			return false
		case r >= 0x80 && strings.ContainsRune(dressing, r):
			marked = true
		case r >= 0x80:
			return false // another language's word
		}
	}
	if !marked {
		return false
	}
	for _, read := range confusable.Readings(string(runes)) {
		if segment.Covers(read) {
			return true
		}
	}
	return false
}
