package shrink

import (
	"encoding/binary"
	"fmt"
)

// The records of functions are numbers of four bytes that are mostly small, and offsets
// of tables that lie one behind the other. A program brings them as a list of numbers
// in LEB128, for each function: how many tables by address and how many other data it
// names, the size of its arguments, where deferred calls return to, its own number with
// its flags, and the offsets. An odd number is twice the value and one; an even one is
// twice the step from the last value that was given by a step, of the same kind of
// offset. The start function writes the records from it, and the table that leads to
// them, before the program runs.
// packRecords writes the list in place of the names, which are gone, and clears the
// records. It answers the code that writes them.
func (t *symbols) packRecords() ([]instruction, error) {
	records := make([]record, t.functions)
	named := [2]map[uint32]int{{}, {}} // how many records name an offset
	at := uint32(8 * (t.functions + 1))
	for i := range records {
		f, err := t.function(i)
		if err != nil {
			return nil, err
		}
		if binary.LittleEndian.Uint32(t.pcln[8*i+4:]) != at || f.word(funcName)|f.word(funcPcfile)|f.word(funcPcln)|f.word(funcCU)|f.word(funcLine)|uint32(f.head[funcPad]) != 0 {
			return nil, fmt.Errorf("%w: the record of function %d", errSymbols, i)
		}
		at += funcSize + 4*uint32(len(f.pcdata)+len(f.funcdata))
		for k, offsets := range f.offsets() {
			for _, offset := range offsets {
				named[k][offset]++
			}
		}
		records[i] = f
	}
	var list []byte
	var last [2]uint32
	for _, f := range records {
		for _, v := range []uint32{uint32(len(f.pcdata)), uint32(len(f.funcdata)), f.word(funcArgs), f.word(funcDefer), uint32(f.head[funcID]) | uint32(f.head[funcFlag])<<8} {
			list = appendUint(list, uint64(v)<<1|1)
		}
		for k, offsets := range f.offsets() {
			for _, offset := range offsets {
				if offset >= last[k] && named[k][offset] == 1 {
					list = appendUint(list, uint64(offset-last[k])<<1)
					last[k] = offset
				} else {
					list = appendUint(list, uint64(offset)<<1|1)
				}
			}
		}
	}
	if len(list) >= len(t.names) {
		return nil, fmt.Errorf("%w: less room than the records need", errSymbols)
	}
	copy(t.names[1:], list) // at 0 is the empty name
	clear(t.pcln[:8*t.functions])
	clear(t.pcln[8*(t.functions+1):])
	return t.unpackRecords(len(list)), nil
}

// offsets are those of tables by address, and those of other data with 0 for none.
func (f record) offsets() (list [2][]uint32) {
	list[0] = append([]uint32{f.pcsp}, f.pcdata...)
	for _, offset := range f.funcdata {
		list[1] = append(list[1], offset-none) // one more, 0 for none
	}
	return list
}

// The locals of the start function; those from startX on are of 64 bits.
const (
	startI      = iota // the function, or the bucket
	startAt            // its record
	startSource        // the next byte of the list
	startTo            // the next offset in the record
	startN             // so many are to come
	startX
	startShift
	startLast // of tables by address; behind it, of other data
	startEnd  = startLast + 2
)

var startLocals = []byte{2, startX, typeI32, startEnd - startX, typeI64}

// unpackRecords is the code that writes the records from a list of so many bytes:
//
//	at = records; source = list
//	for i := range functions {
//		functab[i] = {first + i, at - functab}
//		at.entry = first + i
//		at.npcdata, at.nfuncdata, at.args, at.deferreturn, at.funcID and flag, at.pcsp = read()…
//		to = at + 44
//		for n = at.npcdata; n != 0; n-- { *to = read(); to += 4 }
//		for n = at.nfuncdata; n != 0; n-- { *to = read() - 1; to += 4 }
//		at = to
//	}
//	clear(list)
func (t *symbols) unpackRecords(size int) (code []instruction) {
	get := func(local int64) instruction { return opA(opLocalGet, local) }
	set := func(local int64) instruction { return opA(opLocalSet, local) }
	i32 := func(v int) instruction { return opA(opI32Const, int64(v)) }
	i64 := func(v int64) instruction { return opA(opI64Const, v) }
	add := func(parts ...instruction) { code = append(code, parts...) }
	loop, end := opA(opLoop, typeEmpty), op(opEnd)
	// read leaves the next number; a step is from the last one of its kind.
	read := func(last int64) {
		add(i64(0), set(startX), i64(0), set(startShift), loop)
		add(get(startX), get(startSource), opB(opI64Load8U, 0, 0), i64(0x7F), op(opI64And), get(startShift), op(opI64Shl), op(opI64Or), set(startX))
		add(get(startShift), i64(7), op(opI64Add), set(startShift))
		add(get(startSource), opB(opI32Load8U, 0, 0), i32(0x80), op(opI32And), get(startSource), i32(1), op(opI32Add), set(startSource))
		add(opA(opBrIf, 0), end)
		add(get(startX), op(opI32WrapI64), i32(1), op(opI32And), opA(opIf, typeI64), get(startX), i64(1), op(opI64ShrU))
		add(op(opElse), get(startX), i64(1), op(opI64ShrU), get(last), op(opI64Add), opA(opLocalTee, last), end)
	}
	// rest writes the offsets of a kind, less by some.
	rest := func(last, less int64) {
		add(opA(opBlock, typeEmpty), loop, get(startN), op(opI32Eqz), opA(opBrIf, 1), get(startTo))
		read(last)
		add(i64(less), op(opI64Sub), opB(opI64Store32, 2, 0))
		add(get(startTo), i32(4), op(opI32Add), set(startTo), get(startN), i32(1), op(opI32Sub), set(startN), opA(opBr, 0), end, end)
	}
	functab, list := t.at+t.pclnAt, t.at+t.namesAt+1
	add(i32(functab+8*(t.functions+1)), set(startAt), i32(list), set(startSource), loop)
	add(get(startI), i32(8), op(opI32Mul), get(startI), i32(firstFunction), op(opI32Add), opB(opI32Store, 2, uint64(functab)))
	add(get(startI), i32(8), op(opI32Mul), get(startAt), i32(functab), op(opI32Sub), opB(opI32Store, 2, uint64(functab+4)))
	add(get(startAt), get(startI), i32(firstFunction), op(opI32Add), opB(opI32Store, 2, 0))
	for _, field := range []struct {
		store byte
		at    uint64
	}{{opI64Store32, funcNPC}, {opI64Store8, funcNFunc}, {opI64Store32, funcArgs}, {opI64Store32, funcDefer}, {opI64Store16, funcID}, {opI64Store32, funcPCSP}} {
		add(get(startAt))
		read(startLast)
		add(opB(field.store, 0, field.at))
	}
	add(get(startAt), i32(funcSize), op(opI32Add), set(startTo))
	add(get(startAt), opB(opI32Load, 2, funcNPC), set(startN))
	rest(startLast, 0)
	add(get(startAt), opB(opI32Load8U, 0, funcNFunc), set(startN))
	rest(startLast+1, 1)
	add(get(startTo), set(startAt))
	add(get(startI), i32(1), op(opI32Add), opA(opLocalTee, startI), i32(t.functions), op(opI32LtU), opA(opBrIf, 0), end)
	return append(code, i32(list), i32(0), i32(size), opA(opPrefix, 11))
}
