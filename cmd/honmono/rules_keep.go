package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/honmono/honmono/cmd/honmono/internal/place"
	"github.com/honmono/honmono/cmd/honmono/internal/release"
	"github.com/honmono/honmono/detector/rules"
	"github.com/honmono/honmono/detector/rules/bundle"
	"github.com/honmono/honmono/detector/rules/publish"
)

// soon is how long before the expiry status begins to warn.
const soon = 14 * 24 * time.Hour

func rulesRotate(args []string, stdout, stderr io.Writer) int {
	flags := rulesFlags("rotate", stderr)
	dir := flags.String("keys", ".keys", "`DIR` of the signing keys")
	name := flags.String("name", "", "make a key of that `name`, which signs beside the others")
	retire := flags.String("retire", "", "end the key of that `name`")
	force := flags.Bool("force", false, "retire before the overlap is over, for a key that was stolen")
	if status, ok := parseRules(flags, args, 0, stderr); !ok {
		return status
	}
	if (*name == "") == (*retire == "") {
		fmt.Fprintln(stderr, "honmono: rules rotate needs --name NEW or --retire OLD")
		return exitBad
	}
	ring, err := publish.OpenRing(*dir)
	if err != nil {
		return fail(stderr, err)
	}
	now := time.Now().Unix()
	if *name != "" {
		key, err := ring.Add(*name, now)
		if err != nil {
			return fail(stderr, err)
		}
		fmt.Fprintf(stderr, "%d keys sign from now on. Publish, and pack the next extension with all of these:\n", len(ring.Signing()))
		fmt.Fprintf(stderr, "once nearly every browser has it, not before %s: honmono rules rotate --retire OLD\n", when(key.Since+int64(publish.Overlap/time.Second)))
	} else {
		if err := ring.Retire(*retire, now, *force); err != nil {
			return fail(stderr, err)
		}
		fmt.Fprintf(stderr, "%s signs no more. Publish, and pack the next extension without it; then destroy %s.key:\n", *retire, *retire)
	}
	for _, verifier := range ring.Verifiers(false) {
		fmt.Fprintln(stdout, verifier)
	}
	return exitOK
}

func rulesPrune(args []string, stdout, stderr io.Writer) int {
	flags := rulesFlags("prune", stderr)
	to := flags.String("to", os.Getenv("HONMONO_RULES"), "`PLACE` to clean: a directory or kv:NAMESPACE; $HONMONO_RULES if not given")
	grace := flags.String("grace", "30d", "how long what was live stays, for readers under way and for rollback, in `days` (30d) or as 12h")
	dry := flags.Bool("dry-run", false, "say what would go, and remove nothing")
	if status, ok := parseRules(flags, args, 0, stderr); !ok {
		return status
	}
	keep, err := lifetime(*grace)
	if err != nil {
		return fail(stderr, fmt.Errorf("--grace %q is no time like 30d or 12h", *grace))
	}
	p, err := place.Open(*to, os.Getenv)
	if err != nil {
		return fail(stderr, err)
	}
	gone, err := release.Prune(context.Background(), p, time.Now().Unix(), keep, *dry)
	if err != nil {
		return fail(stderr, err)
	}
	for _, v := range gone.Versions {
		fmt.Fprintf(stdout, "version %d\n", v)
	}
	for _, hash := range gone.Blobs {
		fmt.Fprintf(stdout, "section %s\n", hash)
	}
	done := "removed"
	if *dry {
		done = "would remove"
	}
	fmt.Fprintf(stderr, "%s: %s %d versions and %d sections\n", p, done, len(gone.Versions), len(gone.Blobs))
	return exitOK
}

func rulesStatus(args []string, stdout, stderr io.Writer) int {
	flags := rulesFlags("status", stderr)
	to := flags.String("to", os.Getenv("HONMONO_RULES"), "`PLACE` to look at: a directory, kv:NAMESPACE or https://HOST; $HONMONO_RULES if not given")
	dir := flags.String("keys", ".keys", "`DIR` of the signing keys, to say whose signatures there are")
	var keys keyList
	flags.Var(&keys, "key", "the verifier `KEY`, or the file that holds it, to expect a signature of; several may be given")
	if status, ok := parseRules(flags, args, 0, stderr); !ok {
		return status
	}
	p, err := place.Open(*to, os.Getenv)
	if err != nil {
		return fail(stderr, err)
	}
	ring, err := publish.OpenRing(*dir)
	if err != nil {
		return fail(stderr, err)
	}
	s := status{place: p, keys: append(ring.Verifiers(true), keys...), now: time.Now(), out: stdout}
	if err := s.print(context.Background()); err != nil {
		return fail(stderr, err)
	}
	if s.wrong {
		return exitRefused
	}
	return exitOK
}

// A status is a look at a place.
type status struct {
	place place.Place
	keys  []string
	now   time.Time
	out   io.Writer
	wrong bool
}

func (s *status) line(name, format string, args ...any) {
	fmt.Fprintf(s.out, "%-9s %s\n", name, fmt.Sprintf(format, args...))
}

// alarm is a line that somebody has to act on.
func (s *status) alarm(name, format string, args ...any) {
	s.wrong = true
	s.line(name, "! "+format, args...)
}

func (s *status) print(ctx context.Context) error {
	live, err := release.Live(ctx, s.place)
	if err != nil {
		return err
	}
	s.line("place", "%s", s.place)
	if live == nil {
		s.alarm("live", "nothing has been published")
		return nil
	}
	m := live.Manifest
	s.line("version", "%d", m.Version)
	s.line("created", "%s, %s ago", when(m.Created), span(s.now.Sub(time.Unix(m.Created, 0))))
	switch left := time.Unix(m.Expires, 0).Sub(s.now); {
	case left <= 0:
		s.alarm("expires", "%s, which is over: browsers keep what they have and take nothing new", when(m.Expires))
	case left < soon:
		s.alarm("expires", "%s, in %s: publish with --renew", when(m.Expires), span(left))
	default:
		s.line("expires", "%s, in %s", when(m.Expires), span(left))
	}
	if m.Rollout != 0 {
		s.line("rollout", "%d %% of the browsers", m.Rollout)
	} else {
		s.line("rollout", "everybody")
	}
	if err := s.signatures(live); err != nil {
		return err
	}
	s.sections(ctx, m)
	return s.history(ctx, live)
}

func (s *status) signatures(live *release.Signed) error {
	by, err := bundle.SignedBy(live.Bytes, s.keys)
	if err != nil {
		return err
	}
	var names []string
	for _, key := range by {
		name, _, _ := strings.Cut(key, "+")
		names = append(names, name)
	}
	if len(names) == 0 {
		s.alarm("keys", "signed by none of the %d keys that are known here", len(s.keys))
		return nil
	}
	s.line("keys", "%s", strings.Join(names, ", "))
	return nil
}

func (s *status) sections(ctx context.Context, m *bundle.Manifest) {
	known := map[string]bool{}
	for _, name := range rules.SectionNames {
		known[name] = true
	}
	for _, section := range m.Sections {
		one := *m
		one.Sections = []bundle.Section{section}
		note := "whole"
		if !known[section.Name] {
			note = "whole, of a kind that this program does not know"
		}
		if _, err := release.Sections(ctx, s.place, &one); err != nil {
			s.alarm("section", "%-9s %8d bytes  %s", section.Name, section.Size, err)
			continue
		}
		s.line("section", "%-9s %8d bytes  %s", section.Name, section.Size, note)
	}
}

func (s *status) history(ctx context.Context, live *release.Signed) error {
	versions, err := release.Versions(ctx, s.place)
	if errors.Is(err, place.ErrReadOnly) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, v := range versions {
		note := ""
		switch {
		case v == live.Manifest.Version:
			note = "  live"
		case v > live.Manifest.Version:
			note = "  never went live"
		}
		past, err := release.Past(ctx, s.place, v)
		if err != nil {
			s.alarm("history", "%d  %v", v, err)
		} else if past != nil {
			s.line("history", "%d  created %s%s", v, when(past.Manifest.Created), note)
		}
	}
	return nil
}

// span is a time as people say it.
func span(d time.Duration) string {
	switch {
	case d < 2*time.Minute:
		return fmt.Sprintf("%d seconds", int(d.Seconds()))
	case d < 2*time.Hour:
		return fmt.Sprintf("%d minutes", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d hours", int(d.Hours()))
	}
	return fmt.Sprintf("%d days", int(d.Hours()/24))
}
