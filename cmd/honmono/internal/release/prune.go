package release

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/honmono/honmono/cmd/honmono/internal/place"
	"github.com/honmono/honmono/detector/rules/bundle"
)

// A Removal is what [Prune] removes.
type Removal struct {
	Versions []uint64 // entries of the history
	Blobs    []string // hashes of sections
}

// Prune removes publications that have not been live for longer than grace, and
// the blobs that only they name. What is live stays, and so does what was
// prepared within grace and never went live: it may be about to. With dry it
// removes nothing and says what it would. Now is seconds since 1970.
func Prune(ctx context.Context, p place.Place, now int64, grace time.Duration, dry bool) (Removal, error) {
	var r Removal
	live, err := Live(ctx, p)
	if err != nil {
		return r, err
	}
	if live == nil {
		// Without a manifest nobody can say what is needed.
		return r, fmt.Errorf("release: %s: nothing is live there, so nothing is removed", p)
	}
	// The blobs are listed first: one that comes later is not in the list, and
	// the history entry that names it may be.
	blobs, err := p.List(ctx, place.Blobs)
	if err != nil {
		return r, err
	}
	versions, err := Versions(ctx, p)
	if err != nil {
		return r, err
	}
	needed := map[string]bool{}
	keep := func(s *Signed) {
		for _, section := range s.Manifest.Sections {
			needed[place.Blobs+section.SHA256] = true
		}
	}
	keep(live)
	past := make([]*Signed, len(versions))
	for i, v := range versions {
		if past[i], err = Past(ctx, p, v); err != nil {
			return r, err
		}
	}
	for i, s := range past {
		switch {
		case s == nil: // listed and gone: KV's lists lag behind
		case s.Manifest.Version == live.Manifest.Version || now-ended(past[i:], live) < int64(grace/time.Second):
			keep(s)
		default:
			r.Versions = append(r.Versions, s.Manifest.Version)
		}
	}
	for _, key := range blobs {
		if !needed[key] {
			r.Blobs = append(r.Blobs, key[len(place.Blobs):])
		}
	}
	if dry {
		return r, nil
	}
	// Blobs before the entries that name them: what fails half-way is found again.
	if err := unchanged(ctx, p, live); err != nil {
		return Removal{}, err
	}
	var keys []string
	for _, hash := range r.Blobs {
		keys = append(keys, place.Blobs+hash)
	}
	for _, v := range r.Versions {
		keys = append(keys, place.History+strconv.FormatUint(v, 10))
	}
	return r, p.Delete(ctx, keys)
}

// ended is when past[0] stopped being live, in seconds since 1970: when the next
// one was created. What never went live counts from its own creation.
func ended(past []*Signed, live *Signed) int64 {
	if past[0].Manifest.Version > live.Manifest.Version {
		return past[0].Manifest.Created
	}
	if i := slices.IndexFunc(past[1:], func(s *Signed) bool { return s != nil }); i >= 0 {
		return past[1+i].Manifest.Created
	}
	return live.Manifest.Created
}

// Before returns the newest publication below the live one that has another
// content, which is what a rollback goes to.
func Before(ctx context.Context, p place.Place, live *Signed) (*Signed, error) {
	versions, err := Versions(ctx, p)
	if err != nil {
		return nil, err
	}
	for _, v := range slices.Backward(versions) {
		if v >= live.Manifest.Version {
			continue
		}
		s, err := Past(ctx, p, v)
		if err != nil {
			return nil, err
		}
		if s != nil && !SameContent(s, live) {
			return s, nil
		}
	}
	return nil, errors.New("release: the history holds no earlier version with another content")
}

// SameContent reports whether two manifests name the same sections.
func SameContent(a, b *Signed) bool {
	return slices.EqualFunc(a.Manifest.Sections, b.Manifest.Sections, func(x, y bundle.Section) bool {
		return x.Name == y.Name && x.SHA256 == y.SHA256
	})
}
