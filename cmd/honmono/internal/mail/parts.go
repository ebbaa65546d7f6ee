package mail

import (
	"bytes"
	"path"
	"strings"

	"github.com/emersion/go-message"
)

// A walker gathers what the parts of one message hold.
type walker struct {
	html, text  strings.Builder
	attachments []string
	parts       int
	partial     bool
}

// entity takes in one part: its header and its body, still encoded.
func (w *walker) entity(h message.Header, body []byte, depth int) {
	if w.parts++; w.parts > MaxParts || depth > MaxDepth {
		w.partial = true
		return
	}
	mediaType, params := contentType(h)
	disposition, name := fileName(h, params)
	switch {
	case strings.HasPrefix(mediaType, "multipart/"):
		w.multipart(h, body, params["boundary"], depth)
	case mediaType == "message/rfc822" || mediaType == "message/global":
		w.embedded(h, body, name, depth)
	case disposition == "attachment" || name != "" && !strings.HasPrefix(mediaType, "text/"):
		w.attach(name, mediaType)
	case mediaType == "text/html" || mediaType == "application/xhtml+xml":
		w.inline(&w.html, decodeText(decodeTransfer(h, body), params["charset"], true))
		w.named(name)
	case strings.HasPrefix(mediaType, "text/plain"), mediaType == "text/enriched", mediaType == "text", mediaType == "":
		w.plain(decodeText(decodeTransfer(h, body), params["charset"], false))
		w.named(name)
	case name != "":
		w.attach(name, mediaType)
	}
}

// plain keeps a text part; one that is a page of HTML under a wrong name is
// kept as that, since webmails sniff too.
func (w *walker) plain(s string) {
	start := strings.ToLower(strings.TrimLeft(s[:min(len(s), 200)], " \t\r\n\ufeff"))
	if strings.HasPrefix(start, "<!doctype html") || strings.HasPrefix(start, "<html") {
		w.inline(&w.html, s)
		return
	}
	w.inline(&w.text, s)
}

// inline appends s to one of the two bodies, within MaxBody.
func (w *walker) inline(b *strings.Builder, s string) {
	if b.Len() > 0 && s != "" {
		b.WriteByte('\n')
	}
	if room := MaxBody - b.Len(); len(s) > room {
		w.partial = true
		s = strings.ToValidUTF8(s[:max(room, 0)], "")
	}
	b.WriteString(s)
}

// multipart takes in the parts of a multipart body. Where the boundary of the
// header does not occur, it is guessed; where none can be, the body is text.
func (w *walker) multipart(h message.Header, body []byte, boundary string, depth int) {
	parts := splitParts(body, boundary)
	if parts == nil {
		if guessed := guessBoundary(body); guessed != "" {
			parts = splitParts(body, guessed)
		}
	}
	if parts == nil {
		w.plain(decodeText(decodeTransfer(h, body), "", false))
		return
	}
	for _, p := range parts {
		header, rest := readHeader(p)
		w.entity(header, rest, depth+1)
	}
}

// embedded takes in a message inside the message.
func (w *walker) embedded(h message.Header, body []byte, name string, depth int) {
	inner, rest := readHeader(decodeTransfer(h, body))
	if name == "" {
		if name = decodeWords(inner.Get("Subject")); name == "" {
			name = "message"
		}
		name += ".eml"
	}
	w.attachments = append(w.attachments, name)
	w.entity(inner, rest, depth+1)
}

// attach notes a file. One without a name still has a type.
func (w *walker) attach(name, mediaType string) {
	if name == "" {
		name = "." + path.Base(mediaType)
	}
	w.attachments = append(w.attachments, name)
}

func (w *walker) named(name string) {
	if name != "" {
		w.attachments = append(w.attachments, name)
	}
}

// splitParts cuts a multipart body (RFC 2046 section 5.1) into its parts,
// which alias body. A body that is never closed has its last part to the end.
// It answers nil where the boundary does not occur.
//
// go-message's own reader gives up at the first part whose header is broken;
// this one leaves headers alone, and mail_test.go holds it to the other's
// answer on well-formed input.
func splitParts(body []byte, boundary string) [][]byte {
	if boundary == "" {
		return nil
	}
	delimiter := []byte("--" + boundary)
	var parts [][]byte
	start := -1
	for pos := 0; pos < len(body) && len(parts) <= MaxParts; {
		line, _ := cutLine(body[pos:])
		next := pos + len(line)
		if bytes.HasPrefix(line, delimiter) {
			tail := bytes.TrimRight(line[len(delimiter):], " \t\r\n")
			last := bytes.Equal(tail, []byte("--"))
			if len(tail) == 0 || last {
				if start >= 0 {
					parts = append(parts, trimBreak(body[start:pos]))
				}
				start = next
				if parts == nil {
					parts = [][]byte{} // seen, if empty
				}
				if last {
					return parts
				}
			}
		}
		pos = next
	}
	if start >= 0 && start < len(body) {
		parts = append(parts, body[start:])
	}
	return parts
}

// trimBreak cuts the line break before a delimiter, which belongs to it.
func trimBreak(part []byte) []byte {
	part = bytes.TrimSuffix(part, []byte("\n"))
	return bytes.TrimSuffix(part, []byte("\r"))
}

// guessBoundary finds a line of two dashes that is followed by a header field
// named Content-…: what a delimiter looks like.
func guessBoundary(body []byte) string {
	for len(body) > 0 {
		var line []byte
		line, body = cutLine(body)
		boundary := string(bytes.TrimSpace(line))
		if !strings.HasPrefix(boundary, "--") || len(boundary) < 4 || len(boundary) > 200 {
			continue
		}
		next, _ := cutLine(body)
		if isField(bytes.TrimRight(next, "\r\n")) && len(next) > 8 && strings.EqualFold(string(next[:8]), "content-") {
			return boundary[2:]
		}
	}
	return ""
}
