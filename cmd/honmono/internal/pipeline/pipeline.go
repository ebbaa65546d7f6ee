// Package pipeline runs one function over a sequence on all cores and hands the
// results on in the order of the sequence.
//
// Memory stays flat however long the sequence is: at most a few items per core
// are between the source and the sink, and a slow sink holds the source back.
package pipeline

import (
	"iter"
	"sync"
)

// window is how many items per worker may be under way: enough that one slow
// item does not idle the others, few enough to bound memory.
const window = 4

// Run calls work for each item of seq on the given number of goroutines, and
// emit for each result, one after the other, in the order of seq. seq and emit
// run on one goroutine each. It returns when all results are emitted.
//
// A panic in work is a bug and ends the program, as it would without Run.
func Run[T, R any](seq iter.Seq[T], workers int, work func(T) R, emit func(R)) {
	type job struct {
		item   T
		result chan R
	}
	workers = max(workers, 1)
	jobs := make(chan job)
	order := make(chan chan R, workers*window)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for j := range jobs {
				j.result <- work(j.item)
			}
		})
	}
	group.Go(func() {
		for item := range seq {
			result := make(chan R, 1)
			order <- result
			jobs <- job{item, result}
		}
		close(jobs)
		close(order)
	})
	for result := range order {
		emit(<-result)
	}
	group.Wait()
}
