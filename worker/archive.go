package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// An Archive keeps reports in SQLite: a file natively, D1 on Cloudflare. The
// statements are the same, and every value goes in as a parameter.
type Archive struct{ db *sql.DB }

// A StoredReport is a report with what the server knows of it.
type StoredReport struct {
	Report
	// Received is the hour in which it came, in seconds since 1970.
	Received int64 `json:"received"`
	// State is "new", "confirmed" or "dismissed": what the maintainers made of it.
	State string `json:"state"`
}

// The states of a report.
var states = []string{"new", "confirmed", "dismissed"}

const (
	// maxHourly is how many reports are taken in an hour from all the world: a
	// flood from many addresses fills no database.
	maxHourly = 1000
	// Retention is how long a report is kept; dismissed ones go earlier.
	Retention          = 180 * 24 * time.Hour
	RetentionDismissed = 30 * 24 * time.Hour
)

// errFull says that no more reports are taken in this hour.
var errFull = errors.New("worker: too many reports in this hour")

// hour cuts a time in seconds to its hour: finer would help to find out who
// sent a report.
func hour(now int64) int64 { return now - now%3600 }

// Add stores a report and answers whether it is new; one with an id that is
// there already changes nothing. Now is seconds since 1970.
func (a *Archive) Add(ctx context.Context, r *Report, now int64) (bool, error) {
	symbols, err := json.Marshal(r.Symbols)
	if err != nil {
		return false, fmt.Errorf("worker: %w", err)
	}
	hosts, err := json.Marshal(r.Hosts)
	if err != nil {
		return false, fmt.Errorf("worker: %w", err)
	}
	done, err := a.db.ExecContext(ctx, `INSERT INTO reports
		(id, received, kind, verdict, brand, symbols, hosts, rules_version, language, webmail, program)
		SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
		WHERE (SELECT count(*) FROM reports WHERE received = ?) < ?
		ON CONFLICT (id) DO NOTHING`,
		r.ID, hour(now), r.Kind, r.Verdict, r.Brand, string(symbols), string(hosts), r.RulesVersion, r.Language, r.Webmail, r.Program,
		hour(now), maxHourly)
	if err != nil {
		return false, fmt.Errorf("worker: reports: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil || n > 0 {
		return n > 0, err
	}
	var known int
	if err := a.db.QueryRowContext(ctx, `SELECT count(*) FROM reports WHERE id = ?`, r.ID).Scan(&known); err != nil {
		return false, fmt.Errorf("worker: reports: %w", err)
	}
	if known == 0 {
		return false, errFull
	}
	return false, nil
}

// A Query selects reports; empty members select all.
type Query struct {
	State, Kind string
	// Since is the earliest hour, in seconds since 1970.
	Since int64
	// AfterHour and AfterID are of the last report of the page before.
	AfterHour int64
	AfterID   string
	Limit     int
}

// List returns reports in the order in which they came, at most q.Limit.
func (a *Archive) List(ctx context.Context, q Query) ([]StoredReport, error) {
	rows, err := a.db.QueryContext(ctx, `SELECT
		id, received, state, kind, verdict, brand, symbols, hosts, rules_version, language, webmail, program
		FROM reports
		WHERE received >= ? AND (received > ? OR received = ? AND id > ?)
			AND (? = '' OR state = ?) AND (? = '' OR kind = ?)
		ORDER BY received, id LIMIT ?`,
		q.Since, q.AfterHour, q.AfterHour, q.AfterID, q.State, q.State, q.Kind, q.Kind, q.Limit)
	if err != nil {
		return nil, fmt.Errorf("worker: reports: %w", err)
	}
	defer rows.Close()
	list := []StoredReport{}
	for rows.Next() {
		var r StoredReport
		var symbols, hosts string
		if err := rows.Scan(&r.ID, &r.Received, &r.State, &r.Kind, &r.Verdict, &r.Brand, &symbols, &hosts,
			&r.RulesVersion, &r.Language, &r.Webmail, &r.Program); err != nil {
			return nil, fmt.Errorf("worker: reports: %w", err)
		}
		if err := errors.Join(json.Unmarshal([]byte(symbols), &r.Symbols), json.Unmarshal([]byte(hosts), &r.Hosts)); err != nil {
			return nil, fmt.Errorf("worker: reports: %w", err)
		}
		list = append(list, r)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("worker: reports: %w", err)
	}
	return list, nil
}

// Mark sets the state of a report; errMissing where there is none of that id.
func (a *Archive) Mark(ctx context.Context, id, state string) error {
	done, err := a.db.ExecContext(ctx, `UPDATE reports SET state = ? WHERE id = ?`, state, id)
	if err != nil {
		return fmt.Errorf("worker: reports: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, errMissing)
	}
	return nil
}

// Expire removes the reports whose time is over. Now is seconds since 1970.
func (a *Archive) Expire(ctx context.Context, now int64) error {
	_, err := a.db.ExecContext(ctx, `DELETE FROM reports WHERE received < ? OR state = 'dismissed' AND received < ?`,
		now-int64(Retention/time.Second), now-int64(RetentionDismissed/time.Second))
	if err != nil {
		return fmt.Errorf("worker: reports: %w", err)
	}
	return nil
}
