package main

import (
	"fmt"
	"strings"
	"syscall/js"
	"testing"
)

// What JavaScript may throw at the door: never an exception, always JSON.
func TestDoor(t *testing.T) {
	d := door(NewSession())
	null, undefined := js.Null(), js.Undefined()
	for _, c := range []struct {
		name string
		args []any
		want string
	}{
		{"a question", []any{"rulesInfo", "{}"}, `{"ok":{"version":`},
		{"nothing", nil, `{"error":"wasm: call takes`},
		{"one", []any{"rulesInfo"}, `{"error":"wasm: call takes`},
		{"three", []any{"rulesInfo", "{}", "{}"}, `{"error":"wasm: call takes`},
		{"null", []any{"rulesInfo", null}, `{"error":"wasm: call takes`},
		{"undefined", []any{undefined, "{}"}, `{"error":"wasm: call takes`},
		{"object", []any{"rulesInfo", map[string]any{}}, `{"error":"wasm: call takes`},
		{"number", []any{1, "{}"}, `{"error":"wasm: call takes`},
		{"lone surrogate", []any{"checkURL", js.Global().Call("eval", `JSON.stringify({url: "x"}).replace("x", "\ud800")`)}, `{"ok":{"level":`},
		{"too long", []any{"rulesInfo", js.Global().Call("eval", fmt.Sprintf(`" ".repeat(%d)`, MaxRequest+1))}, `{"error":"wasm: a request of`},
	} {
		got := d.Call("call", c.args...)
		if got.Type() != js.TypeString || !strings.HasPrefix(got.String(), c.want) {
			t.Errorf("%s: got %s, want %s…", c.name, got.String(), c.want)
		}
	}
}
