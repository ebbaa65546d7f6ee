package mail

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime/quotedprintable"
	"strings"

	"github.com/emersion/go-message"
)

// decodeTransfer undoes a part's Content-Transfer-Encoding. What cannot be
// decoded is passed over: a stray byte must not hide the rest of the mail.
func decodeTransfer(h message.Header, body []byte) []byte {
	encoding := h.Get("Content-Transfer-Encoding")
	if i := strings.IndexAny(encoding, ";("); i >= 0 {
		encoding = encoding[:i]
	}
	switch strings.ToLower(strings.Trim(encoding, " \t\r\n\"'")) {
	case "base64":
		return decodeBase64(body)
	case "quoted-printable":
		if out, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(body))); err == nil {
			return out
		}
		return decodeQuoted(body)
	}
	return body
}

// decodeBase64 drops every byte outside the alphabet, as RFC 2045 section 6.8
// asks, and starts anew after padding: some senders encode line by line. After
// padding, a line of anything else is text that a mailing list put below.
func decodeBase64(body []byte) []byte {
	clean := make([]byte, 0, len(body))
	out := make([]byte, 0, len(body)/4*3)
	flush := func() {
		if len(clean)%4 == 1 {
			clean = clean[:len(clean)-1] // six bits are no byte
		}
		part := make([]byte, base64.RawStdEncoding.DecodedLen(len(clean)))
		n, _ := base64.RawStdEncoding.Decode(part, clean)
		out = append(out, part[:n]...)
		clean = clean[:0]
	}
	padded := false
	for len(body) > 0 {
		var line []byte
		line, body = cutLine(body)
		text := bytes.TrimSpace(line)
		if padded && len(clean) == 0 && bytes.IndexFunc(text, notBase64) >= 0 {
			out = append(append(out, '\n'), text...)
			continue
		}
		for _, c := range text {
			if c == '=' {
				flush()
				padded = true
			} else if !notBase64(rune(c)) {
				clean = append(clean, c)
			}
		}
	}
	flush()
	return out
}

// notBase64 reports whether a byte is outside the alphabet and no padding.
func notBase64(c rune) bool {
	return !(c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '=')
}

// decodeQuoted decodes quoted-printable and leaves what is none as it is.
func decodeQuoted(body []byte) []byte {
	out := make([]byte, 0, len(body))
	for len(body) > 0 {
		var line []byte
		line, body = cutLine(body)
		text := bytes.TrimRight(line, " \t\r\n")
		ended := len(line) > 0 && line[len(line)-1] == '\n'
		if bytes.HasSuffix(text, []byte("=")) {
			text, ended = text[:len(text)-1], false
		}
		out = appendQuoted(out, text)
		if ended {
			out = append(out, '\n')
		}
	}
	return out
}

// appendQuoted appends text with its =XX resolved.
func appendQuoted(out, text []byte) []byte {
	for i := 0; i < len(text); i++ {
		if text[i] == '=' && i+2 < len(text) {
			hi, lo := unhex(text[i+1]), unhex(text[i+2])
			if hi >= 0 && lo >= 0 {
				out = append(out, byte(hi<<4|lo))
				i += 2
				continue
			}
		}
		out = append(out, text[i])
	}
	return out
}

func unhex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	}
	return -1
}
