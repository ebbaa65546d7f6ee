package shrink

import (
	"cmp"
	"slices"
	"strings"
)

// A Weight is what one Go package adds to a program.
type Weight struct {
	Package   string
	Functions int
	Code      int // bytes
}

// Weigh answers what each package adds to the code of a program that was linked
// with its names (without -ldflags=-s), the heaviest first. The names of the
// linker have "_" for "/", and so have these. Generic functions count where they
// are declared.
func Weigh(file []byte) ([]Weight, error) {
	m, err := parse(file)
	if err != nil {
		return nil, err
	}
	names := m.functionNames()
	first, err := m.importedFunctions()
	if err != nil {
		return nil, err
	}
	weights := map[string]*Weight{}
	r := reader{b: m.section(sectionCode)}
	n := r.uint()
	for i := uint64(0); i < n && !r.bad; i++ {
		pkg := packageOf(names[first+i])
		w := weights[pkg]
		if w == nil {
			w = &Weight{Package: pkg}
			weights[pkg] = w
		}
		w.Functions++
		w.Code += len(r.take(r.uint()))
	}
	if r.bad || len(names) == 0 {
		return nil, errMalformed
	}
	var list []Weight
	for _, w := range weights {
		list = append(list, *w)
	}
	slices.SortFunc(list, func(a, b Weight) int {
		return cmp.Or(cmp.Compare(b.Code, a.Code), cmp.Compare(a.Package, b.Package))
	})
	return list, nil
}

// functionNames reads the custom section "name".
func (m *module) functionNames() map[uint64]string {
	names := map[uint64]string{}
	for _, s := range m.sections {
		r := reader{b: s.data}
		if s.id != 0 || string(r.take(r.uint())) != "name" {
			continue
		}
		for len(r.b) > 0 && !r.bad {
			kind := r.byte()
			part := reader{b: r.take(r.uint())}
			if kind != 1 {
				continue
			}
			for n := part.uint(); n > 0 && !part.bad; n-- {
				i := part.uint()
				names[i] = string(part.take(part.uint()))
			}
		}
	}
	return names
}

// packageOf cuts a function's name to that of its package:
// "golang.org_x_net_html.__parser_.addElement" is of golang.org_x_net_html.
func packageOf(name string) string {
	for _, made := range []string{"type_.eq.", "type_.hash.", "go_"} {
		name = strings.TrimPrefix(name, made)
	}
	domain := ""
	for _, d := range []string{"github.com_", "golang.org_"} {
		if strings.HasPrefix(name, d) {
			domain, name = d, name[len(d):]
		}
	}
	pkg, _, _ := strings.Cut(name, ".")
	if pkg, _, _ = strings.Cut(pkg, "["); pkg == "" {
		return "(made by the linker)"
	}
	return domain + pkg
}
