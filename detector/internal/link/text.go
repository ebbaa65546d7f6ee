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
// or is it a bare host? shown is that URL, up to the first space; it has Raw and
// no host if it is one that no browser would take.
//
// A text without a scheme must be a host and nothing else, or start with www.:
// "Booking.com の特典" names a company, "invoice.zip" a file.
func TextURL(text string) (shown *URL, ok bool) {
	t, ok := readText(text)
	return t.url, ok
}

// A shownText is a text that starts as a URL.
type shownText struct {
	url *URL
	// cut: the text ends in an ellipsis within the host.
	cut bool
}

func readText(text string) (shownText, bool) {
	if !dotted(text) {
		return shownText{}, false
	}
	s := visible(text)
	token := s
	if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
		token = s[:i]
	}
	end := trimEnd(token)
	if rest, ok := cutTextScheme(end); ok {
		if strings.Trim(rest, `/\`) == "" {
			return shownText{}, false
		}
		t := shownText{url: parseShown(end, rest)}
		if t.url == nil {
			t.url = &URL{Raw: end}
		} else {
			t.cut = ellipsis(token[len(end):]) && t.url.Path == "/" && !strings.HasSuffix(end, "/")
		}
		return t, true
	}
	www := len(end) > 4 && strings.EqualFold(end[:4], "www.")
	if !www && (len(token) != len(s) || strings.ContainsAny(end, "。｡") || fileName(end)) || strings.IndexByte(end, '@') >= 0 {
		return shownText{}, false
	}
	if www {
		end = cutHost(end)
	}
	if !bareHost(end) {
		return shownText{}, false
	}
	u, err := Parse("https://"+end, nil)
	return shownText{url: u}, err == nil
}

// dotted reports whether s holds a dot or a colon of any width, without which
// nothing reads as a URL. Most links say "read more", and cost no more than this.
func dotted(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '.', c == ':', c == 0xEF, c == 0xE3 && strings.HasPrefix(s[i:], "。"):
			return true // 0xEF begins the fullwidth and halfwidth forms
		}
	}
	return false
}

// visible folds fullwidth ASCII, drops what nobody sees, and the signs that
// stand before a URL (→, ・, a bracket).
func visible(s string) string {
	if len(s) > MaxText {
		s = s[:MaxText]
	}
	if !asciiFrom(s, ' ') {
		s = strings.Map(func(r rune) rune {
			switch {
			case invisible(r), r < ' ' && !unicode.IsSpace(r):
				return -1
			case 0xFF01 <= r && r <= 0xFF5E:
				return r - 0xFEE0
			}
			return r
		}, s)
	}
	s = strings.TrimLeftFunc(s, func(r rune) bool {
		return r != '@' && r != '#' && r != '%' && (unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.IsSymbol(r))
	})
	return strings.TrimRightFunc(s, unicode.IsSpace)
}

// trimEnd cuts what a sentence puts behind a URL.
func trimEnd(s string) string {
	const closing = ">)}\"'」』】〉》”’»…,;、。，．.!?！？"
	if strings.IndexByte(s, '[') >= 0 { // an IPv6 address
		return strings.TrimRight(s, closing)
	}
	return strings.TrimRight(s, closing+"]")
}

func ellipsis(s string) bool { return strings.Contains(s, "…") || strings.Contains(s, "..") }

// maxScheme is the longest text before "://" that is read as a scheme, in bytes:
// hxxps and a scheme split over two links must fit, sentences need not.
const maxScheme = 12

// cutTextScheme cuts off what a person takes for a scheme, up to its colon:
// anything short before ://, and http: with too few slashes or backward ones.
func cutTextScheme(s string) (rest string, ok bool) {
	if i := strings.Index(s[:min(len(s), maxScheme+3)], "://"); i > 0 && !strings.ContainsAny(s[:i], "@/.") {
		return s[i+1:], true
	}
	scheme, rest, ok := cutScheme(s)
	if !ok || scheme != "http" && scheme != "https" || rest == "" || rest[0] != '/' && rest[0] != '\\' {
		return "", false
	}
	return rest, true
}

// parseShown parses a URL of a text, without what follows its host unspaced; nil
// if that fails. rest is what stands behind the scheme's colon in s.
func parseShown(s, rest string) *URL {
	rest = strings.TrimLeft(rest, `/\`)
	host := cutHost(rest)
	if len(host) < len(rest) || !webPrefix(s) {
		s = "https://" + host
	}
	u, err := Parse(s, nil)
	if err != nil {
		return nil
	}
	return u
}

// cutHost cuts off a host what was written against it without a space
// (www.example.jpをクリック, www.example.jp（公式）), unless both together are a
// host.
func cutHost(s string) string {
	end := strings.IndexAny(s, `/?#\`)
	if end < 0 {
		end = len(s)
	}
	foreign := strings.IndexFunc(s[:end], func(r rune) bool {
		return r >= utf8.RuneSelf || strings.ContainsRune("()<>{}|\"'`^*,;!", r)
	})
	if foreign <= 0 || bareHost(s[:end]) || !bareHost(s[:foreign]) {
		return s
	}
	return s[:foreign]
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
	if len(host) > domain.MaxHost || !strings.ContainsAny(host, ".。．｡") {
		return false
	}
	for i := 0; i < len(host); i++ {
		c := host[i]
		if c < utf8.RuneSelf && c != '.' && c != '-' && c != '_' && !letter(c) && (c < '0' || c > '9') {
			return false
		}
	}
	ascii, err := domain.ToASCII(host)
	return err == nil && !endsInNumber(ascii) && domain.Listed(ascii)
}

// hostPort reports whether s starts as host:port and not as scheme:…
func hostPort(s string) bool {
	host, rest, _ := strings.Cut(s, ":")
	return strings.IndexByte(host, '.') > 0 && rest != "" && rest[0] >= '0' && rest[0] <= '9'
}

// fileSuffixes are public suffixes that are endings of file names too.
var fileSuffixes = map[string]bool{
	"zip": true, "mov": true, "md": true, "sh": true, "py": true, "pl": true, "rs": true, "ps": true, "so": true, "cab": true,
}

// fileName reports whether a text without a scheme may be a file's name.
func fileName(s string) bool {
	return strings.IndexByte(s, '/') < 0 && fileSuffixes[strings.ToLower(s[strings.LastIndexByte(s, '.')+1:])]
}
