package detector

import "testing"

// TestLeadsHome: a foreign sender weighs less where everything that the mail asks
// for leads to the brand itself; one way to anybody else, and it weighs in full.
func TestLeadsHome(t *testing.T) {
	d := newDetector(t)
	const home = `<p>アカウントに新しいログインがありました。至急パスワードを変更してください。</p><a href="https://www.amazon.co.jp/ap/signin">確認する</a>`
	weight := func(change func(m *Message)) float64 {
		m := Message{From: Address{"Amazon", "notice@mihon-mail.example"}, Subject: "お知らせ", HTML: home}
		change(&m)
		v := d.Check(m)
		f := finding(v, BrandForeignSender)
		if f == nil {
			t.Fatalf("no %s in %+v", BrandForeignSender, v.Findings)
		}
		return f.Weight
	}
	all := weight(func(*Message) {})
	for _, c := range []struct {
		name   string
		change func(m *Message)
		home   bool
	}{
		{"the brand's own number", func(m *Message) { m.HTML += "<p>0120-999-373</p>" }, true},
		{"a second link home", func(m *Message) { m.HTML += `<a href="https://www.amazon.co.jp/gp/help">ヘルプ</a>` }, true},
		{"a place in the mail", func(m *Message) { m.HTML += `<a href="#top">上へ</a>` }, true},
		{"a foreign link", func(m *Message) { m.HTML += `<a href="https://qzkfwv.top/a">こちら</a>` }, false},
		{"a button to somebody else's known site", func(m *Message) {
			m.HTML += `<a href="https://www.facebook.com/groups/mihon">今すぐ確認する</a>`
		}, false},
		{"a chat with anybody", func(m *Message) { m.HTML += `<a href="https://lin.ee/EXAMPLE">LINE</a>` }, false},
		{"the site of another company, in the foot", func(m *Message) { m.HTML += `<a href="https://www.facebook.com/amazon">Facebook</a>` }, true},
		{"a stranger's number", func(m *Message) { m.HTML += "<p>050-5539-0000</p>" }, false},
		{"a number to press", func(m *Message) { m.HTML += `<a href="tel:+815055390000">電話する</a>` }, false},
		{"a button that writes a mail", func(m *Message) { m.HTML += `<a href="mailto:kyaku@mihon-mail.example">返信する</a>` }, false},
		{"another reader of the answer", func(m *Message) { m.ReplyTo = &Address{Address: "kyaku@gmail.com"} }, false},
		{"an attachment", func(m *Message) { m.Attachments = []string{"請求書.html"} }, false},
		{"a code for the camera", func(m *Message) { m.HTML += "<p>QRコードを読み取ってください。</p>" }, false},
		{"a form", func(m *Message) { m.HTML += `<form action="https://www.amazon.co.jp/x"><input name="password"></form>` }, false},
		{"a script", func(m *Message) { m.HTML += `<a href="javascript:void 0">開く</a>` }, false},
		{"not all of it was read", func(m *Message) { m.Partial = true }, false},
		{"no link at all", func(m *Message) {
			m.HTML = "<p>アカウントに新しいログインがありました。至急パスワードを変更し、ご返信ください。</p>"
		}, false},
	} {
		if got := weight(c.change); c.home != (got <= all) {
			t.Errorf("%s: the foreign sender weighs %.2f, with all links home %.2f", c.name, got, all)
		}
	}
}

// TestOwnSuffix: a government's services are its own word, also where its suffix
// for them stands in the private section of the Public Suffix List; what any
// tenant publishes is nobody's.
func TestOwnSuffix(t *testing.T) {
	d := newDetector(t)
	for host, want := range map[string]string{
		"www.tax.service.gov.uk":       "hmrc",
		"vehicletax.service.gov.uk":    "hmrc",
		"www.gov.uk":                   "hmrc",
		"www-tax-service.gov.uk.com":   "",
		"hmrc.github.io":               "",
		"bucket.s3.amazonaws.com":      "",
		"tax.service.gov.uk.top":       "",
		"example-com.translate.goog":   "",
		"www.campaign.gov.uk":          "hmrc",
		"service.gov.uk.mihon.example": "",
	} {
		if got := d.brandOf(host); got != want {
			t.Errorf("%+q is %q's own, want %q", host, got, want)
		}
	}
	v := d.Check(Message{From: Address{"HMRC", "no.reply@advice.hmrc.gov.uk"}, Subject: "Your tax account",
		HTML: `<p>Please check your payment.</p><a href="https://www.tax.service.gov.uk/account">Review your account</a>`})
	if v.Level != OK || finding(v, LinkHosting) != nil {
		t.Errorf("a genuine notice of HMRC is %s: %+v", v.Level, v.Findings)
	}
}

// TestTenantOfRedirector: a service that leads on names its customers in front of
// its domain; that is no imitation of them. A name at a place for pages is one.
func TestTenantOfRedirector(t *testing.T) {
	d := newDetector(t)
	check := func(href string) Verdict {
		return d.Check(Message{From: Address{"PayPay", "no-reply@mail.paypay.ne.jp"}, Subject: "ご利用のお知らせ",
			HTML: `<p>ご利用内容をご確認ください。</p><a href="https://paypay.ne.jp/">PayPay</a><a href="` + href + `">アプリを開く</a>`})
	}
	if v := check("https://paypay.onelink.me/AbCd/1234"); finding(v, LookalikeEmbedded) != nil || finding(v, LookalikeTenant) != nil || v.Level != OK {
		t.Errorf("a deep link is %s: %+v", v.Level, v.Findings)
	}
	if v := check("https://paypay.web.app/"); finding(v, LookalikeTenant) == nil {
		t.Errorf("a tenant's page is %s: %+v", v.Level, v.Findings)
	}
}

// TestMeetingPlaces: a button to a chat or a form that anybody can have is a
// foreign place where the sender is foreign too, though the place is a known
// company's and genuine links stand below. A genuine mail may invite to its own.
func TestMeetingPlaces(t *testing.T) {
	d := newDetector(t)
	check := func(address, href, text string) Verdict {
		return d.Check(Message{From: Address{"楽天証券", address}, Subject: "【重要】口座の確認",
			HTML: `<p>お客様の口座で不審な取引を検知しました。24時間以内に本人確認を行ってください。</p><p><a href="` + href + `">` + text + `</a></p><p><a href="https://www.rakuten-sec.co.jp/">楽天証券</a></p>`})
	}
	for _, place := range []string{"https://lin.ee/EXAMPLE", "https://line.me/R/ti/p/EXAMPLE", "https://t.me/mihon", "https://wa.me/815055390000", "https://docs.google.com/forms/d/e/EXAMPLE/viewform"} {
		if v := check("info@xkqzv.top", place, "本人確認を行う"); v.Level != Danger || finding(v, BrandForeignLink) == nil {
			t.Errorf("%s: a false mail's button is %s %.2f: %+v", place, v.Level, v.Score, v.Findings)
		}
		if v := check("info@rakuten-sec.co.jp", place, "LINE公式アカウント"); rank(v.Level) > rank(OK) {
			t.Errorf("%s: a genuine mail is %s %.2f: %+v", place, v.Level, v.Score, v.Findings)
		}
	}
	if v := check("info@xkqzv.top", "https://www.facebook.com/groups/mihon", "本人確認を行う"); rank(v.Level) < rank(Caution) {
		t.Errorf("a button to a group is %s %.2f: %+v", v.Level, v.Score, v.Findings)
	}
}
