package link

import "testing"

func BenchmarkParse(b *testing.B) {
	for name, raw := range map[string]string{
		"plain":    "https://www.amazon.co.jp/gp/css/order-history?ref_=nav_orders_first",
		"idn":      "https://xn--id-zb4axila5esc1e1f9bvhzd4a6fe.thisweekpunch.com/?z",
		"unicode":  "https://アップルジャパン.example.com/ログイン",
		"userinfo": "https://smbc-cyybqdh.jp%2Fpwrbc%2Fmoffxoue%3Fcyybqdh@qz226.com/tgihyxdxo86/",
		"numeric":  "http://106.0x35.0x53.0231/",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse(raw, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkFollow(b *testing.B) {
	r := testReader()
	for name, raw := range map[string]string{
		"plain":     "https://www.amazon.co.jp/gp/css/order-history?ref_=nav_orders_first",
		"safelinks": "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.amazon.co.jp%2Fx&data=05",
		"two":       "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%253A%252F%252Fevil.example.org",
		"translate": "https://my--evil-example-org.translate.goog/?_x_tr_sl=auto&_x_tr_sch=http",
	} {
		u := mustParse(b, raw)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r.Follow(u)
			}
		})
	}
}

func BenchmarkMismatch(b *testing.B) {
	r := testReader()
	d := r.Follow(mustParse(b, "https://www.amazon.co.jp/gp/css/order-history?ref_=nav_orders_first"))
	for name, text := range map[string]string{
		"words": "ご注文の内容を確認する",
		"same":  "https://www.amazon.co.jp/gp/css/order-history",
		"other": "https://www.rakuten.co.jp/",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r.Mismatch(text, d)
			}
		})
	}
}

// TestAllocations: every link of every mail goes through here; an ordinary one
// costs its URL and nothing else.
func TestAllocations(t *testing.T) {
	r := testReader()
	u := mustParse(t, "https://www.amazon.co.jp/gp/css/order-history?ref_=nav_orders_first#top")
	d := r.Follow(u)
	for _, c := range []struct {
		name string
		want float64
		run  func()
	}{
		{"Parse", 1, func() { Parse(u.Raw, nil) }},
		{"Follow", 1, func() { r.Follow(u) }},
		{"Mismatch, words", 0, func() { r.Mismatch("ご注文の内容を確認する", d) }},
		{"Mismatch, URL", 3, func() { r.Mismatch("https://www.amazon.co.jp/gp/", d) }},
	} {
		if n := testing.AllocsPerRun(100, c.run); n > c.want {
			t.Errorf("%s: %v allocations, want at most %v", c.name, n, c.want)
		}
	}
}
