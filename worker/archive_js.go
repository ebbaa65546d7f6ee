package main

import (
	"context"
	"database/sql"
	"time"

	"github.com/syumai/workers/cloudflare/cron"
	"github.com/syumai/workers/cloudflare/d1"
)

// openArchive opens the D1 database bound to that name; nil without one, and
// then no reports are taken.
func openArchive(binding string) *Archive {
	connector, err := d1.OpenConnector(binding)
	if err != nil {
		return nil
	}
	return &Archive{sql.OpenDB(connector)}
}

// expireByCron has the trigger of wrangler.toml remove old reports.
func expireByCron(a *Archive) {
	cron.ScheduleTaskNonBlock(func(ctx context.Context) error {
		if a == nil {
			return nil
		}
		return a.Expire(ctx, time.Now().Unix())
	})
}
