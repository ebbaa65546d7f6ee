package link

import (
	"math/rand/v2"
	"testing"
)

// A visit, which knows the links before, reads each as if it were the only one.
func TestVisitReference(t *testing.T) {
	fronts := []string{
		"https://www.example.com", "http://www.example.com", "https://www.example.co", "https://shop.example.com:8443",
		"https://www.example.com:443", "HTTPS://WWW.EXAMPLE.COM", "https://user@www.example.com", "https://@www.example.com",
		"https://0x7f.1", "https://[::1]", "https://xn--r8jz45g.example", "https://例え.example", "https://exa%6dple.com",
		"https:/www.example.com", "https:///www.example.com", "https:\\\\www.example.com", "//www.example.com", "https://www.exa\tmple.com",
		"ftp://www.example.com", "mailto:jane@example.com", "https://", "https://a b.example", "https://www.example.com.",
	}
	rests := []string{
		"", "/", "/a/../b", "/item?id=1&u=https://other.example/", "?q", "#f", "\\a", "/\tx", " ", "/%zz", "/%2e%2e/x", ".evil.example/", "@evil.example/",
		"-evil.example", ":80/", ":99999/", "/日本", "/a b", "?a=\x7f", "/x\n",
	}
	base, err := Parse("https://base.example/dir/page?q", nil)
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		v := NewReader(Config{}).Visit()
		v.Room(make([]URL, 12))
		against := []*URL{nil, base}[rng.IntN(2)]
		var before []string
		for range 12 {
			raw := fronts[rng.IntN(len(fronts))] + rests[rng.IntN(len(rests))]
			before = append(before, raw)
			got, gotErr := v.Parse(raw, against)
			want, wantErr := Parse(raw, against)
			if gotErr != wantErr || (got == nil) != (want == nil) || got != nil && *got != *want {
				t.Fatalf("after %+q:\ngot  %+v, %v\nwant %+v, %v", before, got, gotErr, want, wantErr)
			}
		}
	}
}
