package shrink

import "fmt"

// Go jumps within a function by way of a table at its beginning: the number of
// the block to go to is put into local 0, and the loop around everything begins
// anew.
//
//	copySP; block; loop; block; block; …; local.get 0; br_table …; end; A; end; B; end; …
//
// A block that is still ahead is the end of a block that is open, and can be
// jumped to at once. Source: cmd/internal/obj/wasm/wasmobj.go, preprocess.

// jumpAhead rewrites the jumps of a Go function.
func (f *function) jumpAhead() error {
	code := f.code
	start, loop := len(copySP), -1
	for start < len(code) && (code[start].op == opBlock || code[start].op == opLoop) {
		if code[start].op == opLoop {
			if loop >= 0 {
				break
			}
			loop = start - len(copySP)
		}
		start++
	}
	depth := start - len(copySP)
	if start+2 > len(code) || !match(code[start:], opA(opLocalGet, localBlock)) || code[start+1].op != opBrTable || loop < 0 {
		return nil // it has no table, or nothing jumps
	}
	table := code[start+1].labels
	first := loop + 1 // blocks beyond it are those of the table
	out := append([]instruction(nil), code[:start+2]...)
	outermost := depth
	for i := start + 2; i < len(code); i++ {
		in := code[i]
		switch in.op {
		case opBlock, opLoop, opIf:
			depth++
		case opEnd:
			depth--
			outermost = min(outermost, depth)
		case opLocalGet:
			if in.a == localBlock && !(i >= 2 && code[i-2].equal(opA(opLocalSet, localBlock))) {
				return fmt.Errorf("%w: the block's number is read", errCode)
			}
		}
		conditional := in.equal(opA(opIf, typeEmpty))
		jump, at := code[i:], depth
		if conditional {
			jump = jump[1:]
		}
		if len(jump) < 4 || jump[0].op != opI32Const || !jump[1].equal(opA(opLocalSet, localBlock)) || jump[2].op != opBr || depth-1-int(jump[2].a) != loop {
			out = append(out, in)
			continue
		}
		block := jump[0].a
		if block < 0 || block >= int64(len(table)) {
			return fmt.Errorf("%w: a jump to block %d of %d", errCode, block, len(table))
		}
		// Label n of the table is the n-th block from within.
		label := start - len(copySP) - 1 - int(table[block])
		switch {
		case label < first:
			return fmt.Errorf("%w: a table that leads out of its blocks", errCode)
		case label >= outermost: // it is behind
			out = append(out, in)
			continue
		}
		target := int64(at - 1 - label)
		switch {
		case !conditional:
			out = append(out, opA(opBr, target))
			i += 2
		case jump[3].op == opEnd:
			out = append(out, opA(opBrIf, target-1))
			depth--
			i += 4
		default:
			out = append(out, in)
		}
	}
	f.code = out
	return nil
}
