package feed

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"strings"
)

// maxLine is the longest line of a feed, in bytes.
const maxLine = 1 << 20

// Read hands on the URLs or hosts of a feed, with the line they stand on. It
// knows three forms by their look:
//
//   - one URL or host a line;
//   - CSV with a header that names a column URL, as JPCERT/CC publishes;
//   - a hosts file: an address that leads nowhere, and names.
//
// Defanged writing (hxxp://, [.]) is undone. Empty lines and lines that start
// with # are passed over. A line that holds nothing of the kind is handed to
// bad; the error of Read is that of the reader alone.
func Read(r io.Reader, found func(line int, raw string), bad func(line int, why error)) error {
	b := bufio.NewReaderSize(r, 64<<10)
	first, err := firstLine(b)
	if err != nil {
		return err
	}
	if column := urlColumn(first); column >= 0 {
		return readCSV(b, column, found, bad)
	}
	lines := bufio.NewScanner(b)
	lines.Buffer(make([]byte, 64<<10), maxLine)
	for n := 1; lines.Scan(); n++ {
		readLine(n, strings.TrimPrefix(lines.Text(), "\ufeff"), found, bad)
	}
	return lines.Err()
}

// firstLine looks at the first line that says something, without taking it.
func firstLine(b *bufio.Reader) (string, error) {
	for size := 1 << 10; ; size *= 4 {
		head, err := b.Peek(min(size, b.Size()))
		if err != nil && !errors.Is(err, io.EOF) {
			return "", err
		}
		for line := range strings.Lines(strings.TrimPrefix(string(head), "\ufeff")) {
			whole := strings.HasSuffix(line, "\n") || err != nil || size >= b.Size()
			if line = strings.TrimSpace(line); whole && line != "" && line[0] != '#' {
				return line, nil
			}
		}
		if err != nil || size >= b.Size() {
			return "", nil
		}
	}
}

// urlColumn is the column that a CSV header calls URL, or -1.
func urlColumn(header string) int {
	columns := strings.Split(header, ",")
	if len(columns) < 2 {
		return -1
	}
	for i, c := range columns {
		if strings.EqualFold(strings.Trim(strings.TrimSpace(c), `"`), "url") {
			return i
		}
	}
	return -1
}

func readCSV(r io.Reader, column int, found func(int, string), bad func(int, error)) error {
	c := csv.NewReader(r)
	c.FieldsPerRecord, c.LazyQuotes, c.Comment, c.ReuseRecord = -1, true, '#', true
	header := true
	for {
		record, err := c.Read()
		if err == io.EOF {
			return nil
		}
		if parse, ok := errors.AsType[*csv.ParseError](err); ok {
			bad(parse.Line, parse.Err)
			continue
		}
		if err != nil {
			return err
		}
		line, _ := c.FieldPos(0)
		switch {
		case header:
			header = false
		case column >= len(record):
			bad(line, fmt.Errorf("no column %d", column+1))
		default:
			readLine(line, record[column], found, bad)
		}
	}
}

func readLine(n int, line string, found func(int, string), bad func(int, error)) {
	line = strings.TrimSpace(line)
	if line == "" || line[0] == '#' {
		return
	}
	fields := strings.Fields(line)
	if len(fields) == 1 {
		found(n, refang(fields[0]))
		return
	}
	if a, err := netip.ParseAddr(fields[0]); err == nil && (a.IsUnspecified() || a.IsLoopback()) {
		for _, name := range fields[1:] {
			if name[0] == '#' {
				break
			}
			if name != "localhost" && name != "localhost.localdomain" {
				found(n, name)
			}
		}
		return
	}
	bad(n, errors.New("neither a URL nor a line of a hosts file"))
}

// refang undoes the writings that keep a URL from being clicked.
func refang(s string) string {
	if rest, ok := cutFold(s, "hxxp"); ok {
		s = "http" + rest
	}
	return strings.NewReplacer("[.]", ".", "(.)", ".", "[:]", ":", "[://]", "://").Replace(s)
}

func cutFold(s, prefix string) (string, bool) {
	if len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
		return s[len(prefix):], true
	}
	return s, false
}
