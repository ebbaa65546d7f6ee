// Package report writes verdicts: as JSON lines for scripts and as text for
// people.
//
// The JSON lines (json.go) are a contract: fields are added, never renamed or
// left out. The text (text.go) takes its sentences from the extension's
// message catalogue, so that the command line and the browser say the same, and
// may change between versions.
//
// Everything that comes from a mail is hostile: what would steer a terminal or
// turn the reading direction is written as an escape (escape.go).
package report
