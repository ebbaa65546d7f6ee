// Package sample holds what the benchmarks of package lookalike and of its peers
// measure with, so that all of them look at the same hosts and protect the same
// domains. Nothing else uses it.
package sample

// Hosts are links as mails have them: honest ones first, then attacks on the
// domains below and on others.
var Hosts = []string{
	"www.example.com", "click.email.example.co.jp", "store.steamgames.net", "github.com", "www.city.kyoto.lg.jp",
	"news.ycombinator.com", "d1a2b3c4.cloudfront.net", "tracking.newsletter-service.example.org", "blog.hatena.ne.jp",
	"www3.nhk-ondemand.example", "support.pineapple-online.com", "adhlawfirm.com", "mail.university.ac.jp", "img.shop-pro.jp",
	"amazon.co.jp.evil.top", "www-rakuten-co-jp.xn5.cn", "paypa1.com", "xn--80ak6aa92e.com", "myjcb-card.login.top", "amaznon.co.jp.xyz.cn",
}

// Attacks is how many of the hosts, from the end, are attacks.
const Attacks = 6

// A Domain is one to protect; Brand and Keyword are empty for an invented one.
type Domain struct{ Name, Brand, Keyword string }

// Domains returns n domains, the same ones always: the targets of the attacks, and
// others whose names are made of syllables, as those of companies are.
func Domains(n int) []Domain {
	r := sequence(1)
	onsets := []string{"b", "c", "ch", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "sh", "st", "t", "tr", "v", "w", "y", "z", ""}
	rimes := []string{"a", "e", "i", "o", "u", "ai", "ou", "an", "en", "in", "on", "ar", "er", "or", "al", "el", "us", "ix"}
	syllable := func() string { return onsets[r.below(len(onsets))] + rimes[r.below(len(rimes))] }
	suffixes := []string{"com", "co.jp", "jp", "net", "de", "co.uk", "ne.jp", "io"}
	domains := []Domain{
		{"amazon.co.jp", "amazon", "amazon"}, {"rakuten.co.jp", "rakuten", "rakuten"}, {"paypal.com", "paypal", "paypal"},
		{"apple.com", "apple", "apple"}, {"jcb.co.jp", "jcb", "jcb"}, {"myjcb.jp", "jcb", "myjcb"},
	}
	for len(domains) < n {
		name := ""
		for range 2 + r.below(4) {
			name += syllable()
		}
		if r.below(5) == 0 {
			name += "-" + syllable() + syllable()
		}
		domains = append(domains, Domain{Name: name + "." + suffixes[r.below(len(suffixes))]})
	}
	return domains[:n]
}

// A sequence gives the same numbers on every machine and in every version of Go:
// Knuth's linear congruential generator (MMIX).
type sequence uint64

func (s *sequence) below(n int) int {
	*s = *s*6364136223846793005 + 1442695040888963407
	return int(uint64(*s) >> 33 % uint64(n))
}
