//go:build !js

package shrink

import (
	"bytes"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// bodies answers the functions of the program in testdata.
func bodies(t *testing.T) (list [][]byte) {
	t.Helper()
	_, file := program(t)
	m, err := parse(file)
	if err != nil {
		t.Fatal(err)
	}
	r := reader{b: m.section(sectionCode)}
	for n := r.uint(); n > 0 && !r.bad; n-- {
		list = append(list, r.take(r.uint()))
	}
	if r.bad || len(list) < fewest {
		t.Fatal("no functions are found")
	}
	return list
}

// What is read and written again is the same, of every function, but that Go's
// linker writes a few numbers in more bytes than they need.
func TestDecode(t *testing.T) {
	all, same := bodies(t), 0
	for i, body := range all {
		f, err := decode(body)
		if err != nil {
			t.Fatalf("function %d: %v", i, err)
		}
		written := f.bytes()
		again, err := decode(written)
		if err != nil || !reflect.DeepEqual(again, f) || len(written) > len(body) || len(written) < len(body)*9/10 {
			t.Fatalf("function %d: %d bytes are written as %d, %v", i, len(body), len(written), err)
		}
		if bytes.Equal(written, body) {
			same++
		}
	}
	if same < len(all)*8/10 {
		t.Errorf("only %d of %d functions are the same bytes", same, len(all))
	}
	for _, body := range [][]byte{nil, {0}, {0, opNop}, {0, 0x06, opEnd}, {0, opPrefix, 9, 0, opEnd}, {0, opI64Const, 0x80}, {0, opF64Const, 1, 2, opEnd}, {5, 1, typeI32}} {
		if _, err := decode(body); err == nil {
			t.Errorf("% x is read", body)
		}
	}
}

// list is short for a list of instructions.
func list(parts ...any) (code []instruction) {
	for _, p := range parts {
		switch p := p.(type) {
		case int:
			code = append(code, op(byte(p)))
		case instruction:
			code = append(code, p)
		case []instruction:
			code = append(code, p...)
		}
	}
	return code
}

func get(i int64) instruction       { return opA(opLocalGet, i) }
func set(i int64) instruction       { return opA(opLocalSet, i) }
func tee(i int64) instruction       { return opA(opLocalTee, i) }
func i32(v int64) instruction       { return opA(opI32Const, v) }
func i64(v int64) instruction       { return opA(opI64Const, v) }
func call(i int64) instruction      { return opA(opCall, i) }
func br(d int64) instruction        { return opA(opBr, d) }
func brIf(d int64) instruction      { return opA(opBrIf, d) }
func block() instruction            { return opA(opBlock, typeEmpty) }
func sp(v int64) instruction        { return opA(opGlobalSet, v) }
func table(l ...uint64) instruction { return instruction{op: opBrTable, labels: l} }

func check(t *testing.T, name string, got, want []instruction) {
	t.Helper()
	if !bytes.Equal(encode(nil, got), encode(nil, want)) {
		t.Errorf("%s:\ngot  %x\nwant %x", name, encode(nil, got), encode(nil, want))
	}
}

func TestSimplify(t *testing.T) {
	load := func(op byte, align int64) instruction { return opB(op, align, 16) }
	for _, c := range []struct {
		name       string
		code, want []instruction
	}{
		{"nothing", list(get(2), get(3), opI64Add, set(2)), list(get(2), get(3), opI64Add, set(2))},
		{"nop", list(get(2), opNop, opDrop), list(get(2), opDrop)},
		{"set, get", list(i64(1), set(2), get(2)), list(i64(1), tee(2))},
		{"set, get of another", list(i64(1), set(2), get(3)), list(i64(1), set(2), get(3))},
		{"set over nop", list(i64(1), set(2), opNop, get(2)), list(i64(1), tee(2))},
		{"tee, set", list(i64(1), tee(2), set(2)), list(i64(1), set(2))},
		{"get, set", list(get(4), set(4)), list()},
		{"tee, drop", list(i64(1), tee(2), opDrop), list(i64(1), set(2))},
		{"constant", list(i64(1<<32|7), opI32WrapI64), list(i32(7))},
		{"negative constant", list(i64(0xFFFFFFFF), opI32WrapI64), list(i32(-1))},
		{"extend, wrap", list(get(1), opI64ExtendU, opI32WrapI64), list(get(1))},
		{"load", list(get(2), load(opI64Load, 3), opI32WrapI64), list(get(2), load(opI32Load, 2))},
		{"load of a byte", list(get(2), load(opI64Load8U, 0), opI32WrapI64), list(get(2), load(opI32Load8U, 0))},
		{"load of a signed half", list(get(2), load(opI64Load16S, 1), opI32WrapI64), list(get(2), load(opI32Load16S, 1))},
		{"sum", list(get(2), i64(8), opI64Add, opI32WrapI64), list(get(2), opI32WrapI64, i32(8), opI32Add)},
		{"sum on the stack", list(get(1), opI64ExtendU, i64(-8), opI64Add, opI32WrapI64), list(get(1), i32(-8), opI32Add)},
		{"sum of a load", list(get(2), load(opI64Load, 3), i64(8), opI64Add, opI32WrapI64), list(get(2), load(opI32Load, 2), i32(8), opI32Add)},
		{"sum of two", list(get(2), get(3), opI64Add, opI32WrapI64), list(get(2), get(3), opI64Add, opI32WrapI64)},
		{"shift", list(get(2), i64(3), opI64ShrU, opI32WrapI64), list(get(2), i64(3), opI64ShrU, opI32WrapI64)},
		{"eqz of 64", list(get(1), opI64ExtendU, opI64Eqz), list(get(1), opI32Eqz)},
		{"not", list(get(2), get(3), opI64Eq, opI32Eqz), list(get(2), get(3), opI64Eq+1)},
		{"not less", list(get(2), get(3), 0x54, opI32Eqz), list(get(2), get(3), 0x5A)},                     // i64.lt_u, i64.ge_u
		{"not less of floats", list(get(2), get(3), 0x63, opI32Eqz), list(get(2), get(3), 0x63, opI32Eqz)}, // f64.lt, which NaN makes false
		{"not not", list(get(2), opI64Eqz, opI64ExtendU, opI64Eqz, opI32Eqz, brIf(3)), list(get(2), opI64Eqz, brIf(3))},
		{"not not as a value", list(get(1), opI32Eqz, opI32Eqz, set(1)), list(get(1), opI32Eqz, opI32Eqz, set(1))},
		{"jump to the next", list(block(), br(0), opEnd), list(block(), opEnd)},
		{"jump back", list(opA(opLoop, typeEmpty), br(0), opEnd), list(opA(opLoop, typeEmpty), br(0), opEnd)},
		{"jump to the next, in a loop", list(opA(opLoop, typeEmpty), block(), br(0), opEnd, opEnd), list(opA(opLoop, typeEmpty), block(), opEnd, opEnd)},
		{"jump further", list(block(), br(1), opEnd), list(block(), br(1), opEnd)},
		{"return", list(get(1), i32(8), opI32Add, tee(1), sp(0), i32(0), opReturn), list(get(1), i32(8), opI32Add, sp(0), i32(0), opReturn)},
		{"return with a frame", list(get(1), i32(56), opI32Add, tee(1), sp(0), get(1), i32(8), opI32Add, tee(1), sp(0), i32(1), opReturn),
			list(get(1), i32(64), opI32Add, sp(0), i32(1), opReturn)},
		{"another return", list(get(1), i32(8), opI32Add, tee(1), sp(2), i32(0), opReturn), list(get(1), i32(8), opI32Add, tee(1), sp(2), i32(0), opReturn)},
	} {
		f := &function{code: slices.Clone(c.code)}
		f.simplify()
		check(t, c.name, f.code, c.want)
	}
}

// Each comparison's opposite is the other's, and they are never both true.
func TestOpposite(t *testing.T) {
	less := func(o byte, a, b int32) bool {
		ua, ub := uint32(a), uint32(b)
		return [...]bool{a == b, a != b, a < b, ua < ub, a > b, ua > ub, a <= b, ua <= ub, a >= b, ua >= ub}[o-opI32Eq]
	}
	for o := byte(opI32Eq); o <= opI32GeU; o++ {
		c := opposite(o)
		for _, a := range []int32{0, 1, -1, -1 << 31} {
			for _, b := range []int32{0, 1, -1, -1 << 31} {
				if less(o, a, b) == less(c, a, b) {
					t.Errorf("%#x and %#x of %d and %d", o, c, a, b)
				}
			}
		}
		if opposite(o-opI32Eq+opI64Eq) != c-opI32Eq+opI64Eq {
			t.Errorf("%#x: another for 64 bits", o)
		}
	}
	for _, o := range []byte{opI32Eqz, opI64Eqz, 0x5B, 0x66, opI32Add} {
		if opposite(o) != 0 {
			t.Errorf("%#x has an opposite", o)
		}
	}
}

func TestFoldOffsets(t *testing.T) {
	goes := func(i int64) bool { return i == 7 }
	store := func(offset uint64) instruction { return opB(opI64Store, 3, offset) }
	for _, c := range []struct {
		name       string
		code, want []instruction
	}{
		{"store", list(get(1), i32(8), opI32Add, get(2), store(0)), list(get(1), get(2), store(8))},
		{"store of a sum", list(get(1), i32(8), opI32Add, get(2), get(3), opI64Add, store(4)), list(get(1), get(2), get(3), opI64Add, store(12))},
		{"load", list(get(1), i32(24), opI32Add, opB(opI64Load, 3, 8), set(2)), list(get(1), opB(opI64Load, 3, 32), set(2))},
		{"copy", list(get(1), i32(24), opI32Add, get(1), i32(8), opI32Add, opB(opI64Load, 3, 8), store(0)), list(get(1), get(1), opB(opI64Load, 3, 16), store(24))},
		{"the value stored", list(get(2), get(1), i32(8), opI32Add, opB(opI32Store, 2, 0)), list(get(2), get(1), i32(8), opI32Add, opB(opI32Store, 2, 0))},
		{"no stack pointer", list(get(2), i32(8), opI32Add, get(3), store(0)), list(get(2), i32(8), opI32Add, get(3), store(0))},
		{"below the stack", list(get(1), i32(-8), opI32Add, get(3), store(0)), list(get(1), i32(-8), opI32Add, get(3), store(0))},
		{"kept", list(get(1), i32(8), opI32Add, tee(1), get(3), store(0)), list(get(1), i32(8), opI32Add, tee(1), get(3), store(0))},
		{"over a call", list(get(1), i32(8), opI32Add, i32(0), call(7), opI64ExtendU, store(0)), list(get(1), i32(0), call(7), opI64ExtendU, store(8))},
		{"over a call of another kind", list(get(1), i32(8), opI32Add, call(6), store(0)), list(get(1), i32(8), opI32Add, call(6), store(0))},
		{"over a block", list(get(1), i32(8), opI32Add, block(), opEnd, get(2), store(0)), list(get(1), i32(8), opI32Add, block(), opEnd, get(2), store(0))},
	} {
		f := &function{code: slices.Clone(c.code)}
		f.foldOffsets(goes)
		check(t, c.name, f.code, c.want)
	}
}

// In the code of a function: unwind block, loop, two blocks of the table, and how
// a function ends.
func framed(blocks instruction, inner ...any) []instruction {
	return list(copySP, block(), opA(opLoop, typeEmpty), block(), block(), get(0), blocks, opEnd,
		list(inner...), opEnd, opUnreachable, opEnd, i32(1), opEnd)
}

func TestJumpAhead(t *testing.T) {
	// Before the inner block's end: the outer block is ahead, and is number 1.
	for _, c := range []struct {
		name       string
		code, want []instruction
	}{
		{"ahead", framed(table(0, 1), i32(1), set(0), br(1), opEnd, opReturn), framed(table(0, 1), br(0), opEnd, opReturn)},
		{"ahead, if", framed(table(0, 1), get(2), opA(opIf, typeEmpty), i32(1), set(0), br(2), opEnd, opEnd, opReturn), framed(table(0, 1), get(2), brIf(0), opEnd, opReturn)},
		{"ahead, in an if", framed(table(0, 1), get(2), opA(opIf, typeEmpty), opNop, i32(1), set(0), br(2), opEnd, opEnd), framed(table(0, 1), get(2), opA(opIf, typeEmpty), opNop, br(1), opEnd, opEnd)},
		{"behind", framed(table(0, 1), opEnd, i32(0), set(0), br(0)), framed(table(0, 1), opEnd, i32(0), set(0), br(0))},
		{"behind, to itself", framed(table(0, 1), opEnd, i32(1), set(0), br(0)), framed(table(0, 1), opEnd, i32(1), set(0), br(0))},
		{"to leave", framed(table(0, 1), i32(1), set(0), br(2), opEnd), framed(table(0, 1), i32(1), set(0), br(2), opEnd)},
		{"a call through a pointer", framed(table(0, 1), set(0), i32(0), get(0), op(opCallIndirect), opEnd), framed(table(0, 1), set(0), i32(0), get(0), op(opCallIndirect), opEnd)},
		{"no table", list(copySP, i32(0), opReturn, opEnd), list(copySP, i32(0), opReturn, opEnd)},
	} {
		f := &function{code: slices.Clone(c.code)}
		if err := f.jumpAhead(); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		check(t, c.name, f.code, c.want)
	}
	for name, code := range map[string][]instruction{
		"a block that the table has not": framed(table(0, 1), i32(2), set(0), br(1), opEnd),
		"a table out of its blocks":      framed(table(0, 2), i32(1), set(0), br(1), opEnd),
		"the block's number is read":     framed(table(0, 1), get(0), opDrop, opEnd),
	} {
		if err := (&function{code: code}).jumpAhead(); err == nil || !strings.Contains(err.Error(), "not as this Go") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// address is one of function 0x1234, block 5.
const address = 0x1234<<16 | 5

func pushed(v int64) []instruction {
	return list(get(1), i32(8), opI32Sub, tee(1), sp(0), get(1), i64(v), opB(opI64Store, 3, 0))
}

func TestPassAddresses(t *testing.T) {
	goes := func(i int64) bool { return i == 7 }
	pointer := list(get(2), i64(16), opI64ShrU, opI32WrapI64, set(0))
	for _, c := range []struct {
		name       string
		code, want []instruction
		blocks     int64
	}{
		{"call", framed(table(0, 1), pushed(address), i32(0), call(7), copySP, brIf(2), opEnd, get(1)),
			framed(table(0, 1), i32(address), call(7), brIf(2), opEnd, copySP, get(1)), 6},
		{"call that does not come back", framed(table(0, 1), pushed(address), i32(0), call(7), copySP, brIf(2), opEnd, opUnreachable),
			framed(table(0, 1), i32(address), call(7), brIf(2), opEnd, opUnreachable), 6},
		{"call in an if", framed(table(0, 1), opA(opIf, typeEmpty), pushed(address), i32(0), call(7), copySP, brIf(3), opEnd, opEnd),
			framed(table(0, 1), opA(opIf, typeEmpty), i32(address), call(7), brIf(3), opEnd, copySP, opEnd), 6},
		{"call that may not wait", framed(table(0, 1), pushed(address), i32(0), call(7), copySP, opA(opIf, typeEmpty), opUnreachable, opEnd),
			framed(table(0, 1), i32(address), call(7), copySP, opA(opIf, typeEmpty), opUnreachable, opEnd), 6},
		{"call that jumps elsewhere", framed(table(0, 1), pushed(address), i32(0), call(7), copySP, brIf(1), opEnd, opNop),
			framed(table(0, 1), i32(address), call(7), copySP, brIf(1), opEnd, opNop), 6},
		{"call through a pointer", framed(table(0, 1), get(2), pushed(address), pointer[1:], i32(0), get(0), op(opCallIndirect), copySP, brIf(2), opEnd, opNop),
			framed(table(0, 1), pointer, i32(address), get(0), op(opCallIndirect), brIf(2), opEnd, copySP, opNop), 6},
		{"call of another kind", framed(table(0, 1), pushed(address), i32(0), call(6), copySP, brIf(2)),
			framed(table(0, 1), pushed(address), i32(0), call(6), copySP, brIf(2)), 0},
		{"jump", framed(table(0, 1), i32(0), call(7), opReturn), framed(table(0, 1), i32(0), call(7), opReturn), 0},
	} {
		f := &function{code: slices.Clone(c.code)}
		blocks, err := f.passAddresses(goes, nil)
		if err != nil || blocks != c.blocks {
			t.Errorf("%s: %d blocks, %v", c.name, blocks, err)
		}
		check(t, c.name, f.code, c.want)
	}
	for name, code := range map[string][]instruction{
		"no stack pointer after":  framed(table(0, 1), pushed(address), i32(0), call(7), list(opNop, opNop, opNop, opNop, opNop)),
		"an address that is none": framed(table(0, 1), pushed(5), i32(0), call(7), copySP, list(opNop, opNop)),
		"an address too high":     framed(table(0, 1), pushed(address<<16), i32(0), call(7), copySP, list(opNop, opNop)),
	} {
		if _, err := (&function{code: code}).passAddresses(goes, nil); err == nil || !strings.Contains(err.Error(), "not as this Go") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTakeAddress(t *testing.T) {
	write := list(get(1), i32(8), opI32Sub, tee(1), sp(0), get(1), get(0), opI64ExtendU, opB(opI64Store, 3, 0))
	f := &function{code: framed(table(0, 1, 1), opNop, opEnd)}
	if err := f.takeAddress(5); err != nil {
		t.Error(err)
	}
	check(t, "by the table", f.code, list(copySP, block(), opA(opLoop, typeEmpty), block(), block(), block(), get(0), table(1, 2, 2, 2, 2, 0), opEnd,
		write, opEnd, opNop, opEnd, opEnd, opUnreachable, opEnd, i32(1), opEnd))

	test := list(copySP, get(0), i32(16), opI32ShrU, opA(opIf, typeEmpty), write)
	f = &function{code: list(copySP, i32(0), opReturn, opEnd)}
	if err := f.takeAddress(0); err != nil {
		t.Error(err)
	}
	check(t, "by a test", f.code, list(test, opEnd, i32(0), opReturn, opEnd))

	pointer := list(set(0), i32(0), get(0), op(opCallIndirect), opEnd)
	f = &function{code: list(copySP, pointer)}
	if err := f.takeAddress(0); err != nil {
		t.Error(err)
	}
	check(t, "the number is used", f.code, list(test, i32(0), set(0), opEnd, pointer))

	f = &function{code: list(copySP, block(), get(0), table(0), opNop, opEnd)}
	if err := f.takeAddress(0); err == nil {
		t.Error("a table that begins otherwise")
	}
	f = &function{code: framed(table(0, 1), opNop, opEnd)}
	if err := f.takeAddress(1 << 16); err == nil {
		t.Error("more blocks than numbers")
	}
}

func TestNeverReturn(t *testing.T) {
	panics := framed(table(0, 1), opNop, opEnd)
	jumps := func(to int64) []instruction {
		return list(copySP, i32(0), call(to), copySP, opReturn, opUnreachable, opEnd)
	}
	functions := []*function{
		{code: jumps(12)}, // 10, known only once 12 is
		{code: list(copySP, i32(0), opReturn, opEnd)},
		{code: jumps(13)}, // 12
		{code: panics},    // 13
		{code: jumps(11)}, // 14: 11 returns
		{code: panics},    // 15, of another type
		{code: framed(table(0, 1), i32(0), opReturn, opEnd)},
		{code: list(copySP, i32(0), opEnd)}, // 17 answers 0 at its end
	}
	never := neverReturn(functions, func(i int) bool { return i != 5 }, 10)
	for i := range functions {
		if want := i == 0 || i == 2 || i == 3; never[int64(i)+10] != want {
			t.Errorf("function %d: %v", i+10, never[int64(i)+10])
		}
	}
	f := &function{code: framed(table(0, 1), opA(opIf, typeEmpty), pushed(address), i32(0), call(7), copySP, brIf(3), opEnd, opEnd)}
	if _, err := f.passAddresses(func(i int64) bool { return i == 7 }, map[int64]bool{7: true}); err != nil {
		t.Error(err)
	}
	check(t, "call that never returns", f.code, framed(table(0, 1), opA(opIf, typeEmpty), i32(address), call(7), opReturn, opEnd, opEnd))
}

func TestMergeBlocks(t *testing.T) {
	for _, c := range []struct {
		name       string
		code, want []instruction
	}{
		{"two", list(block(), block(), get(0), table(0, 1, 2), opEnd, opEnd, opEnd), list(block(), get(0), table(0, 0, 1), opEnd, opEnd)},
		{"three", list(block(), block(), block(), brIf(0), brIf(2), br(3), opEnd, opEnd, opEnd, opEnd), list(block(), brIf(0), brIf(0), br(1), opEnd, opEnd)},
		{"something between the ends", list(block(), block(), brIf(1), opEnd, opNop, opEnd, opEnd), list(block(), block(), brIf(1), opEnd, opNop, opEnd, opEnd)},
		{"something between the beginnings", list(block(), opNop, block(), brIf(1), opEnd, opEnd, opEnd), list(block(), opNop, block(), brIf(1), opEnd, opEnd, opEnd)},
		{"a loop", list(opA(opLoop, typeEmpty), block(), brIf(1), opEnd, opEnd, opEnd), list(opA(opLoop, typeEmpty), block(), brIf(1), opEnd, opEnd, opEnd)},
		{"an if", list(block(), get(2), opA(opIf, typeEmpty), br(1), opEnd, opEnd, opEnd), list(block(), get(2), opA(opIf, typeEmpty), br(1), opEnd, opEnd, opEnd)},
		{"within others", list(block(), block(), block(), opA(opIf, typeEmpty), br(1), br(2), br(3), opEnd, opEnd, opEnd, opNop, opEnd, opEnd),
			list(block(), block(), opA(opIf, typeEmpty), br(1), br(1), br(2), opEnd, opEnd, opNop, opEnd, opEnd)},
	} {
		f := &function{code: slices.Clone(c.code)}
		f.mergeBlocks()
		check(t, c.name, f.code, c.want)
	}
}

func TestDropEntries(t *testing.T) {
	const number = address >> 16
	named := list(i32(number<<16|2), call(7))
	back := list(i32(4), set(0), br(1))
	pointer := list(i64(16), opI64ShrU, opI32WrapI64, set(0), i32(number<<16|2), get(0), op(opCallIndirect))
	for _, c := range []struct {
		name       string
		code, want []instruction
		used       []int64
	}{
		{"named", framed(table(0, 0, 1, 1, 2, 2), named), framed(table(0, 0, 1, 1, 1, 2), named), []int64{0, 2, 3}},
		{"a jump back", framed(table(0, 1, 2, 2, 3, 3), back), framed(table(0, 0, 0, 2, 3, 3), back), []int64{0, 3, 4}},
		{"a call through a pointer", framed(table(0, 1, 1, 1, 2), pointer), framed(table(0, 0, 1, 1, 2), pointer), []int64{0, 2, 3}},
		{"beyond the table", framed(table(0, 0, 1), named), framed(table(0, 0, 1), named), []int64{0, 2, 3}},
		{"all lead to the beginning", framed(table(0, 0, 0, 0, 1), named), slices.Delete(framed(table(0), named), 6, 8), nil},
		{"another's number", framed(table(0, 1, 2, 2, 2), i32((number+1)<<16|1), call(7)), framed(table(0, 0, 0, 2, 2), i32((number+1)<<16|1), call(7)), []int64{0, 3}},
		{"a number that is not known", framed(table(0, 1, 2, 3), get(2), set(0)), framed(table(0, 1, 2, 3), get(2), set(0)), nil},
		{"no table", list(copySP, i32(0), opReturn, opEnd), list(copySP, i32(0), opReturn, opEnd), nil},
	} {
		f := &function{code: c.code}
		used := f.dropEntries(number, 3)
		check(t, c.name, f.code, c.want)
		if got := slices.Sorted(maps.Keys(used)); !slices.Equal(got, c.used) {
			t.Errorf("%s: %v are used", c.name, got)
		}
	}
}

func TestTrap(t *testing.T) {
	f := &function{code: framed(table(0, 0, 1), opNop, opEnd)}
	if err := f.takeAddress(0); err != nil {
		t.Fatal(err)
	}
	f.trap(map[int64]bool{0: true, 2: true})
	check(t, "trap", f.code, list(copySP, block(), opA(opLoop, typeEmpty), block(), block(), block(), block(), get(0), table(2, 1, 3, 0), opEnd,
		writeAddress(), br(1), opEnd, opUnreachable, opEnd, opNop, opEnd, opEnd, opUnreachable, opEnd, i32(1), opEnd))
}

func TestDropBlocks(t *testing.T) {
	f := &function{code: list(block(), opA(opLoop, typeEmpty), block(), get(0), table(0, 3), opEnd, opA(opIf, typeEmpty), brIf(2), opEnd, opEnd, opEnd, opEnd)}
	f.dropBlocks()
	check(t, "blocks", f.code, list(block(), block(), get(0), table(0, 2), opEnd, opA(opIf, typeEmpty), brIf(1), opEnd, opEnd, opEnd))
}
