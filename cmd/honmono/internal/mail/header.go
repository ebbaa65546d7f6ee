package mail

import (
	"bufio"
	"bytes"
	"strings"

	"github.com/emersion/go-message"
	"github.com/emersion/go-message/textproto"
)

// maxDoubtful is how many lines are looked ahead to decide whether a line that
// is no field is a slip within the header or the first line of the body.
const maxDoubtful = 50

// readHeader cuts the header block off raw and reads it. Lines that belong to
// no field are dropped where fields follow them, and start the body where none
// does. The body aliases raw.
func readHeader(raw []byte) (message.Header, []byte) {
	block, body := splitHeader(raw)
	// What splitHeader lets through is what ReadHeader takes; should they ever
	// disagree, the fields read so far still count.
	h, _ := textproto.ReadHeader(bufio.NewReader(bytes.NewReader(block)))
	return message.Header{Header: h}, body
}

// splitHeader answers the well-formed lines of the header block, ended by a
// blank line, and what follows the block.
func splitHeader(raw []byte) (block, body []byte) {
	rest := raw
	for len(rest) > 0 { // blank lines before the first field
		line, after := cutLine(rest)
		if len(bytes.TrimSpace(line)) > 0 {
			break
		}
		rest = after
	}
	var out []byte
	fields := 0
	keep := false // whether continuation lines belong to a field we kept
	for len(rest) > 0 {
		line, after := cutLine(rest)
		text := bytes.TrimRight(line, "\r\n")
		switch {
		case len(text) == 0 && fields == 0 && fieldFollows(after, maxDoubtful):
			// A blank line after an mbox line or after dirt.
		case len(text) == 0:
			return append(out, "\r\n"...), after
		case text[0] == ' ' || text[0] == '\t':
			if len(bytes.TrimSpace(text)) == 0 && !fieldFollows(after, 1) {
				// A line of blanks ends the header for most mail programs.
				return append(out, "\r\n"...), after
			}
		case isField(text):
			keep = len(out)+len(text) <= maxHeader
			fields++
		case fields == 0 && bytes.HasPrefix(text, []byte("From ")),
			fields == 0 && bytes.HasPrefix(text, []byte(">From ")),
			fieldFollows(after, maxDoubtful):
			keep = false
		default:
			return append(out, "\r\n"...), rest
		}
		if keep && len(out)+len(text) <= maxHeader {
			// NUL and bare CR are dropped: a field holding them is one to its
			// reader.
			for _, c := range text {
				if c != 0 && c != '\r' {
					out = append(out, c)
				}
			}
			out = append(out, "\r\n"...)
		}
		rest = after
	}
	return append(out, "\r\n"...), nil
}

// cutLine cuts raw after its first line feed.
func cutLine(raw []byte) (line, rest []byte) {
	if i := bytes.IndexByte(raw, '\n'); i >= 0 {
		return raw[:i+1], raw[i+1:]
	}
	return raw, nil
}

// isField reports whether a line starts with a field name (RFC 5322 section
// 2.2: printable ASCII without colon) and a colon. Blanks before the colon are
// obsolete syntax and still written.
func isField(line []byte) bool {
	i := bytes.IndexByte(line, ':')
	if i <= 0 || i > 200 {
		return false
	}
	name := bytes.TrimRight(line[:i], " \t")
	for _, c := range name {
		if c <= ' ' || c >= 0x7f {
			return false
		}
	}
	return len(name) > 0
}

// fieldFollows reports whether one of the next n lines before a blank one is a
// field whose name mail programs really write. Without that list, a body line
// such as "Attention: your account" would pass for a field.
func fieldFollows(raw []byte, n int) bool {
	for ; n > 0 && len(raw) > 0; n-- {
		var line []byte
		line, raw = cutLine(raw)
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			return false
		}
		if !isField(line) {
			continue
		}
		name := strings.ToLower(string(bytes.TrimRight(line[:bytes.IndexByte(line, ':')], " \t")))
		if known[name] || strings.HasPrefix(name, "x-") || strings.HasPrefix(name, "content-") || strings.HasPrefix(name, "list-") {
			return true
		}
	}
	return false
}

var known = map[string]bool{
	"from": true, "to": true, "cc": true, "subject": true, "date": true, "reply-to": true,
	"sender": true, "message-id": true, "mime-version": true, "received": true,
	"return-path": true, "dkim-signature": true, "authentication-results": true,
	"in-reply-to": true, "references": true, "precedence": true, "delivered-to": true,
}

// HasHeader reports whether a message begins with a header field, after blank
// lines and an mbox line at most.
func HasHeader(raw []byte) bool {
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	for len(raw) > 0 {
		var line []byte
		line, raw = cutLine(raw)
		line = bytes.TrimRight(line, "\r\n")
		if len(bytes.TrimSpace(line)) == 0 || bytes.HasPrefix(line, []byte("From ")) {
			continue
		}
		return isField(line)
	}
	return false
}

// LooksLikeMail is HasHeader for files that nobody said are mail: one of the
// first fields has to be one that mail programs write. A Makefile begins with
// what passes for a field, too.
func LooksLikeMail(head []byte) bool {
	if !HasHeader(head) {
		return false
	}
	return fieldFollows(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n"), maxDoubtful)
}
