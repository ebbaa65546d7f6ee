// Package rand stands in for crypto/rand in detector.wasm.
//
// It makes the random bytes of new keys, which the detector never makes, and
// brings math/big. What is declared here is what crypto/ed25519 names. The command
// in the folder above puts this file in the package's place.
package rand

import "io"

type reader struct{}

func (reader) Read(b []byte) (int, error) { panic("rand: not part of this program") }

// Reader has no random bytes to give: to read them is a panic.
var Reader io.Reader = reader{}
