package fuse

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
)

// Build packs a set of keys. The same set gives the same bytes, in whatever
// order it comes. It fails only if no seed works, which does not happen in
// practice.
func Build(keys []string) ([]byte, error) {
	hashes := make([]uint64, 0, len(keys))
	for _, k := range keys {
		hashes = append(hashes, Hash(k))
	}
	slices.Sort(hashes)
	hashes = slices.Compact(hashes)
	n := len(hashes)
	if n == 0 {
		return nil, nil
	}
	length, count := dimensions(n)
	for seed := uint64(1); seed < 100; seed++ {
		if slots, ok := assign(hashes, seed, length, count); ok {
			out := binary.LittleEndian.AppendUint64(nil, seed)
			out = binary.LittleEndian.AppendUint32(out, length)
			out = binary.LittleEndian.AppendUint32(out, count)
			for _, s := range slots {
				out = binary.LittleEndian.AppendUint16(out, s)
			}
			return out, nil
		}
	}
	return nil, errors.New("fuse: no seed works")
}

// dimensions follows the paper: the segment length grows with the set, the
// slack shrinks towards 1.125.
func dimensions(n int) (length, count uint32) {
	size := math.Max(float64(n), 2)
	length = 1 << int(math.Floor(math.Log(size)/math.Log(3.33)+2.25))
	slack := math.Max(1.125, 0.875+0.25*math.Log(1e6)/math.Log(size))
	segments := math.Ceil(size * slack / float64(length))
	return length, uint32(math.Max(segments-2, 1))
}

// assign peels the hypergraph of the keys: a slot that only one key uses can
// be set last. It fails when a core remains that cannot be peeled.
func assign(keys []uint64, seed uint64, length, count uint32) ([]uint16, bool) {
	size := (count + 2) * length
	degree := make([]int32, size)
	xor := make([]uint64, size) // of all hashes that use the slot
	for _, k := range keys {
		h := mix(k + seed)
		a, b, c := places(h, length, count)
		for _, p := range [3]uint32{a, b, c} {
			degree[p]++
			xor[p] ^= h
		}
	}
	var queue []uint32
	for p := range size {
		if degree[p] == 1 {
			queue = append(queue, p)
		}
	}
	type peeled struct {
		hash uint64
		slot uint32
	}
	var order []peeled
	for len(queue) > 0 {
		p := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if degree[p] != 1 {
			continue
		}
		h := xor[p]
		order = append(order, peeled{h, p})
		a, b, c := places(h, length, count)
		for _, q := range [3]uint32{a, b, c} {
			degree[q]--
			xor[q] ^= h
			if degree[q] == 1 {
				queue = append(queue, q)
			}
		}
	}
	if len(order) != len(keys) {
		return nil, false
	}
	slots := make([]uint16, size)
	for i := len(order) - 1; i >= 0; i-- {
		h := order[i].hash
		a, b, c := places(h, length, count)
		v := fingerprint(h) ^ slots[a] ^ slots[b] ^ slots[c]
		slots[order[i].slot] ^= v
	}
	return slots, true
}
