package evaluate

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/honmono/honmono/detector"
)

// WriteText writes a result for people: tables, then the worst cases.
func WriteText(w io.Writer, r Result) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "kind\tmessages\twarned\tdanger\tunknown\t file\t")
	for _, s := range r.Sets {
		fmt.Fprintf(t, "%s\t%d\t%s\t%s\t%d\t %s\t\n", s.Kind, s.Messages,
			share(s.Kind, s.Warned, s.Messages), share(s.Kind, s.Danger, s.Messages), s.Unknown, filepath.Base(s.File))
	}
	fmt.Fprintf(t, "phish\t%d\t%s\t%s\t%d\t all\t\n", r.Phish.Messages,
		share(Phish, r.Phish.Warned, r.Phish.Messages), share(Phish, r.Phish.Danger, r.Phish.Messages), r.Phish.Unknown)
	fmt.Fprintf(t, "ham\t%d\t%s\t%s\t%d\t all\t\n", r.Ham.Messages,
		share(Ham, r.Ham.Warned, r.Ham.Messages), share(Ham, r.Ham.Danger, r.Ham.Messages), r.Ham.Unknown)
	t.Flush()
	if r.Unread > 0 {
		fmt.Fprintf(w, "%d inputs could not be read\n", r.Unread)
	}

	by := ""
	for _, g := range r.Groups {
		if g.By != by {
			t.Flush()
			by = g.By
			fmt.Fprintf(w, "\n")
			fmt.Fprintf(t, "phish\twarned\tdanger\tham\twarned\tdanger\t %s\t\n", by)
		}
		fmt.Fprintf(t, "%d\t%s\t%s\t%d\t%s\t%s\t %s\t\n",
			g.Phish.Messages, share(Phish, g.Phish.Warned, g.Phish.Messages), share(Phish, g.Phish.Danger, g.Phish.Messages),
			g.Ham.Messages, share(Ham, g.Ham.Warned, g.Ham.Messages), share(Ham, g.Ham.Danger, g.Ham.Messages), g.Value)
	}
	t.Flush()

	fmt.Fprintln(w)
	fmt.Fprintln(t, "phish\tham\tweight\t symbol\t")
	for _, s := range r.Symbols {
		fmt.Fprintf(t, "%s\t%s\t%+.2f\t %s\t\n", share(Phish, s.Phish, r.Phish.Messages), share(Ham, s.Ham, r.Ham.Messages), s.Weight, s.Symbol)
	}
	t.Flush()

	writeCases(w, "worst misses", r.Misses)
	writeCases(w, "worst false alarms", r.FalseAlarms)
	return nil
}

// share writes a part of phishing in per cent, of other mail per thousand.
func share(kind Kind, n, of int) string {
	switch {
	case of == 0:
		return "–"
	case kind == Phish:
		return fmt.Sprintf("%.1f%%", 100*float64(n)/float64(of))
	}
	return fmt.Sprintf("%.1f‰", 1000*float64(n)/float64(of))
}

func writeCases(w io.Writer, title string, cases []Case) {
	if len(cases) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", title)
	for _, c := range cases {
		like := ""
		if c.Like > 1 {
			like = fmt.Sprintf(" (and %d like it)", c.Like-1)
		}
		fmt.Fprintf(w, "\n%5.1f %s  %s%s\n", c.Score, c.Level, c.ID, like)
		fmt.Fprintf(w, "      %q  %q\n", c.From, c.Subject)
		if c.Brand != "" {
			fmt.Fprintf(w, "      brand %s\n", c.Brand)
		}
		for _, f := range c.Findings {
			fmt.Fprintf(w, "      %+5.2f %s%s\n", f.Weight, f.Symbol, evidence(f.Evidence))
		}
	}
}

// evidence writes what a finding holds, without the names of the fields.
func evidence(e detector.Evidence) string {
	var parts []string
	for _, s := range []string{e.Brand, e.BrandName, e.Host, e.Domain, e.Target, e.Shown, e.Address, e.Phrase} {
		if q := strconv.Quote(s); s != "" && !slices.Contains(parts, q) {
			parts = append(parts, q)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "  " + strings.Join(parts, " ")
}
