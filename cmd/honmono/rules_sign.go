package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/honmono/honmono/detector/rules/publish"
)

// rulesKey is the key of a developer's machine.
const rulesKey = ".keys/honmono-dev.key"

func rulesKeygen(args []string, stdout, stderr io.Writer) int {
	flags := rulesFlags("keygen", stderr)
	out := flags.String("out", ".keys", "write the keys to `DIR`")
	name := flags.String("name", "honmono-dev", "`name` of the key, which its signatures carry")
	force := flags.Bool("force", false, "replace a key of that name")
	if status, ok := parseRules(flags, args, 0, stderr); !ok {
		return status
	}
	pair, err := publish.Keygen(*out, *name, *force)
	if err != nil {
		return fail(stderr, err)
	}
	if pair.Made {
		fmt.Fprintf(stderr, "made %s, which stays secret, and %s\n", pair.Private, pair.Public)
	}
	fmt.Fprintln(stdout, pair.Verifier)
	return exitOK
}

// keyList is a flag that may be given several times.
type keyList []string

func (k *keyList) String() string { return "" }

func (k *keyList) Set(arg string) error {
	key, err := publish.ReadKey(arg)
	if err != nil {
		return err
	}
	*k = append(*k, key)
	return nil
}

func rulesSign(args []string, stdout, stderr io.Writer) int {
	flags := rulesFlags("sign", stderr)
	var keys keyList
	flags.Var(&keys, "key", "sign with the key in `FILE`, "+rulesKey+" if none is given; several may sign")
	out := flags.String("out", "", "write manifest and blobs to `DIR`")
	version := flags.Uint64("version", 0, "version `number`; 0: the time of creation, in seconds since 1970")
	expires := flags.String("expires", "90d", "how long clients may use the rules, in `days` (90d) or as 12h, 30m")
	rollout := flags.Int("rollout", 0, "the share of browsers that may take it, in `percent` from 1 to 99; 0: all")
	created := flags.String("created", "", "`time` of creation, RFC 3339; empty: now")
	ledger := flags.String("blocklist", "", "add the blocklist of the ledger in `FILE`, which honmono rules feed keeps")
	if status, ok := parseRules(flags, args, 1, stderr); !ok {
		return status
	}
	if *out == "" {
		fmt.Fprintln(stderr, "honmono: rules sign needs --out")
		return exitBad
	}
	if len(keys) == 0 {
		if err := keys.Set(rulesKey); err != nil {
			fmt.Fprintf(stderr, "honmono: rules sign needs --key, or the key that honmono rules keygen makes: %v\n", err)
			return exitBad
		}
	}
	life, err := lifetime(*expires)
	if err != nil {
		return fail(stderr, err)
	}
	at := time.Now()
	if *created != "" {
		if at, err = time.Parse(time.RFC3339, *created); err != nil {
			return fail(stderr, fmt.Errorf("--created %q is no time like 2026-11-22T18:00:00Z", *created))
		}
	}
	set, status := compileRules(flags.Arg(0), stderr, stderr)
	if set == nil {
		return status
	}
	if err := addBlocklist(set, *ledger, at); err != nil {
		return fail(stderr, err)
	}
	m, err := publish.Sign(*out, set, publish.Release{
		Version: *version, Created: at.Unix(), Expires: at.Add(life).Unix(), Keys: keys, Rollout: *rollout,
	})
	if err != nil {
		return fail(stderr, err)
	}
	fmt.Fprintf(stdout, "%s: version %d, expires %s: %s\n", *out, m.Version, when(m.Expires), contents(set))
	return exitOK
}

// lifetime reads "90d" beside what time.ParseDuration knows.
func lifetime(s string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(s, "d"); ok {
		if n, err := strconv.ParseUint(days, 10, 16); err == nil && n > 0 {
			return time.Duration(n) * 24 * time.Hour, nil
		}
	} else if d, err := time.ParseDuration(s); err == nil && d >= time.Second {
		return d, nil
	}
	return 0, fmt.Errorf("--expires %q is no time like 90d or 12h", s)
}

func rulesVerify(args []string, stdout, stderr io.Writer) int {
	flags := rulesFlags("verify", stderr)
	var keys keyList
	flags.Var(&keys, "key", "accept what this verifier `KEY`, or the one in this file, signed; several may be given")
	if status, ok := parseRules(flags, args, 1, stderr); !ok {
		return status
	}
	if len(keys) == 0 || flags.NArg() != 1 {
		fmt.Fprintln(stderr, "honmono: rules verify needs --key and a directory or manifest")
		return exitBad
	}
	m, set, err := publish.Verify(flags.Arg(0), keys, time.Now().Unix())
	if err != nil {
		fmt.Fprintln(stderr, "honmono:", err)
		return exitRefused
	}
	fmt.Fprintf(stdout, "version %d, created %s, expires %s", m.Version, when(m.Created), when(m.Expires))
	if set != nil {
		fmt.Fprintf(stdout, ": %s", contents(set))
	}
	fmt.Fprintln(stdout)
	return exitOK
}

func when(unix int64) string { return time.Unix(unix, 0).UTC().Format(time.RFC3339) }
