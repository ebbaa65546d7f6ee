package lookalike

import (
	"strings"
	"sync"
)

// cheapSuffixes are public suffixes that most throwaway hosts of phishing
// reports lie under, and few honest ones.
const cheapSuffixes = " top xyz cn com.cn net.cn org.cn shop icu club cc buzz vip cfd sbs cyou tk ml ga cf gq monster" +
	" bond lol quest rest click bar pw ltd wang ren bid date win loan men party racing review stream trade" +
	" download faith cricket accountant surf uno lat hair skin makeup beauty autos boats homes motorcycles yachts pics" +
	" online site website space fun work info ink link live life asia best world today support tokyo one su "

// old suffixes among them have been bought for other ends for long enough that
// it takes more than a name beside something to make a host suspicious.
const oldSuffixes = " online site website space fun work info ink link live life asia best world today support tokyo one su "

// A word list is a set that is made when first asked.
func wordSet(lists ...string) func(word string) bool {
	set := sync.OnceValue(func() map[string]struct{} {
		m := map[string]struct{}{}
		for _, l := range lists {
			for _, w := range strings.Fields(l) {
				m[w] = struct{}{}
			}
		}
		return m
	})
	return func(word string) bool {
		_, ok := set()[word]
		return ok
	}
}

var (
	cheap         = wordSet(cheapSuffixes, dynamicSuffixes)
	old           = wordSet(oldSuffixes)
	registry      = wordSet(registries)
	networkDomain = wordSet(networkDomains)
)

// fakes are public suffixes, dots dropped, that hosts imitating Japanese and
// global brands put behind a name.
var fakes = []string{"cojp", "nejp", "orjp", "gojp", "acjp", "com", "jp", "net", "org", "cojo", "coip", "co", "ne", "or", "go", "cn", "info"}

// maxFake is the longest of them, in bytes.
const maxFake = 4

// chinese reports a suffix of .cn, which is cheap and also a real market: what
// is cheap there for a Japanese brand may be a global brand's own site.
func chinese(suffix string) bool { return suffix == "cn" || strings.HasSuffix(suffix, ".cn") }

// dynamic are suffixes of services that give names away to whoever asks.
const dynamicSuffixes = " 3utilities.com bounceme.net ddns.net ddnsfree.com ddnsking.com duckdns.org dynv6.net gotdns.ch hopto.org linkpc.net" +
	" mefound.com myftp.biz myftp.org myvnc.com onthewifi.com publicvm.com redirectme.net servebeer.com serveblog.net serveftp.com" +
	" servegame.com servehalflife.com servehttp.com serveirc.com serveminecraft.net servemp3.com servepics.com servequake.com" +
	" sytes.net viewdns.net webhop.me yourtrap.com zapto.org "

// networks are the domains of content networks that name hosts after their
// customers' domains: www-example-com.akamaized.net is example.com's.
const networkDomains = " akadns.net akamai.net akamaiedge.net akamaihd.net akamaized.net cloudflare.net edgekey.net edgesuite.net" +
	" fastly-edge.com fastly.net fastlylb.net footprint.net llnwd.net trafficmanager.net googleapis.com "

// network reports a host below one of them; they have two labels.
func network(host string) bool {
	dots := 0
	for i := len(host) - 1; i >= 0; i-- {
		if host[i] != '.' {
			continue
		}
		if dots++; dots == 2 {
			return networkDomain(host[i+1:])
		}
	}
	return false
}

// reserved reports a suffix that is given to authorities and schools only.
func reserved(suffix string) bool {
	first, rest, _ := strings.Cut(suffix, ".")
	switch first {
	case "gov", "gob", "gouv", "go", "lg", "mil", "edu", "ac":
		return rest == "" || len(rest) == 2
	}
	return false
}

// sold reports a suffix that people expect every known name under: whoever buys
// it there instead of the owner knows why.
func sold(suffix string) bool {
	return suffix == "com" || suffix == "net" || suffix == "org"
}

// registries are suffixes of the private section that sell names like a
// country's registry does, to companies too.
const registries = " com.de uk.com uk.net us.com eu.com de.com jpn.com jp.net in.net cn.com ru.com sa.com za.com br.com com.se co.nl co.no gb.net hu.net" +
	" se.net gr.com us.org ae.org co.com pp.ua co.ua org.ru net.ru gov.ru com.ru msk.ru spb.ru nov.ru "
