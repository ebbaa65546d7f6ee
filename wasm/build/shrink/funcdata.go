package shrink

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
)

// What the records of functions name by its offset lies in one place, go:func.*:
// which words of a frame and of the arguments are pointers, which objects lie there,
// which calls were written out in place. Behind it lies the find-function table.
// Source: runtime/symtab.go, moduledata, stackmap; runtime/symtabinl.go, inlinedCall;
// runtime/runtime2.go, stackObjectRecord.
const (
	modNames     = 8
	modPctab     = 80
	modPcln      = 104
	modFindTable = 152
	modGofunc    = 320
	modSize      = 336

	dataArgs          = 0 // two numbers of four bytes: of bitmaps, of bits of each; the bitmaps
	dataLocals        = 1
	dataStackObjects  = 2 // a number of eight bytes, and so many records
	stackObjectSize   = 16
	inlinedCallSize   = 16
	dataOpenCodeDefer = 4 // two numbers in LEB128
)

// Functions that have numbers of their own, internal/abi/symtab.go.
const (
	idGopanic = 10
	idBefore  = 22 // runtime.systemstack_switch
	idWrapper = 23 // the last
)

// objects are the bytes of go:func.*.
type objects []byte

// objects finds them by the runtime's description of the program, which begins with
// the address of the symbol table, and also has the length of its last part.
func (t *symbols) objects(memory []byte) (objects, error) {
	begin := binary.LittleEndian.AppendUint64(nil, uint64(t.at))
	begin = binary.LittleEndian.AppendUint64(begin, uint64(t.at+t.namesAt))
	at := bytes.Index(memory, begin)
	if at < 0 || bytes.Contains(memory[at+1:], begin) || at+modSize > len(memory) {
		return nil, fmt.Errorf("%w: no description of the program, or several", errSymbols)
	}
	word := func(offset int) uint64 { return binary.LittleEndian.Uint64(memory[at+offset:]) }
	from, to, length := word(modGofunc), word(modFindTable), word(modPcln+8)
	if word(modPctab) != uint64(t.at+t.pctabAt) || word(modPcln) != uint64(t.at+t.pclnAt) || length > uint64(len(t.pcln)) || from > to || to > uint64(len(memory)) {
		return nil, fmt.Errorf("%w: its description makes no sense", errSymbols)
	}
	t.pcln = t.pcln[:length]
	return memory[from:to], nil
}

// object answers what lies at an offset and is of a kind of funcdata; of inlined
// calls so many. The alignment is that of its numbers.
func (o objects) object(at uint32, kind, calls int) (piece []byte, align int, err error) {
	if uint64(at) > uint64(len(o)) {
		return nil, 0, errSymbols
	}
	rest := o[at:]
	var first, second uint32
	if len(rest) >= 8 {
		first, second = binary.LittleEndian.Uint32(rest), binary.LittleEndian.Uint32(rest[4:])
	}
	var size uint64
	switch kind {
	case dataArgs, dataLocals:
		size, align = 8+uint64(first)*((uint64(second)+7)/8), 4
	case dataStackObjects:
		size, align = 8+stackObjectSize*uint64(first), 8
	case dataInlined:
		size, align = uint64(calls)*inlinedCallSize, 4
	case dataOpenCodeDefer:
		r := reader{b: rest}
		r.uint()
		r.uint()
		size, align = uint64(len(rest)-len(r.b)), 1
	default:
		return nil, 0, fmt.Errorf("%w: funcdata %d", errSymbols, kind)
	}
	if size > uint64(len(rest)) || int(at)%align != 0 {
		return nil, 0, errSymbols
	}
	return rest[:size], align, nil
}

// inlined counts the calls that were written out in a function: the table by address
// has the number of each.
func (t *symbols) inlined(f record) (calls int, err error) {
	if pcInlined >= len(f.pcdata) || f.pcdata[pcInlined] == 0 {
		return 0, nil
	}
	table, err := t.table(f.pcdata[pcInlined])
	r := reader{b: table}
	for value := int64(-1); len(r.b) > 1; r.uint() {
		delta := r.uint()
		value += int64(delta>>1) ^ -int64(delta&1)
		calls = max(calls, int(value)+1)
	}
	return calls, err
}

// callers tells which functions call one that is given by its name, and not by a
// pointer to it.
func (t *symbols) callers(name string, c *code) (func(i int) bool, error) {
	called, _, err := t.find(name)
	if err != nil {
		return nil, err
	}
	call := opA(opCall, int64(c.imported)+int64(called))
	return func(i int) bool { return i < len(c.functions) && slices.ContainsFunc(c.functions[i].code, call.equal) }, nil
}

// checkNumbers reports an error where functions have other numbers of their own than
// those above.
func (t *symbols) checkNumbers() error {
	for name, id := range map[string]byte{"runtime.gopanic": idGopanic, "runtime.systemstack_switch": idBefore} {
		if _, f, err := t.find(name); err != nil || f.head[funcID] != id {
			return fmt.Errorf("%w: %s has the number %d, %w", errSymbols, name, f.head[funcID], err)
		}
	}
	return nil
}

// find looks for a function by its name.
func (t *symbols) find(name string) (i int, f record, err error) {
	for i := range t.functions {
		if f, err = t.function(i); err != nil {
			return 0, f, err
		}
		own := t.names[min(uint64(f.word(funcName)), uint64(len(t.names))):]
		if bytes.HasPrefix(own, append([]byte(name), 0)) {
			return i, f, nil
		}
	}
	return 0, f, fmt.Errorf("%w: no %s", errSymbols, name)
}
