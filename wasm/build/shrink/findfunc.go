package shrink

import (
	"encoding/binary"
	"fmt"
)

// A findTable is the runtime's findfunctab as wasm has it: bucket i is the number
// of the function at address i<<12 in four bytes, and sixteen bytes that tell
// functions within a bucket apart and are zero where each function has sixteen
// buckets. Source: runtime/symtab.go, findfuncbucket, and cmd/link, findfunctab.
type findTable struct {
	at, buckets int
}

const (
	bucketSize = 4 + 16
	perFunc    = 65536 / 4096
	// fewest is how many functions every Go program has.
	fewest = 500
)

func (t findTable) size() int { return t.buckets * bucketSize }

// findFunctions finds the table by its form: no other data counts like that.
func findFunctions(memory []byte) (findTable, error) {
	const block = bucketSize * perFunc
	var found []findTable
	for at := 0; at+2*block <= len(memory); at += 4 {
		// The first function's buckets are all zero: look for the second's.
		if memory[at+block] != 1 || memory[at+2*block-bucketSize] != 1 {
			continue
		}
		t := findTable{at: at}
		for t.at+t.size()+bucketSize <= len(memory) && isBucket(memory[t.at+t.size():], t.buckets/perFunc) {
			t.buckets++
		}
		if t.buckets >= fewest*perFunc {
			found = append(found, t)
			at += t.size()
		}
	}
	if len(found) != 1 {
		return findTable{}, fmt.Errorf("shrink: %d tables of functions in the program: does this Go write them in another form?", len(found))
	}
	return found[0], nil
}

func isBucket(b []byte, function int) bool {
	if binary.LittleEndian.Uint32(b) != uint32(function) {
		return false
	}
	for _, c := range b[4:bucketSize] {
		if c != 0 {
			return false
		}
	}
	return true
}

// loop is the code that writes the table:
//
//	for i := 0; i < buckets; i++ { memory[at+20*i] = i >> 4 }
func (t findTable) loop() []instruction {
	i, tee := opA(opLocalGet, startI), opA(opLocalTee, startI)
	constant := func(v int) instruction { return opA(opI32Const, int64(v)) }
	return []instruction{
		constant(0), opA(opLocalSet, startI), opA(opLoop, typeEmpty),
		i, constant(bucketSize), op(opI32Mul), i, constant(4), op(opI32ShrU), opB(opI32Store, 2, uint64(t.at)),
		i, constant(1), op(opI32Add), tee, constant(t.buckets), op(opI32LtU), opA(opBrIf, 0), op(opEnd),
	}
}
