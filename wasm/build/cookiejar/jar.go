// Package cookiejar stands in for net/http/cookiejar in detector.wasm.
//
// golang.org/x/net/publicsuffix names one of its types, to say that its list is
// one, and with it would bring net/http and all that is below. The command in
// the folder above puts this file in the package's place.
package cookiejar

// PublicSuffixList is what the list of package publicsuffix implements.
type PublicSuffixList interface {
	PublicSuffix(domain string) string
	String() string
}
