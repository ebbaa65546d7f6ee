// Package lookalike finds out which protected domain a host imitates, how, and
// how surely.
//
// # What to call
//
// [NewIndex] builds an [Index] of protected domains once; [Index.Check] asks it
// about one host, which must be in canonical form (package domain, ToASCII).
// [UnsafeIDN] tells of a host written so that a browser would not show its
// letters: it may imitate anything, so it names no target.
//
// Do not call Check for what a link shows or what its userinfo says: bring that
// into canonical form first, and leave out what is no host.
//
// # How sure
//
// A [Strong] match has hardly an honest explanation: the brand's whole domain
// in front of somebody else's, a digit or a foreign letter in place of a letter.
// A [Weak] one is a reason to look twice. A [Hint] only says whose name stands
// there: in a mail it is evidence of a claim, on its own it is nothing.
//
// # How it works
//
//	host ─ divide (Public Suffix List) ─┬─ protected, or below it: nothing
//	                                    └─ views: letters in a row, and where
//	                                       they are separated; one view for each
//	                                       way to read foreign letters
//	view ─ scan    every substring that is a name   ─ judge (by where it stands)
//	     ─ nearby  parts with a name's shape, coarse shape, sound, or one edit away
//	     ─ distant, mangled  further away, in hosts that are suspicious anyway
//	     ─ glued   names with a letter wrong at the ends of longer words: hints
//	     ─ wellKnown  popular domains that are no targets
//
// A name is a target's label or a brand's keyword. How much it says depends on
// its class (bare, tiny, short, common, distinct), on what stands beside it
// (package segment knows words; lure.go knows what phishers add), on the suffix,
// and on how well the target is known.
//
// Names are looked up by hash: by their text for the scan, and in a second table
// by shape, coarse shape, sound and by what is left when one letter is dropped
// (the deletion neighbourhood; deletion.go). So the cost of a check hardly depends on
// the number of targets; what is found is compared letter by letter. The two stages
// that ask most, distant and glued, are about brands' long names alone, and ask a
// small filter of those first.
//
// # Limits
//
// A host of more than 253 bytes imitates nothing. A host is read in at most 128
// ways (confusable.MaxReadings), of at most 512 bytes each; its 16 parts nearest
// to the end are compared; at most 4,096 names found in one reading are judged.
// README.md says what was measured.
package lookalike
