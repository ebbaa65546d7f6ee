// Package release puts rule sets live, and takes them back, at a place.
//
// # Order
//
// [Publish] writes
//
//  1. history/<version>, so that [Prune] knows of the blobs before they come;
//  2. each blob that is not there whole, and reads it back;
//  3. nothing, for the time that the place needs to show new blobs everywhere;
//  4. the manifest, if the one that was live is still live, and reads it back.
//
// A reader therefore never meets a manifest whose blobs are missing, and where
// any step fails the old manifest stays live with all of its blobs.
//
// # Going back
//
// Clients refuse a version below their own, so an old set returns as a new
// version with the old sections. They are still there: [Prune] keeps what was
// live within the grace period, and always what is live.
package release

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/honmono/honmono/cmd/honmono/internal/place"
	"github.com/honmono/honmono/detector/rules"
	"github.com/honmono/honmono/detector/rules/bundle"
)

// A Signed is a manifest as it was signed, and what it says.
type Signed struct {
	Bytes    []byte
	Manifest *bundle.Manifest
}

// Live returns what is live at p; nil where nothing has been published. It does
// not ask whose signature it is.
func Live(ctx context.Context, p place.Place) (*Signed, error) {
	return get(ctx, p, place.Manifest)
}

// Past returns the manifest of an earlier publication; nil where there is none.
func Past(ctx context.Context, p place.Place, version uint64) (*Signed, error) {
	return get(ctx, p, place.History+strconv.FormatUint(version, 10))
}

func get(ctx context.Context, p place.Place, key string) (*Signed, error) {
	data, err := p.Get(ctx, key)
	if errors.Is(err, place.ErrMissing) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	m, err := bundle.Unverified(data)
	if err != nil {
		return nil, fmt.Errorf("release: %s: %s: %w", p, key, err)
	}
	return &Signed{data, m}, nil
}

// Versions returns the versions of the publications that p remembers, the
// oldest first. Some may never have gone live: a publication that failed leaves
// its entry.
func Versions(ctx context.Context, p place.Place) ([]uint64, error) {
	keys, err := p.List(ctx, place.History)
	if err != nil {
		return nil, err
	}
	var versions []uint64
	for _, key := range keys {
		if v, err := strconv.ParseUint(strings.TrimPrefix(key, place.History), 10, 63); err == nil {
			versions = append(versions, v)
		}
	}
	slices.Sort(versions)
	return versions, nil
}

// Sections fetches the sections of m with their data, and fails where one is
// not there whole. Those that this program does not know come along.
func Sections(ctx context.Context, p place.Place, m *bundle.Manifest) ([]bundle.Section, error) {
	sections := slices.Clone(m.Sections)
	for i := range sections {
		s := &sections[i]
		data, err := p.Get(ctx, place.Blobs+s.SHA256)
		if err != nil {
			return nil, fmt.Errorf("release: %s: section %q: %w", p, s.Name, err)
		}
		if int64(len(data)) != s.Size || bundle.Hash(data) != s.SHA256 {
			return nil, fmt.Errorf("release: %s: section %q is not what its hash says", p, s.Name)
		}
		s.Data = data
	}
	return sections, nil
}

// Set decodes sections that have their data.
func Set(m *bundle.Manifest, sections []bundle.Section) (*rules.Set, error) {
	return rules.Open(m, func(want bundle.Section) ([]byte, error) {
		for _, s := range sections {
			if s.SHA256 == want.SHA256 {
				return s.Data, nil
			}
		}
		return nil, errors.New("not among the sections")
	})
}

// An Order is one publication.
type Order struct {
	Sections []bundle.Section // with their data
	// Created and Expires are seconds since 1970.
	Created, Expires int64
	Rollout          int
	// Keys are the signing keys, Verifiers their public halves: what is written
	// must pass as a client reads it.
	Keys, Verifiers []string
	// Before is what was live when this was prepared, nil for nothing. Where
	// something else is live by the time the manifest is to be written,
	// somebody else has published, and this is given up.
	Before *Signed
	// Settle is how long to wait between new blobs and the manifest.
	Settle time.Duration
	// Say is told each step.
	Say func(format string, args ...any)
	// Sleep waits.
	Sleep func(context.Context, time.Duration) error
}

// version is above what was live, else the time.
func (o *Order) version() uint64 {
	v := uint64(max(o.Created, 1))
	if o.Before != nil {
		v = max(v, o.Before.Manifest.Version+1)
	}
	return v
}

// Publish does what the package comment says.
func Publish(ctx context.Context, p place.Place, o Order) (*bundle.Manifest, error) {
	if o.Expires <= o.Created {
		return nil, errors.New("release: it would have expired when it is created")
	}
	if o.Rollout < 0 || o.Rollout > 99 {
		return nil, fmt.Errorf("release: a rollout of %d percent: it is from 1 to 99, or 0 for everybody", o.Rollout)
	}
	m := bundle.New(o.Sections, o.version(), o.Created, o.Expires)
	m.Rollout = o.Rollout
	signed, err := bundle.Sign(m, o.Keys...)
	if err != nil {
		return nil, err
	}
	if err := rehearse(signed, o); err != nil {
		return nil, err
	}
	if err := write(ctx, p, place.History+strconv.FormatUint(m.Version, 10), signed); err != nil {
		return nil, err
	}
	added := 0
	for _, s := range o.Sections {
		key := place.Blobs + s.SHA256
		if data, err := p.Get(ctx, key); err == nil && bytes.Equal(data, s.Data) {
			continue
		} else if err != nil && !errors.Is(err, place.ErrMissing) {
			return nil, err
		}
		if err := write(ctx, p, key, s.Data); err != nil {
			return nil, err
		}
		o.Say("wrote section %s, %d bytes", s.Name, s.Size)
		added++
	}
	if added > 0 && o.Settle > 0 {
		o.Say("waiting %s until the new sections are seen everywhere", o.Settle)
		if err := o.Sleep(ctx, o.Settle); err != nil {
			return nil, fmt.Errorf("release: %w; nothing has changed for readers", err)
		}
	}
	if err := unchanged(ctx, p, o.Before); err != nil {
		return nil, err
	}
	return m, write(ctx, p, place.Manifest, signed)
}

// rehearse reads the manifest as a client does that has what was live, with
// each of the keys alone.
func rehearse(signed []byte, o Order) error {
	var current uint64
	if o.Before != nil {
		current = o.Before.Manifest.Version
	}
	for _, key := range o.Verifiers {
		m, err := bundle.Verify(signed, []string{key}, o.Created, current)
		if err != nil {
			return fmt.Errorf("release: no client would take it: %w", err)
		}
		if _, err := Set(m, o.Sections); err != nil {
			return fmt.Errorf("release: no client would take it: %w", err)
		}
	}
	return nil
}

// write puts a value and reads it back.
func write(ctx context.Context, p place.Place, key string, value []byte) error {
	if err := p.Put(ctx, key, value); err != nil {
		return err
	}
	back, err := p.Get(ctx, key)
	if err != nil {
		return fmt.Errorf("release: %s: reading %s back: %w", p, key, err)
	}
	if !bytes.Equal(back, value) {
		return fmt.Errorf("release: %s: %s reads back as something else", p, key)
	}
	return nil
}

func unchanged(ctx context.Context, p place.Place, before *Signed) error {
	now, err := Live(ctx, p)
	switch {
	case err != nil:
		return err
	case now == nil && before == nil:
		return nil
	case now == nil || before == nil || !bytes.Equal(now.Bytes, before.Bytes):
		return fmt.Errorf("release: %s: somebody else published meanwhile; look at it and publish again", p)
	}
	return nil
}
