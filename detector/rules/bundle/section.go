package bundle

import (
	"crypto/sha256"
	"encoding/hex"
)

// A Section is one part of a rule set in the form that is published: canonical
// JSON, named by its SHA-256.
type Section struct {
	Name   string
	Size   int64  // bytes
	SHA256 string // lower-case hexadecimal
	Data   []byte // nil where only the manifest's line is known
}

// MaxSection is the largest section a client takes, in bytes. The sections of
// the built-in set are well below a hundredth of it.
const MaxSection = 16 << 20

// Hash names a section: SHA-256 in lower-case hexadecimal.
func Hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
