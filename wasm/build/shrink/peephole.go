package shrink

import "slices"

// narrow is the load of 32 bits for a load of 64 whose upper half is not asked
// for. It reads no byte that the other does not.
var narrow = map[byte]byte{
	opI64Load: opI32Load, opI64Load32S: opI32Load, opI64Load32U: opI32Load,
	opI64Load8S: opI32Load8S, opI64Load8U: opI32Load8U, opI64Load16S: opI32Load16S, opI64Load16U: opI32Load16U,
}

// lowHalf is the operation on 32 bits that makes the lower half of what one on 64
// makes.
var lowHalf = map[byte]byte{
	opI64Add: opI32Add, opI64Sub: opI32Sub, opI64Mul: opI32Mul, opI64And: opI32And, opI64Or: opI32Or, opI64Xor: opI32Xor,
}

// simplify rewrites short runs of instructions as shorter ones that leave the
// same behind. Each rule looks at the end of what is written so far.
func (f *function) simplify() {
	out := make([]instruction, 0, len(f.code))
	var open []byte // what begins the blocks that are open
	for _, in := range f.code {
		switch in.op {
		case opNop:
			continue
		case opBlock, opLoop, opIf:
			open = append(open, in.op)
		case opEnd:
			n := len(open)
			loop := n > 0 && open[n-1] == opLoop
			open = open[:max(0, n-1)]
			if loop { // what leads to it leads to its beginning
				out = append(out, in)
				continue
			}
		}
		out = append(out, in)
		for again := true; again; {
			out, again = simplifyEnd(out)
		}
	}
	f.code = out
}

// simplifyEnd applies the first rule that fits.
func simplifyEnd(code []instruction) (shorter []instruction, again bool) {
	n := len(code)
	if n < 2 {
		return code, false
	}
	last, before := code[n-1], code[n-2]
	switch last.op {
	case opLocalGet:
		if before.op == opLocalSet && before.a == last.a {
			return append(code[:n-2], opA(opLocalTee, last.a)), true
		}
	case opLocalSet:
		if before.op == opLocalGet && before.a == last.a {
			return code[:n-2], true
		}
		if before.op == opLocalTee && before.a == last.a {
			return append(code[:n-2], last), true
		}
	case opDrop:
		if before.op == opLocalTee {
			return append(code[:n-2], opA(opLocalSet, before.a)), true
		}
	case opI32WrapI64:
		switch {
		case before.op == opI64Const:
			return append(code[:n-2], opA(opI32Const, int64(int32(before.a)))), true
		case before.op == opI64ExtendU || before.op == opI64ExtendS:
			return code[:n-2], true
		case narrow[before.op] != 0:
			load := before
			load.op = narrow[before.op]
			load.a = min(load.a, 2)
			return append(code[:n-2], load), true
		case n >= 3 && lowHalf[before.op] != 0 && code[n-3].op == opI64Const:
			c := code[n-3].a
			code, _ = simplifyAll(append(code[:n-3], last))
			return append(code, opA(opI32Const, int64(int32(c))), op(lowHalf[before.op])), true
		}
	case opI64Eqz:
		if before.op == opI64ExtendU || before.op == opI64ExtendS {
			return append(code[:n-2], op(opI32Eqz)), true
		}
	case opI32Eqz:
		if c := opposite(before.op); c != 0 {
			return append(code[:n-2], op(c)), true
		}
	case opIf, opBrIf, opSelect:
		// A condition holds when it is not zero: not not x is x.
		if n >= 3 && before.op == opI32Eqz && code[n-3].op == opI32Eqz {
			return append(code[:n-3], last), true
		}
	case opReturn:
		return shortenReturn(code)
	case opEnd:
		// A jump to where the code goes on anyway.
		if before.op == opBr && before.a == 0 {
			return append(code[:n-2], last), true
		}
	}
	return code, false
}

// simplifyAll applies the rules as long as one fits.
func simplifyAll(code []instruction) ([]instruction, bool) {
	changed := false
	for again := true; again; {
		code, again = simplifyEnd(code)
		changed = changed || again
	}
	return code, changed
}

// opposite is the comparison of whole numbers that holds when another does not;
// 0 for other instructions, those on floats among them, where neither may hold.
func opposite(op byte) byte {
	switch {
	case opI32Eq <= op && op <= opI32GeU:
		op -= opI32Eq
		return opI32Eq + oppositeOf[op]
	case opI64Eq <= op && op <= opI64GeU:
		op -= opI64Eq
		return opI64Eq + oppositeOf[op]
	}
	return 0
}

// oppositeOf is in the order eq, ne, lt_s, lt_u, gt_s, gt_u, le_s, le_u, ge_s, ge_u.
var oppositeOf = [10]byte{1, 0, 8, 9, 6, 7, 4, 5, 2, 3}

// shortenReturn rewrites how a Go function returns: it gives back its frame, then
// the word of the return address, each time by way of both stack pointers. Nothing
// reads its own copy after that.
func shortenReturn(code []instruction) (shorter []instruction, again bool) {
	n := len(code)
	last := slices.Clone(code[max(0, n-2):])
	up := func(code []instruction) (bytes int64, ok bool) {
		if len(code) < 5 {
			return 0, false
		}
		bytes = code[len(code)-4].a
		return bytes, match(code[len(code)-5:], opA(opLocalGet, localSP), opA(opI32Const, bytes), op(opI32Add), opA(opLocalTee, localSP), opA(opGlobalSet, globalSP))
	}
	if n < 7 || last[0].op != opI32Const {
		return code, false
	}
	address, ok := up(code[:n-2])
	if !ok {
		return code, false
	}
	code = code[:n-7]
	if frame, ok := up(code); ok {
		code = code[:len(code)-5]
		address += frame
	}
	return append(append(code, opA(opLocalGet, localSP), opA(opI32Const, address), op(opI32Add), opA(opGlobalSet, globalSP)), last...), true
}
