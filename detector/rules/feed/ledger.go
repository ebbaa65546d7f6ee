package feed

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/honmono/honmono/detector/rules"
)

// A Day is a date, UTC, as the number of days since 1970.
type Day int

const dayLayout = "2006-01-02"

// DayOf is the day of a moment.
func DayOf(t time.Time) Day { return Day(t.UTC().Unix() / 86400) }

// ParseDay reads "2026-11-22".
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(dayLayout, s)
	if err != nil {
		return 0, fmt.Errorf("feed: %q is no day like 2026-11-22", s)
	}
	return DayOf(t), nil
}

func (d Day) time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

func (d Day) String() string { return d.time().Format(dayLayout) }

// monday is the first day of the week.
func (d Day) monday() Day { return d - Day((int(d.time().Weekday())+6)%7) }

// A Seen is when an entry was first and last reported.
type Seen struct{ First, Last Day }

// A Ledger remembers what is listed. It is kept in a file between runs.
type Ledger struct {
	seen map[string]Seen
}

const ledgerTitle = "honmono blocklist v1"

// NewLedger is empty.
func NewLedger() *Ledger { return &Ledger{seen: map[string]Seen{}} }

// ReadLedger reads what [Ledger.Write] wrote. It refuses anything else: half a
// ledger would drop half of what people are protected from.
func ReadLedger(r io.Reader) (*Ledger, error) {
	l := NewLedger()
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 64<<10), maxLine)
	if !lines.Scan() || lines.Text() != ledgerTitle {
		return nil, cmp.Or(lines.Err(), fmt.Errorf("feed: a ledger starts with the line %q", ledgerTitle))
	}
	ended := false
	for n := 2; lines.Scan(); n++ {
		if ended {
			return nil, fmt.Errorf("feed: ledger line %d: after the end", n)
		}
		if count, ok := strings.CutPrefix(lines.Text(), "end "); ok {
			if count != fmt.Sprint(len(l.seen)) {
				return nil, fmt.Errorf("feed: the ledger has %d entries and says %q", len(l.seen), count)
			}
			ended = true
			continue
		}
		f := strings.Split(lines.Text(), " ")
		if len(f) != 3 {
			return nil, fmt.Errorf("feed: ledger line %d: %q is not \"first last place\"", n, lines.Text())
		}
		first, err := ParseDay(f[0])
		last, err2 := ParseDay(f[1])
		if err := errors.Join(err, err2); err != nil {
			return nil, fmt.Errorf("feed: ledger line %d: %w", n, err)
		}
		if last < first || f[2] == "" {
			return nil, fmt.Errorf("feed: ledger line %d: last seen before it was first", n)
		}
		l.seen[f[2]] = Seen{first, last}
	}
	if lines.Err() != nil {
		return nil, fmt.Errorf("feed: ledger: %w", lines.Err())
	}
	if !ended {
		return nil, errors.New("feed: the ledger has no end: it was cut off")
	}
	return l, nil
}

// Write writes the ledger, sorted.
func (l *Ledger) Write(w io.Writer) error {
	b := bufio.NewWriter(w)
	fmt.Fprintln(b, ledgerTitle)
	for _, key := range slices.Sorted(maps.Keys(l.seen)) {
		fmt.Fprintf(b, "%s %s %s\n", l.seen[key].First, l.seen[key].Last, key)
	}
	fmt.Fprintf(b, "end %d\n", len(l.seen))
	return b.Flush()
}

// Len is how many places are listed.
func (l *Ledger) Len() int { return len(l.seen) }

// Add notes that a place was reported on a day, and answers whether it is new.
func (l *Ledger) Add(key string, day Day) bool {
	s, known := l.seen[key]
	if !known {
		s = Seen{day, day}
	}
	s.First, s.Last = min(s.First, day), max(s.Last, day)
	l.seen[key] = s
	return !known
}

// Remove takes a place out, for whoever was listed by mistake, and answers
// whether it was there.
func (l *Ledger) Remove(key string) bool {
	_, known := l.seen[key]
	delete(l.seen, key)
	return known
}

// Age drops what nobody reported for so many days, counted from the Monday of
// today's week, and answers how many.
func (l *Ledger) Age(today Day, keep int) int {
	before := len(l.seen)
	maps.DeleteFunc(l.seen, func(_ string, s Seen) bool { return s.Last < today.monday()-Day(keep) })
	return before - len(l.seen)
}

// weeks is how many whole weeks have a period of their own.
const weeks = 13

// Periods makes the blocklist of today: a period for each day of this week, for
// each of the weeks before, and one for what is older. Periods without an entry
// are left out. The same ledger gives the same bytes on the same day, and all
// but today's period the same bytes on every day of a week.
func (l *Ledger) Periods(today Day) ([]rules.BlockPeriod, error) {
	keys := map[string][]string{}
	for key, s := range l.seen {
		name := periodOf(s.First, today)
		keys[name] = append(keys[name], key)
	}
	var out []rules.BlockPeriod
	for _, name := range slices.Sorted(maps.Keys(keys)) {
		p, err := rules.NewBlockPeriod(name, keys[name])
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

func periodOf(first, today Day) string {
	monday := today.monday()
	switch {
	case first >= monday:
		return min(first, today).time().Format("20060102") + "-1"
	case first >= monday-7*weeks:
		return first.monday().time().Format("20060102") + "-7"
	}
	return "00000000-0"
}
