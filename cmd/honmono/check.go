package main

import (
	"runtime"

	"github.com/honmono/honmono/cmd/honmono/internal/pipeline"
	"github.com/honmono/honmono/cmd/honmono/internal/report"
	"github.com/honmono/honmono/cmd/honmono/internal/source"
	"github.com/honmono/honmono/detector"
)

const checkUsage = `usage: honmono check [--json] [--lang ja|en] [--protect DOMAIN]… [--strictness S] PATH…

Judges stored mails. PATH is an .eml file, an mbox, a directory (searched
downwards), a corpus of one JSON object per line (.jsonl, .jsonl.gz), or - for
standard input. The order of the output is that of the input.
`

// A judged message, or what kept it from being one.
type judged struct {
	item    source.Item
	record  *source.Record
	verdict detector.Verdict
	err     error
}

// runCheck is the subcommand "check".
func runCheck(args []string, env environment) int {
	a, status, ok := ask("check", checkUsage, "PATH", args, env)
	if !ok {
		return status
	}
	count := map[detector.Level]int{}
	messages, unread := 0, 0
	var failed error
	judgeAll(a.judge, a.inputs, env, "check", func(j judged) {
		if j.err != nil {
			unread++
			return
		}
		messages++
		count[j.verdict.Level]++
		if failed != nil {
			return
		}
		if a.asJSON {
			failed = report.WriteLine(env.stdout, report.NewMessageLine(j.record.ID, j.item.File, j.verdict))
		} else {
			failed = a.printer.Message(j.item.File, &j.record.Message, j.verdict)
		}
	})
	if !a.asJSON && messages+unread > 1 && failed == nil {
		failed = a.printer.Totals(count, unread)
	}
	switch {
	case failed != nil:
		env.complain("writing: %v", failed)
		return exitBad
	case unread > 0:
		return exitBad
	}
	return exitOK
}

// judgeAll judges every message of the paths on all cores and hands them on in
// order. Of what cannot be read it says so on stderr.
func judgeAll(judge *judge, paths []string, env environment, what string, emit func(judged)) {
	files, total := source.Size(paths)
	progress := newBar(env, what, files, total)
	defer progress.done()
	pipeline.Run(source.Items(paths, env.stdin), runtime.GOMAXPROCS(0), func(item source.Item) judged {
		record, err := item.Load()
		if err != nil {
			return judged{item: item, err: err}
		}
		return judged{item: item, record: record, verdict: judge.Check(record.Message)}
	}, func(j judged) {
		if j.err != nil {
			progress.aside(func() { env.complain("%v", j.err) })
		}
		emit(j)
		progress.add(j.item.Bytes)
	})
}
