package source

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"path/filepath"

	"github.com/honmono/honmono/cmd/honmono/internal/mail"
)

// mbox yields the messages of an mbox (RFC 4155 and its older kin).
//
// A line that begins with "From " separates messages only where the line before
// it is blank and the line after it is a header field. Readers that take every
// such line for a separator, go-mbox among them, cut a mail at a sentence such
// as "From the bank's point of view", and what follows is lost to the check.
// Lines quoted as ">From " lose one quote.
func mbox(name string, r *bufio.Reader, count *counter, yield func(Item) bool) bool {
	var buf bytes.Buffer
	number, cut := 0, false
	emit := func() bool {
		raw := bytes.Clone(buf.Bytes())
		long := cut
		number++
		n := number
		buf.Reset()
		cut = false
		return yield(Item{File: name, Bytes: count.take(), Load: func() (*Record, error) {
			m, err := mail.Parse(raw, long)
			if err != nil {
				return nil, fmt.Errorf("%s: message %d: %w", name, n, err)
			}
			if m.ID == "" {
				m.ID = fmt.Sprintf("%s#%d", filepath.Base(name), n)
			}
			return &Record{ID: m.ID, Message: m.Message}, nil
		}})
	}
	blank, started, lineStart := true, false, true
	for {
		line, err := r.ReadSlice('\n')
		if err == bufio.ErrBufferFull {
			err = nil // a long line comes in pieces
		}
		// All that is asked of the line is asked before headerNext, which may
		// move the buffer under it.
		isSeparator := lineStart && blank && bytes.HasPrefix(line, separator)
		if lineStart && quotedFrom(line) {
			line = line[1:]
		}
		if len(line) > 0 {
			blank = lineStart && len(bytes.TrimRight(line, "\r\n")) == 0
			lineStart = line[len(line)-1] == '\n'
		}
		keep := line
		if isSeparator {
			keep = bytes.Clone(line)
			isSeparator = headerNext(r)
		}
		if isSeparator {
			if started && !emit() {
				return false
			}
			started = true
		} else {
			if room := mail.MaxBytes - buf.Len(); len(keep) > room {
				keep, cut = keep[:room], true
			}
			buf.Write(keep)
			started = started || len(bytes.TrimSpace(keep)) > 0
		}
		if err == io.EOF {
			return !started || emit()
		}
		if err != nil {
			return (!started || emit()) && yield(failed(name, err))
		}
	}
}

// quotedFrom reports a line of one or more '>' before "From ".
func quotedFrom(line []byte) bool {
	rest := bytes.TrimLeft(line, ">")
	return len(rest) < len(line) && bytes.HasPrefix(rest, separator)
}

// headerNext reports whether the next line is a header field, so that a line
// before it separates messages. At the end of the file it is none.
func headerNext(r *bufio.Reader) bool {
	head, _ := r.Peek(256)
	return mail.HasHeader(head)
}
