// Package link reads links: what host a browser would go to for an href, where
// that really ends once every known wrapper is peeled, and whether the link's
// visible text says something else.
//
// # What to call
//
// [Parse] is the URL standard's parser (https://url.spec.whatwg.org/), not
// net/url: the two disagree exactly where attackers work (backslashes, missing
// slashes, percent-encoded and fullwidth hosts, numbers as hosts, user names
// that look like hosts). A [URL] also tells how the host was written.
//
// A [Reader] knows wrappers, shorteners, mailers and hosting suffixes, which are
// rules and not code. [Reader.Follow] peels wrappers, one embedded URL a level,
// down to the leaf. [TextURL] reads visible text, [Reader.Mismatch] compares it
// with where the link goes.
//
// # What not to do
//
// Do not judge a URL before Follow: a mail gateway's host says nothing about the
// link. Do not take a URL that an unknown host carries in its query for the
// destination: anybody can append one.
//
// Do not take an error of Parse for a link that goes nowhere. Chromium opens some
// hosts that the standard refuses (％４１.example, decoded twice; fullwidth digits
// or soft hyphens inside the brackets of an IPv6 address). A link that could not
// be read is a finding.
//
// # Limits
//
// Everything here reads hostile input. A URL longer than [MaxURL] bytes is an
// error, a host longer than domain.MaxHost too; wrappers are peeled at most
// [MaxDepth] deep; text is looked at for [MaxText] bytes. Invalid UTF-8 reads as
// U+FFFD, as in a browser. Nothing here does I/O.
package link
