package lookalike

// A table maps 64-bit hashes to small numbers, several to a hash. Look-ups give
// candidates: hashes may collide, so that the caller compares what they stand
// for. Most look-ups find nothing, and end at the filter in front, which for
// 10,000 protected domains fits into a processor's second cache.
type table struct {
	filter []uint64
	slots  []slot
	count  int
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
	return &table{filter: make([]uint64, max(size/4, 1)), slots: make([]slot, size)}
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

func (t *table) add(hash uint64, id int) {
	hash = spread(hash)
	word, bits := t.cell(hash)
	t.filter[word] |= bits
	mask := len(t.slots) - 1
	i := int(hash>>32) & mask
	for t.slots[i].id != 0 {
		if t.slots[i] == (slot{uint32(hash), uint32(id + 1)}) {
			return
		}
		i = (i + 1) & mask
	}
	t.slots[i] = slot{uint32(hash), uint32(id + 1)}
	t.count++
}

// may reports whether the hash can be in the table at all.
func (t *table) may(hash uint64) bool {
	word, bits := t.cell(spread(hash))
	return t.filter[word]&bits == bits
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

// cell returns the word of the filter and the three bits in it that stand for
// a hash.
func (t *table) cell(hash uint64) (word int, bits uint64) {
	return int(hash>>40) & (len(t.filter) - 1), 1<<(hash&63) | 1<<(hash>>6&63) | 1<<(hash>>12&63)
}

func spread(h uint64) uint64 {
	h *= golden
	return h ^ h>>29
}

func (t *table) bytes() int { return 8*len(t.filter) + 8*len(t.slots) }
