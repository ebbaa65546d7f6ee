package main

import (
	"bufio"
	"io"
	"iter"
	"runtime"
	"slices"
	"strings"

	"github.com/honmono/honmono/cmd/honmono/internal/pipeline"
	"github.com/honmono/honmono/cmd/honmono/internal/report"
	"github.com/honmono/honmono/detector"
)

const urlUsage = `usage: honmono url [--json] [--lang ja|en] [--protect DOMAIN]… [--strictness S] URL…|-

Judges links or bare hosts, as if nothing else were known of them. With -, they
are read from standard input, one per line; blank lines are passed over. What is
no URL is answered too, with the level "unknown".
`

// maxURL is the longest line of URLs read, in bytes.
const maxURL = 16 << 20

// runURL is the subcommand "url".
func runURL(args []string, env environment) int {
	asked, status, ok := ask("url", urlUsage, "URL", args, env)
	if !ok {
		return status
	}
	type answer struct {
		input   string
		verdict detector.Verdict
	}
	var readErr, writeErr error
	pipeline.Run(urls(asked.inputs, env.stdin, &readErr), runtime.GOMAXPROCS(0), func(input string) answer {
		return answer{input, asked.judge.CheckURL(input)}
	}, func(a answer) {
		switch {
		case writeErr != nil:
		case asked.asJSON:
			writeErr = report.WriteLine(env.stdout, report.NewURLLine(a.input, a.verdict))
		default:
			writeErr = asked.printer.URL(a.input, a.verdict)
		}
	})
	switch {
	case writeErr != nil:
		env.complain("writing: %v", writeErr)
		return exitBad
	case readErr != nil:
		env.complain("-: %v", readErr)
		return exitBad
	}
	return exitOK
}

// urls answers the inputs, with "-" replaced by the lines of stdin. The error
// is set when the sequence ends.
func urls(inputs []string, stdin io.Reader, err *error) iter.Seq[string] {
	if !slices.Contains(inputs, "-") {
		return slices.Values(inputs)
	}
	return func(yield func(string) bool) {
		for _, input := range inputs {
			if input != "-" {
				if !yield(input) {
					return
				}
				continue
			}
			lines := bufio.NewScanner(stdin)
			lines.Buffer(nil, maxURL)
			for lines.Scan() {
				if line := strings.TrimSpace(lines.Text()); line != "" && !yield(line) {
					return
				}
			}
			if lines.Err() != nil {
				*err = lines.Err()
			}
		}
	}
}
