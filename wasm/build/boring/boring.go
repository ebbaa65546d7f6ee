// Package boring stands in for crypto/internal/boring in detector.wasm.
//
// It leads to BoringCrypto, which Go does not have for js/wasm, and brings AES for
// its types. What is declared here is what crypto/sha256, crypto/sha512 and
// crypto/rand name behind "if boring.Enabled". The command in the folder above
// puts this file in the package's place.
package boring

import "hash"

// Enabled reports whether BoringCrypto is there. It is not.
const Enabled = false

const absent = "boring: not part of this program"

type randReader int

func (randReader) Read(b []byte) (int, error) { panic(absent) }

// RandReader has no random bytes to give.
const RandReader = randReader(0)

func NewSHA224() hash.Hash { panic(absent) }
func NewSHA256() hash.Hash { panic(absent) }
func NewSHA384() hash.Hash { panic(absent) }
func NewSHA512() hash.Hash { panic(absent) }

func SHA224([]byte) [28]byte { panic(absent) }
func SHA256([]byte) [32]byte { panic(absent) }
func SHA384([]byte) [48]byte { panic(absent) }
func SHA512([]byte) [64]byte { panic(absent) }
