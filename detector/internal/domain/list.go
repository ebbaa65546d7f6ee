package domain

import (
	_ "embed"
	"strings"
)

//go:generate go run gen.go

// The Public Suffix List as a tree of labels, from the right, breadth first, so
// that a node's children stand together and in order. There is nothing to build
// at start, and looking up does not allocate; x/net/publicsuffix, which the data
// comes from, allocates an error per call and brings net/http into a wasm.
//
// A node is 7 bytes, little endian:
//
//	[12 bits] number of children
//	[14 bits] index of the first child
//	[ 1 bit ] section: ICANN
//	[ 1 bit ] wildcard: any label before this node is a rule
//	[ 1 bit ] exception
//	[ 1 bit ] rule
//	[ 6 bits] length of the label
//	[16 bits] offset of the label in the text behind the nodes
//
// Node 0 is the root.
//
//go:embed list.bin
var list string

const nodeSize = 7

type node uint64

func nodeAt(i int) node {
	b := list[i*nodeSize : i*nodeSize+nodeSize]
	return node(b[0]) | node(b[1])<<8 | node(b[2])<<16 | node(b[3])<<24 | node(b[4])<<32 | node(b[5])<<40 | node(b[6])<<48
}

func (n node) label() string {
	start := nodes*nodeSize + int(n&0xffff)
	return list[start : start+int(n>>16&0x3f)]
}
func (n node) rule() bool      { return n>>22&1 != 0 }
func (n node) exception() bool { return n>>23&1 != 0 }
func (n node) wildcard() bool  { return n>>24&1 != 0 }
func (n node) icann() bool     { return n>>25&1 != 0 }

// child returns the child with the label.
func (n node) child(label string) (node, bool) {
	lo := int(n >> 26 & 0x3fff)
	hi := lo + int(n>>40)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		c := nodeAt(mid)
		switch l := c.label(); {
		case l == label:
			return c, true
		case l < label:
			lo = mid + 1
		default:
			hi = mid
		}
	}
	return 0, false
}

// A match is a rule's: where in the host the public suffix starts, and which
// section the rule is in. Without a rule, start is that of the last label and
// listed is false.
type match struct {
	start         int
	icann, listed bool
}

// lookup finds the public suffix of a host, and that by the ICANN section alone.
// Source: https://github.com/publicsuffix/list/wiki/Format#algorithm.
func lookup(host string) (whole, icann match) {
	start := strings.LastIndexByte(host, '.') + 1
	whole, icann = match{start: start}, match{start: start}
	note := func(m match) {
		whole = m
		if m.icann {
			icann = m
		}
	}
	end := len(host)
	for n := nodeAt(0); ; {
		label := host[start:end]
		child, found := n.child(label)
		if found && child.exception() {
			// The rule's own label is not part of the suffix.
			note(match{start: end + 1, icann: child.icann(), listed: true})
			return whole, icann
		}
		if n.wildcard() && label != "" {
			note(match{start: start, icann: n.icann(), listed: true})
		}
		if found && child.rule() {
			note(match{start: start, icann: child.icann(), listed: true})
		}
		if !found || start == 0 {
			return whole, icann
		}
		n, end = child, start-1
		start = strings.LastIndexByte(host[:end], '.') + 1
	}
}
