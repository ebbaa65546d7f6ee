package detector

import "testing"

// finding returns the finding with a symbol, or nil.
func finding(v Verdict, s Symbol) *Finding {
	for i := range v.Findings {
		if v.Findings[i].Symbol == s {
			return &v.Findings[i]
		}
	}
	return nil
}

// TestButton: the evidence says whether the link is a button or only a link, so
// that nobody is told of a button that is not there.
func TestButton(t *testing.T) {
	d := newDetector(t)
	for _, c := range []struct {
		name, html string
		button     bool
	}{
		{"words of a button", `<a href="https://qzkfwv-mihon.top/a">Verify now</a>`, true},
		{"a picture", `<a href="https://qzkfwv-mihon.top/a"><img src="https://qzkfwv-mihon.top/b.png" width="400" height="80"></a>`, true},
		{"a form", `<form action="https://qzkfwv-mihon.top/a"><input type="password"></form>`, true},
		{"a bare address", `<p>https://qzkfwv-mihon.top/a</p>`, false},
		{"a word in a sentence", `<a href="https://qzkfwv-mihon.top/a">qzkfwv-mihon.top</a>`, false},
	} {
		v := d.Check(Message{From: Address{"PayPal", "service@mihon-mail.example"}, Subject: "Your account is limited",
			HTML: "<p>Dear customer, your PayPal account will be suspended within 24 hours. Verify your identity.</p>" + c.html})
		f := finding(v, BrandForeignLink)
		if f == nil {
			t.Errorf("%s: no %s in %+v", c.name, BrandForeignLink, v.Findings)
		} else if f.Evidence.Button != c.button {
			t.Errorf("%s: button is %v", c.name, f.Evidence.Button)
		}
	}
}

// away is a button to a place that is nobody's, with the wording that goes along.
const away = `<p>アカウントの利用を制限しました。24時間以内にお支払い方法を更新してください。</p><a href="https://qzkfwv.top/a">更新する</a>`

// TestClaimSources: every part of a mail that makes a reader take it for a
// brand's makes the claim. The part alone need not be enough: each case has the
// least of the others that a real mail of its kind has.
func TestClaimSources(t *testing.T) {
	d := newDetector(t)
	for _, c := range []struct {
		name, from, address, subject, html, brand string
	}{
		{"display name", "Amazon.co.jp", "x@vqkz.cn", "お知らせ", away, "amazon"},
		{"zero-width characters in the name", "Ama\u200bz\u200bon", "x@vqkz.cn", "お知らせ", away, "amazon"},
		{"soft hyphens in the name", "Pay\u00adPal", "x@vqkz.cn", "Notice", away, "paypal"},
		{"Cyrillic letters in the name", "Аmаzоn", "x@vqkz.cn", "お知らせ", away, "amazon"},
		{"Cherokee letters in the name", "ᎪMᎪZON", "x@vqkz.cn", "お知らせ", away, "amazon"},
		{"mathematical letters in the name", "𝐀𝐦𝐚𝐳𝐨𝐧", "x@vqkz.cn", "お知らせ", away, "amazon"},
		{"fullwidth letters in the name", "Ａｍａｚｏｎ", "x@vqkz.cn", "お知らせ", away, "amazon"},
		{"small capitals in the name", "ᴘᴀʏᴘᴀʟ", "x@vqkz.cn", "Notice", away, "paypal"},
		{"digits for letters in the name", "Netf1ix", "x@vqkz.cn", "Notice", away, "netflix"},
		{"katakana in hiragana", "ゅうちょ銀行 ゆうちょ銀行", "x@vqkz.cn", "お知らせ", away, "yucho"},
		{"compatibility ideographs in the name", "楽\uFA19天 楽天カード", "x@vqkz.cn", "お知らせ", away, "rakuten"},
		{"decoy words inside the brand's name", "", "x@vqkz.cn", "【イオンカード】ご利用の確認", `<p>イオン<span style="display:none">fmacrq zaxei</span>カード</p>` + away, "aeon"},
		{"words split by markup", "", "x@vqkz.cn", "お支払いについて", `<p><b>A</b><i>m</i>azon お客様</p><p>Ama<b>zon</b>カスタマーサービス</p><p>© Amazon.co.jp</p>` + away, "amazon"},
		{"From domain", "お客様センター", "info@amazon.co.jp.vqkz.cn", "お支払いについて", "<p>Amazon</p>" + away, "amazon"},
		{"mailbox name", "", "amazon-update@vqkz.cn", "お支払いについて", "<p>Amazonをご利用いただきありがとうございます</p>" + away, "amazon"},
		{"subject", "お客様センター", "x@vqkz.cn", "【Amazon】お支払い方法の確認", away, "amazon"},
		{"salutation and signature", "", "x@vqkz.cn", "ご確認", `<p>メルカリ会員様</p><p>メルカリをご利用いただきありがとうございます</p>` + away + `<p>メルカリ事務局</p>`, "mercari"},
		{"heading", "", "x@vqkz.cn", "ご確認", `<h1>エポスカード</h1><p>エポスカードのご利用を確認しています</p>` + away + `<p>株式会社エポスカード</p>`, "epos"},
		{"footer", "", "x@vqkz.cn", "Your account", away + `<p>Your Netflix membership</p><p>© Netflix, Inc.</p><p>The Netflix team</p>`, "netflix"},
		{"logo", "", "x@vqkz.cn", "Your account", `<img src="https://vqkz.cn/l.png" alt="PayPal"><img src="https://www.paypalobjects.com/l.png" alt="PayPal logo"><p>PayPal</p>` + away, "paypal"},
		{"own telephone number and address quoted", "", "x@vqkz.cn", "ご確認", `<p>Amazonからのお知らせ</p>` + away + `<p>カスタマーサービス 0120-899-543<br>https://www.amazon.co.jp/</p>`, "amazon"},
		{"link texts", "", "x@vqkz.cn", "ご確認", `<a href="https://qzkfwv.top/a">PayPayカードの利用確認</a> <a href="https://qzkfwv.top/b">PayPayカードにログイン</a><p>PayPayカード株式会社</p>` + away, "paypay-card"},
		{"a word in its context", "au", "x@vqkz.cn", "au PAYのご利用確認", away, "au"},
		{"a word of the name by the body's context", "LEDGER", "x@vqkz.cn", "Important", "<p>Your hardware wallet</p>" + away, "ledger"},
	} {
		v := d.Check(Message{From: Address{c.from, c.address}, Subject: c.subject, HTML: c.html})
		if v.Brand != c.brand {
			t.Errorf("%s: claims %q, want %q: %+q %+v", c.name, v.Brand, c.brand, c.from, v.Findings)
		}
		if rank(v.Level) < rank(Caution) {
			t.Errorf("%s: %s with %.2f", c.name, v.Level, v.Score)
		}
	}
}

// TestMentions: to be written about is no claim.
func TestMentions(t *testing.T) {
	d := newDetector(t)
	link := `<a href="https://www.mihon-press.jp/a/1">続きを読む</a>`
	for _, c := range []struct{ name, from, address, subject, html string }{
		{"news about a brand", "みほん新聞", "news@mihon-press.jp", "Amazonが新しい倉庫を建設", "<p>Amazonは1日、新しい倉庫を発表した。Amazonの配送は……</p>" + link},
		{"news about fraud in a brand's name", "みほん新聞", "news@mihon-press.jp", "楽天カードをかたるフィッシングに注意", "<p>楽天カードをかたり、24時間以内に確認しないとアカウントを停止するというメールが増えている。</p>" + link},
		{"a receipt that lists Visa", "みほん書店", "order@mihon-shoten.jp", "ご注文ありがとうございます", `<p>お支払い：Visa 下4桁 1234</p><p>配送：ヤマト運輸</p><a href="https://mihon-shoten.jp/orders/1">注文内容を確認する</a>`},
		{"a friend's mail", "Yuki Mori", "yuki@mihon-home.jp", "写真", `<p>Amazonで買ったカメラで撮ったよ。アルバムはこちら</p><a href="https://album.mihon-home.jp/1">写真を見る</a>`},
		{"a mailing-list discussion", "Jane Doe", "jane@mihon-univ.ac.jp", "Re: [dev] GitHub sign in fails", `<p>On Monday John wrote:</p><blockquote>Did you verify your account at GitHub? Microsoft says the token expired.</blockquote><p>See https://wiki.mihon-project.org/login</p>`},
		{"a LinkedIn logo in a signature", "Emily Carter", "emily@mihon-consult.com", "Minutes", `<p>Please find the minutes here: <a href="https://files.mihon-consult.com/m">download</a></p><p>Emily<br><a href="https://www.linkedin.com/in/x"><img src="https://static.licdn.com/l.png" alt="LinkedIn"></a> LinkedIn</p>`},
		{"a person of that name", "Tim Apple", "tim@mihon-home.jp", "Lunch", `<p>Lunch? <a href="https://mihon-sushi.jp/menu">menu</a></p>`},
		{"Ana writes about a flight", "Ana Santos", "ana@mihon-travel.com", "Your flight", `<p>Your mileage and booking: <a href="https://mihon-travel.com/b/1">view</a></p>`},
		{"a prize", "みほん大学", "survey@mihon-univ.ac.jp", "アンケート（Amazonギフト券進呈）", `<p>Amazonギフト券を抽選で進呈します</p><a href="https://survey.mihon-univ.ac.jp/1">回答する</a>`},
		{"an address in the subject", "Jane Doe", "jane@mihon-home.jp", "https://www.google.com/search?q=sushi", `<p>This one? <a href="https://mihon-sushi.jp/">mihon-sushi</a></p>`},
		{"a brand as a customer", "Mihon Design", "hello@mihon-design.com", "Our work for Netflix", `<p>We made a campaign for Netflix and Spotify.</p><a href="https://mihon-design.com/netflix">See the case</a>`},
	} {
		v := d.Check(Message{From: Address{c.from, c.address}, Subject: c.subject, HTML: c.html})
		for _, s := range []Symbol{BrandForeignLink, BrandSpoofedSender} {
			if f := finding(v, s); f != nil {
				t.Errorf("%s: %s %+v", c.name, s, f.Evidence)
			}
		}
		if v.Level != OK {
			t.Errorf("%s: %s with %.2f, %+v", c.name, v.Level, v.Score, v.Findings)
		}
	}
}

// TestAnotherBrandsAddress: a known company's address is no excuse for speaking
// as another one.
func TestAnotherBrandsAddress(t *testing.T) {
	d := newDetector(t)
	check := func(address string) Verdict {
		return d.Check(Message{From: Address{"Amazon.co.jp", address}, Subject: "【重要】お支払い方法", HTML: away})
	}
	nobody, rakuten := check("x@vqkz.cn"), check("info@rakuten.co.jp")
	if finding(rakuten, BrandForeignSender) == nil || rakuten.Level != Danger {
		t.Errorf("from Rakuten: %s, %+v", rakuten.Level, rakuten.Findings)
	}
	if rakuten.Score > nobody.Score {
		t.Errorf("Rakuten's address weighs more than nobody's: %.2f, %.2f", rakuten.Score, nobody.Score)
	}
	// Brands write together: a card of a bank in a shop's name.
	v := d.Check(Message{From: Address{"三井住友カード（Amazon Mastercard）", "statement@vpass.ne.jp"}, Subject: "ご利用明細",
		HTML: `<p>Amazon Mastercardのご利用明細が確定しました。</p><a href="https://www.smbc-card.com/mem/">明細を確認する</a>`})
	if finding(v, BrandForeignSender) != nil || v.Level != OK {
		t.Errorf("a common card: %s, %+v", v.Level, v.Findings)
	}
}
