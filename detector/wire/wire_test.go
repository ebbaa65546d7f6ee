package wire

import (
	"bytes"
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"
)

type word string

type inner struct {
	A int     `json:"a"`
	B *string `json:"b"`
}

type everything struct {
	inner
	Text   string             `json:"text"`
	Word   word               `json:"word,omitempty"`
	On     bool               `json:"on,omitempty"`
	Float  float64            `json:"float"`
	Long   int64              `json:"long"`
	List   []string           `json:"list"`
	Words  []word             `json:"words,omitempty"`
	Deep   []inner            `json:"deep"`
	Inner  inner              `json:"inner,omitzero"`
	Keep   inner              `json:"keep,omitempty"`
	Map    map[string]string  `json:"map"`
	Floats map[string]float64 `json:"floats,omitempty"`
	More   *inner             `json:"more,omitempty"`
	Gone   string             `json:"-"`
	hidden string
	Plain  int
}

// standard is what encoding/json writes.
func standard(t *testing.T, v any) string {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func samples() []everything {
	s := "\"\\/\b\f\n\r\t\x00\x1f\x7f<>&é日本\u2028\u2029\xff\U0001F381"
	list := []everything{
		{},
		{Text: s, Word: "x", On: true, Float: 1.5, Long: math.MinInt64, List: []string{}, Plain: -1, hidden: "no", Gone: "no"},
		{List: []string{"", s}, Words: []word{"a"}, Deep: []inner{{1, &s}, {}}, Inner: inner{A: 2}, Map: map[string]string{"b": "", "a": s}, More: &inner{}},
		{inner: inner{A: 7, B: &s}, Map: map[string]string{}, Floats: map[string]float64{"z": 1, "y": -0.25}},
	}
	for _, f := range []float64{0, math.Copysign(0, -1), 1, -1, 0.1, 3.6, 1e20, 1e21, 123456789e15, 1e-6, 9.99e-7, 1e-10, 5e-324, math.MaxFloat64} {
		list = append(list, everything{Float: f})
	}
	return list
}

func TestAppend(t *testing.T) {
	for _, v := range samples() {
		if got, want := string(Append(nil, v)), standard(t, v); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	if got := string(Append([]byte("x"), any(nil))); got != "xnull" {
		t.Errorf("nil: %s", got)
	}
}

// What is written is read back as encoding/json reads it.
func TestDecode(t *testing.T) {
	for _, v := range samples() {
		text := standard(t, v)
		var got, want everything
		if err := Decode(" "+text+"\n", &got); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if err := json.Unmarshal([]byte(text), &want); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, want %+v", text, got, want)
		}
	}
	var got everything
	if err := Decode(`{"list":null,"map":null,"more":null,"text":null,"deep":[null],"long":null}`, &got); err != nil || got.List != nil || len(got.Deep) != 1 {
		t.Errorf("null: %+v, %v", got, err)
	}
}

func TestDecodeErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{``, "expected an object"},
		{`[]`, "expected an object"},
		{`{"colour":1}`, `unknown field "colour"`},
		{`{"Text":"x"}`, `unknown field "Text"`}, // encoding/json would take it
		{`{"hidden":"x"}`, "unknown field"},
		{`{"-":"x"}`, "unknown field"},
		{`{"` + strings.Repeat("x", 1000) + `":1}`, "…"},
		{`{"text":1}`, "expected a string"},
		{`{"on":"x"}`, "expected true or false"},
		{`{"long":1.5}`, "whole number"},
		{`{"long":9223372036854775808}`, "whole number"},
		{`{"list":{}}`, "expected an array"},
		{`{"map":[]}`, "expected an object"},
		{`{"text":"\q"}`, "valid escape"},
		{`{"text":"\ud83`, "end of a string"},
		{`{} {}`, "expected the end"},
		{strings.Repeat(`{"deep":[`, 3) + `]`, "unknown field"},
	} {
		var v everything
		if err := Decode(c.text, &v); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.60s: %v, want %s", c.text, err, c.want)
		}
	}
}

func FuzzString(f *testing.F) {
	f.Add("a\"\\\n\u2028\xff日本")
	f.Fuzz(func(t *testing.T, s string) {
		got, want := string(Append(nil, s)), standard(t, s)
		if got != want {
			t.Fatalf("%+q: got %s, want %s", s, got, want)
		}
		var back string
		if err := Decode(got, &back); err != nil || back != strings.ToValidUTF8(s, "\uFFFD") && !strings.Contains(s, "\xff") && json.Unmarshal([]byte(want), &back) != nil {
			t.Fatalf("%+q: read back as %+q, %v", s, back, err)
		}
	})
}
