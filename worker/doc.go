/*
Command worker serves a published rule set: the signed manifest, the sections
it names, and a page for people. It is one [http.Handler] over a [Store], and
runs in two places:

	go run ./worker --dir DIR --addr 127.0.0.1:8787    natively, over a directory
	entry.mjs + build/app.wasm                         on Cloudflare, over KV

# What it answers

	GET|HEAD /v1/manifest         the signed manifest; short cache, ETag, 304
	GET|HEAD /v1/blobs/{sha256}   one section, named by its content; immutable
	GET|HEAD /healthz             whether rules can be served, as JSON
	POST /v1/reports              one report, docs/report.schema.json; see reports.go
	GET|HEAD /v1/reports          the reports, for maintainers with a token
	PATCH /v1/reports/{id}        the state of one, for maintainers
	GET|HEAD /                    what this is and which rules are live, ja or en

Reads are sent in brotli or gzip where the client takes one and it is worth it,
under a strong ETag for each encoding.

Everything else is an RFC 9457 problem: 404, 405 with Allow, 400 for a name that
is no hash, 413, 415 and 429 for reports, 503 where the store cannot answer, 502 where it answers with
something that is not what its name says. The last two carry Retry-After.

# What it promises, and what not

A blob leaves only after its bytes hash to its name, and a manifest only after
it reads as one. Neither makes this server trusted: clients check the signature
of the manifest and the hash of every section themselves, so the worst a broken
or hostile server can do is keep clients at the rules they have.

Rules are not written here. Publishing goes around this program, straight into
the store, blobs before the manifest that names them (honmono rules publish).
Reports are the one thing that is kept, with nothing that names who sent them.

# Where the layers are

store.go is the interface; directory.go and kv_js.go are its two forms.
handler.go routes, reads.go answers the two cacheable reads, reports.go takes and
lists reports, page.go and health.go the rest. archive.go keeps reports in SQLite,
which is D1 on Cloudflare and a file natively. encode.go and limit.go stand before
the handler natively, encode.mjs and limit.mjs on Cloudflare; one table of
exchanges (testdata/conformance.json) holds both to the same answers. On Cloudflare a Go runtime is started for every request that
reaches this code, at about 10 ms of CPU; entry.mjs in front of it answers what
it has seen before from memory or the edge cache. It does so by the
Cache-Control set here, so freshness is decided in one place.
*/
package main
