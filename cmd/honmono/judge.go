package main

import (
	"flag"
	"os"

	"github.com/honmono/honmono/detector"
	"github.com/honmono/honmono/detector/rules"
)

// A judge is the detector with the rules it runs on.
type judge struct {
	*detector.Detector
	set *rules.Set
}

// A list is a flag that may be given several times.
type list []string

func (l *list) String() string     { return "" }
func (l *list) Set(s string) error { *l = append(*l, s); return nil }

// judgeFlags are the flags that decide what the detector knows.
type judgeFlags struct {
	protect    list
	source     string
	strictness string
}

func (j *judgeFlags) register(flags *flag.FlagSet) {
	flags.Var(&j.protect, "protect", "protect `DOMAIN` as a brand's is (may be repeated)")
	flags.StringVar(&j.strictness, "strictness", "normal", "how early to say caution: `quiet`, normal or strict")
	flags.StringVar(&j.source, "rules", "", "compile the rule sources in `DIR` instead of using the built-in rules")
}

// set reads the rules.
func (j *judgeFlags) set() (*rules.Set, error) {
	if j.source == "" {
		return rules.Default(), nil
	}
	return rules.Compile(os.DirFS(j.source))
}

// new builds the detector.
func (j *judgeFlags) new() (*judge, error) {
	set, err := j.set()
	if err != nil {
		return nil, err
	}
	d, err := detector.New(set, detector.WithProtected(j.protect...))
	if err == nil {
		d, err = d.At(detector.Strictness(j.strictness))
	}
	if err != nil {
		return nil, err
	}
	return &judge{d, set}, nil
}
