// Package check stands in for crypto/internal/fips140/check in detector.wasm.
//
// It compares the program with a checksum when it starts in FIPS mode, which Go
// does not have for js/wasm, and for that brings HMAC and SHA-3. The command in
// the folder above puts this file in the package's place.
package check

// Verified is set when the program was found to be what it was. It is not.
var Verified bool
