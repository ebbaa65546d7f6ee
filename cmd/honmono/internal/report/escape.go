package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxShown is how much of one foreign string is shown, in runes.
const maxShown = 200

// clean makes a string from a mail harmless for a terminal: control
// characters, characters without a shape and those that turn the reading
// direction are written as escapes, and a long string is cut.
func clean(s string) string {
	var out strings.Builder
	n := 0
	for i, r := range s {
		if n++; n > maxShown {
			out.WriteString("…")
			break
		}
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\ufffd"):
			fmt.Fprintf(&out, `\x%02x`, s[i])
		case r == ' ' || unicode.IsPrint(r):
			out.WriteRune(r)
		case r == '\u3000' || r == '\u00a0' || r == '\t' || r == '\n' || r == '\r':
			out.WriteByte(' ')
		default:
			fmt.Fprintf(&out, `\u%04x`, r)
		}
	}
	return out.String()
}
