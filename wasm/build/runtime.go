package main

import (
	"fmt"
	"strings"
)

// A change is made to the text of a file of the standard library. What is looked for is
// there exactly once, or this Go is not the one that the change was made for.
type change struct{ old, new string }

// changes are made to the standard library, by file. Each makes a constant of what
// is always so in this program, and the compiler leaves out what depends on it.
var changes = map[string][]change{
	// The execution tracer is started by runtime/trace, which is not linked.
	"runtime/traceruntime.go": {
		{"\treturn trace.enabled\n", "\treturn false\n"},
		{"\treturn trace.enabledWithAllocFree\n", "\treturn false\n"},
		{"\treturn trace.shutdown.Load()\n", "\treturn false\n"},
	},
	// Two of GODEBUG's settings, which are off: a page has no environment.
	"runtime/proc.go": {
		{"\nfunc schedtrace(detailed bool) {\n", "\nfunc schedtrace(detailed bool) {\n\treturn\n"},
		// Which goroutines run while the collector marks: see noBarriers. Go lets run
		// what belongs to the runtime by its name, and a shrunk program has no names.
		{"\t\treturn isSystemGoroutine(gp, true)\n", "\t\treturn gp == gcMarkWorker\n"},
	},
	"runtime/mgc.go": {
		{"\tif debug.gctrace > 0 {\n\t\tutil :=", "\tif false {\n\t\tutil :="}, // GODEBUG's again
		{"\tmode := gcBackgroundMode\n", "\tmode := gcForceMode\n"},
		{"\nfunc gcBgMarkWorker(ready chan struct{}) {\n\tgp := getg()\n",
			"\nvar gcMarkWorker *g\n\nfunc gcBgMarkWorker(ready chan struct{}) {\n\tgp := getg()\n\tgcMarkWorker = gp\n"},
	},
	// Profiles, which nothing here reads; and nothing of the program's allocates while
	// the collector marks: see noBarriers.
	"runtime/malloc.go": {
		{"\nfunc profilealloc(mp *m, x unsafe.Pointer, size uintptr) {\n", "\nfunc profilealloc(mp *m, x unsafe.Pointer, size uintptr) {\n\treturn\n"},
		{"\tif gcBlackenEnabled != 0 {\n\t\tdeductAssistCredit(size)\n\t}\n", ""},
	},
	"runtime/mprof.go": {
		{"\nfunc saveblockevent(cycles, rate int64, skip int, which bucketType) {\n", "\nfunc saveblockevent(cycles, rate int64, skip int, which bucketType) {\n\treturn\n"},
	},
	// There are no other modules whose types would have to be compared.
	"runtime/type.go": {
		{"\nfunc typelinksinit() {\n", "\nfunc typelinksinit() {\n\treturn\n"},
	},
	"runtime/mgcpacer.go": {
		{"\tif debug.gcstoptheworld > 0 {\n", "\tif true {\n"},
	},
	"runtime/mcheckmark.go": {
		{"\nfunc checkFinalizersAndCleanups() {\n", "\nfunc checkFinalizersAndCleanups() {\n\treturn\n"},
	},
	// A method of a value that is called on a nil pointer panics with the method's
	// name. A program without the names of functions would end there instead, and
	// nothing would recover it.
	"runtime/error.go": {
		{"func panicwrap() {\n", "func panicwrap() {\n\tpanic(plainError(\"value method called using nil pointer\"))\n"},
	},
	// Nothing asks for a method by reflection. It is a panic, as any wrong use of
	// this function is.
	"reflect/makefunc.go": {
		{"\tif v.flag&flagMethod == 0 {\n\t\tpanic(\"reflect: internal error: invalid use of makeMethodValue\")\n\t}\n",
			"\tpanic(\"reflect: internal error: invalid use of makeMethodValue\")\n"},
	},
}

// noBarriers compiles without write barriers, which are a thirteenth of the code. They
// tell the collector what the program moves while it marks. Here nothing is moved
// then: with the changes above it marks in one piece, as with Go's own setting
// gcstoptheworld=1. A browser's page waits no longer for that: a program has one thread
// there, and gives it back only when all of it waits, its collector too.
const noBarriers = "all=-wb=0"

// apply makes the changes to a text.
func apply(text string, list []change) (string, error) {
	for _, c := range list {
		if n := strings.Count(text, c.old); n != 1 {
			return "", fmt.Errorf("the text %q is there %d times, not once: is this another Go?", c.old, n)
		}
		text = strings.Replace(text, c.old, c.new, 1)
	}
	return text, nil
}
