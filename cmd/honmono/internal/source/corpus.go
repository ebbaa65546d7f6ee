package source

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/honmono/honmono/detector"
)

// maxLine is the longest line of a corpus, in bytes.
const maxLine = 64 << 20

// A Row is one line of a corpus: a message with what people said of it. All
// fields are optional but the message's own.
type Row struct {
	ID       string `json:"id"`
	Source   string `json:"source"`
	Date     string `json:"date"`
	Lang     string `json:"lang"`
	Brand    string `json:"brand"`
	BrandIn  string `json:"brand_in"`
	Tier     string `json:"tier"`
	Label    string `json:"label"`
	Campaign string `json:"campaign"`
}

// texts are the fields of a row that make the message.
type texts struct {
	FromName string `json:"from_name"`
	FromAddr string `json:"from_addr"`
	ReplyTo  string `json:"reply_to"`
	Subject  string `json:"subject"`
	HTML     string `json:"html"`
	Text     string `json:"text"`
}

// corpus yields the rows of a stream of one JSON object per line.
func corpus(name string, r *bufio.Reader, count *counter, yield func(Item) bool) bool {
	for number := 1; ; number++ {
		line, err := readLine(r)
		if len(line) > 0 && (err == nil || err == io.EOF) {
			n := number
			if !yield(Item{File: name, Bytes: count.take(), Load: func() (*Record, error) {
				return loadRow(name, n, line)
			}}) {
				return false
			}
		}
		switch {
		case errors.Is(err, errLong):
			if !yield(failed(fmt.Sprintf("%s:%d", name, number), err)) {
				return false
			}
		case err == io.EOF:
			return true
		case err != nil:
			return yield(failed(name, err))
		}
	}
}

// loadRow reads one line.
func loadRow(name string, number int, line []byte) (*Record, error) {
	var row struct {
		Row
		texts
	}
	if err := json.Unmarshal(line, &row); err != nil {
		return nil, fmt.Errorf("%s:%d: malformed JSON object: %w", name, number, err)
	}
	if row.HTML == "" && row.Text == "" && row.Subject == "" && row.FromAddr == "" && row.FromName == "" {
		return nil, fmt.Errorf("%s:%d: no message in this object: html, text, subject, from_name and from_addr are all missing", name, number)
	}
	if row.ID == "" {
		row.ID = fmt.Sprintf("%s:%d", name, number)
	}
	m := detector.Message{
		From:    detector.Address{Name: row.FromName, Address: row.FromAddr},
		Subject: row.Subject,
		HTML:    row.HTML,
		Text:    row.Text,
	}
	if row.ReplyTo != "" {
		m.ReplyTo = &detector.Address{Address: row.ReplyTo}
	}
	return &Record{ID: row.ID, Message: m, Row: row.Row}, nil
}

var errLong = errors.New("line longer than 64 MiB")

// readLine answers the next line without its line break, in a slice of its own.
// Of one that is too long the rest is skipped.
func readLine(r *bufio.Reader) ([]byte, error) {
	var line []byte
	long := false
	for {
		piece, err := r.ReadSlice('\n')
		if len(line)+len(piece) > maxLine {
			line, long = nil, true
		}
		if !long {
			line = append(line, piece...)
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		for len(line) > 0 && (line[len(line)-1] == '\n' || line[len(line)-1] == '\r') {
			line = line[:len(line)-1]
		}
		if long && (err == nil || err == io.EOF) {
			return nil, errLong
		}
		return line, err
	}
}
