package rules

import "testing"

// BenchmarkDefault is what a browser does at every cold start.
func BenchmarkDefault(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		decodeDefault()
	}
}
