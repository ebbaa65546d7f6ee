package jsonread

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// any reads a value as encoding/json reads it into an interface.
func anything(r *Reader) any {
	switch r.peek() {
	case '{':
		m := map[string]any{}
		r.Object(func(k string) { m[k] = anything(r) })
		return m
	case '[':
		list := []any{}
		r.Array(func() { list = append(list, anything(r)) })
		return list
	case '"':
		return r.String()
	case 't', 'f':
		return r.Bool()
	case 'n':
		r.Skip()
		return nil
	default:
		return r.Float()
	}
}

func FuzzReader(f *testing.F) {
	for _, s := range []string{
		`{"a":[1,-0.5e+3,"x\u00e9\ud83d\ude00\n",true,false,null,{}],"a":[]}`, ` [ ] `, `"\ud800"`, `01`, `1.`, `-`, `[1,]`, `{"a"}`, `{1:2}`, `"a` + "\n" + `"`, `"\x"`, "\"\xff\"", `nul`, `tru`,
		`{"":{"":[[[]]]}}`, `[1 2]`, `1 2`, ``, ` `, `"\"`, `1e999`, `{"a":1,"b":}`, "\x00", `[` + "\x00" + `]`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var want any
		wantErr := json.Unmarshal([]byte(s), &want)
		r := New(s)
		got := anything(r)
		err := r.Err()
		if (err == nil) != (wantErr == nil) {
			t.Fatalf("%q: error %v, encoding/json says %v", s, err, wantErr)
		}
		if err == nil && !reflect.DeepEqual(got, want) {
			t.Fatalf("%q: %#v, encoding/json says %#v", s, got, want)
		}
		r = New(s)
		r.Skip()
		if (r.Err() == nil) != json.Valid([]byte(s)) {
			t.Fatalf("%q: skipping says %v", s, r.Err())
		}
	})
}

func TestReader(t *testing.T) {
	r := New(`{"list":["a","b"],"none":null,"empty":[],"on":true,"n":-1.5,"more":{"x":[1,{"y":"z"}]}}`)
	got := map[string]any{}
	r.Object(func(key string) {
		switch key {
		case "list", "none", "empty":
			got[key] = r.Strings()
		case "on":
			got[key] = r.Bool()
		case "n":
			got[key] = r.Float()
		default:
			r.Skip()
		}
	})
	want := map[string]any{"list": []string{"a", "b"}, "none": []string(nil), "empty": []string{}, "on": true, "n": -1.5}
	if err := r.Err(); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%#v, %v; want %#v", got, err, want)
	}
}

func TestReaderErrors(t *testing.T) {
	for _, c := range []struct {
		text string
		read func(r *Reader)
		want string
	}{
		{`{}`, func(r *Reader) { r.Array(r.Skip) }, "byte 0: expected an array"},
		{`[]`, func(r *Reader) { r.Object(func(string) {}) }, "byte 0: expected an object"},
		{`1`, func(r *Reader) { _ = r.String() }, "byte 0: expected a string"},
		{`"1"`, func(r *Reader) { r.Float() }, "byte 0: expected a number"},
		{`1`, func(r *Reader) { r.Bool() }, "byte 0: expected true or false"},
		{`[1 x`, func(r *Reader) { r.Array(r.Skip) }, "byte 3: expected a comma or the end of an array"},
		{`[] []`, func(r *Reader) { r.Skip() }, "byte 3: expected the end"},
		{strings.Repeat("[", maxDepth+1), func(r *Reader) { r.Skip() }, "byte 10001: expected an array"},
	} {
		r := New(c.text)
		c.read(r)
		if err := r.Err(); err == nil || !strings.HasSuffix(err.Error(), c.want) {
			t.Errorf("%.20q: %v, want %s", c.text, err, c.want)
		}
	}
}
