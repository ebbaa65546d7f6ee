// Package rules holds the rule set: the source files that people edit, the
// compiler that checks them, the signed bundle that clients fetch, and the
// default that is built in.
package rules
