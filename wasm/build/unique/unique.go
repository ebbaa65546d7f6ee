// Package unique stands in for unique in detector.wasm.
//
// Package net/netip keeps with each address what kind it is and its zone, as a
// handle: two are equal if their values are. The real package keeps the values in
// a table of weak pointers that is cleaned up at each collection. Here a handle is
// the value. The command in the folder above puts this file in the package's place.
package unique

// A Handle is equal to another if both were made of equal values.
type Handle[T comparable] struct {
	value T
	made  bool // no handle that was made equals the zero handle
}

// Value is what the handle was made of.
func (h Handle[T]) Value() T { return h.value }

// Make answers the handle of a value.
func Make[T comparable](value T) Handle[T] { return Handle[T]{value, true} }
