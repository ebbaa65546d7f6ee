package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/honmono/honmono/detector/rules"
	"github.com/honmono/honmono/detector/rules/publish"
)

const rulesUsage = `usage: honmono rules COMMAND

  build [--out DIR] [SOURCE]   compile the source files into the built-in set
  lint [SOURCE]                print every mistake of the source files
`

// runRules is the subcommand "rules". It returns the exit status: 0 done, 1
// mistakes found or refused, 2 wrong use or unreadable input.
func runRules(args []string, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		fmt.Fprint(stderr, rulesUsage)
		return 2
	}
	switch args[0] {
	case "build":
		return rulesBuild(args[1:], stdout, stderr)
	case "lint":
		return rulesLint(args[1:], stdout, stderr)
	}
	fmt.Fprintf(stderr, "honmono: unknown command %q\n%s", "rules "+args[0], rulesUsage)
	return 2
}

const rulesSource = "detector/rules/source"

func rulesBuild(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("honmono rules build", flag.ContinueOnError)
	flags.SetOutput(stderr)
	out := flags.String("out", "detector/rules/compiled", "write the compiled set to `DIR`")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	set, status := compileRules(flags.Arg(0), stdout, stderr)
	if set == nil {
		return status
	}
	changed, err := publish.Compiled(*out, set, time.Now().Unix())
	if err != nil {
		fmt.Fprintln(stderr, "honmono:", err)
		return 2
	}
	if changed {
		fmt.Fprintf(stdout, "%d brands compiled to %s\n", len(set.Brands), *out)
	}
	return 0
}

func rulesLint(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("honmono rules lint", flag.ContinueOnError)
	flags.SetOutput(stderr)
	if err := flags.Parse(args); err != nil {
		return 2
	}
	_, status := compileRules(flags.Arg(0), stdout, stderr)
	return status
}

func compileRules(dir string, stdout, stderr io.Writer) (*rules.Set, int) {
	if dir == "" {
		dir = rulesSource
	}
	if _, err := os.Stat(dir); err != nil {
		fmt.Fprintln(stderr, "honmono:", err)
		return nil, 2
	}
	set, err := rules.Compile(os.DirFS(dir))
	if mistakes := rules.Mistakes(nil); errors.As(err, &mistakes) {
		for _, m := range mistakes {
			fmt.Fprintf(stdout, "%s/%v\n", dir, m)
		}
		return nil, 1
	}
	return set, 0
}
