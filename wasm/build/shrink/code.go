package shrink

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// An instruction of a function's code, with what follows its opcode.
type instruction struct {
	op byte
	// a is the constant, the index, the depth, the block type or the alignment;
	// of a constant float its bits, of opPrefix the second opcode.
	a int64
	// b is the offset of a load or store, and the table of call_indirect.
	b uint64
	// labels are those of br_table, the default last.
	labels []uint64
}

// The instructions that are told apart here.
// Source: https://webassembly.github.io/spec/core/binary/instructions.html.
const (
	opUnreachable  = 0x00
	opNop          = 0x01
	opBlock        = 0x02
	opLoop         = 0x03
	opIf           = 0x04
	opElse         = 0x05
	opEnd          = 0x0B
	opBr           = 0x0C
	opBrIf         = 0x0D
	opBrTable      = 0x0E
	opReturn       = 0x0F
	opCall         = 0x10
	opCallIndirect = 0x11
	opDrop         = 0x1A
	opSelect       = 0x1B
	opLocalGet     = 0x20
	opLocalSet     = 0x21
	opLocalTee     = 0x22
	opGlobalGet    = 0x23
	opGlobalSet    = 0x24
	opI32Load      = 0x28
	opI64Load      = 0x29
	opI32Load8S    = 0x2C
	opI32Load8U    = 0x2D
	opI32Load16S   = 0x2E
	opI32Load16U   = 0x2F
	opI64Load8S    = 0x30
	opI64Load8U    = 0x31
	opI64Load16S   = 0x32
	opI64Load16U   = 0x33
	opI64Load32S   = 0x34
	opI64Load32U   = 0x35
	opI32Store     = 0x36
	opI64Store     = 0x37
	opI64Store8    = 0x3C
	opI64Store16   = 0x3D
	opI64Store32   = 0x3E
	opMemorySize   = 0x3F
	opMemoryGrow   = 0x40
	opI32Const     = 0x41
	opI64Const     = 0x42
	opF32Const     = 0x43
	opF64Const     = 0x44
	opI32Eqz       = 0x45
	opI32Eq        = 0x46
	opI32LtU       = 0x49
	opI32GeU       = 0x4F
	opI64Eqz       = 0x50
	opI64Eq        = 0x51
	opI64GeU       = 0x5A
	opI32Add       = 0x6A
	opI32Sub       = 0x6B
	opI32Mul       = 0x6C
	opI32And       = 0x71
	opI32Or        = 0x72
	opI32Xor       = 0x73
	opI32ShrU      = 0x76
	opI64Add       = 0x7C
	opI64Sub       = 0x7D
	opI64Mul       = 0x7E
	opI64And       = 0x83
	opI64Or        = 0x84
	opI64Xor       = 0x85
	opI64Shl       = 0x86
	opI64ShrU      = 0x88
	opI32WrapI64   = 0xA7
	opI64ExtendS   = 0xAC // i64.extend_i32_s
	opI64ExtendU   = 0xAD // i64.extend_i32_u
	opPrefix       = 0xFC
	opLastPlain    = 0xC4 // i64.extend32_s

	typeI32   = 0x7F
	typeI64   = 0x7E
	typeEmpty = 0x40
)

// A function is its locals, as they are written, and its code.
type function struct {
	locals []byte
	code   []instruction
}

var errCode = errors.New("shrink: code that is not as this Go is known to write it")

// decode reads the body of a function.
func decode(body []byte) (*function, error) {
	r := reader{b: body}
	for n := r.uint(); n > 0 && !r.bad; n-- {
		r.uint()
		r.byte()
	}
	f := &function{locals: body[:len(body)-len(r.b)]}
	for len(r.b) > 0 && !r.bad {
		in := instruction{op: r.byte()}
		switch {
		case in.op == opBlock || in.op == opLoop || in.op == opIf || in.op == opMemorySize || in.op == opMemoryGrow:
			in.a = int64(r.byte())
		case in.op == opBr || in.op == opBrIf || in.op == opCall || opLocalGet <= in.op && in.op <= opGlobalSet:
			in.a = int64(r.uint())
		case in.op == opBrTable:
			for n := r.uint() + 1; n > 0 && !r.bad; n-- {
				in.labels = append(in.labels, r.uint())
			}
		case in.op == opCallIndirect || opI32Load <= in.op && in.op <= opI64Store32:
			in.a, in.b = int64(r.uint()), r.uint()
		case in.op == opI32Const || in.op == opI64Const:
			in.a = r.int()
		case in.op == opF32Const:
			if b := r.take(4); !r.bad {
				in.a = int64(binary.LittleEndian.Uint32(b))
			}
		case in.op == opF64Const:
			if b := r.take(8); !r.bad {
				in.a = int64(binary.LittleEndian.Uint64(b))
			}
		case in.op == opPrefix:
			in.a = int64(r.byte())
			switch {
			case in.a <= 7: // saturating truncations
			case in.a == 10: // memory.copy
				in.b = uint64(r.byte()) | uint64(r.byte())<<8
			case in.a == 11: // memory.fill
				in.b = uint64(r.byte())
			default:
				return nil, fmt.Errorf("%w: instruction %#x %#x", errCode, in.op, in.a)
			}
		case in.op <= opNop, in.op == opElse, in.op == opEnd, in.op == opReturn, in.op == opDrop, in.op == opSelect,
			opI32Eqz <= in.op && in.op <= opLastPlain:
		default:
			return nil, fmt.Errorf("%w: instruction %#x", errCode, in.op)
		}
		f.code = append(f.code, in)
	}
	if r.bad || len(f.code) == 0 || f.code[len(f.code)-1].op != opEnd {
		return nil, errCode
	}
	return f, nil
}

// bytes is the body of the function, as decode reads it.
func (f *function) bytes() []byte { return encode(append([]byte(nil), f.locals...), f.code) }

// encode adds instructions to out.
func encode(out []byte, code []instruction) []byte {
	for _, in := range code {
		out = append(out, in.op)
		switch {
		case in.op == opBlock || in.op == opLoop || in.op == opIf || in.op == opMemorySize || in.op == opMemoryGrow:
			out = append(out, byte(in.a))
		case in.op == opBr || in.op == opBrIf || in.op == opCall || opLocalGet <= in.op && in.op <= opGlobalSet:
			out = appendUint(out, uint64(in.a))
		case in.op == opBrTable:
			out = appendUint(out, uint64(len(in.labels)-1))
			for _, l := range in.labels {
				out = appendUint(out, l)
			}
		case in.op == opCallIndirect || opI32Load <= in.op && in.op <= opI64Store32:
			out = appendUint(appendUint(out, uint64(in.a)), in.b)
		case in.op == opI32Const || in.op == opI64Const:
			out = appendInt(out, in.a)
		case in.op == opF32Const:
			out = binary.LittleEndian.AppendUint32(out, uint32(in.a))
		case in.op == opF64Const:
			out = binary.LittleEndian.AppendUint64(out, uint64(in.a))
		case in.op == opPrefix:
			out = append(out, byte(in.a))
			switch in.a {
			case 10:
				out = append(out, byte(in.b), byte(in.b>>8))
			case 11:
				out = append(out, byte(in.b))
			}
		}
	}
	return out
}

func appendUint(out []byte, v uint64) []byte { return binary.AppendUvarint(out, v) }
