// Package fmt stands in for fmt in detector.wasm.
//
// The program formats errors, and a few lines of text. It needs neither the
// scanner nor the printing of structs, maps and pointers, nor the files that
// package fmt can print to, which together with what they bring made up 0.3 MB.
// What is here writes the same for the verbs and the types below, and a test
// compares it with the real one for every format that the program's packages
// have, libraries included. A library that begins to use another function does
// not compile; one that uses another verb or type fails that test.
//
// Verbs: %s %q %v %w of strings, byte slices, errors and Stringers, %d %v %c %q %U
// of whole numbers, %x of whole numbers, %t %v of booleans, %g of float64,
// %%. Flags: + of %d and
// %q, # of %U, 0 with a width of %d and %x. The command in the folder above puts
// this file in the package's place.
package fmt

import (
	"errors"
	"io"
	"reflect"
	"strconv"
	"unicode/utf8"
)

// A Stringer has its own text.
type Stringer interface{ String() string }

// Sprintf formats as the real one does.
func Sprintf(format string, a ...any) string {
	text, _ := formatted(format, a)
	return string(text)
}

// Fprintf formats and writes.
func Fprintf(w io.Writer, format string, a ...any) (n int, err error) {
	text, _ := formatted(format, a)
	return w.Write(text)
}

// Errorf formats an error, which wraps the arguments of %w.
func Errorf(format string, a ...any) (err error) {
	text, wrapped := formatted(format, a)
	switch len(wrapped) {
	case 0:
		return errors.New(string(text))
	case 1:
		return &wrapError{string(text), wrapped[0]}
	}
	return &wrapErrors{string(text), wrapped}
}

type wrapError struct {
	text string
	err  error
}

func (e *wrapError) Error() string { return e.text }
func (e *wrapError) Unwrap() error { return e.err }

type wrapErrors struct {
	text string
	errs []error
}

func (e *wrapErrors) Error() string   { return e.text }
func (e *wrapErrors) Unwrap() []error { return e.errs }

// A verb is one with its flags.
type verb struct {
	plus, sharp, zero bool
	width             int
	char              rune
}

// formatted answers the text, and what %w stands for.
func formatted(format string, args []any) (b []byte, wrapped []error) {
	for i := 0; i < len(format); {
		if format[i] != '%' {
			b = append(b, format[i])
			i++
			continue
		}
		var v verb
		for i++; i < len(format); i++ {
			switch format[i] {
			case '+':
				v.plus = true
				continue
			case '#':
				v.sharp = true
				continue
			case '0':
				v.zero = true
				continue
			}
			break
		}
		for ; i < len(format) && '0' <= format[i] && format[i] <= '9'; i++ {
			v.width = v.width*10 + int(format[i]-'0')
		}
		if i == len(format) {
			return append(b, "%!(NOVERB)"...), wrapped
		}
		if !v.zero {
			v.width = 0 // not known here
		}
		var n int
		v.char, n = utf8.DecodeRuneInString(format[i:])
		i += n
		switch {
		case v.char == '%':
			b = append(b, '%')
		case len(args) == 0:
			b = append(utf8.AppendRune(append(b, "%!"...), v.char), "(MISSING)"...)
		default:
			if err, ok := args[0].(error); ok && v.char == 'w' {
				wrapped = append(wrapped, err)
			}
			b = v.append(b, args[0])
			args = args[1:]
		}
	}
	return b, wrapped
}

// append formats one argument.
func (v verb) append(b []byte, arg any) []byte {
	switch v.char {
	case 'v', 's', 'q', 'w':
		switch a := arg.(type) {
		case error:
			return v.appendString(b, a.Error())
		case Stringer:
			return v.appendString(b, a.String())
		}
	}
	r := reflect.ValueOf(arg)
	switch r.Kind() {
	case reflect.Invalid:
		if v.char == 'v' {
			return append(b, "<nil>"...)
		}
	case reflect.String:
		if v.char == 's' || v.char == 'v' || v.char == 'q' {
			return v.appendString(b, r.String())
		}
	case reflect.Bool:
		if v.char == 't' || v.char == 'v' {
			return strconv.AppendBool(b, r.Bool())
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		if n := r.Int(); n < 0 {
			return v.appendInt(b, true, -uint64(n))
		} else {
			return v.appendInt(b, false, uint64(n))
		}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return v.appendInt(b, false, r.Uint())
	case reflect.Float64:
		if v.char == 'g' {
			return strconv.AppendFloat(b, r.Float(), 'g', -1, 64)
		}
	case reflect.Slice:
		if text, ok := arg.([]byte); ok && (v.char == 's' || v.char == 'q') {
			return v.appendString(b, string(text))
		}
	}
	return v.bad(b, r)
}

// bad is what is written for a verb or a type that is not known here.
func (v verb) bad(b []byte, r reflect.Value) []byte {
	b = utf8.AppendRune(append(b, "%!"...), v.char)
	if r.Kind() == reflect.Invalid {
		return append(b, "(<nil>)"...)
	}
	return append(append(append(b, '('), r.Kind().String()...), ')')
}

func (v verb) appendString(b []byte, s string) []byte {
	switch {
	case v.char != 'q':
		return append(b, s...)
	case v.plus:
		return strconv.AppendQuoteToASCII(b, s)
	}
	return strconv.AppendQuote(b, s)
}

func (v verb) appendInt(b []byte, negative bool, n uint64) []byte {
	base := 10
	switch v.char {
	case 'd', 'v':
	case 'x':
		base = 16
	case 'c':
		return utf8.AppendRune(b, toRune(n))
	case 'q':
		if v.plus {
			return strconv.AppendQuoteRuneToASCII(b, toRune(n))
		}
		return strconv.AppendQuoteRune(b, toRune(n))
	case 'U':
		if negative {
			n = -n
		}
		return v.appendUnicode(b, n)
	default:
		return v.bad(b, reflect.ValueOf(n))
	}
	digits := strconv.FormatUint(n, base)
	switch {
	case negative:
		b = append(b, '-')
		v.width--
	case v.plus:
		b = append(b, '+')
		v.width--
	}
	for range v.width - len(digits) {
		b = append(b, '0')
	}
	return append(b, digits...)
}

// appendUnicode writes U+0041, or U+0041 'A'.
func (v verb) appendUnicode(b []byte, n uint64) []byte {
	const upper = "0123456789ABCDEF"
	b = append(b, "U+"...)
	digits := 4
	for digits < 16 && n>>(4*digits) != 0 {
		digits++
	}
	for digits--; digits >= 0; digits-- {
		b = append(b, upper[n>>(4*digits)&0xF])
	}
	if v.sharp && n <= utf8.MaxRune && strconv.IsPrint(rune(n)) {
		b = append(utf8.AppendRune(append(b, " '"...), rune(n)), '\'')
	}
	return b
}

func toRune(n uint64) rune {
	if n > utf8.MaxRune {
		return utf8.RuneError
	}
	return rune(n)
}
