// Package rules holds the rule set: the source files that people edit, the
// compiler that checks them, the signed bundle that clients fetch, and the
// default that is built in.
//
// # What to call
//
// A detector takes [Default], or what [Manifest.Open] returns for a manifest
// that [Verify] let through. Tools compile the files of source/ with [Compile]
// and write the result with package publish. Nothing here does I/O or reads a
// clock: callers hand in bytes and the time.
//
// Never use what [ParseManifest] returns of bytes from elsewhere: it reads a
// manifest and asks nobody who wrote it.
//
// # A bundle
//
// A rule set is published as sections and a manifest. A section is one field of
// [Set] as canonical JSON ([Encode]) and is named by its SHA-256, so that it can
// be cached for ever and a client fetches only what changed. The manifest says
// which sections make up the set and is a signed note of
// golang.org/x/mod/sumdb/note: a text, an empty line, and one signature a line.
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
// and [Manifest.Open] returns the set if every section of [SectionNames] is
// listed, has its size, hashes to its name, and decodes. Sections and fields
// that this version does not know are passed over, so that rules can grow
// without breaking the programs out there. When anything fails the client keeps
// what it has, and says so.
//
// Sizes are bounded: [MaxManifest] for a manifest with its signatures,
// [MaxSection] for a section.
package rules
