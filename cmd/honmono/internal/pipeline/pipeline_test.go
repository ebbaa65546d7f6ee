package pipeline_test

import (
	"slices"
	"sync/atomic"
	"testing"

	"github.com/honmono/honmono/cmd/honmono/internal/pipeline"
)

// Items finish out of order, since every tenth is slow, and come out in order.
func TestRunKeepsOrder(t *testing.T) {
	var want []int
	items := func(yield func(int) bool) {
		for i := range 1000 {
			if !yield(i) {
				return
			}
		}
	}
	for i := range 1000 {
		want = append(want, i*2)
	}
	for _, workers := range []int{0, 1, 3, 16} {
		var got []int
		pipeline.Run(items, workers, func(i int) int {
			if i%10 == 0 {
				spin(20000)
			}
			return i * 2
		}, func(i int) { got = append(got, i) })
		if !slices.Equal(got, want) {
			t.Errorf("%d workers: results out of order or lost: %d of %d", workers, len(got), len(want))
		}
	}
}

// The source is never far ahead of the sink, so memory stays flat.
func TestRunIsBounded(t *testing.T) {
	var made, done atomic.Int64
	items := func(yield func(int) bool) {
		for i := range 500 {
			made.Add(1)
			if !yield(i) {
				return
			}
		}
	}
	worst := int64(0)
	pipeline.Run(items, 2, func(i int) int { return i }, func(int) {
		spin(2000)
		worst = max(worst, made.Load()-done.Load())
		done.Add(1)
	})
	if worst > 16 {
		t.Errorf("%d items were under way at once, want at most 16 for 2 workers", worst)
	}
}

var sink atomic.Int64

func spin(n int) {
	x := 0
	for i := range n {
		x += i
	}
	sink.Store(int64(x))
}
