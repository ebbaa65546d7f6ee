// Package blocklist holds places that are known to be attacks, so that a link
// can be looked up on the reader's own machine: no lookup leaves it.
//
// # Two stages
//
// The places first seen in one period make a [Filter] and an [Exact]. The filter
// is small and always in memory; it is wrong for one place in 65,536 that is
// not listed. What it lets through is asked of the exact list, which holds 64
// bits of a SHA-256 for each place and needs to be in memory only then. A place that
// is not listed passes for one with a chance of one in 2⁶⁴ for each place
// listed: never, in practice, and nobody can look for such a place in less than
// 2⁶⁴ tries.
//
// Periods do not change once they are over, so a client that has them fetches
// only what is new.
//
// # Keys
//
// A place is a host with all that is below it ("evil.example"), or a path of a
// host with all that is below that ("sites.google.com/view/evil"). [Keys]
// answers which entries could list a link.
//
// # Form
//
// Both parts are text, since that is how rules travel: base64 (RFC 4648,
// standard, padded) in one line. Behind it are a [fuse.Filter] and, for the exact
// list, big-endian 64-bit numbers in ascending order.
package blocklist

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/honmono/honmono/detector/internal/fuse"
)

// errMalformed is all that is said of a part that is not one: nobody mends them
// by hand.
var errMalformed = errors.New("blocklist: malformed")

// width is the size of an exact entry, in bytes.
const width = 8

// Exact is a list of hashes, decoded.
type Exact []byte

// Build makes the two parts of a period. The same keys give the same bytes, in
// whatever order they come.
func Build(keys []string) (filter, exact string, err error) {
	packed, err := fuse.Build(keys)
	if err != nil {
		return "", "", fmt.Errorf("blocklist: %w", err)
	}
	hashes := make([]uint64, len(keys))
	for i, k := range keys {
		hashes[i] = hash(k)
	}
	slices.Sort(hashes)
	hashes = slices.Compact(hashes)
	list := make([]byte, 0, width*len(hashes))
	for _, h := range hashes {
		list = binary.BigEndian.AppendUint64(list, h)
	}
	return encode(packed), encode(list), nil
}

func encode(data []byte) string { return base64.StdEncoding.EncodeToString(data) + "\n" }

func decode(text string) ([]byte, error) {
	body, ok := strings.CutSuffix(text, "\n")
	data, err := base64.StdEncoding.Strict().DecodeString(body)
	if !ok || err != nil || strings.ContainsAny(body, "\r\n") {
		return nil, errMalformed
	}
	return data, nil
}

// ReadFilter decodes a filter. It refuses one that would be read beyond its
// end.
func ReadFilter(text string) (fuse.Filter, error) {
	data, err := decode(text)
	if err != nil {
		return "", err
	}
	f := fuse.Filter(data)
	if !f.Valid() {
		return "", errMalformed
	}
	return f, nil
}

// ReadExact decodes an exact list. It refuses one that is not in order, in which
// a search would miss what is there.
func ReadExact(text string) (Exact, error) {
	data, err := decode(text)
	if err != nil || len(data)%width != 0 {
		return nil, errMalformed
	}
	for i := width; i < len(data); i += width {
		if bytes.Compare(data[i-width:i], data[i:i+width]) >= 0 {
			return nil, errMalformed
		}
	}
	return data, nil
}

// Places is how many entries an exact list of so many bytes of text holds.
func Places(size int64) int { return base64.StdEncoding.DecodedLen(int(size)-1) / width }

// Len is how many places are listed.
func (e Exact) Len() int { return len(e) / width }

// Contains reports whether the key is listed.
func (e Exact) Contains(key string) bool {
	h := hash(key)
	low, high := 0, e.Len()
	for low < high {
		middle := int(uint(low+high) >> 1)
		if binary.BigEndian.Uint64(e[middle*width:]) < h {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low < e.Len() && binary.BigEndian.Uint64(e[low*width:]) == h
}

// hash is the first 64 bits of the key's SHA-256. A hash that can be inverted or
// made to collide would let who feeds the list choose innocent victims.
func hash(key string) uint64 {
	sum := sha256.Sum256([]byte(key))
	return binary.BigEndian.Uint64(sum[:])
}
