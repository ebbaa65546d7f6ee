package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	"github.com/honmono/honmono/cmd/honmono/internal/changes"
	"github.com/honmono/honmono/cmd/honmono/internal/place"
	"github.com/honmono/honmono/cmd/honmono/internal/release"
	"github.com/honmono/honmono/detector/rules"
	"github.com/honmono/honmono/detector/rules/bundle"
	"github.com/honmono/honmono/detector/rules/publish"
)

// A publication is what the commands that put something live have in common:
// their flags, and what is known once they are read.
type publication struct {
	to, keysDir, expires, created, settle *string
	rollout                               *int
	dry, force                            *bool

	ctx             context.Context
	place           place.Place
	ring            *publish.Ring
	at, until       time.Time
	wait            time.Duration
	live            *release.Signed
	sections        []bundle.Section // of the live set
	stdout, stderr  io.Writer
	stopOnInterrupt context.CancelFunc
}

func publicationFlags(flags *flag.FlagSet) *publication {
	return &publication{
		to:      flags.String("to", os.Getenv("HONMONO_RULES"), "`PLACE` to publish to: a directory or kv:NAMESPACE; $HONMONO_RULES if not given"),
		keysDir: flags.String("keys", ".keys", "`DIR` of the signing keys; all that are not retired sign"),
		expires: flags.String("expires", "90d", "how long clients may use the rules, in `days` (90d) or as 12h, 30m"),
		created: flags.String("created", "", "`time` of creation, RFC 3339; empty: now"),
		settle:  flags.String("settle", "", "how long to `wait` between new sections and the manifest; empty: what the place needs"),
		rollout: flags.Int("rollout", 0, "the share of browsers that may take it, in `percent` from 1 to 99; 0: all"),
		dry:     flags.Bool("dry-run", false, "say what would change, and write nothing"),
		force:   flags.Bool("force", false, "publish although none of the keys signed what is live"),
	}
}

// open reads the flags' values and what is live.
func (p *publication) open(stdout, stderr io.Writer) (err error) {
	p.stdout, p.stderr = stdout, stderr
	p.ctx, p.stopOnInterrupt = signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	if p.place, err = place.Open(*p.to, os.Getenv); err != nil {
		return err
	}
	p.wait = p.place.Settle()
	if *p.settle != "" {
		if p.wait, err = time.ParseDuration(*p.settle); err != nil || p.wait < 0 {
			return fmt.Errorf("--settle %q is no time like 90s", *p.settle)
		}
	}
	life, err := lifetime(*p.expires)
	if err != nil {
		return err
	}
	p.at = time.Now()
	if *p.created != "" {
		if p.at, err = time.Parse(time.RFC3339, *p.created); err != nil {
			return fmt.Errorf("--created %q is no time like 2026-11-22T18:00:00Z", *p.created)
		}
	}
	p.until = p.at.Add(life)
	if p.ring, err = publish.OpenRing(*p.keysDir); err != nil {
		return err
	}
	if len(p.ring.Signing()) == 0 {
		return fmt.Errorf("%s holds no signing key: make one by honmono rules keygen", *p.keysDir)
	}
	if p.live, err = release.Live(p.ctx, p.place); err != nil || p.live == nil {
		return err
	}
	by, err := bundle.SignedBy(p.live.Bytes, p.ring.Verifiers(true))
	if err != nil {
		return err
	}
	if len(by) == 0 && !*p.force {
		return fmt.Errorf("none of the keys in %s signed what is live at %s: is this the right place, and are these the right keys? --force publishes all the same", *p.keysDir, p.place)
	}
	// What is live should be whole; where it is not, publishing mends it.
	if p.sections, err = release.Sections(p.ctx, p.place, p.live.Manifest); err != nil {
		fmt.Fprintln(stderr, "honmono: what is live is not whole:", err)
	}
	return nil
}

// review prints what would change for those who run on what is live, and
// answers whether anything does.
func (p *publication) review(sections []bundle.Section) (bool, error) {
	m := bundle.New(sections, 1, 0, 0)
	set, err := release.Set(m, sections)
	if err != nil {
		return false, err
	}
	if p.live == nil {
		fmt.Fprintf(p.stdout, "first publication at %s: %s\n", p.place, contents(set))
		return true, nil
	}
	if release.SameContent(p.live, &release.Signed{Manifest: m}) {
		fmt.Fprintf(p.stdout, "no rule differs from version %d\n", p.live.Manifest.Version)
		return false, nil
	}
	fmt.Fprintf(p.stdout, "changes since version %d:\n", p.live.Manifest.Version)
	old := &rules.Set{}
	if p.sections != nil {
		if old, err = release.Set(p.live.Manifest, p.sections); err != nil {
			fmt.Fprintln(p.stderr, "honmono: what is live cannot be read, so all rules count as new:", err)
			old = &rules.Set{}
		}
	}
	lines := changes.Between(old, set)
	for _, line := range lines {
		fmt.Fprintln(p.stdout, " ", line)
	}
	if len(lines) == 0 {
		fmt.Fprintln(p.stdout, "  only the spelling of sections")
	}
	return true, nil
}

// put publishes sections.
func (p *publication) put(sections []bundle.Section) int {
	if *p.dry {
		fmt.Fprintln(p.stdout, "nothing was written")
		return exitOK
	}
	m, err := release.Publish(p.ctx, p.place, release.Order{
		Sections: sections, Created: p.at.Unix(), Expires: p.until.Unix(), Rollout: *p.rollout,
		Keys: p.ring.Signing(), Verifiers: p.ring.Verifiers(false), Before: p.live, Settle: p.wait,
		Say:   func(format string, args ...any) { fmt.Fprintf(p.stderr, format+"\n", args...) },
		Sleep: pause,
	})
	if err != nil {
		return fail(p.stderr, err)
	}
	share := "everybody"
	if m.Rollout != 0 {
		share = strconv.Itoa(m.Rollout) + " % of the browsers"
	}
	fmt.Fprintf(p.stdout, "%s: version %d for %s, expires %s\n", p.place, m.Version, share, when(m.Expires))
	return exitOK
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func rulesPublish(args []string, stdout, stderr io.Writer) int {
	flags := rulesFlags("publish", stderr)
	p := publicationFlags(flags)
	ledger := flags.String("blocklist", "", "the `LEDGER` that honmono rules feed keeps; none: without a blocklist")
	renew := flags.Bool("renew", false, "publish although no rule differs, so that the expiry moves on")
	if status, ok := parseRules(flags, args, 1, stderr); !ok {
		return status
	}
	set, status := compileRules(flags.Arg(0), stderr, stderr)
	if set == nil {
		return status
	}
	if err := p.open(stdout, stderr); err != nil {
		return fail(stderr, err)
	}
	defer p.stopOnInterrupt()
	if *ledger == "" && p.blocks() {
		return fail(stderr, fmt.Errorf("%s has a blocklist, which this would take from everybody: give --blocklist LEDGER, or --blocklist none", p.place))
	}
	if *ledger == "none" {
		*ledger = ""
	}
	if err := addBlocklist(set, *ledger, p.at); err != nil {
		return fail(stderr, err)
	}
	sections, err := rules.Encode(set)
	if err != nil {
		return fail(stderr, err)
	}
	changed, err := p.review(sections)
	if err != nil {
		return fail(stderr, err)
	}
	// What is live and broken, on trial, or past half of its life is worth a new
	// version as it is.
	if !changed && !*renew && p.sections != nil && p.live.Manifest.Rollout == *p.rollout && !old(p.live.Manifest, p.at) {
		fmt.Fprintln(stdout, "nothing to publish; --renew moves the expiry on")
		return exitOK
	}
	return p.put(sections)
}

// blocks reports whether what is live has a blocklist.
func (p *publication) blocks() bool {
	if p.live == nil {
		return false
	}
	for _, s := range p.live.Manifest.Sections {
		if _, later := rules.KnownSection(s.Name); later {
			return true
		}
	}
	return false
}

// old reports whether more than half of a manifest's life is over.
func old(m *bundle.Manifest, at time.Time) bool {
	return at.Unix() > m.Created+(m.Expires-m.Created)/2
}

func rulesRollback(args []string, stdout, stderr io.Writer) int {
	flags := rulesFlags("rollback", stderr)
	p := publicationFlags(flags)
	if status, ok := parseRules(flags, args, 1, stderr); !ok {
		return status
	}
	if err := p.open(stdout, stderr); err != nil {
		return fail(stderr, err)
	}
	defer p.stopOnInterrupt()
	if p.live == nil {
		return fail(stderr, fmt.Errorf("%s: nothing is live there", p.place))
	}
	target, err := p.earlier(flags.Arg(0))
	if err != nil {
		return fail(stderr, err)
	}
	sections, err := release.Sections(p.ctx, p.place, target.Manifest)
	if err != nil {
		return fail(stderr, err)
	}
	fmt.Fprintf(stdout, "back to the rules of version %d, created %s\n", target.Manifest.Version, when(target.Manifest.Created))
	if _, err := p.review(sections); err != nil {
		return fail(stderr, err)
	}
	return p.put(sections)
}

// earlier returns the publication to go back to: the one named, or the last
// with another content.
func (p *publication) earlier(name string) (*release.Signed, error) {
	if name == "" {
		return release.Before(p.ctx, p.place, p.live)
	}
	version, err := strconv.ParseUint(name, 10, 63)
	if err != nil {
		return nil, fmt.Errorf("%q is no version", name)
	}
	s, err := release.Past(p.ctx, p.place, version)
	if err == nil && s == nil {
		err = fmt.Errorf("%s remembers no version %d; honmono rules status --to lists them", p.place, version)
	}
	if err != nil {
		return nil, err
	}
	if by, err := bundle.SignedBy(s.Bytes, p.ring.Verifiers(true)); err != nil || len(by) == 0 {
		return nil, errors.Join(fmt.Errorf("version %d was signed by none of the keys in %s", version, *p.keysDir), err)
	}
	return s, nil
}

// rulesRollout gives what is live to another share of the browsers.
func rulesRollout(args []string, stdout, stderr io.Writer) int {
	flags := rulesFlags("rollout", stderr)
	p := publicationFlags(flags)
	if status, ok := parseRules(flags, args, 1, stderr); !ok {
		return status
	}
	share, err := strconv.Atoi(flags.Arg(0))
	if err != nil || share < 1 || share > 100 {
		fmt.Fprintln(stderr, "honmono: rules rollout needs a share from 1 to 100")
		return exitBad
	}
	*p.rollout = share % 100 // 100 is everybody
	if err := p.open(stdout, stderr); err != nil {
		return fail(stderr, err)
	}
	defer p.stopOnInterrupt()
	if p.sections == nil {
		return fail(stderr, fmt.Errorf("%s: nothing whole is live there", p.place))
	}
	return p.put(p.sections)
}
