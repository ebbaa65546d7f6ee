//go:build !js

package main

import (
	"fmt"
	"io"
	"os"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: wasm METHOD <request.json")
		os.Exit(2)
	}
	request, err := io.ReadAll(io.LimitReader(os.Stdin, MaxRequest+1))
	if err != nil {
		fmt.Fprintln(os.Stderr, "wasm:", err)
		os.Exit(2)
	}
	fmt.Printf("%s\n", NewSession().Call(os.Args[1], request))
}
