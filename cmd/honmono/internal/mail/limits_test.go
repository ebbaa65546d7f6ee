package mail_test

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/emersion/go-message"

	"github.com/honmono/honmono/cmd/honmono/internal/mail"
)

// A mail beyond a cap is read up to it, and says that it is not all.
func TestCaps(t *testing.T) {
	deep := &strings.Builder{}
	deep.WriteString("From: a@example.test\n")
	for i := range 2 * mail.MaxDepth {
		fmt.Fprintf(deep, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
	}
	deep.WriteString("\nbottom\n")

	wide := &strings.Builder{}
	wide.WriteString("From: a@example.test\nContent-Type: multipart/mixed; boundary=b\n\n")
	for range 3 * mail.MaxParts {
		wide.WriteString("--b\n\nx\n")
	}

	long := "From: a@example.test\nContent-Type: text/html\n\n" + strings.Repeat("<p>0123456789</p>", mail.MaxBody/16)

	for name, raw := range map[string]string{"deep": deep.String(), "wide": wide.String(), "long": long} {
		m, err := mail.Read(strings.NewReader(raw))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !m.Message.Partial {
			t.Errorf("%s: Partial is not set", name)
		}
		if len(m.Message.HTML) > mail.MaxBody || len(m.Message.Text) > mail.MaxBody {
			t.Errorf("%s: %d bytes of HTML and %d of text are kept, the cap is %d", name, len(m.Message.HTML), len(m.Message.Text), mail.MaxBody)
		}
	}
	m, err := mail.Read(strings.NewReader("From: a@example.test\nContent-Type: text/html\n\n<p>all of it</p>"))
	if err != nil || m.Message.Partial {
		t.Errorf("a short mail is Partial, %v", err)
	}
}

// A message longer than MaxBytes costs no more memory than one of that length.
func TestHuge(t *testing.T) {
	if testing.Short() {
		t.Skip("reads a message of 80 MB")
	}
	head := "From: a@example.test\nSubject: huge\nContent-Type: text/plain\n\n"
	body := io.LimitReader(endless{}, mail.MaxBytes+mail.MaxBytes/4)
	m, err := mail.Read(io.MultiReader(strings.NewReader(head), body))
	if err != nil {
		t.Fatal(err)
	}
	if !m.Message.Partial || m.Message.Subject != "huge" {
		t.Errorf("Partial %v, subject %q", m.Message.Partial, m.Message.Subject)
	}
}

// endless is a body that never ends.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
		if i%70 == 69 {
			p[i] = '\n'
		}
	}
	return len(p), nil
}

// On what mime/multipart writes, the parts are those that go-message finds.
func TestPartsAgreeWithGoMessage(t *testing.T) {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	texts := []string{"one", "", "three\r\n", "--", "--x\r\nfive", "\r\n\r\nsix"}
	for _, s := range texts {
		p, err := w.CreatePart(map[string][]string{"Content-Type": {"text/plain; charset=utf-8"}})
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(p, s)
	}
	w.Close()
	raw := "From: a@example.test\r\nContent-Type: multipart/mixed; boundary=" + w.Boundary() + "\r\n\r\n" + body.String()

	e, err := message.Read(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for mr := e.MultipartReader(); ; {
		p, err := mr.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		b, _ := io.ReadAll(p.Body)
		want = append(want, strings.ReplaceAll(string(b), "\r\n", "\n"))
	}
	if len(want) != len(texts) {
		t.Fatalf("go-message found %d parts of %d", len(want), len(texts))
	}
	m, err := mail.Read(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	joined := ""
	for _, s := range want {
		if joined != "" && s != "" {
			joined += "\n"
		}
		joined += s
	}
	if m.Message.Text != joined {
		t.Errorf("got %q, want %q", m.Message.Text, joined)
	}
}

func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/*")
	if err != nil || len(files) == 0 {
		f.Fatal("no seeds", err)
	}
	for _, name := range files {
		if raw, err := os.ReadFile(name); err == nil {
			f.Add(raw)
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		saved := bytes.Clone(raw)
		m, err := mail.Parse(raw, false)
		if !bytes.Equal(raw, saved) {
			t.Fatal("Parse changed its input")
		}
		again, err2 := mail.Read(bytes.NewReader(raw))
		if (err == nil) != (err2 == nil) {
			t.Fatalf("Parse and Read disagree: %v, %v", err, err2)
		}
		if err != nil {
			return
		}
		if m.ID != again.ID || m.Message.HTML != again.Message.HTML || m.Message.Text != again.Message.Text {
			t.Fatal("reading twice gives two answers")
		}
		// A charset never makes more than three bytes of one, and neither
		// does joining parts.
		if n := len(m.Message.HTML) + len(m.Message.Text); n > 4*len(raw)+16 {
			t.Fatalf("%d bytes of mail became %d of text", len(raw), n)
		}
	})
}
