package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/honmono/honmono/cmd/honmono/internal/evaluate"
	"github.com/honmono/honmono/cmd/honmono/internal/report"
	"github.com/honmono/honmono/cmd/honmono/internal/source"
)

const evalUsage = `usage: honmono eval --phish FILE… --ham FILE… [--gray FILE…] [--by GROUP,…] [--json] [--worst N]

Measures the detector on mails whose truth is known: recall at caution and at
danger, false alarms per thousand, the curve of the score, and what came out
worst. FILE is whatever "honmono check" reads. The curve is drawn to eval.svg in
the output folder.

GROUP is one of lang, brand, source, tier, label, campaign, brand_in.
`

// groupings are what a corpus row can be counted by.
var groupings = map[string]func(source.Row) string{
	"lang":     func(r source.Row) string { return r.Lang },
	"brand":    func(r source.Row) string { return r.Brand },
	"source":   func(r source.Row) string { return r.Source },
	"tier":     func(r source.Row) string { return r.Tier },
	"label":    func(r source.Row) string { return r.Label },
	"campaign": func(r source.Row) string { return r.Campaign },
	"brand_in": func(r source.Row) string { return r.BrandIn },
}

// runEval is the subcommand "eval".
func runEval(args []string, env environment) int {
	flags := flagSet("eval", evalUsage, env)
	var phish, ham, gray list
	flags.Var(&phish, "phish", "phishing: `FILE`…")
	flags.Var(&ham, "ham", "honest mail: `FILE`…")
	flags.Var(&gray, "gray", "mail that is neither: `FILE`…")
	by := flags.String("by", "lang", "count by these `GROUPS` too, separated by commas")
	asJSON := flags.Bool("json", false, "write the result as one JSON object")
	worst := flags.Int("worst", 10, "tell `N` of the worst misses and false alarms")
	out := flags.String("out", "out", "write the plot to `DIR`")
	var knows judgeFlags
	knows.register(flags)
	rest, status, ok := parse(flags, spread(args, "phish", "ham", "gray"), env)
	if !ok {
		return status
	}
	groups := strings.FieldsFunc(*by, func(r rune) bool { return r == ',' })
	for _, g := range groups {
		if groupings[g] == nil {
			env.complain("eval: unknown group %q", g)
			return exitBad
		}
	}
	if len(rest) > 0 || len(phish)+len(ham)+len(gray) == 0 {
		env.complain("eval: files stand after --phish, --ham or --gray")
		return exitBad
	}
	judge, err := knows.new()
	if err != nil {
		env.complain("%v", err)
		return exitBad
	}

	m := &evaluate.Measure{By: groups, Worst: *worst}
	for _, set := range []struct {
		kind  evaluate.Kind
		files []string
	}{{evaluate.Phish, phish}, {evaluate.Ham, ham}, {evaluate.Gray, gray}} {
		for _, file := range set.files {
			measureFile(m, judge, set.kind, file, groups, env)
		}
	}
	result := m.Result()
	if len(phish) > 0 && len(ham) > 0 {
		by := "lang"
		if !slices.Contains(groups, by) && len(groups) > 0 {
			by = groups[0]
		}
		err = writePlot(filepath.Join(*out, "eval.svg"), m.Series(result, by))
	}
	if err == nil && *asJSON {
		err = report.WriteLine(env.stdout, result)
	} else if err == nil {
		err = evaluate.WriteText(env.stdout, result)
	}
	switch {
	case err != nil:
		env.complain("writing: %v", err)
		return exitBad
	case result.Unread > 0:
		return exitBad
	}
	return exitOK
}

// measureFile judges one file and adds its messages as samples of one kind.
func measureFile(m *evaluate.Measure, judge *judge, kind evaluate.Kind, file string, groups []string, env environment) {
	judgeAll(judge, []string{file}, env, filepath.Base(file), func(j judged) {
		if j.err != nil {
			m.Unread++
			return
		}
		s := evaluate.Sample{Kind: kind, File: file, ID: j.record.ID, Campaign: j.record.Row.Campaign,
			Groups: map[string]string{}, Verdict: j.verdict, Subject: j.record.Message.Subject}
		s.Verdict.Links = nil
		s.From = j.record.Message.From.Name + " <" + j.record.Message.From.Address + ">"
		for _, g := range groups {
			s.Groups[g] = groupings[g](j.record.Row)
		}
		m.Add(s)
	})
}

func writePlot(name string, series []evaluate.Series) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := evaluate.WritePlot(f, series); err != nil {
		return err
	}
	return f.Close()
}

// spread lets the named flags take several values: it turns "--ham a b" into
// "--ham=a --ham=b", which package flag understands.
func spread(args []string, names ...string) []string {
	var out []string
	current := ""
	for _, arg := range args {
		name := strings.TrimPrefix(strings.TrimPrefix(arg, "-"), "-")
		switch {
		case strings.HasPrefix(arg, "-") && slices.Contains(names, name):
			current = "--" + name
		case current != "" && (arg == "-" || !strings.HasPrefix(arg, "-")):
			out = append(out, current+"="+arg)
		default:
			current = ""
			out = append(out, arg)
		}
	}
	return out
}
