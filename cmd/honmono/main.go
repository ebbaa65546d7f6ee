// Command honmono runs the detector on files, makes the rule sets, and packs the
// extension.
//
//	honmono check [--json] [--lang ja|en] PATH…     judge stored mails
//	honmono url   [--json] [--protect DOMAIN]… URL…  judge links or hosts
//	honmono eval  --phish FILE… --ham FILE…          measure on labelled mails
//	honmono train --phish FILE… --ham FILE…          fit the weights to labelled mails
//	honmono rules build|lint|…                       make rule sets
//	honmono reports list|export|…                   read what people reported
//	honmono pack                                     pack the browser extension
//	honmono version
//	honmono help
//
// # Exit status
//
// 0 where everything was done, whatever the verdicts say: they stand in the
// output. 1 where the command itself found something wrong with its subject
// (honmono rules lint). 2 where the command was used wrongly or an input could
// not be read; then one line on stderr names each such input, and the others
// were still worked on.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/debug"
)

// The exit statuses.
const (
	exitOK  = 0
	exitBad = 2 // wrong use, or unreadable input
)

// An environment is what a command sees of the world.
type environment struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	// lang is the language of the person, as a POSIX locale.
	lang string
	// color says that stdout is a terminal that shows colours, progress that
	// stderr is one that can show a bar.
	color, progress bool
}

const usage = `usage: honmono COMMAND [FLAG]… [ARGUMENT]…

  check    judge stored mails: .eml, mbox, a directory, a corpus, or - for stdin
  url      judge links or bare hosts
  eval     measure recall and false alarms on labelled mails
  train    fit the weights of the score to labelled mails
  rules    compile, check, sign and publish rule sets
  reports  read what people reported to a rule server
  pack     pack the browser extension
  version  print the version
  help     print this

honmono COMMAND -h tells a command's flags.
`

func main() {
	os.Exit(run(os.Args[1:], terminal()))
}

// run runs one command and answers its exit status.
func run(args []string, env environment) int {
	if len(args) == 0 {
		fmt.Fprint(env.stderr, usage)
		return exitBad
	}
	rest := args[1:]
	switch args[0] {
	case "check":
		return runCheck(rest, env)
	case "url":
		return runURL(rest, env)
	case "eval":
		return runEval(rest, env)
	case "train":
		return runTrain(rest, env)
	case "rules":
		return runRules(rest, env.stdout, env.stderr)
	case "reports":
		return runReports(rest, env)
	case "pack":
		return runPack(rest, env)
	case "version", "--version", "-version":
		fmt.Fprintln(env.stdout, "honmono", version())
		return exitOK
	case "help", "--help", "-help", "-h":
		fmt.Fprint(env.stdout, usage)
		return exitOK
	}
	fmt.Fprintf(env.stderr, "honmono: unknown command %q\n%s", args[0], usage)
	return exitBad
}

// version is the module's version, or the revision it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(unknown)"
	}
	return info.Main.Version
}

// flagSet makes the flags of one command; about is its usage line and what
// there is to say beside the flags.
func flagSet(command, about string, env environment) *flag.FlagSet {
	flags := flag.NewFlagSet("honmono "+command, flag.ContinueOnError)
	flags.SetOutput(env.stderr)
	flags.Usage = func() {
		fmt.Fprint(flags.Output(), about, "\n")
		flags.PrintDefaults()
	}
	return flags
}

// parse reads flags and answers false with the exit status where the command
// should end at once. Flags may stand after arguments, up to "--".
func parse(flags *flag.FlagSet, args []string, env environment) (rest []string, status int, ok bool) {
	for {
		if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
			return nil, exitOK, false
		} else if err != nil {
			return nil, exitBad, false
		}
		left := flags.Args()
		if len(left) == 0 || ended(args, left) {
			return append(rest, left...), exitOK, true
		}
		rest, args = append(rest, left[0]), left[1:]
	}
}

// ended reports whether parsing stopped at "--".
func ended(args, left []string) bool {
	i := len(args) - len(left) - 1
	return i >= 0 && args[i] == "--"
}

// complain writes one line about something that went wrong.
func (env environment) complain(format string, args ...any) {
	fmt.Fprintf(env.stderr, "honmono: "+format+"\n", args...)
}
