package main

import "github.com/honmono/honmono/cmd/honmono/internal/report"

// An asking is what the commands that answer with verdicts have in common.
type asking struct {
	judge   *judge
	printer *report.Printer
	asJSON  bool
	// inputs are the arguments; one at least.
	inputs []string
}

// ask reads the flags and arguments of such a command. Input names what the
// arguments are; ok is false where the command ends here, with the status.
func ask(command, usage, input string, args []string, env environment) (a *asking, status int, ok bool) {
	flags := flagSet(command, usage, env)
	asJSON := flags.Bool("json", false, "write JSON, one object a line")
	lang := flags.String("lang", env.lang, "write the report in `LANG`: ja or en")
	var knows judgeFlags
	knows.register(flags)
	inputs, status, ok := parse(flags, args, env)
	if !ok {
		return nil, status, false
	}
	if len(inputs) == 0 {
		env.complain("%s: no %s given", command, input)
		return nil, exitBad, false
	}
	judge, err := knows.new()
	if err != nil {
		env.complain("%v", err)
		return nil, exitBad, false
	}
	printer := report.NewPrinter(env.stdout, *lang, judge.set)
	printer.Color = env.color
	return &asking{judge, printer, *asJSON, inputs}, exitOK, true
}
