// Package fuse reads and builds binary fuse filters: sets of strings, stored as
// 16-bit fingerprints, that answer "surely not" or "yes, but for 1 in 65,536".
//
// A filter is one read-only string, so that it can be embedded and used without
// any work at start; it takes about 2.5 bytes a key. [Build] is for generators.
//
// Source: Graf, Lemire: Binary Fuse Filters (ACM JEA 27, 2022); 3-wise.
package fuse

import "math/bits"

// A Filter is the packed form that [Build] writes:
//
//	+-----------+--------------------+-------------------+------------------------+
//	| seed: u64 | segment length: u32| segment count: u32| fingerprints: u16 each |
//	+-----------+--------------------+-------------------+------------------------+
//
// All numbers are little-endian. There are (segment count + 2) · segment length
// fingerprints. The empty string is the empty set.
type Filter string

const header = 16

// Contains reports whether the key is (very likely) in the set.
func (f Filter) Contains(key string) bool {
	return len(f) > header && f.has(Hash(key))
}

// ContainsHash is Contains for a key that was hashed by [Hash].
func (f Filter) ContainsHash(key uint64) bool {
	return len(f) > header && f.has(key)
}

// Valid reports whether the filter can be read without going beyond its end.
// One from [Build] can; one from elsewhere has to be asked.
func (f Filter) Valid() bool {
	if len(f) == 0 {
		return true
	}
	if len(f) <= header {
		return false
	}
	length, count := uint64(f.u32(8)), uint64(f.u32(12))
	return length > 0 && length&(length-1) == 0 && count > 0 &&
		uint64(len(f)-header) == 2*(count+2)*length
}

func (f Filter) has(key uint64) bool {
	h := mix(key + f.u64(0))
	length, count := f.u32(8), f.u32(12)
	a, b, c := places(h, length, count)
	return fingerprint(h) == f.slot(a)^f.slot(b)^f.slot(c)
}

func (f Filter) slot(i uint32) uint16 {
	at := header + 2*int(i)
	return uint16(f[at]) | uint16(f[at+1])<<8
}

func (f Filter) u32(at int) uint32 {
	return uint32(f[at]) | uint32(f[at+1])<<8 | uint32(f[at+2])<<16 | uint32(f[at+3])<<24
}

func (f Filter) u64(at int) uint64 { return uint64(f.u32(at)) | uint64(f.u32(at+4))<<32 }

// places returns the three slots of a hash, in three consecutive segments. The
// segment length is a power of two.
func places(h uint64, length, count uint32) (a, b, c uint32) {
	hi, _ := bits.Mul64(h, uint64(count)*uint64(length))
	a = uint32(hi)
	b = a + length
	c = b + length
	mask := length - 1
	b ^= uint32(h>>18) & mask
	c ^= uint32(h) & mask
	return a, b, c
}

func fingerprint(h uint64) uint16 { return uint16(h ^ h>>32) }

// Empty is the hash of the empty key.
const Empty uint64 = 14695981039346656037

// Hash is the hash of a key: FNV-1a, 64 bits.
func Hash(key string) uint64 {
	h := Empty
	for i := 0; i < len(key); i++ {
		h = Extend(h, key[i])
	}
	return h
}

// Extend returns the hash of a key with one more byte at its end, so that all
// beginnings of a text cost as much as the text.
func Extend(hash uint64, c byte) uint64 { return (hash ^ uint64(c)) * 1099511628211 }

// mix is the finaliser of MurmurHash3.
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
