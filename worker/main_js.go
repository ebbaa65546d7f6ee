package main

import (
	"strconv"
	"time"

	"github.com/syumai/workers"
	"github.com/syumai/workers/cloudflare"
)

// Names in wrangler.toml.
const (
	rulesBinding   = "RULES"
	reportsBinding = "REPORTS"
	ageVariable    = "MANIFEST_AGE"
	tokenSecret    = "REPORTS_TOKEN"
)

func main() {
	archive := openArchive(reportsBinding)
	expireByCron(archive)
	workers.Serve(NewHandler(openNamespace(rulesBinding), Options{
		ManifestAge: manifestAge(cloudflare.Getenv(ageVariable)),
		Archive:     archive,
		Token:       cloudflare.Getenv(tokenSecret),
	}))
}

// manifestAge reads a number of seconds. Anything else, such as the text
// "<undefined>" of a variable that is not set, gives the default.
func manifestAge(s string) time.Duration {
	n, err := strconv.ParseUint(s, 10, 31)
	if err != nil {
		return DefaultManifestAge
	}
	return time.Duration(n) * time.Second
}
