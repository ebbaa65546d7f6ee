package detector

import (
	"sync"

	"github.com/honmono/honmono/detector/internal/link"
)

// A room is what reading a message takes, kept for the next message: half
// of what a verdict allocates would be thrown away with the message otherwise.
// Links and URLs that are not in use are zero.
type room struct {
	links []linkRead
	urls  []link.URL
	used  int // at most
	finds
}

// finds is what a reading finds and nobody keeps.
type finds struct {
	phrases  [3][]phraseHit // in fromName+subject, in body, in link texts
	kinds    []kindFound    // see first; set once sorted
	sorted   bool
	contexts []context // see Detector.context
}

// emptied returns the room of f.
func (f *finds) emptied() finds {
	e := finds{kinds: f.kinds[:0], contexts: f.contexts[:0]}
	for where := range f.phrases {
		e.phrases[where] = f.phrases[where][:0]
	}
	return e
}

var rooms = sync.Pool{New: func() any { return new(room) }}

// keepRoom is for how many links room is kept, about 400 bytes each: of a huge
// mail, nothing stays.
const keepRoom = 2048

// roomFor returns room for n links.
func roomFor(n int) *room {
	r := rooms.Get().(*room)
	if len(r.links) < n {
		r.links, r.urls = make([]linkRead, n), make([]link.URL, n)
	}
	r.used = n
	return r
}

// release ends a reading: what it points to may be another message's from now on.
func (r *reading) release() {
	if r.room != nil && len(r.room.links) <= keepRoom {
		clear(r.room.links[:r.room.used])
		clear(r.room.urls[:r.room.used])
		r.room.finds = r.finds.emptied()
		rooms.Put(r.room)
	}
	r.page.Release()
}
