// Package http stands in for net/http in detector.wasm.
//
// goquery uses net/http to fetch a document by its URL, which the detector never
// does; the rest of net/http, TLS included, made up a third of the program. What
// is declared here is what goquery names, with the same types, and nothing that
// works. The command in the folder above puts it in net/http's place.
package http

import (
	"errors"
	"io"
	"net/url"
)

// Request has the field that goquery reads of a response's request.
type Request struct {
	URL *url.URL
}

// Response has the fields that goquery reads.
type Response struct {
	Body    io.ReadCloser
	Request *Request
}

// Get fails: this program reaches nothing.
func Get(url string) (resp *Response, err error) {
	return nil, errors.New("http: not part of this program")
}
