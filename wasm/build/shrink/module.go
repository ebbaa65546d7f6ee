package shrink

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// The sections that are of interest here.
// Source: https://webassembly.github.io/spec/core/binary/modules.html.
const (
	sectionType     = 1
	sectionImport   = 2
	sectionFunction = 3
	sectionStart    = 8
	sectionCode     = 10
	sectionData     = 11
)

// sectionOrder is where a section stands among the others.
var sectionOrder = [...]int{0: -1, 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 7, 8: 8, 9: 9, 10: 11, 11: 12, 12: 10}

// A module is a program's sections, in order.
type module struct{ sections []section }

type section struct {
	id   byte
	data []byte
}

var header = []byte("\x00asm\x01\x00\x00\x00")

var errMalformed = errors.New("shrink: malformed module")

func parse(file []byte) (*module, error) {
	if len(file) < len(header) || string(file[:len(header)]) != string(header) {
		return nil, errMalformed
	}
	m := &module{}
	r := reader{b: file[len(header):]}
	for len(r.b) > 0 && !r.bad {
		id := r.byte()
		data := r.take(r.uint())
		if int(id) >= len(sectionOrder) {
			return nil, fmt.Errorf("shrink: section %d is not known", id)
		}
		m.sections = append(m.sections, section{id, data})
	}
	if r.bad {
		return nil, errMalformed
	}
	return m, nil
}

func (m *module) bytes() []byte {
	out := append([]byte(nil), header...)
	for _, s := range m.sections {
		out = append(out, s.id)
		out = binary.AppendUvarint(out, uint64(len(s.data)))
		out = append(out, s.data...)
	}
	return out
}

// section answers the content of the only section of a kind; nil if there is
// none.
func (m *module) section(id byte) []byte {
	for _, s := range m.sections {
		if s.id == id {
			return s.data
		}
	}
	return nil
}

// put replaces a section, or adds it in its place.
func (m *module) put(id byte, data []byte) {
	at := 0
	for i, s := range m.sections {
		if s.id == id {
			m.sections[i].data = data
			return
		}
		if s.id != 0 && sectionOrder[s.id] < sectionOrder[id] {
			at = i + 1
		}
	}
	m.sections = append(m.sections[:at], append([]section{{id, data}}, m.sections[at:]...)...)
}

// append adds one entry to a section that is a vector.
func (m *module) append(id byte, entry []byte) (index uint64, err error) {
	r := reader{b: m.section(id)}
	n := r.uint()
	if r.bad {
		return 0, errMalformed
	}
	data := binary.AppendUvarint(nil, n+1)
	data = append(data, r.b...)
	m.put(id, append(data, entry...))
	return n, nil
}

// memory answers what the data section writes: the bytes from address 0 on.
func (m *module) memory() ([]byte, error) {
	var memory []byte
	r := reader{b: m.section(sectionData)}
	for n := r.uint(); n > 0 && !r.bad; n-- {
		if r.byte() != 0 || r.byte() != opI32Const {
			return nil, errors.New("shrink: a data segment that is not at a constant address")
		}
		at := r.int()
		if r.byte() != opEnd || at < 0 || at > 1<<28 {
			return nil, errMalformed
		}
		data := r.take(r.uint())
		if end := int(at) + len(data); end > len(memory) {
			memory = append(memory, make([]byte, end-len(memory))...)
		}
		copy(memory[at:], data)
	}
	if r.bad || len(r.b) > 0 {
		return nil, errMalformed
	}
	return memory, nil
}

// setMemory writes the data section anew. A run of zeroes, which memory holds
// anyway, is left out from the length on at which that is shorter than to begin
// another segment, whose address and length do not compress as zeroes do.
func (m *module) setMemory(memory []byte) {
	const gap = 16
	var segments []byte
	count := uint64(0)
	for at := 0; at < len(memory); {
		for at < len(memory) && memory[at] == 0 {
			at++
		}
		end, zeroes := at, 0
		for i := at; i < len(memory) && zeroes < gap; i++ {
			if memory[i] == 0 {
				zeroes++
			} else {
				end, zeroes = i+1, 0
			}
		}
		if end == at {
			break
		}
		segments = append(segments, 0, opI32Const)
		segments = appendInt(segments, int64(at))
		segments = append(segments, opEnd)
		segments = binary.AppendUvarint(segments, uint64(end-at))
		segments = append(segments, memory[at:end]...)
		at = end
		count++
	}
	m.put(sectionData, append(binary.AppendUvarint(nil, count), segments...))
}

// A reader reads the numbers of the format; after an error everything is zero.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) byte() byte {
	if len(r.b) == 0 {
		r.bad = true
		return 0
	}
	c := r.b[0]
	r.b = r.b[1:]
	return c
}

func (r *reader) take(n uint64) []byte {
	if n > uint64(len(r.b)) {
		r.bad = true
		return nil
	}
	data := r.b[:n:n]
	r.b = r.b[n:]
	return data
}

// uint reads a LEB128 number.
func (r *reader) uint() uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.bad = true
		return 0
	}
	r.b = r.b[n:]
	return v
}

// int reads a signed LEB128 number.
func (r *reader) int() int64 {
	var v int64
	for shift := 0; shift < 64; shift += 7 {
		c := r.byte()
		v |= int64(c&0x7F) << shift
		if c < 0x80 {
			if c&0x40 != 0 && shift < 57 {
				v |= -1 << (shift + 7)
			}
			return v
		}
	}
	r.bad = true
	return 0
}

func appendInt(out []byte, v int64) []byte {
	for {
		c := byte(v & 0x7F)
		v >>= 7
		if v == 0 && c&0x40 == 0 || v == -1 && c&0x40 != 0 {
			return append(out, c)
		}
		out = append(out, c|0x80)
	}
}
