// Package drbg stands in for crypto/internal/fips140/drbg in detector.wasm.
//
// It makes the random bytes of new keys. The detector verifies signatures, which
// takes none, and signs and makes nothing. The command in the folder above puts
// this file in the package's place.
package drbg

import "io"

const absent = "drbg: not part of this program"

// Read panics: this program has no random bytes to give, and never any that are
// not random.
func Read(b []byte) { panic(absent) }

// DefaultReader is what the reader of crypto/rand embeds.
type DefaultReader interface{ defaultReader() }

// SetTestingReader panics.
func SetTestingReader(r io.Reader) { panic(absent) }
