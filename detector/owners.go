package detector

import (
	"strings"

	"github.com/honmono/honmono/detector/internal/domain"
)

// ownersOf returns whose the host is: the brands one of whose domains it is or
// lies under. A tenant of a hosting service is not the service's: a bucket
// under amazonaws.com is not Amazon's word.
func (d *Detector) ownersOf(host string) []owner {
	if host == "" {
		return nil
	}
	own := host
	if d.tenant(host) {
		own = "" // only an entry for the tenant itself counts
	}
	for name := host; ; {
		if o, ok := d.owners[name]; ok {
			if own != "" || d.tenant(name) {
				return o
			}
			return nil
		}
		_, rest, ok := strings.Cut(name, ".")
		if !ok {
			return nil
		}
		name = rest
	}
}

// tenant reports whether anybody may publish under the host: the Public Suffix
// List or the rules say so.
func (d *Detector) tenant(host string) bool {
	if domain.Tenant(host) {
		return true
	}
	for name := host; ; {
		if d.hosting[name] {
			return true
		}
		_, rest, ok := strings.Cut(name, ".")
		if !ok {
			return false
		}
		name = rest
	}
}

// owned reports whether the host belongs to the brand; sender says that it is
// a third party's.
func (d *Detector) owned(host string, brand int) bool {
	for _, o := range d.ownersOf(host) {
		if o.brand == brand {
			return true
		}
	}
	return false
}

// official returns a brand whose own the host is, or -1.
func (d *Detector) official(host string) int {
	for _, o := range d.ownersOf(host) {
		if !o.sender {
			return o.brand
		}
	}
	return -1
}

// sameOwner reports whether two hosts belong to one brand.
func (d *Detector) sameOwner(a, b string) bool {
	for _, x := range d.ownersOf(a) {
		for _, y := range d.ownersOf(b) {
			if x.brand == y.brand {
				return true
			}
		}
	}
	return false
}

// freemail are domains where anybody has a mailbox: being mailed from one is
// no organisation's word, and its users have no organisation of that name.
var freemail = map[string]bool{
	"gmail.com": true, "googlemail.com": true, "outlook.com": true, "hotmail.com": true, "live.com": true,
	"msn.com": true, "outlook.jp": true, "hotmail.co.jp": true, "live.jp": true, "yahoo.com": true,
	"yahoo.co.jp": true, "ymail.ne.jp": true, "ymail.com": true, "icloud.com": true, "me.com": true, "mac.com": true, "aol.com": true,
	"proton.me": true, "protonmail.com": true, "gmx.com": true, "gmx.net": true, "gmx.de": true, "web.de": true,
	"t-online.de": true, "mail.com": true, "zoho.com": true, "fastmail.com": true, "yandex.ru": true, "mail.ru": true,
	"qq.com": true, "163.com": true, "126.com": true, "sina.com": true, "naver.com": true, "daum.net": true,
	"docomo.ne.jp": true, "ezweb.ne.jp": true, "au.com": true, "softbank.ne.jp": true, "i.softbank.jp": true,
	"nifty.com": true, "biglobe.ne.jp": true, "ocn.ne.jp": true, "so-net.ne.jp": true, "excite.co.jp": true,
	"uol.com.br": true, "bol.com.br": true, "terra.com.br": true, "orange.fr": true, "free.fr": true, "laposte.net": true,
	"libero.it": true, "comcast.net": true, "verizon.net": true, "att.net": true, "hotmail.fr": true, "hotmail.es": true, "hotmail.de": true,
	"hotmail.co.uk": true, "yahoo.co.uk": true, "yahoo.fr": true, "yahoo.de": true, "yahoo.es": true, "yahoo.com.br": true,
	"btinternet.com": true, "plus.net": true, "shaw.ca": true, "freenet.de": true, "tuta.com": true, "tutanota.com": true,
	"avis.ne.jp": true, "bunbun.ne.jp": true, "plala.or.jp": true, "wakwak.com": true, "asahi-net.or.jp": true, "zaq.ne.jp": true,
	"eonet.ne.jp": true, "megaegg.ne.jp": true, "pikara.ne.jp": true, "nifty.ne.jp": true, "wanadoo.fr": true, "sfr.fr": true,
	"aol.co.uk": true, "rocketmail.com": true, "gmx.at": true, "telenet.be": true, "ziggo.nl": true, "virginmedia.com": true,
	"sky.com": true, "rogers.com": true, "virgilio.it": true, "alice.it": true, "yahoo.ca": true, "yahoo.it": true,
	"yahoo.in": true, "kakao.com": true, "bluewin.ch": true, "telia.com": true, "bigpond.com": true, "bell.net": true,
	"sympatico.ca": true, "charter.net": true, "spectrum.net": true, "oi.com.br": true, "dion.ne.jp": true, "ybb.ne.jp": true,
}
