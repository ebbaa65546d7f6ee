package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/honmono/honmono/cmd/honmono/internal/licence"
	"github.com/honmono/honmono/cmd/honmono/internal/pack"
)

const packUsage = `usage: honmono pack [--browser chrome|firefox|all] [--wasm FILE] [FLAG]…

Packs the browser extension from the repository's sources: a minified folder and
a reproducible zip per browser. Build the detector first:

  go run ./wasm/build -o build/detector.wasm
`

// runPack is the subcommand "pack".
func runPack(args []string, env environment) int {
	flags := flagSet("pack", packUsage, env)
	var o pack.Options
	var keys, origins list
	flags.StringVar(&o.Root, "root", ".", "the repository's root `DIR`")
	flags.StringVar(&o.Out, "out", "dist", "write to `DIR`")
	browser := flags.String("browser", "all", "pack for `BROWSER`: chrome, firefox or all")
	flags.StringVar(&o.Wasm, "wasm", "build/detector.wasm", "the built detector, `FILE`")
	flags.StringVar(&o.WasmExec, "wasm-exec", "", "the wasm_exec.js of the Go that built it, `FILE` (default: of the go command)")
	flags.StringVar(&o.RulesURL, "rules-url", "", "the rule server's base `URL`; none: the built-in rules stay")
	flags.Var(&keys, "rules-key", "a verifier `KEY` of who may sign rules (may be repeated)")
	flags.Var(&origins, "dev-origin", "work on `ORIGIN` too, for testing (may be repeated)")
	flags.BoolVar(&o.NoWelcome, "no-welcome", false, "do not open the first page at install")
	source := flags.Bool("source", false, "write the source's zip too, as stores ask for it")
	flags.StringVar(&o.Version, "version", "", "replace the manifest's version by `V`")
	rest, status, ok := parse(flags, args, env)
	if !ok {
		return status
	}
	if len(rest) > 0 {
		env.complain("pack: unexpected argument %q", rest[0])
		return exitBad
	}
	o.RulesKeys, o.DevOrigins = keys, origins
	o.Browsers = []pack.Browser{pack.Browser(*browser)}
	if *browser == "all" {
		o.Browsers = pack.Browsers
	}
	if o.WasmExec == "" {
		root, err := exec.Command("go", "env", "GOROOT").Output()
		if err != nil {
			env.complain("pack: asking go for wasm_exec.js: %v", err)
			return exitBad
		}
		o.WasmExec = filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js")
	}
	var err error
	if o.Licences, err = licence.Collect(o.Root); err != nil {
		env.complain("pack: %v", err)
		return exitBad
	}
	packages, err := pack.Run(o)
	if err == nil && *source {
		var p pack.Package
		p, err = pack.Source(o)
		packages = append(packages, p)
	}
	if err != nil {
		for line := range strings.Lines(err.Error()) {
			env.complain("%s", strings.TrimSuffix(line, "\n"))
		}
		return exitBad
	}
	for _, p := range packages {
		fmt.Fprintf(env.stdout, "%s: %d files, %d kB in %s\n", p.Browser, p.Files, (p.Size+999)/1000, p.Zip)
	}
	return exitOK
}
