package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"time"

	"github.com/honmono/honmono/detector/rules"
	"github.com/honmono/honmono/detector/rules/publish"
)

const rulesUsage = `usage: honmono rules COMMAND [FLAG]… [ARGUMENT]…

  build [--out DIR] [SOURCE]       compile the source files into the built-in set
  lint [--warnings] [SOURCE]       print every mistake of the source files
  keygen [--out DIR] [--name NAME] [--force]
                                   make a key pair for signing
  sign --out DIR [--key FILE]… [--version N] [--expires 90d] [--created T]
       [--rollout N] [--blocklist LEDGER] [SOURCE]
                                   compile, sign and write manifest and blobs
  verify --key KEY… DIR|MANIFEST   do what a client does before it takes them

  feed --ledger FILE [--day D] [--keep 90d] [--remove PLACE]… FEED…
                                   take reported attacks into the blocklist

  publish --to PLACE [--rollout N] [--dry-run] [--renew] [--blocklist LEDGER]
          [SOURCE]
                                   say what changes, then put it live
  rollout --to PLACE N             give what is live to N % of the browsers
  rollback --to PLACE [VERSION]    put earlier rules live, as a new version
  status --to PLACE                what is live, whether it is whole, the history
  prune --to PLACE [--grace 30d]   remove what has not been live for that long
  rotate --name NEW | --retire OLD make a key that signs beside the others, end one

PLACE is a directory, kv:NAMESPACE on Cloudflare (CLOUDFLARE_ACCOUNT_ID and
CLOUDFLARE_API_TOKEN as for wrangler), or, for status, https://HOST.
SOURCE is a directory of source files, detector/rules/source if it is not given.
`

const (
	rulesSource   = "detector/rules/source"
	rulesCompiled = "detector/rules/compiled"
)

// exitRefused is the status of lint and verify where they found something.
const exitRefused = 1

// runRules is the subcommand "rules". It answers the exit status: 0 done, 1
// mistakes found or a bundle refused, 2 wrong use or unreadable input.
func runRules(args []string, stdout, stderr io.Writer) int {
	commands := map[string]func([]string, io.Writer, io.Writer) int{
		"build":  rulesBuild,
		"lint":   rulesLint,
		"keygen": rulesKeygen,
		"sign":   rulesSign,
		"verify": rulesVerify,
		"feed":   rulesFeed,

		"publish":  rulesPublish,
		"rollout":  rulesRollout,
		"rollback": rulesRollback,
		"status":   rulesStatus,
		"prune":    rulesPrune,
		"rotate":   rulesRotate,
	}
	if len(args) == 0 {
		fmt.Fprint(stderr, rulesUsage)
		return exitBad
	}
	if command, ok := commands[args[0]]; ok {
		return command(args[1:], stdout, stderr)
	}
	if args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		fmt.Fprint(stdout, rulesUsage)
		return exitOK
	}
	fmt.Fprintf(stderr, "honmono: unknown command %q\n%s", "rules "+args[0], rulesUsage)
	return exitBad
}

// rulesFlags is a flag set for one of the commands; after parsing, at most max
// arguments may be left.
func rulesFlags(name string, stderr io.Writer) *flag.FlagSet {
	flags := flag.NewFlagSet("honmono rules "+name, flag.ContinueOnError)
	flags.SetOutput(stderr)
	return flags
}

// parseRules parses args and answers false with the exit status where the
// command ends here.
func parseRules(flags *flag.FlagSet, args []string, most int, stderr io.Writer) (status int, ok bool) {
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return exitOK, false
	case err != nil:
		return exitBad, false
	case flags.NArg() > most:
		fmt.Fprintf(stderr, "honmono: %s: unexpected argument %q\n", flags.Name(), flags.Arg(most))
		return exitBad, false
	}
	return exitOK, true
}

func rulesBuild(args []string, stdout, stderr io.Writer) int {
	flags := rulesFlags("build", stderr)
	out := flags.String("out", rulesCompiled, "write the compiled set to `DIR`")
	if status, ok := parseRules(flags, args, 1, stderr); !ok {
		return status
	}
	set, status := compileRules(flags.Arg(0), stderr, stderr)
	if set == nil {
		return status
	}
	changed, err := publish.Compiled(*out, set, time.Now().Unix())
	if err != nil {
		return fail(stderr, err)
	}
	if changed {
		fmt.Fprintf(stdout, "%s: %s\n", *out, contents(set))
	}
	return exitOK
}

func rulesLint(args []string, stdout, stderr io.Writer) int {
	flags := rulesFlags("lint", stderr)
	warnings := flags.Bool("warnings", false, "say too what is right and could be better: brands without a source, a check, a Japanese name")
	if status, ok := parseRules(flags, args, 1, stderr); !ok {
		return status
	}
	set, status := compileRules(flags.Arg(0), stdout, stderr)
	if set != nil && *warnings {
		dir := cmp.Or(flags.Arg(0), rulesSource)
		for _, w := range rules.Warnings(set) {
			w.File, w.Text = path.Join(dir, w.File), "warning: "+w.Text
			fmt.Fprintln(stdout, w)
		}
	}
	return status
}

// compileRules compiles a directory; mistakes go to out, one a line, the file
// as the person would open it.
func compileRules(dir string, out, stderr io.Writer) (*rules.Set, int) {
	if dir == "" {
		dir = rulesSource
	}
	if info, err := os.Stat(dir); err != nil {
		return nil, fail(stderr, err)
	} else if !info.IsDir() {
		return nil, fail(stderr, &fs.PathError{Op: "compile", Path: dir, Err: errors.New("not a directory")})
	}
	set, err := rules.Compile(os.DirFS(dir))
	if mistakes := rules.Mistakes(nil); errors.As(err, &mistakes) {
		for _, m := range mistakes {
			m.File = path.Join(dir, m.File)
			fmt.Fprintln(out, m)
		}
		return nil, exitRefused
	}
	if err != nil {
		return nil, fail(stderr, err)
	}
	return set, exitOK
}

func contents(s *rules.Set) string {
	return fmt.Sprintf("%d brands, %d phrases, %d telephone numbers, %d wrappers, %d webmails",
		len(s.Brands), len(s.Phrases), len(s.Phones), len(s.Links.Wrappers), len(s.Webmails))
}

func fail(stderr io.Writer, err error) int {
	fmt.Fprintln(stderr, "honmono:", err)
	return exitBad
}
