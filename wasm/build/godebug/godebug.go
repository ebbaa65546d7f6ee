// Package godebug stands in for internal/godebug in detector.wasm.
//
// It reads the environment variable GODEBUG, which a browser's page has not, and
// counts what was set in package runtime/metrics, which nobody reads. Every
// setting has its default here, as in any program without that variable. The
// command in the folder above puts this file in the package's place.
package godebug

// A Setting is one of GODEBUG's.
type Setting struct{ name string }

// New answers the setting of a name.
func New(name string) *Setting { return &Setting{name} }

// Name is the setting's name.
func (s *Setting) Name() string { return s.name }

// Value is empty: the default.
func (s *Setting) Value() string { return "" }

// IncNonDefault counts nothing.
func (s *Setting) IncNonDefault() {}
