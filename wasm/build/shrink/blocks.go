package shrink

// neverReturn answers the functions that do not come back to who calls them: those
// that panic, and those that go on on a larger stack. They have no instruction
// that returns, or only one that passes on what such a function answers, and when
// they are left it is with the answer 1.
func neverReturn(functions []*function, isGo func(i int) bool, imported int64) map[int64]bool {
	never := map[int64]bool{}
	for again := true; again; {
		again = false
		for i, f := range functions {
			if index := int64(i) + imported; isGo(i) && !never[index] && f.neverReturns(never) {
				never[index], again = true, true
			}
		}
	}
	return never
}

func (f *function) neverReturns(never map[int64]bool) bool {
	n := len(f.code)
	if !f.leavesWithOne() && !match(f.code[max(0, n-2):], op(opUnreachable), op(opEnd)) {
		return false
	}
	for i, in := range f.code {
		if in.op != opReturn {
			continue
		}
		before := i - len(copySP) - 1
		if before < 0 || !match(f.code[before+1:], copySP...) || f.code[before].op != opCall || !never[f.code[before].a] {
			return false
		}
	}
	return true
}

// mergeBlocks makes one block of two that begin and end together.
func (f *function) mergeBlocks() {
	code := f.code
	// same[i] is set if the block that begins at i is also the one that begins
	// before it.
	same := make([]bool, len(code))
	var open []int
	for i, in := range code {
		switch in.op {
		case opBlock, opLoop, opIf:
			open = append(open, i)
		case opEnd:
			if len(open) == 0 {
				continue // the function's
			}
			inner := open[len(open)-1]
			open = open[:len(open)-1]
			if i+1 < len(code) && code[i+1].op == opEnd && len(open) > 0 && open[len(open)-1] == inner-1 &&
				code[inner].equal(opA(opBlock, typeEmpty)) && code[inner-1].equal(opA(opBlock, typeEmpty)) {
				same[inner] = true
			}
		}
	}
	f.without(func(i int) bool { return same[i] })
}

// without takes blocks out, given by where they begin. What leads to the end of one
// leads to that of the block around it.
func (f *function) without(gone func(i int) bool) {
	var out []instruction
	var labels []bool // the open ones; true of those that are gone
	// shift answers a label's depth without the blocks that are gone.
	shift := func(depth uint64) uint64 {
		if depth >= uint64(len(labels)) {
			depth = uint64(len(labels)) // the function
		}
		at := len(labels) - 1 - int(depth)
		for at >= 0 && labels[at] {
			at--
		}
		shorter := uint64(0)
		for _, gone := range labels[at+1:] {
			if !gone {
				shorter++
			}
		}
		return shorter
	}
	for i, in := range f.code {
		switch in.op {
		case opBlock, opLoop, opIf:
			labels = append(labels, gone(i))
			if labels[len(labels)-1] {
				continue
			}
		case opEnd:
			if len(labels) > 0 {
				gone := labels[len(labels)-1]
				labels = labels[:len(labels)-1]
				if gone {
					continue
				}
			}
		case opBr, opBrIf:
			in.a = int64(shift(uint64(in.a)))
		case opBrTable:
			moved := make([]uint64, len(in.labels))
			for k, l := range in.labels {
				moved[k] = shift(l)
			}
			in.labels = moved
		}
		out = append(out, in)
	}
	f.code = out
}
