package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/honmono/honmono/detector/rules"
	"github.com/honmono/honmono/detector/rules/feed"
)

const feedUsage = `usage: honmono rules feed --ledger FILE [--day D] [--keep 90d] [--remove PLACE]… [FEED…]

Takes what the FEEDs report into the blocklist, lets go what nobody has reported
for long, and says what was refused. A FEED is a file with a URL or host a line, a
CSV with a column URL, or a hosts file; - is standard input. The ledger is made
if it is not there, and stays as it was where a feed cannot be read.
`

// examples is how many refused lines are shown for each reason.
const examples = 3

func rulesFeed(args []string, stdout, stderr io.Writer) int {
	flags := rulesFlags("feed", stderr)
	flags.Usage = func() { fmt.Fprint(stderr, feedUsage); flags.PrintDefaults() }
	name := flags.String("ledger", "", "keep what is listed in `FILE`")
	day := flags.String("day", "", "the `day` of the reports, as 2026-11-22; empty: today")
	keep := flags.String("keep", "90d", "let go what nobody reported for so many `days`")
	var remove list
	flags.Var(&remove, "remove", "take a `PLACE` off the list, that was there by mistake (may be repeated)")
	if err := flags.Parse(args); err != nil {
		return exitBad
	}
	if *name == "" || flags.NArg()+len(remove) == 0 {
		fmt.Fprintln(stderr, "honmono: rules feed needs --ledger, and a feed or --remove")
		return exitBad
	}
	today := feed.DayOf(time.Now())
	if *day != "" {
		var err error
		if today, err = feed.ParseDay(*day); err != nil {
			return fail(stderr, err)
		}
	}
	life, err := lifetime(*keep)
	if err != nil || life < 24*time.Hour {
		return fail(stderr, fmt.Errorf("--keep %q is no number of days like 90d", *keep))
	}
	ledger, err := readLedger(*name)
	if errors.Is(err, fs.ErrNotExist) {
		ledger, err = feed.NewLedger(), nil
	}
	if err != nil {
		return fail(stderr, err)
	}

	for _, place := range remove {
		if !ledger.Remove(place) {
			return fail(stderr, fmt.Errorf("rules feed: %q is not on the list, nothing is changed", place))
		}
	}
	cutter := feed.NewCutter(rules.Default())
	for _, file := range flags.Args() {
		if err := takeFeed(ledger, cutter, file, today, stdout); err != nil {
			return fail(stderr, fmt.Errorf("rules feed: %s: %w; nothing is changed", file, err))
		}
	}
	aged := ledger.Age(today, int(life/(24*time.Hour)))
	if err := writeLedger(*name, ledger); err != nil {
		return fail(stderr, err)
	}
	fmt.Fprintf(stdout, "%s: %d places; %d let go, %d taken off\n", *name, ledger.Len(), aged, len(remove))
	return exitOK
}

// takeFeed adds one feed, and says what came of it.
func takeFeed(ledger *feed.Ledger, cutter *feed.Cutter, file string, today feed.Day, stdout io.Writer) error {
	r := io.Reader(os.Stdin)
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return err
		}
		defer f.Close()
		r = f
	}
	fresh, again := 0, 0
	refused := map[string][]string{}
	count := map[string]int{}
	refuse := func(line int, what string, why error) {
		count[why.Error()]++
		if len(refused[why.Error()]) < examples {
			refused[why.Error()] = append(refused[why.Error()], strings.TrimSpace(fmt.Sprintf("%s:%d: %s", file, line, what)))
		}
	}
	err := feed.Read(r, func(line int, raw string) {
		key, err := cutter.Cut(raw)
		switch {
		case err != nil:
			refuse(line, fmt.Sprintf("%.200q", raw), err)
		case ledger.Add(key, today):
			fresh++
		default:
			again++
		}
	}, func(line int, why error) { refuse(line, "", why) })
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%s: %d new, %d seen again\n", file, fresh, again)
	reasons := make([]string, 0, len(count))
	for why := range count {
		reasons = append(reasons, why)
	}
	slices.SortFunc(reasons, func(a, b string) int { return cmp.Or(count[b]-count[a], strings.Compare(a, b)) })
	for _, why := range reasons {
		fmt.Fprintf(stdout, "  %d refused, %s:\n", count[why], why)
		for _, line := range refused[why] {
			fmt.Fprintf(stdout, "    %s\n", line)
		}
	}
	return nil
}

func readLedger(name string) (*feed.Ledger, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	l, err := feed.ReadLedger(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return l, nil
}

// writeLedger writes the ledger whole or not at all.
func writeLedger(name string, l *feed.Ledger) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	if err = errors.Join(f.Chmod(0o644), l.Write(f), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// addBlocklist puts the blocklist of a ledger into the set, as of a moment.
func addBlocklist(set *rules.Set, name string, at time.Time) error {
	if name == "" {
		return nil
	}
	l, err := readLedger(name)
	if err == nil {
		set.Blocked, err = l.Periods(feed.DayOf(at))
	}
	if err != nil {
		return fmt.Errorf("blocklist: %w", err)
	}
	size := int64(0)
	for _, p := range set.Blocked {
		size += int64(len(p.Filter)) + p.ExactSize
	}
	if size > rules.MaxBlocklist {
		return fmt.Errorf("blocklist: %d places take %d bytes, and browsers have room for %d: feed with a shorter --keep, or leave a feed out", l.Len(), size, rules.MaxBlocklist)
	}
	return nil
}
