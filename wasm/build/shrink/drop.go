package shrink

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
)

// drop takes out of the symbol table what only a printed stack, a signal or the
// execution tracer asks for, and moves what is left together: the names of functions,
// files and lines, which arguments hold what, and the calls that the compiler wrote
// out in place. A function without them has no name in a printed stack and is at
// "?:0"; offset 0 says so in Go's own format.
//
// One part of the runtime counts calls that were written out: recover, which looks
// whether a deferred function called it (runtime/panic.go, gorecover). It looks at
// the function that calls it, at wrappers, and at gopanic; these keep theirs.
// recovers tells which functions call it.
func (t *symbols) drop(memory []byte, recovers func(i int) bool) error {
	if err := t.checkNumbers(); err != nil {
		return err
	}
	objects, err := t.objects(memory)
	if err != nil {
		return err
	}
	records := make([]record, t.functions)
	var tables, data packer
	for i := range records {
		f := &records[i]
		if *f, err = t.function(i); err != nil {
			return err
		}
		f.drop(pcUnsafePoint, dataArgInfo)
		f.drop(pcArgLive, dataArgLive)
		f.drop(-1, dataWrapInfo)
		calls := 0
		if id := f.head[funcID]; recovers(i) || id == idWrapper || id == idGopanic {
			if calls, err = t.inlined(*f); err != nil {
				return err
			}
		} else {
			f.drop(pcInlined, dataInlined)
		}
		for _, at := range []int{funcName, funcPcfile, funcPcln, funcCU, funcLine} {
			f.set(at, 0)
		}
		for k := range f.funcdata {
			if f.funcdata[k] == none {
				continue
			}
			piece, align, err := objects.object(f.funcdata[k], k, calls)
			if err != nil {
				return err
			}
			data.add(piece, align, &f.funcdata[k])
		}
		for k := range len(f.pcdata) + 1 {
			offset := &f.pcsp
			if k > 0 {
				offset = &f.pcdata[k-1]
			}
			if *offset == 0 {
				continue
			}
			table, err := t.table(*offset)
			if err != nil {
				return err
			}
			tables.add(table, 1, offset)
		}
	}
	packed := tables.place([]byte{0}) // a table at offset 0 is none
	err = errors.Join(replace(t.pctab, packed), replace(objects, data.place(nil)))
	return errors.Join(err, t.write(records), replace(t.names, nil))
}

// shortenSymbols drops from the symbol table what a program with this code can do
// without, and answers it.
func shortenSymbols(memory []byte, c *code) (*symbols, error) {
	t, err := findSymbols(memory)
	if err != nil {
		return nil, err
	}
	recovers, err := t.callers("runtime.gorecover", c)
	if err != nil {
		return nil, err
	}
	return t, t.drop(memory, recovers)
}

// A packer puts pieces of data one behind the other, each once.
type packer struct {
	pieces []*piece
	index  map[string]*piece
}

type piece struct {
	data    []byte
	align   int
	offsets []*uint32 // who names it
}

// add takes a piece that is to lie at a multiple of align, and whose offset is wanted.
func (p *packer) add(data []byte, align int, offset *uint32) {
	key := strconv.Itoa(align) + " " + string(data)
	one := p.index[key]
	if one == nil {
		one = &piece{data: data, align: align}
		p.pieces = append(p.pieces, one)
		if p.index == nil {
			p.index = map[string]*piece{}
		}
		p.index[key] = one
	}
	one.offsets = append(one.offsets, offset)
}

// place adds the pieces to out, those that are named most first, and tells the offsets.
func (p *packer) place(out []byte) []byte {
	slices.SortStableFunc(p.pieces, func(a, b *piece) int { return cmp.Compare(len(b.offsets), len(a.offsets)) })
	for _, one := range p.pieces {
		for len(out)%one.align != 0 {
			out = append(out, 0)
		}
		for _, offset := range one.offsets {
			*offset = uint32(len(out))
		}
		out = append(out, one.data...)
	}
	return out
}

// replace writes something in the place of what is longer.
func replace(old, with []byte) error {
	if len(with) > len(old) {
		return errSymbols
	}
	clear(old[copy(old, with):])
	return nil
}
