package shrink

import "slices"

// foldOffsets moves what is added to the stack pointer for an address into the
// load or store that the address is for:
//
//	local.get 1; i32.const 8; i32.add; value; i64.store 0     becomes     local.get 1; value; i64.store 8
//
// The sum is the address of a word on the stack, so it does not wrap around, and a
// load's own offset does not either.
func (f *function) foldOffsets(goFunction func(index int64) bool) {
	code := f.code
	gone := make([]bool, len(code))
	// stack holds, for each value that is known to be there, where it was added to
	// the stack pointer, or 0.
	var stack []int
	pop := func(n int) (at int) {
		for ; n > 0; n-- {
			at = 0
			if len(stack) > 0 {
				at = stack[len(stack)-1]
				stack = stack[:len(stack)-1]
			}
		}
		return at
	}
	for i, in := range code {
		pops, pushes, known := in.effect(goFunction)
		if !known {
			stack = stack[:0]
			continue
		}
		at := pop(pops) // the deepest: of a load or store, the address
		if opI32Load <= in.op && in.op <= opI64Store32 && at > 0 {
			if sum := uint64(code[at-1].a) + in.b; sum < 1<<31 {
				code[i].b = sum
				gone[at-1], gone[at] = true, true
			}
		}
		mark := 0
		if in.op == opI32Add && i >= 2 && code[i-1].op == opI32Const && code[i-1].a >= 0 && code[i-2].equal(opA(opLocalGet, localSP)) {
			mark = i
		}
		for range pushes {
			stack = append(stack, mark)
		}
	}
	i := -1
	f.code = slices.DeleteFunc(code, func(instruction) bool { i++; return gone[i] })
}

// effect answers how many values an instruction takes from the stack of operands
// and how many it puts there. It is not known of those that end a run of
// instructions, and of calls of other functions than Go's.
func (in instruction) effect(goFunction func(index int64) bool) (pops, pushes int, known bool) {
	switch o := in.op; {
	case o == opNop:
		return 0, 0, true
	case o == opBrIf, o == opDrop, o == opLocalSet, o == opGlobalSet:
		return 1, 0, true
	case o == opSelect:
		return 3, 1, true
	case o == opLocalGet, o == opGlobalGet, opI32Const <= o && o <= opF64Const, o == opMemorySize:
		return 0, 1, true
	case o == opLocalTee, o == opMemoryGrow, opI32Load <= o && o < opI32Store:
		return 1, 1, true
	case opI32Store <= o && o <= opI64Store32:
		return 2, 0, true
	case o == opI32Eqz, o == opI64Eqz, 0x67 <= o && o <= 0x69, 0x79 <= o && o <= 0x7B, // zeroes and ones counted
		0x8B <= o && o <= 0x91, 0x99 <= o && o <= 0x9F, // abs to sqrt
		opI32WrapI64 <= o && o <= opLastPlain: // conversions
		return 1, 1, true
	case opI32Eq <= o && o <= 0xA6:
		return 2, 1, true
	case o == opPrefix && in.a <= 7:
		return 1, 1, true
	case o == opPrefix:
		return 3, 0, true
	case o == opCall && goFunction(in.a):
		return 1, 1, true
	case o == opCallIndirect:
		return 2, 1, true
	}
	return 0, 0, false
}
