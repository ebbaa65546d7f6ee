package mail

import (
	"mime"
	"path"
	"strings"

	"github.com/emersion/go-message"
)

// contentType answers a part's media type, lower case, and its parameters. A
// field that does not parse is still read for what it plainly says: mail
// programs do, and senders leave a quote out.
func contentType(h message.Header) (string, map[string]string) {
	v := h.Get("Content-Type")
	if strings.TrimSpace(v) == "" {
		return "text/plain", nil
	}
	if mediaType, params, err := mime.ParseMediaType(v); err == nil {
		return mediaType, params
	}
	return looseParams(v)
}

// fileName answers the disposition of a part, lower case, and the name it is
// saved under (RFC 2183; RFC 2231 and, because it is common, RFC 2047 names).
func fileName(h message.Header, typeParams map[string]string) (disposition, name string) {
	var params map[string]string
	if v := h.Get("Content-Disposition"); v != "" {
		var err error
		if disposition, params, err = mime.ParseMediaType(v); err != nil {
			disposition, params = looseParams(v)
		}
	}
	if name = params["filename"]; name == "" {
		name = typeParams["name"]
	}
	name = decodeWords(decodeBytes([]byte(name), "", false))
	// Only the last element is the file's name; the rest is an attempt on the
	// reader's directories.
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	if name == "." || name == "/" {
		name = ""
	}
	return disposition, name
}

// looseParams reads "value; key=value; …" without any of the rules about
// tokens and quotes. The first of two equal keys counts.
func looseParams(v string) (string, map[string]string) {
	value, rest, _ := strings.Cut(v, ";")
	params := make(map[string]string)
	for rest != "" {
		var pair string
		pair, rest = cutParam(rest)
		key, val, ok := strings.Cut(pair, "=")
		key = strings.ToLower(strings.TrimSpace(key))
		val = strings.Trim(strings.TrimSpace(val), `"'`)
		// name*=charset'lang'value, and name*0= for the first of a split one.
		key = strings.TrimSuffix(strings.TrimSuffix(key, "*"), "*0")
		if _, dup := params[key]; ok && key != "" && !dup {
			params[key] = val
		}
	}
	return strings.ToLower(strings.Trim(value, " \t\"'")), params
}

// cutParam cuts at the first semicolon outside quotes; an unclosed quote
// reaches to the end.
func cutParam(s string) (pair, rest string) {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"':
			quoted = !quoted
		case ';':
			if !quoted {
				return s[:i], s[i+1:]
			}
		}
	}
	return s, ""
}
