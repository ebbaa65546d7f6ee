package popular

import "testing"

func TestKnown(t *testing.T) {
	for _, d := range []string{"google.com", "facebook.com", "wikipedia.org", "yahoo.co.jp"} {
		if !Known(d) || !Famous(d) {
			t.Errorf("%q is not known, or not famous", d)
		}
	}
	for _, d := range []string{"", "com", "goog1e.com", "amazon-login.top", "example.invalid"} {
		if Known(d) || Famous(d) {
			t.Errorf("%q is known", d)
		}
	}
}

func TestFamousIsKnown(t *testing.T) {
	if len(famous) >= len(known) {
		t.Errorf("famous has %d bytes, known %d", len(famous), len(known))
	}
}
