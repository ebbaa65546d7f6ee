package link

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/honmono/honmono/detector/internal/domain"
)

// MaxText is how much of a link's text is looked at, in bytes. A reader takes a
// URL from its beginning.
const MaxText = 4096

// TextURL reads a link's visible text as a person does: does it start as a URL,
// or is it a bare host? The URL is what the text shows, up to the first space;
// it is nil, with ok true, if the text starts as a URL that no browser would
// take.
func TextURL(text string) (shown *URL, ok bool) {
	s := visible(text)
	if i := strings.Index(s, "://"); i >= 0 && i <= maxScheme && !strings.ContainsFunc(s[:i], notScheme) {
		return readText("https:" + s[i+1:]), true
	}
	if rest, found := cutWebScheme(s); found {
		return readText("https:" + rest), true
	}
	if token := firstToken(s); hostText(token, len(token) == len(s)) {
		if u := readText("https://" + token); u != nil {
			return u, true
		}
	}
	return nil, false
}

// maxScheme is the longest text before "://" that is read as a scheme; h|ttps
// and hxxps must fit, sentences need not.
const maxScheme = 12

// notScheme reports what cannot stand in what a person takes for a scheme.
func notScheme(r rune) bool { return unicode.IsSpace(r) || r == '@' || r == '/' || r == '.' }

// cutWebScheme cuts http: or https: off a text with too few slashes.
func cutWebScheme(s string) (rest string, ok bool) {
	scheme, rest, ok := cutScheme(s)
	if !ok || scheme != "http" && scheme != "https" || !strings.HasPrefix(rest, "/") && !strings.HasPrefix(rest, `\`) {
		return "", false
	}
	return rest, true
}

// visible folds fullwidth ASCII, drops what nobody sees, and cuts the brackets
// and quotes that stand around a URL.
func visible(s string) string {
	if len(s) > MaxText {
		s = s[:MaxText]
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case invisible(r), r < ' ' && !unicode.IsSpace(r):
			return -1
		case 0xFF01 <= r && r <= 0xFF5E:
			return r - 0xFEE0
		}
		return r
	}, s)
	return strings.TrimFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("<>[](){}\"'「」『』【】〈〉《》“”‘’«»・*_|►▶→>", r)
	})
}

// firstToken is the text up to the first space.
func firstToken(s string) string {
	if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
		return s[:i]
	}
	return s
}

// readText parses the URL at the beginning of a text, nil if there is none.
func readText(s string) *URL {
	s = strings.TrimRight(firstToken(s), "…,;、。，．.!?！？)]}>」』】")
	u, err := Parse(s, nil)
	if err != nil {
		return nil
	}
	return u
}

// hostText reports whether a text without a scheme shows a host: it must be a
// name under a public suffix. Whole says that there is nothing else in the text;
// otherwise only www. tells it from a name like Booking.com in a sentence.
func hostText(s string, whole bool) bool {
	if len(s) < 4 || strings.ContainsRune(s, '@') {
		return false
	}
	www := strings.EqualFold(s[:4], "www.")
	return (whole || www) && bareHost(s) && !fileName(s)
}

// bareHost reports whether s starts with a host name under a suffix that the
// Public Suffix List knows, and goes on as a URL.
func bareHost(s string) bool {
	host := s
	if end := strings.IndexAny(s, `/?#\`); end >= 0 {
		host = s[:end]
	}
	if name, port, ok := strings.Cut(host, ":"); ok {
		if strings.Trim(port, "0123456789") != "" {
			return false
		}
		host = name
	}
	if len(host) > domain.MaxHost || strings.IndexByte(host, '.') <= 0 && !strings.ContainsAny(host, "。．｡") {
		return false
	}
	for i := 0; i < len(host); i++ {
		c := host[i]
		if c < utf8.RuneSelf && c != '.' && c != '-' && c != '_' && !letter(c) && (c < '0' || c > '9') {
			return false
		}
	}
	ascii, err := domain.ToASCII(host)
	if err != nil || endsInNumber(ascii) {
		return false
	}
	suffix, icann := domain.PublicSuffix(ascii)
	return (icann || strings.IndexByte(suffix, '.') >= 0 || suffix == "example") && domain.Registrable(ascii) != ""
}

// hostPort reports whether s starts as host:port and not as scheme:…
func hostPort(s string) bool {
	host, rest, _ := strings.Cut(s, ":")
	return strings.IndexByte(host, '.') > 0 && rest != "" && rest[0] >= '0' && rest[0] <= '9'
}

// fileSuffixes are public suffixes that are endings of file names too.
var fileSuffixes = map[string]bool{
	"zip": true, "mov": true, "md": true, "sh": true, "py": true, "pl": true, "rs": true, "ps": true, "cab": true,
}

// fileName reports whether a host with nothing behind it may be a file's name.
func fileName(s string) bool {
	name, suffix, ok := strings.Cut(strings.ToLower(s), ".")
	return ok && name != "www" && fileSuffixes[suffix]
}
