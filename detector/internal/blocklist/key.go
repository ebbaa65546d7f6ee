package blocklist

import (
	"strings"

	"github.com/honmono/honmono/detector/internal/domain"
)

// maxLabels and maxSegments bound the keys of one link, each of which costs a
// look into every period's filter. Deeper entries do not exist: [Path] cuts them.
const (
	maxLabels   = 6
	maxSegments = 8
	maxPath     = 400 // bytes
)

// Keys answers every entry that would list a link to a path of a host: the host
// and those above it down to what somebody registered, and the path's
// beginnings. The host is in canonical form; the path starts with "/" or is
// empty.
func Keys(host, path string) []string {
	var keys []string
	registrable := domain.Registrable(host)
	for name := host; len(keys) < maxLabels; {
		keys = append(keys, name)
		_, rest, ok := strings.Cut(name, ".")
		if !ok || name == registrable || registrable == "" {
			break
		}
		name = rest
	}
	if registrable != "" && keys[len(keys)-1] != registrable {
		keys[len(keys)-1] = registrable
	}
	path = Path(path)
	for i := 1; i <= len(path); i++ {
		if i == len(path) || path[i] == '/' {
			keys = append(keys, host+path[:i])
		}
	}
	return keys
}

// Path is a path as entries hold it: without a slash at its end and empty segments, no
// deeper and longer than entries may be; empty for a site's front page.
func Path(path string) string {
	var b strings.Builder
	n := 0
	for segment := range strings.SplitSeq(path, "/") {
		if segment == "" {
			continue
		}
		if n == maxSegments || b.Len()+1+len(segment) > maxPath {
			break
		}
		b.WriteByte('/')
		b.WriteString(segment)
		n++
	}
	return b.String()
}
