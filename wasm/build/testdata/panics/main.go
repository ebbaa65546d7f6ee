// Command panics is built as detector.wasm is, and says what it recovers.
package main

type value struct{ n int }

//go:noinline
func (v value) Method() int { return v.n }

type method interface{ Method() int }

//go:noinline
func call(m method) int { return m.Method() }

type chain struct{ next *chain }

func main() {
	var zero, list = 0, []int{1, 2}
	var pointer *value
	var none *chain
	var object any = list
	try("nil method", func() { call(pointer) })
	try("nil pointer", func() { println(none.next) })
	try("index", func() { println(list[zero+5]) })
	try("slice", func() { println(len(list[zero+2 : zero+1])) })
	try("division", func() { println(5 / zero) })
	try("assertion", func() { println(object.(string)) })
	try("nil map", func() { var m map[int]int; m[1] = 1 })
	try("make", func() { println(len(make([]int, zero-1))) })
	try("own", func() { panic("thrown") })
	try("again", func() { defer func() { panic(recover().(string) + " twice") }(); panic("thrown") })
	println("alive")
}

func try(name string, f func()) {
	defer func() {
		switch p := recover().(type) {
		case error:
			println(name+":", p.Error())
		case string:
			println(name+":", p)
		}
	}()
	f()
}
