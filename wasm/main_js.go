package main

import (
	"fmt"
	"runtime/debug"
	"syscall/js"
)

func main() {
	// The page waits while memory is collected, and at the start nearly nothing
	// is garbage. What mails leave behind stays small beside the rules.
	debug.SetGCPercent(300)
	js.Global().Set("honmonoDetector", door(NewSession()))
	select {} // the door stays open for as long as the page lives
}

// door is what JavaScript gets to hold of a session.
func door(session *Session) js.Value {
	object := js.Global().Get("Object").New()
	object.Set("call", js.FuncOf(func(_ js.Value, args []js.Value) any {
		return string(call(session, args))
	}))
	return object
}

// call checks what came over the border and passes it on.
func call(session *Session, args []js.Value) (answer []byte) {
	defer func() {
		// A panic that reaches JavaScript stops the whole program for good.
		if p := recover(); p != nil {
			answer = failure(fmt.Errorf("wasm: internal error: %v", p))
		}
	}()
	if len(args) != 2 || args[0].Type() != js.TypeString || args[1].Type() != js.TypeString {
		return []byte(`{"error":"wasm: call takes a method and a request, both strings"}`)
	}
	// Measured before it is copied: a string has at least as many bytes as
	// UTF-16 code units. Only an object lets Go ask for a property.
	if n := js.Global().Get("Object").Invoke(args[1]).Length(); n > MaxRequest {
		return failure(tooLong(n))
	}
	return session.Call(args[0].String(), []byte(args[1].String()))
}
