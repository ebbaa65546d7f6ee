//go:build unix

package main

import (
	"syscall"
	"time"
)

// cpuTime is what the program has used of the processors, its collector's work
// included. A busy machine takes time away from a program, and hardly makes its own
// longer.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
