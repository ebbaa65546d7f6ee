package detector

import "testing"

// TestOwnOrganisation: the domain of the reader's mailbox is a claim like a
// brand's, and so is the system that keeps the mail.
func TestOwnOrganisation(t *testing.T) {
	d := newDetector(t)
	const me = "t.tanaka@mihon-kogyo.co.jp"
	for _, c := range []struct {
		name    string
		from    Address
		subject string
		html    string
		symbol  Symbol
		level   Level
	}{
		{"password of the own domain", Address{"IT Support", "it@kzqvtw.com"}, "Your mihon-kogyo.co.jp password expires",
			`<p>Dear t.tanaka, your password expires today. Verify your account.</p><a href="https://kzqvtw.com/p?e=t.tanaka@mihon-kogyo.co.jp">Keep same password</a>`, OwnDomainForeign, Danger},
		{"voice mail by the organisation's name", Address{"Mihon-kogyo Voicemail", "vm@kzqvtw.com"}, "New voice message",
			`<p>You have a new voice message.</p><a href="https://kzqvtw.web.app/?u=dC50YW5ha2FAbWlob24ta29neW8uY28uanA=">Listen</a>`, OwnDomainForeign, Danger},
		{"a full mailbox", Address{"Mail Administrator", "admin@kzqvtw.com"}, "Mailbox quota exceeded",
			`<p>Your mailbox is almost full. Pending messages will be deleted within 24 hours. Verify your account.</p><a href="https://kzqvtw.com/q">Add storage</a>`, MailSystemForeign, Caution},
		{"a Roundcube that speaks itself", Address{"Roundcube Webmail", "no-reply@kzqvtw.com"}, "Roundcube: session expired",
			`<p>Please sign in to your webmail again within 24 hours to avoid deactivation of your email account.</p><a href="https://kzqvtw.com/rc">Sign in</a>`, MailSystemForeign, Caution},
		// What must not be taken for it.
		{"the own IT, own link", Address{"情報システム部", "it@mihon-kogyo.co.jp"}, "【重要】パスワードの有効期限",
			`<p>パスワードを変更してください。</p><a href="https://portal.mihon-kogyo.co.jp/pw">変更する</a>`, "", OK},
		{"a colleague shares a folder", Address{"鈴木 誠", "m.suzuki@mihon-kogyo.co.jp"}, "資料",
			`<p>資料を置きました。</p><a href="https://app.box.com/s/EXAMPLE">資料</a>`, "", OK},
		{"a colleague sends a form", Address{"総務部", "soumu@mihon-kogyo.co.jp"}, "【至急】健康診断の希望日",
			`<p>本日中に回答してください。</p><a href="https://forms.office.com/r/EXAMPLE">回答する</a>`, "", OK},
		{"a partner writes about the mail server", Address{"Emily Carter", "emily@mihon-consult.com"}, "Migration of the mail server",
			`<p>Hi, the plan for your mail server is here:</p><a href="https://docs.mihon-consult.com/plan">plan</a>`, "", OK},
		{"a newsletter that knows the address", Address{"Mihon News", "news@mihon-news.jp"}, "This week",
			`<p>News.</p><a href="https://mihon-news.jp/1">Read</a> <a href="https://mihon-news.jp/unsubscribe?e=t.tanaka@mihon-kogyo.co.jp">Unsubscribe</a>`, "", OK},
		{"a travel agency's booking in the company's name", Address{"Mihon Travel", "booking@mihon-travel.jp"}, "Mihon-kogyo: your hotel on May 3",
			`<p>Dear Mr Tanaka, your hotel is booked.</p><a href="https://mihon-travel.jp/b/1">View booking</a>`, "", OK},
	} {
		v := d.Check(Message{From: c.from, Subject: c.subject, HTML: c.html, Mailbox: me})
		if c.symbol != "" && finding(v, c.symbol) == nil {
			t.Errorf("%s: no %s in %+v", c.name, c.symbol, v.Findings)
		}
		if c.symbol == "" && (finding(v, OwnDomainForeign) != nil || finding(v, MailSystemForeign) != nil && v.Level != OK) {
			t.Errorf("%s: %+v", c.name, v.Findings)
		}
		if c.level == OK && v.Level != OK || rank(v.Level) < rank(c.level) {
			t.Errorf("%s: %s with %.2f, %+v", c.name, v.Level, v.Score, v.Findings)
		}
	}
}

// TestAddressee: where nobody says whose mailbox it is, the mail does; but an
// address that somebody quotes is theirs.
func TestAddressee(t *testing.T) {
	d := newDetector(t)
	for _, c := range []struct{ subject, html, want string }{
		{"Storage full for jane@mihon-kogyo.co.jp", "<p>x</p>", "jane@mihon-kogyo.co.jp"},
		{"Notice", "<p>Dear jane@mihon-kogyo.co.jp, your mailbox is full.</p>", "jane@mihon-kogyo.co.jp"},
		{"Notice", `<a href="https://kzq.top/?e=jane@mihon-kogyo.co.jp">x</a>`, "jane@mihon-kogyo.co.jp"},
		{"Re: x", "<p>On Monday, Jane &lt;jane@mihon-kogyo.co.jp&gt; wrote:</p>", ""},
		{"Re: x", "<p>jane@mihon-kogyo.co.jp wrote: no</p>", ""},
		{"Hello", "<p>Answer to me: info@sender.co.jp</p>", ""},
		{"Hello", "<p>Dear jane@gmail.com</p>", ""},
	} {
		m := Message{From: Address{"x", "info@sender.co.jp"}, Subject: c.subject, HTML: c.html}
		if got := d.read(&m).readerAddress; got != c.want {
			t.Errorf("%q %q: %q, want %q", c.subject, c.html, got, c.want)
		}
	}
}
