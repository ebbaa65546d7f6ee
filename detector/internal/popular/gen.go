//go:build ignore

// This program writes known.bin and famous.bin from a ranking of domains.
//
// Usage: go run gen.go -list FILE   (lines "rank<TAB>domain<TAB>source", plain
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
	"strconv"
	"strings"

	"github.com/honmono/honmono/detector/internal/fuse"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("popular: ")
	list := flag.String("list", "", "ranking of domains")
	flag.Parse()
	f, err := os.Open(*list)
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
		if err := os.WriteFile(name, b, 0o644); err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s: %d domains, %d bytes\n", name, len(keys), len(b))
	}
	fmt.Printf("sha256 of the ranks used: %x\n", sum.Sum(nil))
}
