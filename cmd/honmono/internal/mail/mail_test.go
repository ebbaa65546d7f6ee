package mail_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/honmono/honmono/cmd/honmono/internal/mail"
	"github.com/honmono/honmono/detector"
)

const japanese = "お客様のアカウントを確認してください。"

func TestRead(t *testing.T) {
	cases := []struct {
		file string
		want mail.Mail
	}{
		{"iso-2022-jp.eml", mail.Mail{ID: "iso-2022-jp@example.test", Message: detector.Message{
			From:    detector.Address{Name: "見本銀行", Address: "info@example.test"},
			Subject: "【重要】会員情報の更新",
			Text:    japanese + "\nhttps://example.test/\n"}}},
		{"shift_jis.eml", mail.Mail{ID: "shift_jis@example.test", Message: detector.Message{
			From:    detector.Address{Name: "見本銀行", Address: "info@example.test"},
			Subject: "【重要】会員情報の更新",
			Text:    japanese + "①②㈱\nhttps://example.test/\n"}}},
		{"euc-jp.eml", mail.Mail{ID: "euc-jp@example.test", Message: detector.Message{
			From:    detector.Address{Name: "見本銀行", Address: "info@example.test"},
			Subject: "【重要】会員情報の更新",
			Text:    japanese + "\nhttps://example.test/\n"}}},
		{"gb2312.eml", mail.Mail{ID: "gb@example.test", Message: detector.Message{
			From:    detector.Address{Name: "样品银行", Address: "a@example.test"},
			Subject: "重要通知",
			HTML:    "<p>请立即确认您的账户</p>"}}},
		{"latin1.eml", mail.Mail{Message: detector.Message{
			From:    detector.Address{Name: "José Pérez", Address: "jose@example.test"},
			Subject: "Atualização",
			Text:    "Atenção, sua senha expira €\n"}}},
		{"undeclared-sjis.eml", mail.Mail{Message: detector.Message{
			From:    detector.Address{Address: "a@example.test"},
			Subject: "ご利用確認のお願い",
			Text:    "いつもご利用いただきありがとうございます。カードのご利用を確認してください。\n"}}},
		{"meta-charset.eml", mail.Mail{Message: detector.Message{
			From:    detector.Address{Address: "a@example.test"},
			Subject: "meta",
			HTML:    `<html><head><meta http-equiv="Content-Type" content="text/html; charset=euc-jp"></head><body>請求書</body></html>` + "\n"}}},
		{"wrong-charset.eml", mail.Mail{Message: detector.Message{
			From:    detector.Address{Address: "a@example.test"},
			Subject: "utf8 declared ascii",
			Text:    "Préstamo — 確認\n"}}},
		{"split-word.eml", mail.Mail{Message: detector.Message{
			From:    detector.Address{Name: "見本", Address: "x@example.test"},
			Subject: "Amazonプライムの自動更新設定を解除しました 0123456789",
			Text:    "body\n"}}},
		{"nested.eml", mail.Mail{ID: "nested@example.test", Message: detector.Message{
			Mailbox: "reader@example.org",
			From:    detector.Address{Name: "Sample", Address: "news@example.test"},
			ReplyTo: &detector.Address{Name: "Help, Desk", Address: "help@example.net"},
			Subject: "Nested",
			HTML:    "<p>html one ✓</p>\n" + `<a href="https://inner.example.test/">inner</a>`,
			Text:    "plain one",
			Auth: detector.Authentication{MailedBy: "mailer.example.test", SignedBy: "example.test",
				SPF: "pass", DKIM: "pass", DMARC: "pass"},
			Attachments: []string{"logo.png", "請求書.pdf.html", "明細.zip", "login.html", "Inner subject.eml"},
			List:        true}}},
		{"no-boundary.eml", mail.Mail{Message: detector.Message{
			From: detector.Address{Address: "a@example.test"}, Subject: "boundary not named",
			Text: "one", HTML: "<b>two</b>"}}},
		{"wrong-boundary.eml", mail.Mail{Message: detector.Message{
			From: detector.Address{Address: "a@example.test"}, Subject: "boundary named wrongly",
			HTML: "<b>two</b>"}}},
		{"unclosed.eml", mail.Mail{Message: detector.Message{
			From: detector.Address{Address: "a@example.test"}, Subject: "cut in transit",
			Text: "first", HTML: `<a href="https://evil.example/">click</`}}},
		{"broken-header.eml", mail.Mail{Message: detector.Message{
			From: detector.Address{Name: "Bank", Address: "bank@example.test"}, Subject: "still read",
			HTML: "<i>part</i>"}}},
		{"no-blank-line.eml", mail.Mail{Message: detector.Message{
			From: detector.Address{Name: "Bank", Address: "bank@example.test"}, Subject: "body without a blank line",
			Text: "Dear customer your account will be closed\nAttention: click https://example.test/\n"}}},
		{"broken-base64.eml", mail.Mail{Message: detector.Message{
			From: detector.Address{Address: "a@example.test"}, Subject: "stray bytes and a footer",
			Text: "hello world\n_______________________________________________\nA list's footer"}}},
		{"broken-qp.eml", mail.Mail{Message: detector.Message{
			From: detector.Address{Address: "a@example.test"}, Subject: "quoted-printable that is none",
			HTML: `<a href="https://example.test/?a=ZZ&b=3">xy</a>` + "\n"}}},
		{"sparse.eml", mail.Mail{Message: detector.Message{Subject: "hi"}}},
		{"html-as-text.eml", mail.Mail{Message: detector.Message{
			From: detector.Address{Address: "a@example.test"}, Subject: "page",
			HTML: "<!DOCTYPE html><p>x</p>\n"}}},
		{"cr-only.eml", mail.Mail{Message: detector.Message{
			From: detector.Address{Address: "a@example.test"}, Subject: "old Mac", Text: "body\n"}}},
	}
	for _, c := range cases {
		t.Run(c.file, func(t *testing.T) {
			f, err := os.Open(filepath.Join("testdata", c.file))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			got, err := mail.Read(f)
			if err != nil {
				t.Fatalf("Read: %v", err)
			}
			if !reflect.DeepEqual(*got, c.want) {
				g, _ := json.Marshal(got)
				w, _ := json.Marshal(c.want)
				t.Errorf("Read:\n got %s\nwant %s", g, w)
			}
		})
	}
}

// What is no mail is said to be none, never an empty mail that would be judged.
func TestNotMail(t *testing.T) {
	binary, err := os.ReadFile("testdata/binary.bin")
	if err != nil {
		t.Fatal(err)
	}
	for name, raw := range map[string][]byte{
		"empty": nil, "blank": []byte("\n \n\n"), "binary": binary,
		"prose": []byte("Dear reader\nthere is no header here\n"),
	} {
		if m, err := mail.Read(bytes.NewReader(raw)); !errors.Is(err, mail.ErrNotMail) {
			t.Errorf("%s: got %+v, %v; want ErrNotMail", name, m, err)
		}
	}
}

func TestReadError(t *testing.T) {
	broken := errors.New("the disk is on fire")
	_, err := mail.Read(io.MultiReader(strings.NewReader("From: a@b\n\n"), iotest.ErrReader(broken)))
	if !errors.Is(err, broken) {
		t.Errorf("got %v, want it to wrap %v", err, broken)
	}
}

// From fields as phishing writes them.
func TestFrom(t *testing.T) {
	cases := []struct{ field, name, address string }{
		{`plain@example.test`, "", "plain@example.test"},
		{`"Amazon.co.jp" <cs-reply@example.test>`, "Amazon.co.jp", "cs-reply@example.test"},
		{`Amazon.co.jp <cs@example.test>`, "Amazon.co.jp", "cs@example.test"},
		{`"support@amazon.co.jp <support@amazon.co.jp>" <evil@example.test>`, "support@amazon.co.jp <support@amazon.co.jp>", "evil@example.test"},
		{`support@amazon.co.jp <evil@example.test>`, "support@amazon.co.jp", "evil@example.test"},
		{`"a \"b\" c" <a@example.test>`, `a "b" c`, "a@example.test"},
		{`Bank <bank@example.test`, "Bank", "bank@example.test"},
		{`"Bank <bank@example.test>`, `"Bank`, "bank@example.test"},
		{`=?utf-8?Q?Bank_=E2=9C=93?=<bank@example.test>`, "Bank ✓", "bank@example.test"},
		{`=?utf-8?Q?Bank with blanks?= <bank@example.test>`, "Bank with blanks", "bank@example.test"},
		{`bank@example.test (Bank)`, "Bank", "bank@example.test"},
		{`<>`, "", ""},
		{`Only A Name`, "Only A Name", ""},
		{`a@example.test, b@example.test`, "", "a@example.test"},
		{`=?x-nonsense?B?44GC?= <a@example.test>`, "あ", "a@example.test"},
	}
	for _, c := range cases {
		m, err := mail.Parse([]byte("From: "+c.field+"\r\n\r\n"), false)
		if err != nil {
			t.Errorf("%+q: %v", c.field, err)
			continue
		}
		if got := m.Message.From; got.Name != c.name || got.Address != c.address {
			t.Errorf("%+q: got %+q <%+q>, want %+q <%+q>", c.field, got.Name, got.Address, c.name, c.address)
		}
	}
}

// Whom it was delivered to is what the receiving server says, on top.
func TestMailbox(t *testing.T) {
	const received = "Received: from mail.evil.example (helo for <forged@evil.example>) by mx.example.org\r\n\tfor <reader@example.org>; Sun, 1 Mar 2026 00:00:00 +0000\r\n"
	for _, c := range []struct{ header, want string }{
		{received, "reader@example.org"},
		{"Delivered-To: other@example.org\r\n" + received, "other@example.org"},
		{"Envelope-To: <other@example.org>\r\n" + received, "other@example.org"},
		{received + "Delivered-To: forged@evil.example\r\n", "reader@example.org"},
		{"Received: by mx.example.org; Sun, 1 Mar 2026 00:00:00 +0000\r\n" + received, ""},
		{"To: someone@example.org\r\n", ""},
		{"Delivered-To: nobody\r\n", ""},
	} {
		m, err := mail.Parse([]byte(c.header+"From: a@example.test\r\n\r\n"), false)
		if err != nil {
			t.Fatal(err)
		}
		if m.Message.Mailbox != c.want {
			t.Errorf("%q: mailbox %q, want %q", c.header, m.Message.Mailbox, c.want)
		}
	}
}

// An escape sequence of ISO-2022-JP inside another charset is no shift.
func TestEscapeInsideUTF8(t *testing.T) {
	const text = "あ \x1b$B!!\x1b(B"
	m, err := mail.Parse([]byte("Subject: "+text+"\nContent-Type: text/plain; charset=utf-8\n\n"+text), false)
	if err != nil {
		t.Fatal(err)
	}
	if m.Message.Text != text || m.Message.Subject != text {
		t.Errorf("subject %+q, text %+q, want %+q", m.Message.Subject, m.Message.Text, text)
	}
}
