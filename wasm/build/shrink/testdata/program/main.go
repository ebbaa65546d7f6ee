// Command program asks of Go's runtime what a shrunk symbol table could spoil.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"syscall/js"
)

type node struct {
	next *node
	text string
}

func main() {
	// Stacks are walked and their pointers found at every collection.
	var list *node
	for i := range 20000 {
		list = &node{list, strings.Repeat("x", i%50)}
		if i%5000 == 0 {
			runtime.GC()
		}
	}
	total := 0
	for n := list; n != nil; n = n.next {
		total += len(n.text)
	}
	fmt.Println("collected", total, deep(3000))

	// Panics are recovered where they should be, and nowhere else.
	fmt.Println(recovered(func() { panic("thrown") }))
	fmt.Println(recovered(func() { var m map[string]int; m["x"] = 1 }))
	fmt.Println(recovered(func() { _ = make([]int, 3)[len(os.Args)+5] }))
	fmt.Println(recovered(func() { defer func() { inner() }(); panic("not caught inside") }))

	fmt.Println(recovered(func() { defer outer(); panic("not caught further inside") }))
	for _, c := range []catcher{catches{}, embeds{}, &embeds{}, embedsInner{}, &embedsInner{}} {
		fmt.Println(recovered(func() { defer c.catch(); panic(fmt.Sprintf("thrown to %T", c)) }))
	}

	// Functions lose their names and lines, and the calls that are written out in them.
	pc, _, line, _ := runtime.Caller(0)
	fmt.Printf("%q %v %d\n", runtime.FuncForPC(pc).Name(), line == 0, writtenOut())

	// Goroutines wait for one another.
	done := make(chan int)
	for i := range 10 {
		go func() { done <- deep(i * 10) }()
	}
	sum := 0
	for range 10 {
		sum += <-done
	}
	fmt.Println("goroutines", sum)
	fmt.Println("nested", deep(2000), nested(100), nested(3))
}

// There and back: JavaScript calls Go while Go waits for it, on a stack that the
// collector makes smaller meanwhile.
func nested(n int) int {
	var room [512]int
	room[n] = n
	back := js.FuncOf(func(_ js.Value, args []js.Value) any {
		runtime.GC()
		runtime.GC()
		return deep(args[0].Int()) + 1
	})
	defer back.Release()
	got := js.Global().Get("Reflect").Call("apply", back, js.Null(), []any{n}).Int()
	return got + room[n]
}

// deep grows the stack, which moves it.
func deep(n int) int {
	var room [64]int
	if n == 0 {
		return 0
	}
	room[n%64] = deep(n - 1)
	return room[n%64] + 1
}

// Methods that are called by way of others, which the compiler makes and does not
// count: catchesInner's is one call too deep in any case.
type (
	catcher      interface{ catch() }
	catches      struct{}
	embeds       struct{ catches }
	catchesInner struct{}
	embedsInner  struct{ catchesInner }
)

func (catches) catch() {
	if p := recover(); p != nil {
		fmt.Println("caught:", p)
	}
}
func (catchesInner) catch() { inner() }

func outer() { inner() }

// writtenOut counts the calls from its caller's on that are known here.
func writtenOut() int { return runtime.Callers(1, make([]uintptr, 10)) }

func inner() { _ = recover() } // one call too deep: Go recovers nothing here

func recovered(f func()) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errors.New(fmt.Sprint("recovered: ", p))
		}
	}()
	f()
	return nil
}
