// Package rules holds the rule set: the source files that people edit, the
// compiler that checks them, the sections they are published as, and the
// default that is built in.
//
// # What to call
//
// A detector takes [Default], or what [Open] returns for a manifest that
// bundle.Verify let through. Tools compile the files of source/ with [Compile]
// and write the result with package publish. Nothing here does I/O or reads a
// clock: callers hand in bytes and the time.
//
// Package bundle describes the published form: a signed manifest, and sections
// named by their SHA-256. [Encode] makes the sections of a set and [Open] reads
// them back. Sections and fields that this version does not know are passed
// over, so that rules can grow without breaking the programs out there.
package rules
