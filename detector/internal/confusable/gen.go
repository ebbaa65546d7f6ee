//go:build ignore

// This program writes prototypes.bin and readings.bin from Unicode's
// confusables.txt, from canonical decompositions and from extra.txt, and
// allowed.bin from the allowed characters of Unicode's IdentifierStatus.txt.
//
// Usage: go run gen.go -confusables FILE -allowed FILE [-out FOLDER]   (plain or .gz)
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"flag"
	"fmt"
	"io"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// out is the folder that is written to.
var out string

func main() {
	log.SetFlags(0)
	log.SetPrefix("confusable: ")
	source := flag.String("confusables", "", "Unicode's confusables.txt")
	flag.StringVar(&out, "out", ".", "folder to write to")
	status := flag.String("allowed", "", "code points and ranges with Identifier_Status=Allowed")
	flag.Parse()
	writeRanges("allowed.bin", parseRanges(open(*status)))
	protos := parseConfusables(open(*source))
	extra := parseExtra(open("extra.txt"))
	write("prototypes.bin", protos)
	write("readings.bin", readings(protos, extra))
}

// open reads a file whole, unpacked.
func open(name string) string {
	b, err := os.ReadFile(name)
	if err != nil {
		log.Fatal(err)
	}
	if strings.HasSuffix(name, ".gz") {
		z, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			log.Fatal(err)
		}
		if b, err = io.ReadAll(z); err != nil {
			log.Fatal(err)
		}
	}
	return strings.TrimPrefix(string(b), "\ufeff")
}

// parseConfusables reads lines "0441 ; 0063 ; MA # comment".
func parseConfusables(text string) map[rune]string {
	m := map[rune]string{}
	for n, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		f := strings.Split(line, ";")
		if len(f) != 3 {
			continue
		}
		from, to := runes(f[0]), runes(f[1])
		if len(from) != 1 || len(to) == 0 {
			log.Fatalf("line %d: want one code point and its prototype, have %q", n+1, line)
		}
		m[from[0]] = string(to)
	}
	return m
}

func runes(field string) (out []rune) {
	for _, h := range strings.Fields(field) {
		v, err := strconv.ParseUint(h, 16, 21)
		if err != nil {
			log.Fatal(err)
		}
		out = append(out, rune(v))
	}
	return out
}

// parseExtra reads lines "characters reading reading…".
func parseExtra(text string) map[rune][]string {
	m := map[rune][]string{}
	s := bufio.NewScanner(strings.NewReader(text))
	for n := 1; s.Scan(); n++ {
		line, _, _ := strings.Cut(s.Text(), "#")
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		if len(f) < 2 {
			log.Fatalf("extra.txt:%d: want characters and at least one reading", n)
		}
		for _, r := range f[0] {
			if m[r] != nil {
				log.Fatalf("extra.txt:%d: %q stands here twice", n, r)
			}
			m[r] = f[1:]
		}
	}
	return m
}

// readings lists every character that does not change under NFKC and case
// folding (the rest never gets past IDNA) and that looks like ASCII.
func readings(protos map[rune]string, extra map[rune][]string) map[rune]string {
	m := map[rune]string{}
	for r := rune(0x80); r < 0x30000; r++ {
		if alts := extra[r]; alts != nil {
			m[r] = strings.Join(alts, "\x00")
			continue
		}
		s := string(r)
		if norm.NFKC.String(s) != s || unicode.IsUpper(r) && !unicode.Is(unicode.Cherokee, r) {
			continue // Cherokee folds to capitals
		}
		if unicode.Is(unicode.Mn, r) {
			m[r] = "" // an accent, to a hurried reader
			continue
		}
		alts := combine(norm.NFD.String(s), protos, extra)
		if alts != nil {
			m[r] = strings.Join(alts, "\x00")
		}
	}
	return m
}

// combine reads the base letters of a decomposed character.
func combine(decomposed string, protos map[rune]string, extra map[rune][]string) []string {
	out := []string{""}
	for _, r := range decomposed {
		if unicode.Is(unicode.M, r) {
			continue
		}
		var alts []string
		switch p, ok := protos[r]; {
		case r < 0x80:
			alts = []string{string(unicode.ToLower(r))}
		case extra[r] != nil:
			alts = extra[r]
		case ok:
			alts = ascii(p)
		}
		if alts == nil {
			return nil
		}
		var next []string
		for _, a := range alts {
			for _, o := range out {
				next = append(next, o+a)
			}
		}
		out = next
	}
	if out[0] == "" {
		return nil
	}
	return out
}

// ascii turns a prototype into what people read, nil if it is not ASCII.
func ascii(proto string) []string {
	var b strings.Builder
	for _, r := range norm.NFD.String(proto) {
		switch {
		case unicode.Is(unicode.M, r):
		case r >= 0x80 || !strings.ContainsRune("-/.", r) && !unicode.IsLetter(r) && !unicode.IsDigit(r):
			return nil
		default:
			b.WriteRune(r)
		}
	}
	switch s := b.String(); s {
	case "":
		return nil
	case "l":
		return []string{"l", "i"} // the prototype of every vertical stroke
	case "rn":
		return []string{"m"}
	default:
		return []string{strings.ToLower(strings.ReplaceAll(s, "rn", "m"))}
	}
}

// write packs a table in the layout that table.go draws.
func write(name string, m map[rune]string) {
	keys := slices.Sorted(maps.Keys(m))
	var text []byte
	for _, r := range keys {
		text = append(append(text, m[r]...), 0xFF)
	}
	if len(text) > 0xffff {
		log.Fatalf("%s: does not fit", name)
	}
	table := append(steps(keys), text...)
	if err := os.WriteFile(filepath.Join(out, name), table, 0o644); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s: %d characters, %d bytes\n", name, len(keys), len(table))
}

// parseRanges reads lines "0030..003A" and "00B7", in order, and joins what
// touches.
func parseRanges(text string) (out [][2]rune) {
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		a, b, ok := strings.Cut(line, "..")
		if !ok {
			b = a
		}
		lo, hi := runes(a)[0], runes(b)[0]
		if n := len(out); n > 0 && out[n-1][1]+1 >= lo {
			out[n-1][1] = max(out[n-1][1], hi)
		} else {
			out = append(out, [2]rune{lo, hi})
		}
	}
	return out
}

// steps writes a list of sorted runes as table.go reads it.
func steps(list []rune) []byte {
	packed := binary.AppendUvarint(nil, uint64(len(list)))
	before := rune(0)
	for _, r := range list {
		packed = binary.AppendUvarint(packed, uint64(r-before))
		before = r
	}
	return packed
}

// writeRanges packs ranges as the runes that they begin with and that are behind them.
func writeRanges(name string, ranges [][2]rune) {
	var turns []rune
	for _, r := range ranges {
		turns = append(turns, r[0], r[1]+1)
	}
	table := steps(turns)
	if err := os.WriteFile(filepath.Join(out, name), table, 0o644); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s: %d ranges, %d bytes\n", name, len(ranges), len(table))
}
