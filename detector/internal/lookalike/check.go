package lookalike

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/honmono/honmono/detector/internal/domain"
)

func (e *entry) compare(label, suffix, sub, tenant string) (Match, bool) {
	m := Match{Target: e.Domain, Brand: e.Brand}
	hit := func(k Kind, s Strength, part string) (Match, bool) {
		m.Kind, m.Strength, m.Part = k, s, part
		return m, true
	}
	u := domain.Unicode(label)
	switch {
	case label == e.label && suffix != e.suffix:
		return hit(Suffix, Weak, label+"."+suffix)
	case skeleton(u) == skeleton(e.label) && label != e.label:
		return hit(Homograph, Strong, label)
	case len(e.label) >= 5 && oneEdit(u, e.label):
		return hit(Typo, Weak, label)
	}
	names := append([]string{e.label}, e.Keywords...)
	dotless := strings.ReplaceAll(e.registrable, ".", "")
	hyphened := strings.ReplaceAll(e.registrable, ".", "-")
	if strings.Contains("."+sub+".", "."+e.registrable+".") || strings.Contains(sub+"."+label, hyphened) ||
		strings.Contains(sub+"."+label, dotless) {
		return hit(Embedded, Strong, e.registrable)
	}
	for _, n := range names {
		switch {
		case tenant != "" && slices.Contains(strings.Split(tenant, "-"), n):
			return hit(Tenant, Weak, tenant)
		case slices.Contains(strings.Split(label, "-"), n) || len(n) >= 6 && strings.Contains(label, n):
			return hit(Combo, Weak, n)
		case slices.Contains(strings.FieldsFunc(sub, func(r rune) bool { return r == '.' || r == '-' }), n):
			return hit(Embedded, Weak, n)
		}
	}
	return m, false
}

var lookalikes = strings.NewReplacer("rn", "m", "vv", "w", "cl", "d", "0", "o", "1", "l", "і", "i", "а", "a", "о", "o", "р", "p", "е", "e", "с", "c", "ӏ", "l")

func skeleton(s string) string {
	s = norm.NFD.String(s)
	s = strings.Map(func(r rune) rune {
		if 0x300 <= r && r < 0x370 {
			return -1
		}
		return r
	}, s)
	return lookalikes.Replace(s)
}

// oneEdit reports an optimal string alignment distance of exactly one.
func oneEdit(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y)-len(x) > 1 {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	x, y = x[i:], y[i:]
	for len(x) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	return len(y) == 1 || len(x) == 2 && len(y) == 2 && x[0] == y[1] && x[1] == y[0]
}
