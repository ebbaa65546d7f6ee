// Package bundle is the form in which a rule set is published: sections, and a
// signed manifest that says which of them make up the set. It knows nothing of
// what is in a section, so that a server, which only hands bundles out, stays
// small. Nothing here does I/O or reads a clock.
//
// # What to call
//
// A client takes what [Verify] lets through and nothing else. Never use what
// [Parse] returns of bytes from elsewhere: it reads a manifest and asks nobody
// who wrote it. [Unverified] is for servers and tools that show one.
//
// # The form
//
// A section is one part of a set, such as its brands, as canonical JSON, and is
// named by its SHA-256, so that it can be cached for ever and a client fetches
// only what changed. The manifest says which sections make up the set and is a
// signed note of golang.org/x/mod/sumdb/note: a text, an empty line, and one
// signature a line.
//
//	honmono rules v1
//	version 1795374000
//	created 2026-11-22T19:00:00Z
//	expires 2027-02-20T19:00:00Z
//	section brands 119 18d7391b45827d0c772b8f1024fd31f07da6d4119cb3457eef896b92412a653b
//
//	— example 1UgAW6T99QmmSrkWZvM73r31CeXk0jX+me1Ii4mPvVZoUmUpLjTevhrpQucblL5cO7/Ndfh8LzIzGgQmuieboKFFmw4=
//
// The text is of lines that end in one line feed, in this order:
//
//   - the title, which names the format and its version;
//   - version: a decimal number below 2^63 without leading zeros, which grows
//     with every publication (the seconds since 1970 do);
//   - created and expires: UTC, RFC 3339, whole seconds;
//   - rollout, if not everybody is to have the set yet: a share in percent, from
//     1 to 99, see below;
//   - for each section its name, its size in bytes, and its SHA-256 in lower-case
//     hexadecimal; names are of lower-case letters, digits and hyphens, start
//     with a letter, are at most 32 bytes long and come once; at most 64.
//
// There is one text for a manifest, and a client refuses every other spelling.
// A signature line has the key's name, and in base64 four bytes of hash that
// tell keys of one name apart, and the Ed25519 signature of the text. Several
// keys may sign, and a client may know several: that is how a key is replaced.
// A verifier key, the public half, is "name+hash+key":
//
//	example+d548005b+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop
//
// # What a client accepts
//
// [Verify] lets a manifest through if
//
//   - one of the client's keys signed it, and no signature of a known key is wrong;
//   - its version is not below that of the set the client runs on, the built-in
//     one included, so that nobody can put an old set back;
//   - it is not expired, and was not created more than [Skew] in the future;
//
// and rules.Open returns the set if every section that it needs is listed, has
// its size, hashes to its name, and decodes. When anything fails the client
// keeps what it has, and says so.
//
// # Staged rollout
//
// A manifest with the line
//
//	rollout 10
//
// is for a tenth of the clients. Each client keeps a number from 0 to 99, drawn
// by lot, that never leaves the device: no request and no report holds it, so
// the server cannot tell who is in which part. A client whose number is below
// the share takes the set, the others keep what they have and ask again at the
// usual time ([Manifest.For]). Three rules make that fair and safe:
//
//   - the number is drawn anew whenever the client has taken a set that is for
//     everybody, so that it is not always the same people who go first, and so
//     that a rollout that grows (10, 25, 50) takes in those who are there
//     already: the share is that of the clients, not of the attempts;
//   - a client whose rules have expired takes part whatever its number: a set on
//     trial is better than one that is out of date;
//   - a rollout that grows is a new version with the same sections, and so is its
//     end, a version without the line. Sections that a client holds are not
//     fetched again.
//
// A set is taken back by publishing the old content as a new version.
//
// Sizes are bounded: [MaxManifest] for a manifest with its signatures,
// [MaxSection] for a section.
package bundle
