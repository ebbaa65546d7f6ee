// Package lookalike finds out which protected domain a host imitates, how, and
// how surely.
//
// # What to call
//
// [NewIndex] builds an [Index] of protected domains once; [Index.Check] asks it
// about one host, which must be in canonical form (package domain, ToASCII).
// [UnsafeIDN] tells of a host written so that a browser would not show its
// letters: it may imitate anything, so it names no target.
package lookalike
