// Package shrink makes a wasm program that Go has linked smaller, and leaves what
// it does as it is.
//
// Two tables of Go's runtime make up a quarter of a program, and a browser needs
// neither as it is written:
//
//   - The find-function table leads from an address to a function, in buckets of
//     4096 bytes of code. In wasm every function has 65536 addresses, so the table
//     is a million bytes that count: the function's number sixteen times in a row,
//     each time with a data segment of its own. A loop of forty bytes that runs
//     before the program starts writes the same; see findfunc.go.
//   - The names of functions, the line tables and the calls that were written out
//     in place lead from an address to functions, a file and a line, for the stack
//     that is printed when a program dies; see drop.go. The addresses stay what
//     they are, and a program that is built without this has a function's name under
//     the same address. What is left of that table, the collector and panics ask for;
//     most of it is written by the start function too; see records.go.
//
// The code is a third shorter when it says the same with fewer instructions, and
// runs faster:
//
//   - The function that is called writes its return address; see calls.go.
//   - A jump ahead is a jump, and not a number for a table; see jumps.go.
//   - A block that nobody goes to is none; see entries.go.
//   - Short runs of instructions have shorter ones; see peephole.go.
//   - A sum for an address is the offset of a load or store; see offsets.go.
//
// All of it is found by its form. A Go that writes another is an error, and so is
// anything here that is not understood: never a program that is a little wrong.
// [Program] takes what "go build" made with -ldflags=-s, and what it answers
// holds, once its start function has run, the same memory byte for byte but for
// that table; the tests hold it to that.
package shrink

import (
	"fmt"
	"slices"
)

// Program answers a smaller program that does the same.
func Program(file []byte) ([]byte, error) { return shrink(file, false) }

// Strict is Program for tests: a function that is entered where it is taken never to be
// ends the program. See entries.go.
func Strict(file []byte) ([]byte, error) { return shrink(file, true) }

func shrink(file []byte, strict bool) ([]byte, error) {
	m, err := parse(file)
	if err != nil {
		return nil, err
	}
	memory, err := m.memory()
	if err != nil {
		return nil, err
	}
	code, err := m.code()
	if err != nil {
		return nil, err
	}
	symbols, err := shortenSymbols(memory, code)
	if err != nil {
		return nil, err
	}
	if err := code.shorten(symbols, strict); err != nil {
		return nil, err
	}
	records, err := symbols.packRecords()
	if err != nil {
		return nil, err
	}
	table, err := findFunctions(memory)
	if err != nil {
		return nil, err
	}
	clear(memory[table.at : table.at+table.size()])
	m.put(sectionCode, code.bytes())
	m.setMemory(memory)
	if err := m.startWith(slices.Concat(records, table.loop())); err != nil {
		return nil, err
	}
	return m.bytes(), nil
}

// startWith makes code run when the program is instantiated. It has the locals of the
// start function.
func (m *module) startWith(code []instruction) error {
	if m.section(sectionStart) != nil {
		return fmt.Errorf("shrink: the program has a start function already")
	}
	kind, err := m.append(sectionType, []byte{0x60, 0, 0}) // func () → ()
	if err != nil {
		return err
	}
	own, err := m.append(sectionFunction, appendUint(nil, kind))
	if err != nil {
		return err
	}
	body := (&function{startLocals, append(code, op(opEnd))}).bytes()
	if _, err := m.append(sectionCode, append(appendUint(nil, uint64(len(body))), body...)); err != nil {
		return err
	}
	imported, err := m.importedFunctions()
	if err != nil {
		return err
	}
	m.put(sectionStart, appendUint(nil, imported+own))
	return nil
}

// The code of a program: its functions, and the type of each as it is written.
type code struct {
	functions []*function
	types     []string
	imported  uint64 // so many numbers are those of JavaScript's functions
}

// code reads the functions.
func (m *module) code() (c *code, err error) {
	c = &code{}
	if c.imported, err = m.importedFunctions(); err != nil {
		return nil, err
	}
	if c.types, err = m.functionTypes(); err != nil {
		return nil, err
	}
	r := reader{b: m.section(sectionCode)}
	c.functions = make([]*function, r.uint())
	if len(c.functions) != len(c.types) {
		return nil, errMalformed
	}
	for i := range c.functions {
		if c.functions[i], err = decode(r.take(r.uint())); err != nil {
			return nil, err
		}
		if c.types[i] != goType {
			continue
		}
		if i == 0 && match(c.functions[i].code, opA(opI32Const, 0), op(opEnd)) {
			c.types[i] = "" // go:buildid, which has no code and is not called
		} else if !c.functions[i].isGo() {
			return nil, fmt.Errorf("%w: function %d begins otherwise", errCode, i)
		}
	}
	if r.bad || len(r.b) > 0 {
		return nil, errMalformed
	}
	return c, nil
}

// isGo tells Go's functions, by their number.
func (c *code) isGo(index int64) bool {
	i := index - int64(c.imported)
	return i >= 0 && i < int64(len(c.types)) && c.types[i] == goType
}

// shorten rewrites the functions.
func (c *code) shorten(t *symbols, strict bool) error {
	never := neverReturn(c.functions, func(i int) bool { return c.types[i] == goType }, int64(c.imported))
	for i, f := range c.functions {
		if c.types[i] != goType {
			continue
		}
		if i >= t.functions {
			return fmt.Errorf("%w: function %d has no record", errCode, i)
		}
		record, err := t.function(i)
		if err != nil {
			return err
		}
		if err := f.shorten(int64(firstFunction+i), record, strict, c.isGo, never); err != nil {
			return fmt.Errorf("function %d: %w", i, err)
		}
	}
	return nil
}

// bytes is the section of the code.
func (c *code) bytes() []byte {
	section := appendUint(nil, uint64(len(c.functions)))
	for _, f := range c.functions {
		body := f.bytes()
		section = append(appendUint(section, uint64(len(body))), body...)
	}
	return section
}

// shorten rewrites a Go function.
func (f *function) shorten(number int64, r record, strict bool, isGo func(index int64) bool, never map[int64]bool) error {
	if err := f.jumpAhead(); err != nil {
		return err
	}
	blocks, err := f.passAddresses(isGo, never)
	if err != nil {
		return err
	}
	var used map[int64]bool
	if r.head[funcFlag]&flagAsm == 0 {
		used = f.dropEntries(number, int64(r.word(funcDefer)))
	}
	if err := f.takeAddress(blocks); err != nil {
		return err
	}
	if strict && used != nil {
		f.trap(used)
	}
	f.dropBlocks()
	f.simplify()
	f.mergeBlocks()
	f.foldOffsets(isGo)
	return nil
}

// goType is the type of Go's own functions, as it is written: func (i32) → i32.
const goType = "\x60\x01\x7F\x01\x7F"

// functionTypes answers the type of each function that is not imported, as it is
// written.
func (m *module) functionTypes() (list []string, err error) {
	r := reader{b: m.section(sectionType)}
	types := make([]string, 0, 16)
	for n := r.uint(); n > 0 && !r.bad; n-- {
		all := r.b
		r.byte()
		r.take(r.uint())
		r.take(r.uint())
		types = append(types, string(all[:len(all)-len(r.b)]))
	}
	if r.bad || len(types) == 0 || types[0] != goType {
		return nil, errMalformed // calls through a pointer name the first type
	}
	r = reader{b: m.section(sectionFunction)}
	for n := r.uint(); n > 0 && !r.bad; n-- {
		i := r.uint()
		if i >= uint64(len(types)) {
			return nil, errMalformed
		}
		list = append(list, types[i])
	}
	if r.bad {
		return nil, errMalformed
	}
	return list, nil
}

// importedFunctions counts the functions that come from JavaScript; they are
// numbered first.
func (m *module) importedFunctions() (count uint64, err error) {
	r := reader{b: m.section(sectionImport)}
	for n := r.uint(); n > 0 && !r.bad; n-- {
		r.take(r.uint()) // module
		r.take(r.uint()) // name
		if r.byte() != 0 {
			return 0, fmt.Errorf("shrink: the program imports something that is no function")
		}
		r.uint() // type
		count++
	}
	if r.bad {
		return 0, errMalformed
	}
	return count, nil
}
