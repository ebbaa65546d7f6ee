package rules

import "testing"

func TestBlockSectionNames(t *testing.T) {
	for _, c := range []struct {
		name, period string
		exact, ok    bool
	}{
		{"blocklist-20261122-7", "20261122-7", false, true},
		{"blocklist-20261122-365-exact", "20261122-365", true, true},
		{"blocklist-20261122-7-exact-exact", "", false, false},
		{"blocklist-20261122-1234", "", false, false},
		{"blocklist-2026112-7", "", false, false},
		{"blocklist-20261122-", "", false, false},
		{"blocklist-20261122", "", false, false},
		{"blocklist-2026112x-7", "", false, false},
		{"blocklist-20261122-7-", "", false, false},
		{"blocklist-20261122-+7", "", false, false},
		{"Blocklist-20261122-7", "", false, false},
		{"blocklist--exact", "", false, false},
		{"brands", "", false, false},
		{"", "", false, false},
	} {
		period, exact, ok := blockSection(c.name)
		if period != c.period || exact != c.exact || ok != c.ok {
			t.Errorf("%q: %q, %v, %v; want %q, %v, %v", c.name, period, exact, ok, c.period, c.exact, c.ok)
		}
	}
}
