package shrink

import (
	"fmt"
	"slices"
)

// Go calls a function of its own with the return address on its stack, which lies
// in memory, and with the block to begin at as the one parameter: 0 at first, and
// another when a goroutine goes on. Each call writes the return address, in
// seventeen bytes of code. Here the function that is called writes it:
//
//	call: SP -= 8; memory[SP] = address; f(0)     becomes     f(address)
//	f(block): …                                   becomes     f(p): if p>>16 != 0 { SP -= 8; memory[SP] = p; p = 0 }; …
//
// A block is below 65536 and an address is not. Who calls without an address,
// because it is on the stack already, calls as before: the loop that goes on with
// a goroutine, jumps from function to function, JavaScript.
// Source: cmd/internal/obj/wasm/wasmobj.go, preprocess.

// In Go's functions the block is in local 0, and local 1 is a copy of the stack
// pointer, global 0.
const (
	localBlock, localSP = 0, 1
	globalSP            = 0
	word                = 8
)

func op(op byte) instruction                     { return instruction{op: op} }
func opA(op byte, a int64) instruction           { return instruction{op: op, a: a} }
func opB(op byte, a int64, b uint64) instruction { return instruction{op: op, a: a, b: b} }

func (in instruction) equal(other instruction) bool {
	return in.op == other.op && in.a == other.a && in.b == other.b && len(in.labels) == 0 && len(other.labels) == 0
}

// match reports whether code begins with these instructions.
func match(code []instruction, want ...instruction) bool {
	return len(code) >= len(want) && slices.EqualFunc(code[:len(want)], want, instruction.equal)
}

// copySP is how each of Go's functions begins, and what follows each call.
var copySP = []instruction{opA(opGlobalGet, globalSP), opA(opLocalSet, localSP)}

// isGo tells Go's functions from those of the other kinds, by their beginning.
// Their type, func (i32) → i32, is the caller's to check.
func (f *function) isGo() bool { return match(f.code, copySP...) }

// down is the code that makes room on the stack.
func down(bytes int64) []instruction {
	return []instruction{opA(opLocalGet, localSP), opA(opI32Const, bytes), op(opI32Sub), opA(opLocalTee, localSP), opA(opGlobalSet, globalSP)}
}

// passAddresses rewrites the calls in a Go function. goFunction tells which
// functions take an address, and never which do not come back. It answers how many blocks there are to come back
// to, as far as it has seen.
func (f *function) passAddresses(goFunction func(index int64) bool, never map[int64]bool) (blocks int64, err error) {
	push := append(down(word), opA(opLocalGet, localSP), op(opI64Const), opB(opI64Store, 3, 0))
	indirect := []instruction{opA(opI64Const, 16), op(opI64ShrU), op(opI32WrapI64), opA(opLocalSet, localBlock), opA(opI32Const, 0), opA(opLocalGet, localBlock), op(opCallIndirect)}
	out := make([]instruction, 0, len(f.code))
	depth := 0
	for i := 0; i < len(f.code); i++ {
		rest := f.code[i:]
		switch rest[0].op {
		case opBlock, opLoop, opIf:
			depth++
		case opEnd:
			depth--
		}
		at := len(push) - 2 // where the address is
		if len(rest) < len(push)+9 || rest[at].op != opI64Const || !match(rest, append(slices.Clone(push[:at]), rest[at], push[at+1])...) {
			out = append(out, f.code[i])
			continue
		}
		address := rest[at].a
		call := rest[len(push):]
		n := 2
		switch {
		case match(call, indirect...):
			n = len(indirect)
		case match(call, opA(opI32Const, 0)) && call[1].op == opCall && goFunction(call[1].a):
		default:
			out = append(out, f.code[i])
			continue
		}
		if !match(call[n:], copySP...) || address>>16 <= 0 || address>>31 != 0 {
			return 0, fmt.Errorf("%w: a call that goes on otherwise", errCode)
		}
		blocks = max(blocks, address&0xFFFF+1)
		call = slices.Clone(call[:n])
		for k := range call {
			if call[k].equal(opA(opI32Const, 0)) {
				call[k].a = address
			}
		}
		out = append(out, call...)
		i += len(push) + n - 1
		// Where the program goes on after the call, the stack pointer is asked for
		// anew. That can wait: it does no harm to who comes to that end otherwise,
		// and who leaves the function asks for nothing.
		next := f.code[i+1+len(copySP):]
		leaves := depth > 0 && match(next, opA(opBrIf, int64(depth-1)), op(opEnd)) && f.leavesWithOne()
		if leaves && n == 2 && never[call[1].a] {
			out = append(out, op(opReturn)) // the answer is 1
			i += len(copySP) + 1
			continue
		}
		if leaves {
			out = append(out, next[:2]...)
			if next[2].op != opUnreachable {
				out = append(out, copySP...)
			}
			depth--
			i += len(copySP) + 2
		}
	}
	f.code = out
	return blocks, nil
}

// takeAddress makes a Go function write the address it is given. One that has a
// table of blocks gets to that code by the table's default, as an address is no
// block's number; all blocks that there are get an entry.
//
//	…; block; local.get 0; br_table …, default; end; …
//	…; block; block; local.get 0; br_table …, default, 0; end; write; end; …
func (f *function) takeAddress(blocks int64) error {
	write := writeAddress()
	table := slices.IndexFunc(f.code, func(in instruction) bool { return in.op == opBrTable })
	if table < 0 || !f.code[table-1].equal(opA(opLocalGet, localBlock)) {
		if slices.ContainsFunc(f.code, opA(opLocalGet, localBlock).equal) {
			write = append(write, opA(opI32Const, 0), opA(opLocalSet, localBlock))
		}
		f.code = slices.Concat(copySP, []instruction{opA(opLocalGet, localBlock), opA(opI32Const, 16), op(opI32ShrU), opA(opIf, typeEmpty)},
			write, []instruction{op(opEnd)}, f.code[len(copySP):])
		return nil
	}
	if f.code[table+1].op != opEnd {
		return fmt.Errorf("%w: a table of blocks that begins otherwise", errCode)
	}
	var labels []uint64
	for _, l := range f.code[table].labels {
		labels = append(labels, l+1)
	}
	for int64(len(labels)) < blocks {
		labels = append(labels, labels[len(labels)-1])
	}
	if len(labels) >= 1<<16 {
		return fmt.Errorf("%w: %d blocks", errCode, len(labels))
	}
	f.code = slices.Concat(f.code[:table-1],
		[]instruction{opA(opBlock, typeEmpty), opA(opLocalGet, localBlock), {op: opBrTable, labels: append(labels, 0)}, op(opEnd)},
		write, f.code[table+1:])
	return nil
}

// writeAddress is the code that writes the address a function is given.
func writeAddress() []instruction {
	return append(down(word), opA(opLocalGet, localSP), opA(opLocalGet, localBlock), op(opI64ExtendU), opB(opI64Store, 3, 0))
}

// leavesWithOne reports whether what follows the outermost block of a Go function
// is the answer 1, and nothing else.
func (f *function) leavesWithOne() bool {
	n := len(f.code)
	return n > 5 && f.code[len(copySP)].equal(opA(opBlock, typeEmpty)) &&
		match(f.code[n-4:], op(opUnreachable), op(opEnd), opA(opI32Const, 1), op(opEnd))
}
