package bundle

import (
	"testing"
	"time"
)

const layout = "2006-01-02T15:04:05Z"

// Times are what package time makes of them, from the year 0 to 9999.
func TestStamp(t *testing.T) {
	last := time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC).Unix()
	for unix := time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC).Unix(); unix <= last; unix += 86400*11 + 4567 {
		want := time.Unix(unix, 0).UTC().Format(layout)
		if got := stamp(unix); got != want {
			t.Fatalf("stamp(%d) = %q, want %q", unix, got, want)
		}
		if got, err := unstamp(want); err != nil || got != unix {
			t.Fatalf("unstamp(%q) = %d, %v, want %d", want, got, err, unix)
		}
	}
	for year := 1999; year < 2405; year++ { // every leap rule, at both ends of February
		for _, day := range []time.Time{time.Date(year, 2, 28, 23, 59, 59, 0, time.UTC), time.Date(year, 2, 29, 0, 0, 0, 0, time.UTC), time.Date(year, 12, 31, 12, 0, 0, 0, time.UTC)} {
			if got, want := stamp(day.Unix()), day.Format(layout); got != want {
				t.Errorf("stamp(%d) = %q, want %q", day.Unix(), got, want)
			}
		}
	}
}

func FuzzUnstamp(f *testing.F) {
	for _, s := range []string{"2026-11-22T21:52:00Z", "2024-02-29T00:00:00Z", "2023-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-10T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01 00:00:00Z", "2026-01-01T00:00:60Z", "+026-01-01T00:00:00Z", "2026-01-01T00:00:00z", "2026-1-1T00:00:00Z", "'000-01-01T00:00:00Z", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want, wantErr := time.Parse(layout, s)
		ok := wantErr == nil && want.Format(layout) == s // package time takes fractions of a second too
		if got, err := unstamp(s); (err == nil) != ok || ok && got != want.Unix() {
			t.Fatalf("%q: %d, %v; package time says %v, %v", s, got, err, want, wantErr)
		}
	})
}
