// Command collector moves pointers about while garbage is collected: from where the
// collector has not looked yet to where it has, and the other way.
package main

import (
	"runtime"
	"syscall/js"
)

type (
	box   struct{ thing *thing }
	thing struct {
		number int
		text   *[10]int
	}
)

const boxes = 20_000

func main() {
	list := make([]*box, boxes)
	for i := range list {
		list[i] = &box{newThing(i)}
	}
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	done := make(chan bool)
	for g := range 4 {
		go func() {
			at := g
			for i := range 400_000 {
				from, to := list[at], list[boxes-1-at]
				at = (at*5 + 7919) % boxes
				from.thing, to.thing = to.thing, from.thing
				if i%5 == 0 { // another in its place; nothing comes between the two lines
					another := newThing(0)
					another.number, another.text[9], from.thing = from.thing.number, from.thing.number, another
				}
				if i%1000 == 0 {
					runtime.Gosched()
				}
			}
			done <- true
		}()
	}
	// JavaScript calls meanwhile, and what it holds has a finalizer.
	callback := js.FuncOf(func(_ js.Value, args []js.Value) any {
		return js.Global().Get("Array").New(newThing(args[0].Int()).number).Length()
	})
	for i := range 200 {
		callback.Invoke(i)
	}
	for range 4 {
		<-done
	}
	seen := make([]bool, boxes)
	for _, b := range list {
		if b.thing.number < 0 || b.thing.number >= boxes || seen[b.thing.number] || b.thing.text[9] != b.thing.number {
			panic("a box does not hold what was put there")
		}
		seen[b.thing.number] = true
	}
	var after runtime.MemStats
	runtime.ReadMemStats(&after)
	println("whole after many collections:", after.NumGC-before.NumGC > 10)
}

func newThing(n int) *thing { return &thing{n, &[10]int{9: n}} }
