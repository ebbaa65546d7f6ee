package lookalike

import (
	"math/bits"
	"strings"
	"sync"

	"github.com/honmono/honmono/detector/internal/confusable"
	"github.com/honmono/honmono/detector/internal/segment"
)

// Words that stand beside a name, by what they make of it. The lists come from
// what the hosts of phishing reports are made of.
const (
	// lureWords ask for something, promise help with it, or make the host look
	// like the brand's own: honest companies seldom register their name so.
	lureWords = ` www www1 www2 www3 wwww webscr mail email webmail info information jp jpn cojp nejp orjp gojp
 account accounts acount accnt acct activate activation alert apply appeal approve auth authentication
 authorize billing card cards cardinfo cancel claim confirm confirmation confirmed
 dispute identity kaiin kokyaku kyc lock locked limited login logon meisai notice notification notify oshirase
 passcode password recover recovery refund renew renewal reset resolve restore review
 secure secured security securities service services session shiharai signin signon signup statement
 support suspended suspend token toroku touroku unlock update updates upgrade userinfo
 validate validation verification verify verified verifying wallet warning `

	// mildWords do the same, but honest companies use them too.
	mildWords = ` admin bank banking bill care center check client connect customer customers delivery gift help helpdesk invest invoice
 member members membership nenkin official order pass pay payment payments pin point points portal post postal protect protection
 quick reward rewards safe sign subscription tax track tracking transfer user users
 campaign customs deliver direct dispatch duty page parcel package present redelivery shipment shipping toll
 haitatsu henkin honnin kakunin kanpu kessai kyufu kyufukin nouzei nyukin saihaitatsu seikyu tetsuzuki yoyaku `

	// nativeLures and nativeMild are the same in Japanese and Chinese.
	nativeLures = ` ログイン 認証 確認 本人確認 登録 更新 重要 会員 通知 停止 解除 請求 登录 登入 验证 認證 安全 客服 `
	nativeMild  = ` 銀行 証券 支払 決済 還付 保険 配送 配達 再配達 荷物 包裹 物流 公式 官網 官网 お知らせ `

	// affixWords say nothing.
	affixWords = ` web my id ids net online com co ne or go ac org mem mobile index main m app `
)

// serviceNames are brands after whose product people name their own hosts:
// outlook.example.ac.jp, zoom.example.edu, facebook.example.com.
const serviceNames = ` cpanel office office365 outlook sharepoint onedrive teams zoom webex github gitlab wordpress zendesk shopify
 salesforce mailchimp slack okta dropbox adobe google gmail youtube facebook twitter instagram line linkedin pinterest tiktok `

var serviceName = wordSet(serviceNames)

// maxExtra is the longest word of both lists, in bytes.
const maxExtra = 14

type extra uint8

const (
	affix extra = iota + 1
	mild
	lure
)

// extraSet holds both lists. lengths has, for every first letter, bit n set if
// some word that begins so has n letters: most look-ups end there.
type extraSet struct {
	words   map[string]extra
	lengths [256]uint16
}

var extras = sync.OnceValue(func() *extraSet {
	s := &extraSet{words: map[string]extra{}}
	for _, list := range [...]struct {
		words string
		kind  extra
	}{{affixWords, affix}, {mildWords + nativeMild, mild}, {lureWords + nativeLures, lure}} {
		for _, w := range strings.Fields(list.words) {
			w = confusable.Reading(w) // as the views have it
			s.words[w] = list.kind
			s.lengths[w[0]] |= 1 << len(w)
		}
	}
	return s
})

// A filling is what stands beside a name in a label.
type filling uint8

const (
	empty     filling = iota
	digits            // numbers only
	affixes           // affixes and numbers
	mildLures         // what may be a lure; the rest affixes and numbers
	lures             // at least one lure; the rest as above
	other             // anything else
)

// fillingOf says what a piece of a label, between hyphens or beside a name, is.
func fillingOf(s string) filling {
	if len(s) > maxFilling {
		return other
	}
	b := beginningsOf(s)
	return b.filling(s)
}

// maxFilling is the longest text, in bytes, that is read as lures and affixes: a
// label.
const maxFilling = 63

// beginnings are what the first 0, 1, 2 … bytes of a text are: digits, affixes or
// lures; empty for what cannot be made of them.
type beginnings [maxFilling + 1]filling

// beginningsOf reads a text of at most maxFilling bytes.
func beginningsOf(s string) (best beginnings) {
	set := extras()
	best[0] = digits
	for i := range len(s) {
		if best[i] == empty {
			continue
		}
		if digit(s[i]) {
			best[i+1] = max(best[i+1], best[i])
			continue
		}
		for lengths := set.lengths[s[i]]; lengths != 0; lengths &= lengths - 1 {
			j := i + bits.TrailingZeros16(lengths)
			if j > len(s) {
				break
			}
			switch set.words[s[i:j]] {
			case affix:
				best[j] = max(best[j], best[i], affixes)
			case mild:
				best[j] = max(best[j], best[i], mildLures)
			case lure:
				best[j] = max(best[j], lures)
			}
		}
	}
	return best
}

// filling says what s, a beginning of the text, is.
func (b *beginnings) filling(s string) filling {
	switch f := b[len(s)]; {
	case s == "":
		return empty
	case f != empty:
		return f
	case misspelt(s):
		return mildLures
	}
	return other
}

// misspelt reports a lure with one letter wrong, and no other word: logiin,
// acccount, conect. Who rents a hundred names a day takes what is left.
func misspelt(s string) bool {
	return len(s) >= 4 && len(s) <= maxExtra && letters(s) && longLures().near(s) && !segment.Word(s)
}

func letters(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < 'a' || 'z' < s[i] {
			return false
		}
	}
	return true
}

// longLures are the lures that are long enough to be known with a letter wrong, kept
// as names are.
var longLures = sync.OnceValue(func() *lureTable {
	words := strings.Fields(lureWords + " connect ")
	l := &lureTable{words: words, table: newTable(len(words) * maxExtra)}
	var room [maxExtra]uint64
	for id, w := range words {
		if len(w) < 5 {
			continue
		}
		whole, drops := deletions(room[:0], w)
		l.table.add(whole, id)
		for _, drop := range drops {
			l.table.add(whole+drop, id)
		}
	}
	return l
})

type lureTable struct {
	words []string
	table *table
}

// near reports that one of the lures has one letter wrong in s, the first or the
// last right.
func (l *lureTable) near(s string) bool {
	var room [maxExtra]uint64
	whole, drops := deletions(room[:0], s)
	found := l.under(whole, s)
	for i := 0; i < len(drops) && !found; i++ {
		found = l.under(whole+drops[i], s)
	}
	return found
}

func (l *lureTable) under(hash uint64, s string) (found bool) {
	if !l.table.may(hash) {
		return false
	}
	l.table.each(hash, func(id int) {
		if w := l.words[id]; w[0] == s[0] || w[len(w)-1] == s[len(s)-1] {
			_, _, ok := oneEdit(w, []byte(s))
			found = found || ok
		}
	})
	return found
}
