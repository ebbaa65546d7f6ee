// Command wasm is the browser's door to the detector: detector.wasm.
//
// It sets one global, honmonoDetector, with one function:
//
//	call(method: string, request: string): string
//
// The request is a JSON object and the answer is {"ok": …} or
// {"error": "…"}; honmono.d.ts beside this file tells the methods and the
// types. A call is synchronous and never throws, whatever it is given. After
// the first answer {"error": "wasm: internal error: …"} the program is still
// usable: a panic is recovered and leaves no state behind.
//
// [Session] (session.go, codec.go) is all of that but the global, and is tested
// natively; main_js.go is the only file of this module that knows syscall/js.
// Built for another system the command answers one call from the command line,
// to look at what the browser would get:
//
//	echo '{"url":"https://amaz0n.co.jp"}' | go run ./wasm checkURL
package main
