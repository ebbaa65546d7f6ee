package main

import (
	"fmt"

	"github.com/honmono/honmono/detector/wire"
)

// MaxRequest is the longest request taken, in bytes of UTF-8: a mail of 10 MB
// with every character escaped, or a full set of rules.
const MaxRequest = 64 << 20

// A method answers one request, still encoded.
type method func(s *Session, request []byte) (any, error)

// methods are all that can be called. honmono.d.ts mirrors them.
var methods = map[string]method{
	"prepare":   with((*Session).prepare),
	"check":     with((*Session).check),
	"checkURL":  with((*Session).checkURL),
	"domains":   with((*Session).domains),
	"rulesInfo": with((*Session).rulesInfo),
	"planRules": with((*Session).planRules),
	"loadRules": with((*Session).loadRules),

	"loadBlocklist": with((*Session).loadBlocklist),

	"webmails": with((*Session).webmails),
}

// Call answers one request with {"ok": …} or {"error": "…"}. It never panics.
func (s *Session) Call(name string, request []byte) (answer []byte) {
	defer func() {
		if p := recover(); p != nil {
			answer = failure(fmt.Errorf("wasm: internal error: %v", p))
		}
	}()
	if len(request) > MaxRequest {
		return failure(tooLong(len(request)))
	}
	m, ok := methods[name]
	if !ok {
		return failure(fmt.Errorf("wasm: unknown method %q", cut(name)))
	}
	value, err := m(s, request)
	if err != nil {
		return failure(err)
	}
	answer = append(answer, `{"ok":`...)
	answer = wire.Append(answer, value)
	return append(answer, '}')
}

// failure encodes an error as an answer.
func failure(err error) []byte {
	return wire.Append(nil, struct {
		Error string `json:"error"`
	}{err.Error()})
}

func tooLong(n int) error {
	return fmt.Errorf("wasm: a request of %d bytes, the limit is %d", n, MaxRequest)
}

// with makes a method of a function that takes its request decoded.
func with[Request any](f func(*Session, Request) (any, error)) method {
	return func(s *Session, raw []byte) (any, error) {
		var request Request
		if err := decode(raw, &request); err != nil {
			return nil, err
		}
		return f(s, request)
	}
}

// decode reads one JSON object and nothing after it. A field that is not known
// is an error: both sides are built together, so it is a mistake of one.
func decode(raw []byte, into any) error {
	if err := wire.Decode(string(raw), into); err != nil {
		return fmt.Errorf("wasm: malformed request: %w", err)
	}
	return nil
}

// cut shortens a foreign string for an error.
func cut(s string) string {
	if len(s) > 40 {
		return s[:40] + "…"
	}
	return s
}
