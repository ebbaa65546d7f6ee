package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Mistake is one thing wrong in a source file, and what would be right.
type Mistake struct {
	File string // slash-separated, below the root given to Compile
	Line int    // counted from 1; 0 means the file as a whole
	Text string
}

func (m Mistake) String() string {
	if m.Line == 0 {
		return fmt.Sprintf("%s: %s", m.File, m.Text)
	}
	return fmt.Sprintf("%s:%d: %s", m.File, m.Line, m.Text)
}

// Mistakes is the error that Compile returns: every mistake of every file,
// sorted by file, line and text, without repetition.
type Mistakes []Mistake

// Error is the mistakes, one a line.
func (ms Mistakes) Error() string {
	lines := make([]string, len(ms))
	for i, m := range ms {
		lines[i] = m.String()
	}
	return strings.Join(lines, "\n")
}

func (ms *Mistakes) add(file string, line int, format string, args ...any) {
	*ms = append(*ms, Mistake{file, line, fmt.Sprintf(format, args...)})
}

// err is ms in order as an error, or nil when there is none.
func (ms Mistakes) err() error {
	if len(ms) == 0 {
		return nil
	}
	slices.SortFunc(ms, func(a, b Mistake) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Text, b.Text))
	})
	return slices.Compact(ms)
}
