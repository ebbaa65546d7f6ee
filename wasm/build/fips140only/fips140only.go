// Package fips140only stands in for crypto/internal/fips140only in detector.wasm.
//
// It tells whether Go runs in FIPS-only mode, which it does not have for js/wasm.
// The command in the folder above puts this file in the package's place.
package fips140only

// Enforced reports whether other cryptography is refused. It is not.
func Enforced() bool { return false }
