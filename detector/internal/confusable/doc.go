// Package confusable knows which characters look like which.
//
// # What to call
//
//   - [Readings] answers what a label may be read as: the ASCII strings that a
//     hurried reader sees in "аррӏе" (apple, appie). A glyph that can be read in
//     two ways gives two readings; there are at most [MaxReadings].
//   - [Shape] folds what looks alike within ASCII: rnicrosoft and microsoft,
//     paypa1 and paypal have one shape. Compare shapes, never show them.
//   - [Coarse] folds further, to what can be mixed up at a glance in a small
//     sans-serif: c and e, n and r, b and d. Equal coarse shapes are weak
//     evidence, and only in long labels.
//   - [Allowed] says whether a character is for use in names at all.
//   - [Skeleton] is the skeleton of UTS #39, unchanged: two strings are
//     confusable when their skeletons are equal. It does not know the habits of
//     phishers (ł for t, œ for ce, accents); Readings does.
//
// # Tables
//
// prototypes.bin is Unicode's confusables.txt; readings.bin is derived from it,
// from canonical decompositions, and from extra.txt, which is ours and may be
// edited; allowed.bin is the allowed part of IdentifierStatus.txt. Each is unpacked
// when it is first asked, without any work at start. See README.md for origin,
// revision and licence.
package confusable

//go:generate go run gen.go -confusables confusables.txt -allowed allowed.txt
