// Package mail reads one stored mail (RFC 5322 with MIME, as .eml files and
// mailboxes hold it) into a detector.Message.
//
// # Use
//
// Read takes the bytes of one message and answers a Mail. It fails only where
// there is no mail at all (ErrNotMail); everything else is read as far as it
// goes, the way webmails do, because the mails worth looking at are the ones
// whose senders did not care for the standards, or broke them on purpose:
//
//   - header lines without a colon, blank lines or an mbox line before the header;
//   - a multipart body whose boundary is missing, wrong or never closed;
//   - base64 and quoted-printable with foreign bytes in it;
//   - text in another charset than declared, or in none (charset.go);
//   - encoded words cut in the middle of a character (words.go).
//
// # What becomes of the parts
//
// Inline text/html parts are joined into Message.HTML and text/plain parts into
// Message.Text, in order: a mail program shows them one below the other. Every
// part that is a file to the reader is named in Message.Attachments. A message
// inside the message (message/rfc822) is named there too, and its bodies are
// joined to the outer ones, since mail programs show it inline.
//
// # What is believed
//
// A stored mail is the sender's word, but for the lines the receiving server
// put on top. So Message.Mailbox comes only from a delivery field above the
// first Received line or from that line, never from To; and of several Authentication-Results
// fields only the topmost counts.
//
// Caps: MaxBytes of a message, MaxBody of text of either kind, MaxParts parts,
// MaxDepth levels. Beyond them the rest is left out and Message.Partial is set.
package mail

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/emersion/go-message"

	"github.com/honmono/honmono/detector"
)

const (
	// MaxBytes is how much of one message is read, transfer encoding included.
	MaxBytes = 64 << 20
	// MaxBody is how much text of either kind is kept, in bytes of UTF-8.
	MaxBody = 16 << 20
	// MaxParts is how many MIME parts are looked at; real mail has under 100.
	MaxParts = 2000
	// MaxDepth is how deep parts may be nested; real mail stays under 8.
	MaxDepth = 32
	// maxHeader is how much of one header block is read.
	maxHeader = 1 << 20
)

// ErrNotMail reports that the input holds no header field at all, so that it
// is something else than a mail.
var ErrNotMail = errors.New("mail: no header fields, this is not a mail")

// A Mail is one message with the name it goes by.
type Mail struct {
	// ID is the Message-ID without its angle brackets, or empty.
	ID      string
	Message detector.Message
}

// Read reads one message from r. It answers ErrNotMail, or r's own error
// wrapped; a mail that is merely broken is no error.
func Read(r io.Reader) (*Mail, error) {
	raw, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("mail: %w", err)
	}
	cut := len(raw) > MaxBytes
	if cut {
		raw = raw[:MaxBytes]
	}
	return Parse(raw, cut)
}

// Parse is Read for a message already in memory; cut says that its end is
// missing. raw is not changed.
func Parse(raw []byte, cut bool) (*Mail, error) {
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	if !bytes.Contains(raw, []byte("\n")) {
		raw = bytes.ReplaceAll(raw, []byte("\r"), []byte("\n"))
	}
	header, body := readHeader(raw)
	if header.Len() == 0 {
		return nil, ErrNotMail
	}
	m := &Mail{ID: strings.Trim(header.Get("Message-Id"), "<> \t\r\n")}
	w := walker{partial: cut}
	w.entity(header, body, 0)
	fill(&m.Message, header)
	m.Message.HTML, m.Message.Text = w.html.String(), w.text.String()
	m.Message.Attachments = w.attachments
	m.Message.Partial = w.partial
	return m, nil
}

// fill copies what the header says of the message as a whole.
func fill(m *detector.Message, h message.Header) {
	m.From = address(h.Get("From"))
	if v := h.Get("Reply-To"); v != "" {
		if a := address(v); a.Address != "" || a.Name != "" {
			m.ReplyTo = &a
		}
	}
	m.Subject = decodeWords(h.Get("Subject"))
	m.List = h.Has("List-Id") || h.Has("List-Unsubscribe")
	m.Auth = authentication(h)
	m.Mailbox = mailbox(h)
}

// mailbox answers whom the receiving server delivered to. Only the fields down
// to the first Received line, that line included, are the server's own; below
// it, as in To, stands what the sender liked to write.
func mailbox(h message.Header) string {
	for f := h.Fields(); f.Next(); {
		switch strings.ToLower(f.Key()) {
		case "received":
			// The last one: the name the sender greeted with stands before it.
			if all := deliveredFor.FindAllStringSubmatch(f.Value(), -1); all != nil {
				return all[len(all)-1][1]
			}
			return ""
		case "delivered-to", "x-original-to", "envelope-to":
			if a := address(f.Value()); strings.Contains(a.Address, "@") {
				return a.Address
			}
		}
	}
	return ""
}

// deliveredFor is the FOR clause of a Received line (RFC 5321 section 4.4).
var deliveredFor = regexp.MustCompile(`\sfor\s+<?([^\s<>;,]+@[^\s<>;,]+)`)
