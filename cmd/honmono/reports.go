package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"
)

const reportsUsage = `usage: honmono reports COMMAND --from https://HOST [FLAG]… [ID]…

  list      one report a line, for reading
  export    one report a line as JSON, or with --hosts the hosts alone
  confirm   mark reports as right: the hosts are what they say
  dismiss   mark reports as wrong; they are removed after 30 days

The token for maintainers is read from $HONMONO_REPORTS_TOKEN.
`

// runReports is the subcommand "reports".
func runReports(args []string, env environment) int {
	if len(args) == 0 {
		fmt.Fprint(env.stderr, reportsUsage)
		return exitBad
	}
	command, rest := args[0], args[1:]
	switch command {
	case "list", "export", "confirm", "dismiss":
	case "help", "-h", "--help":
		fmt.Fprint(env.stdout, reportsUsage)
		return exitOK
	default:
		env.complain("unknown command %q\n%s", "reports "+command, reportsUsage)
		return exitBad
	}
	flags := flagSet("reports "+command, reportsUsage, env)
	from := flags.String("from", os.Getenv("HONMONO_SERVER"), "`address` of the rule server; $HONMONO_SERVER if not given")
	state := flags.String("state", "", "only those that are `new`, confirmed or dismissed")
	kind := flags.String("kind", "", "only those of this `kind`: false-alarm, missed or phishing")
	since := flags.String("since", "", "only those of the last `days` (7d) or hours (12h)")
	hosts := flags.Bool("hosts", false, "export: each host once, most reported first, those of phishing and missed reports")
	ids, status, ok := parse(flags, rest, env)
	if !ok {
		return status
	}
	desk, err := openDesk(*from, os.Getenv("HONMONO_REPORTS_TOKEN"))
	if err != nil {
		env.complain("%v", err)
		return exitBad
	}
	query := url.Values{}
	for name, value := range map[string]string{"state": *state, "kind": *kind} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if *since != "" {
		ago, err := lifetime(*since)
		if err != nil {
			env.complain("--since %q is no time like 7d or 12h", *since)
			return exitBad
		}
		query.Set("since", fmt.Sprint(time.Now().Add(-ago).Unix()))
	}
	ctx := context.Background()
	switch {
	case command == "confirm" || command == "dismiss":
		err = desk.mark(ctx, map[string]string{"confirm": "confirmed", "dismiss": "dismissed"}[command], ids)
	case len(ids) > 0:
		err = fmt.Errorf("unexpected argument %q", ids[0])
	case command == "export" && *hosts:
		err = desk.hosts(ctx, query, env.stdout)
	default:
		err = desk.each(ctx, query, func(r received) error { return r.write(env.stdout, command == "export") })
	}
	if err != nil {
		env.complain("reports: %v", err)
		return exitBad
	}
	return exitOK
}

// A desk is where maintainers get at the reports of one server.
type desk struct {
	base, token string
	client      *http.Client
}

func openDesk(from, token string) (*desk, error) {
	u, err := url.Parse(from)
	local := err == nil && slices.Contains([]string{"localhost", "127.0.0.1", "::1"}, u.Hostname())
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && !(u.Scheme == "http" && local):
		return nil, fmt.Errorf("reports: --from %q is no https address", from)
	case token == "":
		return nil, errors.New("reports: $HONMONO_REPORTS_TOKEN is not set")
	}
	return &desk{strings.TrimRight(from, "/"), token, &http.Client{
		Timeout: time.Minute,
		// The token goes where it is meant to and nowhere else.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// A received report as the server lists it.
type received struct {
	ID           string   `json:"id"`
	Received     int64    `json:"received"`
	State        string   `json:"state"`
	Kind         string   `json:"kind"`
	Verdict      string   `json:"verdict"`
	Brand        string   `json:"brand,omitempty"`
	Symbols      []string `json:"symbols"`
	Hosts        []string `json:"hosts"`
	RulesVersion int64    `json:"rulesVersion"`
	Language     string   `json:"language"`
	Webmail      string   `json:"webmail,omitempty"`
	Program      string   `json:"program,omitempty"`
}

// write prints one line. What strangers sent is checked by the server, and quoted
// all the same: no report writes to this terminal.
func (r received) write(w io.Writer, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(w).Encode(r)
	}
	hosts := make([]string, len(r.Hosts))
	for i, h := range r.Hosts {
		hosts[i] = plain(h)
	}
	_, err := fmt.Fprintf(w, "%s  %s  %-9s  %-11s  %-7s  %-12s  %s\n", plain(r.ID), time.Unix(r.Received, 0).UTC().Format("2006-01-02T15"),
		plain(r.State), plain(r.Kind), plain(r.Verdict), plain(r.Brand), strings.Join(hosts, " "))
	return err
}

// plain replaces what is not printable ASCII.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, s)
}

// each goes through all reports that query selects, page by page.
func (d *desk) each(ctx context.Context, query url.Values, do func(received) error) error {
	for {
		var page struct {
			Reports []received `json:"reports"`
			Next    string     `json:"next"`
		}
		if err := d.ask(ctx, http.MethodGet, "?"+query.Encode(), nil, &page); err != nil {
			return err
		}
		for _, r := range page.Reports {
			if err := do(r); err != nil {
				return err
			}
		}
		if page.Next == "" {
			return nil
		}
		if page.Next == query.Get("after") {
			return errors.New("the list goes in a circle")
		}
		query.Set("after", page.Next)
	}
}

// hosts prints each host that was reported as fraudulent once, a line each.
func (d *desk) hosts(ctx context.Context, query url.Values, w io.Writer) error {
	count := map[string]int{}
	err := d.each(ctx, query, func(r received) error {
		if r.Kind != "false-alarm" {
			for _, h := range r.Hosts {
				count[h]++
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	var names []string
	for h := range count {
		names = append(names, h)
	}
	slices.SortFunc(names, func(a, b string) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		return strings.Compare(a, b)
	})
	for _, h := range names {
		if _, err := fmt.Fprintln(w, plain(h)); err != nil {
			return err
		}
	}
	return nil
}

func (d *desk) mark(ctx context.Context, state string, ids []string) error {
	if len(ids) == 0 {
		return errors.New("no report named: give the ids that honmono reports list prints")
	}
	body, err := json.Marshal(map[string]string{"state": state})
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := d.ask(ctx, http.MethodPatch, "/"+url.PathEscape(id), body, nil); err != nil {
			return fmt.Errorf("%s: %w", id, err)
		}
	}
	return nil
}

// ask sends one request to /v1/reports; its answer goes into v where v is not nil.
func (d *desk) ask(ctx context.Context, method, path string, body []byte, v any) error {
	req, err := http.NewRequestWithContext(ctx, method, d.base+"/v1/reports"+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+d.token)
	resp, err := d.client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, 16<<20))
	if err != nil {
		return err
	}
	if resp.StatusCode/100 != 2 {
		var problem struct {
			Detail string `json:"detail"`
		}
		if json.Unmarshal(answer, &problem) == nil && problem.Detail != "" {
			return fmt.Errorf("%s: %s", resp.Status, plain(problem.Detail))
		}
		return errors.New(resp.Status)
	}
	if v == nil {
		return nil
	}
	if err := json.Unmarshal(answer, v); err != nil {
		return errors.New("the answer is not a rule server's")
	}
	return nil
}
