//go:build !js

package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/constant"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	ours "github.com/honmono/honmono/wasm/build/fmt"
)

// One way of formatting: a format of the program, and the type of each argument.
type formatting struct {
	at     string
	format string
	args   []types.Type
}

// Ours writes what the real fmt writes for every format that the program's
// packages have, with values of the types that they give.
func TestFormats(t *testing.T) {
	list := formats(t)
	if len(list) < 50 {
		t.Fatalf("only %d formats are found", len(list))
	}
	for _, f := range list {
		var samples [][]any
		for i, typ := range f.args {
			s := samplesOf(typ)
			if s == nil {
				t.Errorf("%s: argument %d of %q is a %s, which package fmt here does not know", f.at, i+1, f.format, typ)
			}
			samples = append(samples, s)
		}
		for k := range 8 {
			var args []any
			for _, s := range samples {
				if len(s) > 0 {
					args = append(args, s[k%len(s)])
				}
			}
			if got, want := ours.Sprintf(f.format, args...), fmt.Sprintf(strings.ReplaceAll(f.format, "%w", "%v"), args...); got != want {
				t.Errorf("%s: %q of %#v is %q, and should be %q", f.at, f.format, args, got, want)
			}
			got, want := ours.Errorf(f.format, args...), fmt.Errorf(f.format, args...)
			if got.Error() != want.Error() || errors.Unwrap(got) != errors.Unwrap(want) || errors.Is(got, errSample) != errors.Is(want, errSample) {
				t.Errorf("%s: the error %q of %#v is %v, and should be %v", f.at, f.format, args, got, want)
			}
		}
	}
}

// These are not in the program now, and are the same all the same.
func TestFormatting(t *testing.T) {
	for _, c := range []struct {
		format string
		args   []any
	}{
		{"%d %+d %x %08x %04d %03d", []any{-5, 7, uint32(0xBEEF), 0x1234, -12, 12345}},
		{"%c %q %U %#U %#U %U", []any{'x', '本', '\t', '\t', 'é', 0x10FFFF}},
		{"%s %q %+q %v", []any{[]byte("a\xff"), []byte("b\n"), "本\u2028", true}},
		{"%v %s 100%% %t", []any{nil, named("n"), false}},
		{"%w %w", []any{errSample, io.EOF}},
		{"%s %d", []any{"one"}},
		{"%s %", []any{"one"}},
		{"%s", []any{nil}},
		{"%v %v", []any{uint8(255), int64(-1 << 63)}},
	} {
		got, want := ours.Errorf(c.format, c.args...), fmt.Errorf(c.format, c.args...)
		if got.Error() != want.Error() || errors.Is(got, errSample) != errors.Is(want, errSample) || errors.Is(got, io.EOF) != errors.Is(want, io.EOF) {
			t.Errorf("%q: %q, want %q", c.format, got, want)
		}
	}
	var b strings.Builder
	if n, err := ours.Fprintf(&b, "%s %d", "x", 1); n != 3 || err != nil || b.String() != "x 1" {
		t.Errorf("Fprintf: %d, %v, %q", n, err, b.String())
	}
	if got := ours.Sprintf("%d", "text"); got != "%!d(string)" {
		t.Errorf("a verb that is not known: %q", got)
	}
}

type named string

type stringer struct{ s string }

func (s stringer) String() string { return s.s }

var errSample = errors.New("broken \"here\"")

// samplesOf answers values that stand for those of a type; nil for a type that is
// not known.
func samplesOf(typ types.Type) []any {
	method := func(name string) bool {
		for _, t := range []types.Type{typ, types.NewPointer(typ)} {
			if m, _, _ := types.LookupFieldOrMethod(t, false, nil, name); m != nil {
				f, ok := m.(*types.Func)
				return ok && types.NewMethodSet(typ).Lookup(nil, name) != nil && f.Signature().Params().Len() == 0
			}
		}
		return false
	}
	switch {
	case method("Error"):
		return []any{errSample, io.EOF}
	case method("String"):
		return []any{stringer{"text"}, stringer{`"`}}
	}
	switch u := typ.Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Kind() == types.Uint8:
			return []any{byte('x'), byte(0), byte(0xE9)}
		case u.Info()&types.IsUnsigned != 0:
			return []any{uint(0), uint(7), uint64(1) << 40}
		case u.Info()&types.IsInteger != 0:
			return []any{0, 12, -3, 'é', int64(1) << 30}
		case u.Info()&types.IsString != 0:
			return []any{"", "plain", "with \"quotes\" and \x00", "日本\xff", named("n")}
		case u.Kind() == types.Float64:
			return []any{0.0, 1.5, -0.1, 1e21, 3e-7, 100.0}
		case u.Info()&types.IsBoolean != 0:
			return []any{true, false}
		}
	case *types.Slice:
		if b, ok := u.Elem().(*types.Basic); ok && b.Kind() == types.Uint8 {
			return []any{[]byte(nil), []byte("bytes")}
		}
	case *types.Interface:
		if u.Empty() { // what a panic was given
			return []any{"thrown", errSample, nil, stringer{"s"}}
		}
	}
	return nil
}

// formats finds the calls of package fmt in the program, and of functions that pass
// their format on to it.
func formats(t *testing.T) (list []formatting) {
	t.Helper()
	overlay := filepath.Join(t.TempDir(), "overlay.json")
	if err := writeOverlay(overlay, standIns); err != nil {
		t.Fatal(err)
	}
	text, err := goCommand("list", "-overlay", overlay, "-export", "-deps", "-f", `{{.ImportPath}}|{{.Export}}|{{.Dir}}|{{join .GoFiles ","}}|{{join .Imports ","}}`, module+"/wasm")
	if err != nil {
		t.Fatal(err)
	}
	exports := map[string]string{}
	fset := token.NewFileSet()
	lookup := importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) {
		if exports[path] == "" {
			path = "vendor/" + path
		}
		return os.Open(exports[path])
	})
	type source struct{ path, dir, files string }
	var sources []source
	for line := range strings.Lines(text) {
		f := strings.Split(strings.TrimSpace(line), "|")
		exports[f[0]] = f[1]
		if strings.Contains(","+f[4]+",", ",fmt,") && standIns[f[0]] == "" {
			sources = append(sources, source{f[0], f[2], f[3]})
		}
	}
	for _, s := range sources {
		var files []*ast.File
		for name := range strings.SplitSeq(s.files, ",") {
			file, err := parser.ParseFile(fset, filepath.Join(s.dir, name), nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, file)
		}
		info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}}
		if _, err := (&types.Config{Importer: lookup}).Check(s.path, fset, files, info); err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			ast.Inspect(file, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				f := callee(info, call)
				if f == nil {
					return true
				}
				at, ok := formatOf(f)
				if !ok {
					return true
				}
				where := fset.Position(call.Pos()).String()
				format := info.Types[call.Args[at]].Value
				if format == nil {
					if !call.Ellipsis.IsValid() {
						t.Errorf("%s: a format that is not constant", where)
					}
					return true // passed on: seen where it is made
				}
				one := formatting{at: where, format: constant.StringVal(format)}
				for _, arg := range call.Args[at+1:] {
					one.args = append(one.args, types.Default(info.Types[arg].Type))
				}
				list = append(list, one)
				return true
			})
		}
	}
	return list
}

func callee(info *types.Info, call *ast.CallExpr) *types.Func {
	switch f := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		fn, _ := info.Uses[f].(*types.Func)
		return fn
	case *ast.SelectorExpr:
		fn, _ := info.Uses[f.Sel].(*types.Func)
		return fn
	}
	return nil
}

// formatOf answers which parameter of a function is a format, the last before
// "...any".
func formatOf(f *types.Func) (at int, ok bool) {
	params := f.Signature().Params()
	if n := params.Len(); f.Signature().Variadic() && n >= 2 {
		p := params.At(n - 2)
		any, isSlice := params.At(n - 1).Type().(*types.Slice)
		if !isSlice || !types.IsInterface(any.Elem()) {
			return 0, false
		}
		basic, isBasic := p.Type().(*types.Basic)
		return n - 2, isBasic && basic.Kind() == types.String && regexp.MustCompile(`^(format|f|text)$`).MatchString(p.Name())
	}
	return 0, false
}
