package shrink

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// The layout of Go's symbol table, runtime/symtab.go pcHeader and
// runtime/runtime2.go _func: offsets in bytes.
const (
	tabMagic   = 0xfffffff1 // abi.Go120PCLnTabMagic
	tabNFunc   = 8
	tabNames   = 32
	tabCU      = 40
	tabPctab   = 56
	tabPcln    = 64
	headerSize = 72

	funcName   = 4
	funcPCSP   = 16
	funcPcfile = 20
	funcPcln   = 24
	funcNPC    = 28
	funcCU     = 32
	funcLine   = 36
	funcNFunc  = 43
	funcSize   = 44

	// Tables that only a printed stack and a signal ask for.
	pcUnsafePoint = 0
	pcArgLive     = 3
	dataArgInfo   = 5
	dataArgLive   = 6
	none          = 0xFFFFFFFF
)

// dropNames takes the names of functions, files and lines out of the symbol table,
// and moves the tables that are left together. A function without them has no
// name in a printed stack and is at "?:0"; offset 0 says so in Go's own format.
func dropNames(memory []byte) error {
	t, err := findSymbols(memory)
	if err != nil {
		return err
	}
	moved := map[uint32]uint32{0: 0}
	packed := []byte{0} // offset 0 is none
	for i := range t.functions {
		f, err := t.function(i)
		if err != nil {
			return err
		}
		put := func(at int, keep bool) error {
			old := binary.LittleEndian.Uint32(f[at:])
			if !keep {
				old = 0
			}
			if _, ok := moved[old]; !ok {
				table, err := t.table(old)
				if err != nil {
					return err
				}
				moved[old] = uint32(len(packed))
				packed = append(packed, table...)
			}
			binary.LittleEndian.PutUint32(f[at:], moved[old])
			return nil
		}
		n := int(binary.LittleEndian.Uint32(f[funcNPC:]))
		if n > 16 || funcSize+4*n+4*int(f[funcNFunc]) > len(f) {
			return errSymbols
		}
		err = errors.Join(put(funcPCSP, true), put(funcPcfile, false), put(funcPcln, false))
		for k := range n {
			err = errors.Join(err, put(funcSize+4*k, k != pcUnsafePoint && k != pcArgLive))
		}
		for k := range int(f[funcNFunc]) {
			if k == dataArgInfo || k == dataArgLive {
				binary.LittleEndian.PutUint32(f[funcSize+4*n+4*k:], none)
			}
		}
		for _, at := range []int{funcName, funcCU, funcLine} {
			binary.LittleEndian.PutUint32(f[at:], 0)
		}
		if err != nil {
			return err
		}
	}
	if len(packed) > len(t.pctab) {
		return errSymbols
	}
	clear(t.pctab[copy(t.pctab, packed):])
	clear(t.names) // the first, at offset 0, is empty now
	return nil
}

var errSymbols = errors.New("shrink: the symbol table is not as this Go is known to write it")

// symbols are the parts of a program's symbol table, in its memory.
type symbols struct {
	functions int
	names     []byte // one after the other, a zero behind each
	pctab     []byte
	pcln      []byte // functab, and the functions' records
}

// findSymbols finds the table by its first bytes.
func findSymbols(memory []byte) (t symbols, err error) {
	magic := binary.LittleEndian.AppendUint32(nil, tabMagic)
	magic = append(magic, 0, 0, 1, 8) // padding, instructions of one byte, pointers of eight
	at := bytes.Index(memory, magic)
	if at < 0 || bytes.Contains(memory[at+1:], magic) || at+headerSize > len(memory) {
		return t, fmt.Errorf("%w: no header, or several", errSymbols)
	}
	table := memory[at:]
	word := func(at int) uint64 { return binary.LittleEndian.Uint64(table[at:]) }
	names, units, pctab, pcln := word(tabNames), word(tabCU), word(tabPctab), word(tabPcln)
	t.functions = int(word(tabNFunc))
	if names < headerSize || names > units || units > pctab || pctab > pcln || pcln > uint64(len(table)) || t.functions < fewest || uint64(8*t.functions) > uint64(len(table))-pcln {
		return t, fmt.Errorf("%w: its header makes no sense", errSymbols)
	}
	t.names, t.pctab, t.pcln = table[names:units], table[pctab:pcln], table[pcln:]
	return t, nil
}

// function answers the record of function i and what follows it.
func (t *symbols) function(i int) ([]byte, error) {
	at := binary.LittleEndian.Uint32(t.pcln[8*i+4:])
	entry := binary.LittleEndian.Uint32(t.pcln[8*i:])
	if uint64(at)+funcSize > uint64(len(t.pcln)) || binary.LittleEndian.Uint32(t.pcln[at:]) != entry {
		return nil, fmt.Errorf("%w: function %d", errSymbols, i)
	}
	return t.pcln[at:], nil
}

// table answers the table of values by address that lies at an offset: pairs of
// numbers, the first of a pair 0 at the end (but for the first pair's, which may
// be).
func (t *symbols) table(at uint32) ([]byte, error) {
	if uint64(at) >= uint64(len(t.pctab)) {
		return nil, errSymbols
	}
	r := reader{b: t.pctab[at:]}
	for first := true; ; first = false {
		if r.uint() == 0 && !first {
			break
		}
		if r.uint(); r.bad {
			return nil, errSymbols
		}
	}
	return t.pctab[at : len(t.pctab)-len(r.b)], nil
}
