package wire

import (
	"reflect"
	"strings"
	"sync"
)

// A field is one member of a struct's JSON.
type field struct {
	name      string
	index     []int // through embedded structs
	omitEmpty bool
	omitZero  bool
}

// known keeps the fields of the types seen: a program has a dozen.
var known struct {
	sync.Mutex
	types map[reflect.Type][]field
}

func fields(t reflect.Type) []field {
	known.Lock()
	defer known.Unlock()
	list, ok := known.types[t]
	if !ok {
		list = collect(nil, t, nil)
		if known.types == nil {
			known.types = map[reflect.Type][]field{}
		}
		known.types[t] = list
	}
	return list
}

func collect(list []field, t reflect.Type, outer []int) []field {
	for i := range t.NumField() {
		f := t.Field(i)
		index := append(append([]int(nil), outer...), i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct:
			list = collect(list, f.Type, index)
			continue
		case name == "-" || !f.IsExported():
			continue
		case name == "":
			name = f.Name
		}
		list = append(list, field{
			name: name, index: index,
			omitEmpty: options == "omitempty", omitZero: options == "omitzero",
		})
	}
	return list
}

// of answers the field of a value.
func (f *field) of(v reflect.Value) reflect.Value {
	for _, i := range f.index {
		v = v.Field(i)
	}
	return v
}
