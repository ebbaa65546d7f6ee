package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/honmono/honmono/detector/rules"
	"github.com/honmono/honmono/detector/rules/bundle"
)

// A Release says how a set is signed.
type Release struct {
	// Version must be above that of the manifest in the directory. 0 means the
	// time of creation, or one more than that manifest's where it is later.
	Version uint64
	// Created and Expires are seconds since 1970.
	Created, Expires int64
	// Keys are signing keys, as [Keygen] writes them; all of them sign.
	Keys []string
	// Rollout is the share of clients that the release is for, in percent from 1
	// to 99; 0 is everybody.
	Rollout int
}

// Sign signs the set and writes it into dir as a bundle. It refuses a version
// that clients which have the bundle in dir would refuse.
func Sign(dir string, s *rules.Set, r Release) (*bundle.Manifest, error) {
	if r.Expires <= r.Created {
		return nil, errors.New("publish: it would have expired when it is created")
	}
	if r.Rollout < 0 || r.Rollout > 99 {
		return nil, fmt.Errorf("publish: a rollout of %d percent: it is from 1 to 99, or 0 for everybody", r.Rollout)
	}
	last, err := Published(dir)
	if err != nil {
		return nil, err
	}
	switch {
	case r.Version == 0:
		r.Version = max(uint64(r.Created), last+1)
	case r.Version <= last:
		return nil, fmt.Errorf("publish: version %d is not above %d, which is in %s already", r.Version, last, dir)
	}
	sections, err := rules.Encode(s)
	if err != nil {
		return nil, err
	}
	m := bundle.New(sections, r.Version, r.Created, r.Expires)
	m.Rollout = r.Rollout
	signed, err := bundle.Sign(m, r.Keys...)
	if err != nil {
		return nil, err
	}
	return m, Bundle(dir, signed, sections)
}

// Published is the version of the manifest in dir, 0 if there is none. The
// signature is not asked: whoever can write here can publish anyway.
func Published(dir string) (uint64, error) {
	signed, err := os.ReadFile(filepath.Join(dir, "manifest"))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("publish: %w", err)
	}
	m, err := bundle.Unverified(signed)
	if err != nil {
		return 0, fmt.Errorf("publish: %s: %w", filepath.Join(dir, "manifest"), err)
	}
	return m.Version, nil
}

// Verify does what a client does with the bundle in dir, at the time now in
// seconds since 1970. Where path is a file, it is the manifest alone, and the
// set is nil.
func Verify(path string, keys []string, now int64) (*bundle.Manifest, *rules.Set, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, fmt.Errorf("publish: %w", err)
	}
	name := path
	if info.IsDir() {
		name = filepath.Join(path, "manifest")
	}
	signed, err := os.ReadFile(name)
	if err != nil {
		return nil, nil, fmt.Errorf("publish: %w", err)
	}
	m, err := bundle.Verify(signed, keys, now, 0)
	if err != nil || !info.IsDir() {
		return m, nil, err
	}
	s, err := rules.Open(m, Blob(path))
	return m, s, err
}
