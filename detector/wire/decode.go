package wire

import (
	"fmt"
	"reflect"

	"github.com/honmono/honmono/detector/internal/jsonread"
)

// Decode reads one JSON value, and nothing after it, into what into points to.
// Strings may be parts of text.
func Decode(text string, into any) error {
	d := decoder{r: jsonread.New(text)}
	d.value(reflect.ValueOf(into).Elem())
	if err := d.r.Err(); err != nil {
		return err
	}
	return nil
}

type decoder struct{ r *jsonread.Reader }

func (d *decoder) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(d.r.String())
	case reflect.Bool:
		v.SetBool(d.r.Bool())
	case reflect.Int, reflect.Int64:
		v.SetInt(d.r.Int())
	case reflect.Float64:
		v.SetFloat(d.r.Float())
	case reflect.Pointer:
		if d.r.Null() {
			v.SetZero()
			return
		}
		v.Set(reflect.New(v.Type().Elem()))
		d.value(v.Elem())
	case reflect.Slice:
		if d.r.Null() {
			v.SetZero()
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		d.r.Array(func() {
			v.Grow(1)
			v.SetLen(v.Len() + 1)
			element := v.Index(v.Len() - 1)
			element.SetZero()
			d.value(element)
		})
	case reflect.Map:
		if d.r.Null() {
			v.SetZero()
			return
		}
		v.Set(reflect.MakeMap(v.Type()))
		d.r.Object(func(key string) {
			element := reflect.New(v.Type().Elem()).Elem()
			d.value(element)
			k := reflect.New(v.Type().Key()).Elem()
			k.SetString(key)
			v.SetMapIndex(k, element)
		})
	case reflect.Struct:
		list := fields(v.Type())
		d.r.Object(func(key string) {
			for i := range list {
				if list[i].name == key {
					d.value(list[i].of(v))
					return
				}
			}
			if len(key) > 40 {
				key = key[:40] + "…"
			}
			d.r.Fail(fmt.Errorf("unknown field %q", key))
		})
	default:
		panic("wire: internal error: no value of kind " + v.Kind().String() + " is read")
	}
}
