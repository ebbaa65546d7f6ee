package train

import (
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"text/tabwriter"
)

// The lines of scoring.txt that a fit changes; comments, priors and order stay.
var (
	weightLine    = regexp.MustCompile(`(?m)^(weight: +)(\S+)( +\| +)([^|\s]+)(.*)$`)
	thresholdLine = regexp.MustCompile(`(?m)^(caution|danger): +\S+ *$`)
)

// Rewrite answers the text of scoring.txt with the fitted weights and the
// thresholds. A weight that had no prior gets the one it was fitted from, so
// that fitting twice gives the same.
func (r *Result) Rewrite(scoring string) string {
	fitted := map[string]Weight{}
	for _, w := range r.Weights {
		fitted[w.Symbol] = w
	}
	scoring = weightLine.ReplaceAllStringFunc(scoring, func(line string) string {
		f := weightLine.FindStringSubmatch(line)
		w, known := fitted[f[2]]
		if !known || w.Fixed {
			return line
		}
		rest := f[5]
		if strings.TrimSpace(rest) == "" {
			rest = " | " + number(w.Prior)
		}
		return f[1] + f[2] + f[3] + number(w.Fitted) + rest
	})
	return thresholdLine.ReplaceAllStringFunc(scoring, func(line string) string {
		if strings.HasPrefix(line, "caution") {
			return "caution: " + number(r.Thresholds.Caution)
		}
		return "danger: " + number(r.Thresholds.Danger)
	})
}

func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// WriteText writes the result for people: what was learned, from how much, and
// how it holds.
func (r *Result) WriteText(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "prior\tin use\tfitted\tover the folds\tphish\tham\t symbol\t")
	for _, x := range r.Weights {
		folds := fmt.Sprintf("%.2f … %.2f", x.Least, x.Most)
		if x.Fixed {
			folds = "fixed"
		}
		fmt.Fprintf(w, "%.2f\t%.2f\t%.2f\t%s\t%d\t%d\t %s\t\n", x.Prior, x.Before, x.Fitted, folds, x.Phish, x.Ham, x.Symbol)
	}
	w.Flush()
	fmt.Fprintf(out, "\ncaution from %g, danger from %g; even odds at %.2f, steepness %g, trust in the priors %g\n",
		r.Thresholds.Caution, r.Thresholds.Danger, r.Midpoint, r.Options.Steepness, r.Options.Trust)
	fmt.Fprintf(out, "surprise per campaign not seen: %.4f nats (weights in use: %.4f)\n\n", r.Surprise, r.Before)
	fmt.Fprintf(w, "kind\tmails\twarned\tdanger\t cross-validated by campaign, %d folds\t\n", Folds)
	for _, x := range r.Rows {
		fmt.Fprintf(w, "%s\t%d\t%.2f %%\t%.2f %%\t %s\t\n", x.Kind, x.Mails,
			100*float64(x.Warned)/float64(x.Mails), 100*float64(x.Danger)/float64(x.Mails), x.Name)
	}
	return w.Flush()
}
