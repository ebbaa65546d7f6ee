// Package feed makes the blocklist of a rule set from reports of attacks: lists
// of URLs that others publish, and what people reported to us and somebody
// confirmed.
//
// Data goes one way: [Read] takes the URLs out of a file, [Cutter] cuts each to
// the place it speaks about, a [Ledger] remembers when each place was seen, and
// [Ledger.Periods] makes the sections.
//
// # What is listed
//
// As much as one person controls, and no more:
//
//   - the registrable domain, where it is neither popular nor anybody's we know;
//   - under a hosting suffix the tenant (evil.web.app), or the path where
//     tenants are paths (sites.google.com/view/evil);
//   - on a shortener or a popular site the path, never the site;
//   - of a brand's official domains nothing at all. A hole in a bank's own site is
//     the bank's to close, and a feed that lists the bank is mistaken.
//
// # Ageing
//
// An entry goes when nobody has seen it for as long as the ledger keeps. Whole weeks
// go at once, so that a client fetches a period again at most once a week.
package feed
