//go:build !js

package main

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"log"
	"net/url"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// migrations are what wrangler applies to D1, in the order of their names.
//
//go:embed migrations/*.sql
var migrations embed.FS

// openArchive opens, or makes, the SQLite file at path and brings it up to date.
func openArchive(path string) (*Archive, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("worker: %w", err)
	}
	dsn := url.URL{Scheme: "file", Path: absolute, RawQuery: url.Values{
		"_pragma": {"busy_timeout(5000)", "journal_mode(WAL)", "secure_delete(1)"},
		"_txlock": {"immediate"},
	}.Encode()}
	db, err := sql.Open("sqlite", dsn.String())
	if err != nil {
		return nil, fmt.Errorf("worker: %w", err)
	}
	if err := migrate(db); err != nil {
		db.Close()
		return nil, fmt.Errorf("worker: %s: %w", path, err)
	}
	return &Archive{db}, nil
}

// migrate applies what user_version does not count yet, each in a transaction.
func migrate(db *sql.DB) error {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	var version int
	if err := db.QueryRow(`PRAGMA user_version`).Scan(&version); err != nil {
		return err
	}
	if version > len(names) {
		return fmt.Errorf("the database is of a later program (%d migrations, this one knows %d)", version, len(names))
	}
	for n, name := range names[version:] {
		text, err := fs.ReadFile(migrations, name)
		if err != nil {
			return err
		}
		tx, err := db.Begin()
		if err != nil {
			return err
		}
		if _, err := tx.Exec(fmt.Sprintf("%s; PRAGMA user_version = %d", text, version+n+1)); err != nil {
			tx.Rollback()
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}

// expireDaily removes old reports now and each day, until ctx ends.
func (a *Archive) expireDaily(ctx context.Context) {
	for {
		if err := a.Expire(ctx, time.Now().Unix()); err != nil && ctx.Err() == nil {
			log.Print(err)
		}
		select {
		case <-time.After(24 * time.Hour):
		case <-ctx.Done():
			return
		}
	}
}
