package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/honmono/honmono/cmd/honmono/internal/evaluate"
	"github.com/honmono/honmono/cmd/honmono/internal/report"
	"github.com/honmono/honmono/cmd/honmono/internal/train"
	"github.com/honmono/honmono/detector"
	"github.com/honmono/honmono/detector/rules"
)

const trainUsage = `usage: honmono train --phish FILE… --ham FILE… [--gray FILE…] [--rules DIR] [--json] [--write]

Fits the weights of DIR/scoring.txt to mails whose truth is known, and chooses
the thresholds: logistic regression with the signs and priors that stand in that
file, cross-validated by campaign. Prints what was learned; with --write, writes
it into the file too. FILE is whatever "honmono check" reads.
`

// defaultSource is where the rules' source files are in this repository.
const defaultSource = "detector/rules/source"

// runTrain is the subcommand "train".
func runTrain(args []string, env environment) int {
	flags := flagSet("train", trainUsage, env)
	var phish, ham, gray list
	flags.Var(&phish, "phish", "phishing: `FILE`…")
	flags.Var(&ham, "ham", "honest mail: `FILE`…")
	flags.Var(&gray, "gray", "mail that is neither, of which little may be called danger: `FILE`…")
	dir := flags.String("rules", defaultSource, "fit the rule sources in `DIR`")
	asJSON := flags.Bool("json", false, "write the result as one JSON object")
	write := flags.Bool("write", false, "write weights and thresholds into scoring.txt")
	rest, status, ok := parse(flags, spread(args, "phish", "ham", "gray"), env)
	if !ok {
		return status
	}
	if len(rest) > 0 || len(phish) == 0 || len(ham) == 0 {
		env.complain("train: files stand after --phish and --ham, and both are needed")
		return exitBad
	}
	priors, err := rules.Priors(os.DirFS(*dir))
	if err != nil {
		env.complain("%v", err)
		return exitBad
	}
	knows := judgeFlags{source: *dir}
	judge, err := knows.probe(train.Probe(priors))
	if err != nil {
		env.complain("%v", err)
		return exitBad
	}

	var samples []train.Sample
	unread := 0
	for _, set := range []struct {
		kind  evaluate.Kind
		files []string
	}{{evaluate.Phish, phish}, {evaluate.Ham, ham}, {evaluate.Gray, gray}} {
		for _, file := range set.files {
			judgeAll(judge, []string{file}, env, filepath.Base(file), func(j judged) {
				if j.err != nil {
					unread++
					return
				}
				samples = append(samples, sample(set.kind, filepath.Base(file), j, priors))
			})
		}
	}
	if unread > 0 {
		env.complain("train: %d inputs could not be read, nothing is fitted", unread)
		return exitBad
	}
	progress := newSteps(env, "fit")
	result := train.Train(samples, priors, train.DefaultLimits, progress.step)
	progress.done()

	if *asJSON {
		err = report.WriteLine(env.stdout, result)
	} else {
		err = result.WriteText(env.stdout)
	}
	if err == nil && *write {
		err = rewrite(filepath.Join(*dir, "scoring.txt"), &result)
	}
	if err != nil {
		env.complain("train: %v", err)
		return exitBad
	}
	return exitOK
}

func sample(kind evaluate.Kind, set string, j judged, priors []rules.Prior) train.Sample {
	s := train.Sample{Kind: kind, Set: set, Lang: j.record.Row.Lang, Campaign: j.record.Row.Campaign, ID: j.record.ID}
	s.Take(j.verdict, priors)
	return s
}

// probe builds a detector that scores in another way than its rules say.
func (j *judgeFlags) probe(scoring rules.Scoring) (*judge, error) {
	set, err := j.set()
	if err != nil {
		return nil, err
	}
	probing := *set
	scoring.Off = set.Scoring.Off
	probing.Scoring = scoring
	d, err := detector.New(&probing, detector.WithProtected(j.protect...))
	if err != nil {
		return nil, err
	}
	return &judge{d, &probing}, nil
}

// rewrite puts the result into scoring.txt, whole or not at all.
func rewrite(name string, result *train.Result) error {
	old, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	temporary := name + ".new"
	if err := os.WriteFile(temporary, []byte(result.Rewrite(string(old))), 0o644); err != nil {
		return err
	}
	if err := os.Rename(temporary, name); err != nil {
		return fmt.Errorf("the fitted weights are in %s: %w", temporary, err)
	}
	return nil
}
