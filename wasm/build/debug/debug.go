// Package debug stands in for runtime/debug in detector.wasm.
//
// The program sets how much garbage may gather. The real package also writes dumps
// to files, and with package os brings what a browser has not. The command in the
// folder above puts this file in the package's place.
package debug

import _ "unsafe" // runtime names its function setGCPercent after this package

// SetGCPercent sets how much the heap may grow before it is collected, in percent
// of what is in use, and answers what that was.
func SetGCPercent(percent int) int { return int(setGCPercent(int32(percent))) }

func setGCPercent(percent int32) int32 // runtime/mgcpacer.go
