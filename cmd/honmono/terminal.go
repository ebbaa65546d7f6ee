package main

import (
	"os"

	"golang.org/x/term"

	"github.com/schollz/progressbar/v3"
)

// terminal is the environment of the process.
func terminal() environment {
	out, errOut := isTerminal(os.Stdout), isTerminal(os.Stderr)
	return environment{
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		lang:     locale(),
		color:    out && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb",
		progress: errOut && os.Getenv("TERM") != "dumb",
	}
}

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// locale is the person's language for messages (POSIX, section 8.2).
func locale() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			return v
		}
	}
	return "en"
}

// A bar shows how far a long run is; the zero bar shows nothing.
type bar struct{ *progressbar.ProgressBar }

// manyBytes is the input size from which a bar is worth its line.
const manyBytes = 4 << 20

// newBar starts a bar over total bytes of input, where stderr can show one and
// the input is long.
func newBar(env environment, what string, files int, total int64) bar {
	if !env.progress || files < 50 && total < manyBytes {
		return bar{}
	}
	return bar{progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(env.stderr),
		progressbar.OptionSetDescription(what),
		progressbar.OptionShowBytes(true),
		progressbar.OptionClearOnFinish(),
		progressbar.OptionThrottle(100e6), // ns
		progressbar.OptionSetWidth(30),
	)}
}

// newSteps starts a bar over work whose length is known when it begins.
func newSteps(env environment, what string) bar {
	if !env.progress {
		return bar{}
	}
	return bar{progressbar.NewOptions(1,
		progressbar.OptionSetWriter(env.stderr),
		progressbar.OptionSetDescription(what),
		progressbar.OptionClearOnFinish(),
		progressbar.OptionSetWidth(30),
	)}
}

func (b bar) step(at, of int) {
	if b.ProgressBar != nil {
		b.ChangeMax(of)
		b.Set(at)
	}
}

func (b bar) add(n int64) {
	if b.ProgressBar != nil {
		b.Add64(n)
	}
}

// aside clears the bar's line for one of another kind.
func (b bar) aside(write func()) {
	if b.ProgressBar != nil {
		b.Clear()
	}
	write()
}

func (b bar) done() {
	if b.ProgressBar != nil {
		b.Finish()
		b.Clear()
	}
}
