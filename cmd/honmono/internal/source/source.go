// Package source turns the paths of a command line into messages, one by one.
//
// A path is one of:
//
//   - a mail (.eml, or any file that begins with header fields);
//   - an mbox, known by its first line;
//   - a corpus: one JSON object per line (.jsonl), see Row;
//   - any of these compressed with gzip;
//   - a directory, searched downwards in the order of names: files named
//     .eml, .mbox, .mbx or .jsonl (with or without .gz), files in the cur and
//     new folders of a Maildir, and files without a suffix that begin like a
//     mail or an mbox. Hidden files and the rest are passed over;
//   - "-", standard input, which may hold any of these but a directory.
//
// # Nothing is lost
//
// What cannot be read still comes out, as an Item whose Load answers an error
// that names the file (and the line or message, in a container). The items
// after it follow.
//
// # Memory
//
// Messages are read when they are asked for: an Item holds no more than the raw
// bytes of one message.
package source

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/honmono/honmono/cmd/honmono/internal/mail"
	"github.com/honmono/honmono/detector"
)

// A Record is one message with what is known of it.
type Record struct {
	// ID is the corpus row's id, or the Message-ID, or else a name made from
	// the file's: its base name, and "#n" for the n-th message of an mbox.
	ID      string
	Message detector.Message
	// Row is the corpus row without its texts; zero for a mail.
	Row Row
}

// An Item is one message not yet read.
type Item struct {
	// File is the path as given, or the file found below it; "-" for standard
	// input.
	File string
	// Bytes is how far this item moves through the input, for a progress bar.
	Bytes int64
	// Load reads the message. It may be called once, on any goroutine.
	Load func() (*Record, error)
}

// Items answers the messages of all paths, in order. The sequence may be used
// once, since standard input can be read only once.
func Items(paths []string, stdin io.Reader) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		for _, path := range paths {
			if !walk(path, stdin, yield) {
				return
			}
		}
	}
}

// Size answers how many files the paths hold and their bytes, as far as they
// are files; what cannot be read counts for nothing here.
func Size(paths []string) (files int, total int64) {
	for _, path := range paths {
		filepath.WalkDir(path, func(p string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || p != path && !mailName(p) {
				return nil
			}
			if info, err := entry.Info(); err == nil && info.Mode().IsRegular() {
				files++
				total += info.Size()
			}
			return nil
		})
	}
	return files, total
}

// walk yields the messages of one path and reports whether to go on.
func walk(path string, stdin io.Reader, yield func(Item) bool) bool {
	if path == "-" {
		return open("-", io.NopCloser(stdin), yield)
	}
	info, err := os.Stat(path)
	if err != nil {
		return yield(failed(path, err))
	}
	if !info.IsDir() {
		return file(path, true, yield)
	}
	more := true
	filepath.WalkDir(path, func(p string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			more = yield(failed(p, err))
			if entry != nil && entry.IsDir() && more {
				return fs.SkipDir
			}
		case entry.IsDir():
			if p != path && strings.HasPrefix(entry.Name(), ".") && entry.Name() != "." {
				return fs.SkipDir
			}
		case mailName(p):
			more = file(p, false, yield)
		}
		if !more {
			return fs.SkipAll
		}
		return nil
	})
	return more
}

// suffixes are the names by which a directory's files are taken for mail.
var suffixes = []string{".eml", ".mbox", ".mbx", ".jsonl"}

// mailName reports whether a file found in a directory may hold mail.
func mailName(path string) bool {
	name := strings.ToLower(strings.TrimSuffix(filepath.Base(path), ".gz"))
	if strings.HasPrefix(name, ".") {
		return false
	}
	for _, s := range suffixes {
		if strings.HasSuffix(name, s) {
			return true
		}
	}
	if dir := filepath.Base(filepath.Dir(path)); dir == "cur" || dir == "new" {
		return true
	}
	return filepath.Ext(name) == ""
}

// file yields the messages of one file. given says that the person named it:
// then it is read whatever it looks like.
func file(path string, given bool, yield func(Item) bool) bool {
	if strings.HasSuffix(strings.ToLower(path), ".eml") {
		// Left to the workers: opening files is half the work of reading a
		// directory of small ones.
		return yield(Item{File: path, Bytes: sizeOf(path), Load: func() (*Record, error) {
			f, err := os.Open(path)
			if err != nil {
				return nil, problem(path, err)
			}
			defer f.Close()
			return loadMail(path, f)
		}})
	}
	f, err := os.Open(path)
	if err != nil {
		return yield(failed(path, err))
	}
	if !given && filepath.Ext(strings.TrimSuffix(path, ".gz")) == "" && !looksLikeMail(f) {
		f.Close()
		return true
	}
	return open(path, f, yield)
}

// looksLikeMail reports whether a file begins like a mail or may hold some, and
// leaves the file at its start.
func looksLikeMail(f *os.File) bool {
	head := make([]byte, 4096)
	n, _ := io.ReadFull(f, head)
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return false
	}
	return bytes.HasPrefix(head[:n], gzipMagic) || bytes.HasPrefix(head[:n], separator) || mail.LooksLikeMail(head[:n])
}

var (
	gzipMagic = []byte{0x1f, 0x8b}
	separator = []byte("From ")
)

// open yields the messages of one stream, whose kind its first bytes tell, and
// closes it.
func open(name string, f io.ReadCloser, yield func(Item) bool) bool {
	counter := &counter{r: f}
	r := bufio.NewReaderSize(counter, 1<<16)
	if head, _ := r.Peek(2); bytes.Equal(head, gzipMagic) {
		z, err := gzip.NewReader(r)
		if err != nil {
			f.Close()
			return yield(failed(name, err))
		}
		r = bufio.NewReaderSize(z, 1<<16)
	}
	head, _ := r.Peek(512)
	switch head := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n"); {
	case bytes.HasPrefix(head, []byte("{")):
		defer f.Close()
		return corpus(name, r, counter, yield)
	case bytes.HasPrefix(head, separator):
		defer f.Close()
		return mbox(name, r, counter, yield)
	}
	return yield(Item{File: name, Bytes: sizeOf(name), Load: func() (*Record, error) {
		defer f.Close()
		return loadMail(name, r)
	}})
}

// loadMail reads one mail from a file of its own.
func loadMail(name string, r io.Reader) (*Record, error) {
	m, err := mail.Read(r)
	if err != nil {
		return nil, problem(name, err)
	}
	if m.ID == "" {
		m.ID = filepath.Base(name)
	}
	return &Record{ID: m.ID, Message: m.Message}, nil
}

// failed is the item of something that could not be read.
func failed(name string, err error) Item {
	return Item{File: name, Load: func() (*Record, error) { return nil, problem(name, err) }}
}

// problem names the file in an error, once.
func problem(name string, err error) error {
	if p, ok := err.(*fs.PathError); ok {
		err = p.Err
	}
	return fmt.Errorf("%s: %w", name, err)
}

func sizeOf(path string) int64 {
	if info, err := os.Stat(path); err == nil {
		return info.Size()
	}
	return 0
}

// A counter counts what is read from a file, before it is decompressed.
type counter struct {
	r     io.Reader
	total int64
	taken int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.total += int64(n)
	return n, err
}

// take answers the bytes read since the last call.
func (c *counter) take() int64 {
	n := c.total - c.taken
	c.taken = c.total
	return n
}
