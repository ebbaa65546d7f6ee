package shrink

import "slices"

// A function of Go's begins with a table that leads to the block whose number it is
// given. The linker gives each block of the function's one, and three of four are never
// asked for: a function goes on at a number that it has named itself, as the address to
// return to when it called, as a jump back to its table, or, after a panic, as the place
// where deferred calls are over, which its record names. Blocks that nothing else leads
// to are gone here. The table keeps an entry for each number, as the numbers are part of
// the addresses; those that are not asked for are what the one before is, which
// compresses best. In a strict program they lead to a trap.

// dropEntries takes the other numbers out of a function's table; and the table, if all
// that are left lead to the beginning. number is that of the function, and deferreturn
// what its record says. It answers the numbers that are used, nil if that is not known
// or the table is gone.
func (f *function) dropEntries(number, deferreturn int64) (used map[int64]bool) {
	table := f.table()
	if table < 0 {
		return nil
	}
	used = map[int64]bool{0: true, deferreturn: true}
	for i, in := range f.code {
		switch {
		case (in.op == opI32Const || in.op == opI64Const) && in.a>>16 == number:
			used[in.a&0xFFFF] = true
		case in.op != opLocalSet && in.op != opLocalTee || in.a != localBlock:
		case in.op == opLocalSet && f.code[i-1].op == opI32Const:
			used[f.code[i-1].a] = true
		case in.op == opLocalSet && i+3 < len(f.code) && f.code[i+1].op == opI32Const && f.code[i+3].op == opCallIndirect:
			// the number is that of another function
		default:
			return nil
		}
	}
	labels := slices.Clone(f.code[table].labels)
	end := len(labels) - 1 // where the last is for all numbers beyond
	begins := true         // label 0 is the innermost block's end, which is next
	for block := range used {
		begins = begins && labels[min(block, int64(end))] == 0
	}
	if begins {
		f.code = slices.Delete(slices.Clone(f.code), table-1, table+1)
		return nil
	}
	for block := range end {
		if !used[int64(block)] {
			labels[block] = labels[block-1]
		}
	}
	f.code = slices.Clone(f.code)
	f.code[table].labels = labels
	return used
}

// trap leads the numbers that are not used to a trap, in a function that takes its
// address:
//
//	…; block; local.get 0; br_table …, 0; end; write; …
//	…; block; block; local.get 0; br_table …, 0; end; write; br 1; end; unreachable; …
func (f *function) trap(used map[int64]bool) {
	table := f.table()
	behind := table + 2 + len(writeAddress())
	labels := slices.Clone(f.code[table].labels)
	for block := range len(labels) - 1 {
		if labels[block]++; !used[int64(block)] {
			labels[block] = 1
		}
	}
	f.code = slices.Concat(f.code[:table-2],
		[]instruction{opA(opBlock, typeEmpty), opA(opBlock, typeEmpty), opA(opLocalGet, localBlock), {op: opBrTable, labels: labels}},
		f.code[table+1:behind], []instruction{opA(opBr, 1), op(opEnd), op(opUnreachable)}, f.code[behind:])
}

// table answers where the table of blocks is that a function begins with, -1 if it has
// none.
func (f *function) table() int {
	at := len(copySP)
	for at < len(f.code) && (f.code[at].op == opBlock || f.code[at].op == opLoop) {
		at++
	}
	if at+1 >= len(f.code) || !f.code[at].equal(opA(opLocalGet, localBlock)) || f.code[at+1].op != opBrTable {
		return -1
	}
	return at + 1
}

// dropBlocks takes out the blocks and loops that nothing leads to.
func (f *function) dropBlocks() {
	var open []int
	used := map[int]bool{}
	lead := func(label uint64) {
		if label < uint64(len(open)) {
			used[open[len(open)-1-int(label)]] = true
		}
	}
	for i, in := range f.code {
		switch in.op {
		case opBlock, opLoop, opIf:
			open = append(open, i)
		case opEnd:
			open = open[:max(0, len(open)-1)]
		case opBr, opBrIf:
			lead(uint64(in.a))
		case opBrTable:
			for _, label := range in.labels {
				lead(label)
			}
		}
	}
	f.without(func(i int) bool {
		return !used[i] && (f.code[i].equal(opA(opBlock, typeEmpty)) || f.code[i].equal(opA(opLoop, typeEmpty)))
	})
}
