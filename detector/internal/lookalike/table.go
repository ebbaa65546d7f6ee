package lookalike

// A table maps 64-bit hashes to small numbers, several to a hash. Look-ups give
// candidates: hashes may collide, so that the caller compares what they stand
// for. Most look-ups find nothing, and end at the filter in front, which for
// 10,000 protected domains fits into a processor's second cache.
type table struct {
	filter
	slots []slot
}

type slot struct {
	tag uint32
	id  uint32 // 1 + what was added; 0 is an empty slot
}

// newTable makes a table with room for n entries.
func newTable(n int) *table {
	size := 8
	for size < n*3/2 {
		size *= 2
	}
	return &table{filter: newFilter(n), slots: make([]slot, size)}
}

// A filter says of most hashes that they were never added to it: each sets three
// bits of one word. Its length is a power of two.
type filter []uint64

// newFilter makes a filter for n hashes.
func newFilter(n int) filter {
	size := 1
	for size*4 < n*3/2 {
		size *= 2
	}
	return make(filter, size)
}

// hash functions: FNV-1a over bytes, finished by one multiplication, because
// FNV's low bits are its best and the table uses the high ones.
const (
	fnvBasis = 14695981039346656037
	fnvPrime = 1099511628211
	golden   = 0x9e3779b97f4a7c15
)

func hashBytes(seed uint64, b []byte) uint64 {
	for _, c := range b {
		seed = (seed ^ uint64(c)) * fnvPrime
	}
	return seed
}

// add puts a hash into the filter.
func (f filter) add(hash uint64) {
	word, bits := f.cell(spread(hash))
	f[word] |= bits
}

// may reports whether the hash can have been added at all.
func (f filter) may(hash uint64) bool {
	word, bits := f.cell(spread(hash))
	return f[word]&bits == bits
}

// cell returns the word of the filter and the three bits in it that stand for
// a hash that was spread.
func (f filter) cell(hash uint64) (word int, bits uint64) {
	return int(hash>>40) & (len(f) - 1), 1<<(hash&63) | 1<<(hash>>6&63) | 1<<(hash>>12&63)
}

// add puts a number under a hash.
func (t *table) add(hash uint64, id int) {
	t.filter.add(hash)
	hash = spread(hash)
	mask := len(t.slots) - 1
	i := int(hash>>32) & mask
	for t.slots[i].id != 0 {
		if t.slots[i] == (slot{uint32(hash), uint32(id + 1)}) {
			return
		}
		i = (i + 1) & mask
	}
	t.slots[i] = slot{uint32(hash), uint32(id + 1)}
}

// each calls f with every number added under the hash.
func (t *table) each(hash uint64, f func(id int)) {
	hash = spread(hash)
	mask := len(t.slots) - 1
	for i := int(hash>>32) & mask; t.slots[i].id != 0; i = (i + 1) & mask {
		if t.slots[i].tag == uint32(hash) {
			f(int(t.slots[i].id) - 1)
		}
	}
}

func spread(h uint64) uint64 {
	h *= golden
	return h ^ h>>29
}

func (t *table) bytes() int { return 8*len(t.filter) + 8*len(t.slots) }
