//go:build ignore

// This program writes words.bin from a list of English words and words.txt.
//
// Usage: go run gen.go -words FILE [-out FOLDER]   (one word a line)
package main

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/honmono/honmono/detector/internal/fuse"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("segment: ")
	list := flag.String("words", "", "English words, one a line")
	out := flag.String("out", ".", "folder to write to")
	flag.Parse()
	english, err := os.ReadFile(*list)
	if err != nil {
		log.Fatal(err)
	}
	own, err := os.ReadFile("words.txt")
	if err != nil {
		log.Fatal(err)
	}
	all := map[string]bool{}
	for w := range strings.Lines(string(english)) {
		if w = strings.TrimSpace(w); plain(w) {
			all[w] = true
		}
	}
	for line := range strings.Lines(string(own)) {
		line, _, _ = strings.Cut(line, "#")
		for _, w := range strings.Fields(line) {
			if out, ok := strings.CutPrefix(w, "-"); ok {
				delete(all, out)
			} else {
				all[w] = true
			}
		}
	}
	var keep []string
	for w := range all {
		if 3 <= len(w) && len(w) <= 12 && !inflected(w, all) {
			keep = append(keep, w)
		}
	}
	slices.Sort(keep)
	b, err := fuse.Build(keep)
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*out, "words.bin"), b, 0o644); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("words.bin: %d words, %d bytes; sha256 of the English list: %x\n", len(keep), len(b), sha256.Sum256(english))
}

// plain reports a word in lower-case ASCII letters only: names, abbreviations
// and possessives are not.
func plain(w string) bool {
	return strings.Trim(w, "abcdefghijklmnopqrstuvwxyz") == ""
}

// inflected reports a word that segment.Word finds through another.
func inflected(w string, all map[string]bool) bool {
	for _, e := range [][]string{{"s", ""}, {"es", ""}, {"d", ""}, {"ed", ""}, {"ing", "", "e"}, {"r", ""}, {"er", ""}, {"ly", ""}, {"ness", ""}} {
		if stem, ok := strings.CutSuffix(w, e[0]); ok {
			for _, add := range e[1:] {
				if s := stem + add; len(s) >= 3 && len(s) <= 12 && all[s] && !inflected(s, all) {
					return true
				}
			}
		}
	}
	return false
}
