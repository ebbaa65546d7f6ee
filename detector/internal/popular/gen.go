//go:build ignore

// This program writes known.bin and famous.bin from a ranking of domains.
//
// Usage: go run gen.go -list FILE [-out FOLDER]   (lines "rank<TAB>domain<TAB>source", plain
// or .gz)
package main

import (
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/honmono/honmono/detector/internal/fuse"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("popular: ")
	list := flag.String("list", "", "ranking of domains")
	out := flag.String("out", ".", "folder to write to")
	flag.Parse()
	f, err := os.Open(*list)
	if os.IsNotExist(err) {
		// The ranking is no part of the repository; without it nothing changes.
		fmt.Printf("%s is not here: known.bin and famous.bin stay as they are\n", *list)
		return
	}
	if err != nil {
		log.Fatal(err)
	}
	var r io.Reader = f
	if strings.HasSuffix(*list, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			log.Fatal(err)
		}
	}
	var known, famous []string
	sum := sha256.New()
	for s := bufio.NewScanner(r); s.Scan(); {
		f := strings.Split(s.Text(), "\t")
		if len(f) < 2 {
			log.Fatalf("want rank and domain, have %q", s.Text())
		}
		rank, err := strconv.Atoi(f[0])
		if err != nil {
			log.Fatal(err)
		}
		if rank <= 20000 {
			known = append(known, f[1])
			fmt.Fprintf(sum, "%d %s\n", rank, f[1])
		}
		if rank <= 500 {
			famous = append(famous, f[1])
		}
	}
	if len(known) < 20000 {
		log.Fatalf("only %d of 20,000 ranks", len(known))
	}
	for name, keys := range map[string][]string{"known.bin": known, "famous.bin": famous} {
		b, err := fuse.Build(keys)
		if err != nil {
			log.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(*out, name), b, 0o644); err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s: %d domains, %d bytes\n", name, len(keys), len(b))
	}
	fmt.Printf("sha256 of the ranks used: %x\n", sum.Sum(nil))
}
