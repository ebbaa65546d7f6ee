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

	firstFunction = 0x1000 // the number of the first; cmd/link/internal/wasm, funcValueOffset

	funcName   = 4
	funcArgs   = 8
	funcDefer  = 12
	funcPCSP   = 16
	funcPcfile = 20
	funcPcln   = 24
	funcNPC    = 28
	funcCU     = 32
	funcLine   = 36
	funcID     = 40
	funcFlag   = 41
	funcPad    = 42
	funcNFunc  = 43
	funcSize   = 44

	flagAsm = 4 // a function that is written in assembly, abi.FuncFlagAsm

	// Tables by address, internal/abi/symtab.go.
	pcUnsafePoint = 0
	pcInlined     = 2
	pcArgLive     = 3
	dataInlined   = 3
	dataArgInfo   = 5
	dataArgLive   = 6
	dataWrapInfo  = 7
	none          = 0xFFFFFFFF
)

var errSymbols = errors.New("shrink: the symbol table is not as this Go is known to write it")

// symbols are the parts of a program's symbol table, in its memory.
type symbols struct {
	at        int // the header; then where the parts are, from it on
	namesAt   int
	pctabAt   int
	pclnAt    int
	functions int
	names     []byte // one after the other, a zero behind each
	pctab     []byte
	pcln      []byte // functab, and the functions' records
}

// findSymbols finds the table by its first bytes.
func findSymbols(memory []byte) (*symbols, error) {
	magic := binary.LittleEndian.AppendUint32(nil, tabMagic)
	magic = append(magic, 0, 0, 1, 8) // padding, instructions of one byte, pointers of eight
	at := bytes.Index(memory, magic)
	if at < 0 || bytes.Contains(memory[at+1:], magic) || at+headerSize > len(memory) {
		return nil, fmt.Errorf("%w: no header, or several", errSymbols)
	}
	t := &symbols{at: at}
	table := memory[at:]
	word := func(at int) uint64 { return binary.LittleEndian.Uint64(table[at:]) }
	names, units, pctab, pcln := word(tabNames), word(tabCU), word(tabPctab), word(tabPcln)
	t.functions = int(word(tabNFunc))
	if names < headerSize || names > units || units > pctab || pctab > pcln || pcln > uint64(len(table)) || t.functions < fewest || uint64(8*t.functions+8) > uint64(len(table))-pcln {
		return nil, fmt.Errorf("%w: its header makes no sense", errSymbols)
	}
	t.namesAt, t.pctabAt, t.pclnAt = int(names), int(pctab), int(pcln)
	t.names, t.pctab, t.pcln = table[names:units], table[pctab:pcln], table[pcln:]
	return t, nil
}

// A record is what the table holds of a function.
type record struct {
	head     [funcSize]byte
	pcsp     uint32   // where the table of the frame's sizes lies
	pcdata   []uint32 // where tables by address lie
	funcdata []uint32 // where other data lie
}

// function reads the record of function i.
func (t *symbols) function(i int) (f record, err error) {
	at := binary.LittleEndian.Uint32(t.pcln[8*i+4:])
	entry := binary.LittleEndian.Uint32(t.pcln[8*i:])
	if uint64(at)+funcSize > uint64(len(t.pcln)) || entry != uint32(firstFunction+i) || binary.LittleEndian.Uint32(t.pcln[at:]) != entry {
		return f, fmt.Errorf("%w: function %d", errSymbols, i)
	}
	rest := t.pcln[at+uint32(copy(f.head[:], t.pcln[at:])):]
	n, m := int(f.word(funcNPC)), int(f.head[funcNFunc])
	if n > 16 || m > 16 || 4*(n+m) > len(rest) {
		return f, fmt.Errorf("%w: function %d", errSymbols, i)
	}
	for k := range n + m {
		f.pcdata = append(f.pcdata, binary.LittleEndian.Uint32(rest[4*k:]))
	}
	f.pcdata, f.funcdata = f.pcdata[:n:n], f.pcdata[n:]
	f.pcsp = f.word(funcPCSP)
	return f, nil
}

func (f *record) word(at int) uint32   { return binary.LittleEndian.Uint32(f.head[at:]) }
func (f *record) set(at int, v uint32) { binary.LittleEndian.PutUint32(f.head[at:], v) }

// drop takes away a table by address and another piece of data, where there are such.
func (f *record) drop(pcdata, funcdata int) {
	if 0 <= pcdata && pcdata < len(f.pcdata) {
		f.pcdata[pcdata] = 0
	}
	if funcdata < len(f.funcdata) {
		f.funcdata[funcdata] = none
	}
}

// append writes the record, without what is none at the end of its lists.
func (f record) append(out []byte) []byte {
	for n := len(f.pcdata); n > 0 && f.pcdata[n-1] == 0; n-- {
		f.pcdata = f.pcdata[:n-1]
	}
	for n := len(f.funcdata); n > 0 && f.funcdata[n-1] == none; n-- {
		f.funcdata = f.funcdata[:n-1]
	}
	f.set(funcPCSP, f.pcsp)
	f.set(funcNPC, uint32(len(f.pcdata)))
	f.head[funcNFunc] = byte(len(f.funcdata))
	out = append(out, f.head[:]...)
	for _, offset := range append(f.pcdata[:len(f.pcdata):len(f.pcdata)], f.funcdata...) {
		out = binary.LittleEndian.AppendUint32(out, offset)
	}
	return out
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

// write writes the table of functions and their records.
func (t *symbols) write(records []record) error {
	first := 8 * (t.functions + 1) // there is one more entry, for the end
	var out, all []byte
	for i, f := range records {
		out = append(out, t.pcln[8*i:8*i+4]...)
		out = binary.LittleEndian.AppendUint32(out, uint32(first+len(all)))
		all = f.append(all)
	}
	out = append(out, t.pcln[8*t.functions:first]...)
	return replace(t.pcln, append(out, all...))
}
