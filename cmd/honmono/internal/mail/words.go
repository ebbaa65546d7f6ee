package mail

import (
	"regexp"
	"strings"
)

// encodedWord is an encoded word of RFC 2047, with the slips that senders make
// and mail programs forgive: blanks within, padding left out.
var encodedWord = regexp.MustCompile(`=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=`)

// decodeWords decodes the encoded words of an unstructured field, and raw bytes
// above 127 as what they look like.
//
// Neighbouring words of one charset are joined as bytes before they are
// decoded: many senders cut them at 75 bytes, in the middle of a character,
// where mime.WordDecoder answers replacement characters.
func decodeWords(s string) string {
	s = decodeBytes([]byte(s), "", false)
	if !strings.Contains(s, "=?") {
		return fold(s)
	}
	var out strings.Builder
	var pending []byte
	var pendingCharset string
	flush := func() {
		if len(pending) > 0 {
			out.WriteString(decodeBytes(pending, pendingCharset, false))
		}
		pending = nil
	}
	pos, after := 0, false // after: the last thing written is an encoded word
	for _, m := range encodedWord.FindAllStringSubmatchIndex(s, -1) {
		between := s[pos:m[0]]
		// White space between two encoded words is not part of the text.
		if !after || strings.TrimSpace(between) != "" {
			flush()
			out.WriteString(between)
		}
		name := strings.ToLower(s[m[2]:m[3]])
		if name != pendingCharset {
			flush()
			pendingCharset = name
		}
		pending = append(pending, wordBytes(s[m[4]:m[5]], s[m[6]:m[7]])...)
		pos, after = m[1], true
	}
	flush()
	out.WriteString(s[pos:])
	return fold(out.String())
}

// wordBytes undoes the B or Q encoding of one word.
func wordBytes(encoding, text string) []byte {
	if strings.EqualFold(encoding, "b") {
		return decodeBase64([]byte(text))
	}
	return appendQuoted(nil, []byte(strings.ReplaceAll(text, "_", " ")))
}

// fold turns line breaks and their indents into one space, and trims the ends.
func fold(s string) string {
	if strings.ContainsAny(s, "\r\n") {
		s = foldings.ReplaceAllString(s, " ")
	}
	return strings.Trim(s, " \t")
}

var foldings = regexp.MustCompile(`[ \t]*[\r\n]+[ \t]*`)
