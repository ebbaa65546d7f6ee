// Package changes says in words what differs between two rule sets, for the
// person who decides whether to publish.
//
// It goes through a set by reflection: a field that somebody adds to a rule is
// spoken of from its first day, under its JSON name where nobody gave it a
// better one. Lists are compared as sets, because their order means little;
// where only the order differs, that is said.
package changes

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/honmono/honmono/detector/rules"
)

// Between returns one line a change, the sections in the order of a set. Equal
// sets give none.
func Between(old, new *rules.Set) []string {
	var d differ
	from, to := reflect.ValueOf(*old), reflect.ValueOf(*new)
	for i := range from.NumField() {
		if kind := from.Field(i).Kind(); kind == reflect.Uint64 || kind == reflect.Int64 {
			continue // version and times: every publication has its own
		}
		if from.Type().Field(i).Name == "Blocked" {
			d.blocklist(old.Blocked, new.Blocked)
			continue
		}
		d.field(title(from.Type().Field(i)), from.Field(i), to.Field(i))
	}
	return d.lines
}

// blocklist counts places: nobody reads a list of hashes.
func (d *differ) blocklist(from, to []rules.BlockPeriod) {
	places := func(periods []rules.BlockPeriod) map[string]rules.BlockPeriod {
		all := map[string]rules.BlockPeriod{}
		for _, p := range periods {
			all[p.Name] = p
		}
		return all
	}
	was, is := places(from), places(to)
	for _, name := range slices.Sorted(maps.Keys(was)) {
		if _, kept := is[name]; !kept {
			d.say("- blocklist of %s: %d places", name, was[name].Places())
		}
	}
	for _, name := range slices.Sorted(maps.Keys(is)) {
		before, known := was[name]
		switch now := is[name]; {
		case !known:
			d.say("+ blocklist of %s: %d places", name, now.Places())
		case before.ExactHash != now.ExactHash:
			d.say("  blocklist of %s: %d places, %d before", name, now.Places(), before.Places())
		}
	}
}

type differ struct{ lines []string }

func (d *differ) say(format string, args ...any) {
	d.lines = append(d.lines, fmt.Sprintf(format, args...))
}

// words are names of fields as people say them.
var words = map[string]string{
	"Brands": "brand", "Phrases": "phrase", "Phones": "telephone number", "Webmails": "webmail",
	"Wrappers": "wrapper", "Shorteners": "shortener", "Hosting": "hosting suffix", "Mailers": "mailer",
	"CheapSuffixes": "cheap suffix", "Weights": "weight", "Off": "switched off",
	"Domains": "domain", "Senders": "sender", "Names": "name", "Words": "word", "Keywords": "keyword",
	"MayResemble": "may resemble",
}

func title(f reflect.StructField) string {
	if word, ok := words[f.Name]; ok {
		return word
	}
	if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" && name != "-" {
		return name
	}
	return strings.ToLower(f.Name)
}

// field compares one field of a set, a rule or a part of one; what is its name,
// with the names of what it is in before it.
func (d *differ) field(what string, from, to reflect.Value) {
	if reflect.DeepEqual(from.Interface(), to.Interface()) {
		return
	}
	switch from.Kind() {
	case reflect.Slice:
		d.list(what, from, to)
	case reflect.Map:
		d.table(what, from, to)
	case reflect.Struct:
		d.parts(what, from, to)
	case reflect.Pointer:
		switch {
		case from.IsNil():
			d.say("+ %s: %s", what, show(to.Elem()))
		case to.IsNil():
			d.say("- %s: %s", what, show(from.Elem()))
		default:
			d.field(what, from.Elem(), to.Elem())
		}
	default:
		d.say("~ %s: %s → %s", what, show(from), show(to))
	}
}

// parts compares two structures field by field.
func (d *differ) parts(what string, from, to reflect.Value) {
	for i := range from.NumField() {
		if !from.Type().Field(i).IsExported() {
			continue
		}
		name := title(from.Type().Field(i))
		// "links: shortener" says no more than "shortener".
		if what != "links" && what != "scoring" {
			name = what + ": " + name
		}
		d.field(name, from.Field(i), to.Field(i))
	}
}

// list compares two lists as sets. Rules with an identity that both sides have
// are compared part by part.
func (d *differ) list(what string, from, to reflect.Value) {
	before, after := index(from), index(to)
	said := len(d.lines)
	for _, id := range slices.Sorted(maps.Keys(after)) {
		if _, ok := before[id]; !ok {
			d.say("+ %s: %s", what, show(after[id]))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(before)) {
		if _, ok := after[id]; !ok {
			d.say("- %s: %s", what, show(before[id]))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(before)) {
		if now, ok := after[id]; ok && before[id].Kind() == reflect.Struct && !reflect.DeepEqual(before[id].Interface(), now.Interface()) {
			d.parts(what+" "+id, before[id], now)
		}
	}
	if len(d.lines) == said {
		d.say("~ %s: the order changed, or one stands there twice", what)
	}
}

func (d *differ) table(what string, from, to reflect.Value) {
	before, after := entries(from), entries(to)
	for _, key := range slices.Sorted(maps.Keys(after)) {
		old, ok := before[key]
		if !ok {
			d.say("+ %s: %s %s", what, key, show(after[key]))
		} else if !reflect.DeepEqual(old.Interface(), after[key].Interface()) {
			d.say("~ %s: %s %s → %s", what, key, show(old), show(after[key]))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(before)) {
		if _, ok := after[key]; !ok {
			d.say("- %s: %s %s", what, key, show(before[key]))
		}
	}
}

func entries(m reflect.Value) map[string]reflect.Value {
	found := map[string]reflect.Value{}
	for it := m.MapRange(); it.Next(); {
		found[fmt.Sprint(it.Key())] = it.Value()
	}
	return found
}

// index finds the elements of a list by what identifies them.
func index(list reflect.Value) map[string]reflect.Value {
	found := map[string]reflect.Value{}
	for i := range list.Len() {
		found[identity(list.Index(i))] = list.Index(i)
	}
	return found
}

// identity is what a rule is known by: its id or name, a domain, digits; else
// all of it.
func identity(v reflect.Value) string {
	if v.Kind() != reflect.Struct {
		return show(v)
	}
	for _, name := range []string{"ID", "Domain", "Digits"} {
		if f := v.FieldByName(name); f.IsValid() && f.Kind() == reflect.String {
			return f.String()
		}
	}
	return show(v)
}

// show writes a value on one line: a brand as its name and domains, anything
// else as its parts that are set.
func show(v reflect.Value) string {
	if b, ok := v.Interface().(rules.Brand); ok {
		var domains []string
		for _, domain := range b.Domains {
			domains = append(domains, domain.Domain)
		}
		return fmt.Sprintf("%s (%s), of %s", b.ID, b.Name(), strings.Join(domains, ", "))
	}
	if p, ok := v.Interface().(rules.Phrase); ok {
		return fmt.Sprintf("%s %s %q", p.Lang, p.Kind, p.Text)
	}
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Bool:
		if v.Bool() {
			return "yes"
		}
		return "no"
	case reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'g', -1, 64)
	case reflect.Slice:
		var parts []string
		for i := range v.Len() {
			parts = append(parts, show(v.Index(i)))
		}
		return strings.Join(parts, ", ")
	case reflect.Struct:
		var parts []string
		for i := range v.NumField() {
			if f := v.Field(i); v.Type().Field(i).IsExported() && !f.IsZero() {
				parts = append(parts, show(f))
			}
		}
		return strings.Join(parts, " ")
	case reflect.Pointer:
		if v.IsNil() {
			return "nothing"
		}
		return show(v.Elem())
	}
	return fmt.Sprint(v.Interface())
}
