package rules

import (
	"slices"
	"strings"

	"github.com/honmono/honmono/detector/internal/domain"
	"github.com/honmono/honmono/detector/internal/link"
)

// linkList compiles links/<list>.txt. Every such file knows every key; the
// names of the files are for people.
func (c *compiler) linkList(_ string, entries []entry) {
	c.links = true
	l := &c.set.Links
	c.read(entries[0].file, entries, map[string]key{
		"gateway":      c.wrapper(Gateway),
		"redirector":   c.wrapper(Redirector),
		"proxy":        c.wrapper(Proxy),
		"shortener":    c.hostList(&l.Shorteners),
		"hosting":      c.hostList(&l.Hosting),
		"mailer":       c.hostList(&l.Mailers),
		"freemail":     c.hostList(&l.Freemail),
		"cheap-suffix": {min: 1, max: 2, read: c.cheapSuffix},
	})
}

// hostList reads `host` or `host | whose`.
func (c *compiler) hostList(list *[]string) key {
	return key{min: 1, max: 2, read: func(e entry, f []string) {
		if c.host(e, f[0]) && c.notICANN(e, f[0]) && c.fresh(e, f[0]) {
			*list = append(*list, f[0])
		}
	}}
}

// notICANN refuses a suffix that whole countries are registered under, and a
// host below no suffix at all.
func (c *compiler) notICANN(e entry, host string) bool {
	suffix, icann := domain.PublicSuffix(host)
	if icann && suffix == host {
		c.mistake(e, "%q is a registry's suffix: this would speak about every site below it", host)
		return false
	}
	return c.knownSuffix(e, host)
}

// fresh refuses the second line of the same key and value, in any file.
func (c *compiler) fresh(e entry, value string) bool {
	if c.hosts == nil {
		c.hosts = map[string]entry{}
	}
	id := e.key + " " + value
	if first, again := c.hosts[id]; again {
		c.mistake(e, "%q again, first at %s:%d", value, first.file, first.line)
		return false
	}
	c.hosts[id] = e
	return true
}

func (c *compiler) cheapSuffix(e entry, f []string) {
	suffix, icann := domain.PublicSuffix("name." + f[0])
	if ascii, err := domain.ToASCII(f[0]); err != nil || ascii != f[0] || suffix != f[0] || !icann {
		c.mistake(e, "%q is no public suffix of a registry: write \"top\" or \"com.cn\"", f[0])
		return
	}
	if c.fresh(e, f[0]) {
		c.set.Links.CheapSuffixes = append(c.set.Links.CheapSuffixes, f[0])
	}
}

// wrapper reads `host/path | method parameters… | name`.
func (c *compiler) wrapper(kind WrapperKind) key {
	return key{min: 3, max: 3, read: func(e entry, f []string) {
		host, path, slash := strings.Cut(f[0], "/")
		if slash {
			path = "/" + path
		}
		words := strings.Fields(f[1])
		takesParams := words[0] == "query" || words[0] == "base64-query"
		switch {
		case !c.host(e, host) || !c.notICANN(e, host):
			return
		case strings.ContainsAny(path, "?#"):
			c.mistake(e, "the path %q holds a query: parameters stand behind the method", path)
			return
		case !slices.Contains(link.Methods, words[0]):
			c.mistake(e, "unknown method %q: %s", words[0], nearest(words[0], link.Methods))
			return
		case words[0] == "base64-query" && len(words) == 1:
			c.mistake(e, "the method %q needs the name of the parameter behind it", words[0])
			return
		case !takesParams && len(words) > 1:
			c.mistake(e, "the method %q takes no parameters", words[0])
			return
		case words[0] == "path" && path == "":
			c.mistake(e, "the method \"path\" needs a path behind the host, \"/\" at least: what follows it is the destination")
			return
		case !c.fresh(e, f[0]+" | "+f[1]):
			return
		}
		w := Wrapper{Name: f[2], Kind: kind, Host: host, Path: path, Method: words[0], Params: words[1:]}
		if len(w.Params) == 0 {
			w.Params = nil
		}
		c.set.Links.Wrappers = append(c.set.Links.Wrappers, w)
	}}
}
