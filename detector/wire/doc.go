// Package wire turns values into JSON and back as encoding/json does, in a tenth
// of its size: a browser downloads the program and starts it for every mail, and
// encoding/json with what it needs was a twelfth of it.
//
// It knows what messages, verdicts and requests are made of: structs with the
// tags of encoding/json (a name, omitempty, omitzero, "-"; embedded structs lend
// their fields), slices, pointers, maps with string keys, strings, booleans and
// numbers. [Append] writes, byte for byte, what an encoding/json encoder writes
// with SetEscapeHTML(false). [Decode] is stricter than encoding/json: names must
// be written exactly, a name that is not known is an error, and so is anything
// behind the value. Other types are a mistake of the programmer, and panic.
//
// What is read a field at a time, without any type, is read with package
// detector/internal/jsonread.
package wire
