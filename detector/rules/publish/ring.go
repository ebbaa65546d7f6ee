package publish

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A Ring is the signing keys of a maintainer: the files <name>.key of a
// directory, and the file "ring" that says since when each signs and which are
// retired.
//
//	honmono-2026 2026-11-22T19:00:00Z retired 2027-06-01T00:00:00Z
//	honmono-2027 2027-03-01T00:00:00Z
//
// # Replacing a key
//
// A client knows the keys that it was packed with and no others, so a key is
// replaced in three steps: [Ring.Add] makes the new one, and from then on both
// sign; the next extension is packed with both; when nobody to speak of runs an
// extension without the new key any more, [Ring.Retire] ends the old one, and
// an extension packed after that leaves it out. Clients that know only the old
// key then keep the rules they have and say that they are out of date.
//
// Without the file, every key in the directory signs.
type Ring struct {
	dir  string
	Keys []RingKey // in the order in which they were added
}

// A RingKey is one key of a [Ring]. Since and Retired are seconds since 1970; 0
// is "not known" and "not retired".
type RingKey struct {
	Name           string
	Verifier       string
	Since, Retired int64
	private        string
}

// Overlap is how long two keys sign at least before the older one may retire:
// what a store needs to bring an update to nearly every browser that is in use.
const Overlap = 90 * 24 * time.Hour

const (
	ringFile   = "ring"
	ringLayout = time.RFC3339
)

// OpenRing reads the keys in dir.
func OpenRing(dir string) (*Ring, error) {
	r := &Ring{dir: dir}
	text, err := os.ReadFile(filepath.Join(dir, ringFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		names, err := filepath.Glob(filepath.Join(dir, "*.key"))
		if err != nil {
			return nil, fmt.Errorf("publish: %w", err)
		}
		for _, name := range names {
			r.Keys = append(r.Keys, RingKey{Name: strings.TrimSuffix(filepath.Base(name), ".key")})
		}
	case err != nil:
		return nil, fmt.Errorf("publish: %w", err)
	default:
		if r.Keys, err = parseRing(string(text)); err != nil {
			return nil, fmt.Errorf("publish: %s: %w", filepath.Join(dir, ringFile), err)
		}
	}
	for i := range r.Keys {
		if err := r.Keys[i].load(dir); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// load reads the key's files. A retired key needs only its public half: the
// secret one is best destroyed.
func (k *RingKey) load(dir string) error {
	private, err := os.ReadFile(filepath.Join(dir, k.Name+".key"))
	if errors.Is(err, fs.ErrNotExist) && k.Retired != 0 {
		public, err := os.ReadFile(filepath.Join(dir, k.Name+".pub"))
		if err != nil {
			return fmt.Errorf("publish: %w", err)
		}
		k.Verifier = strings.TrimSpace(string(public))
		return nil
	}
	if err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	k.private = strings.TrimSpace(string(private))
	if k.Verifier, err = Verifier(k.private); err != nil {
		return fmt.Errorf("%w: %s", err, filepath.Join(dir, k.Name+".key"))
	}
	return nil
}

func parseRing(text string) ([]RingKey, error) {
	var keys []RingKey
	for n, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		f := strings.Fields(line)
		if len(f) == 0 || strings.HasPrefix(f[0], "#") {
			continue
		}
		bad := fmt.Errorf("line %d: want NAME TIME, or NAME TIME retired TIME", n+1)
		if len(f) != 2 && (len(f) != 4 || f[2] != "retired") || checkName(f[0]) != nil {
			return nil, bad
		}
		k := RingKey{Name: f[0]}
		since, err := time.Parse(ringLayout, f[1])
		if err != nil {
			return nil, bad
		}
		k.Since = since.Unix()
		if len(f) == 4 {
			retired, err := time.Parse(ringLayout, f[3])
			if err != nil {
				return nil, bad
			}
			k.Retired = retired.Unix()
		}
		if slices.ContainsFunc(keys, func(other RingKey) bool { return other.Name == k.Name }) {
			return nil, fmt.Errorf("line %d: %q stands there twice", n+1, k.Name)
		}
		keys = append(keys, k)
	}
	return keys, nil
}

// Signing returns the signing keys that are not retired.
func (r *Ring) Signing() []string {
	var keys []string
	for _, k := range r.Keys {
		if k.Retired == 0 {
			keys = append(keys, k.private)
		}
	}
	return keys
}

// Verifiers returns the verifier keys of all, or of those that are not retired.
func (r *Ring) Verifiers(retired bool) []string {
	var keys []string
	for _, k := range r.Keys {
		if retired || k.Retired == 0 {
			keys = append(keys, k.Verifier)
		}
	}
	return keys
}

// Add makes a key of that name, which signs beside the others from now on. Now
// is seconds since 1970.
func (r *Ring) Add(name string, now int64) (RingKey, error) {
	for _, k := range r.Keys {
		if k.Name == name {
			return k, fmt.Errorf("publish: there is a key %q already; a new key needs a new name", name)
		}
	}
	pair, err := Keygen(r.dir, name, false)
	if err != nil {
		return RingKey{}, err
	}
	k := RingKey{Name: name, Verifier: pair.Verifier, Since: now}
	if err := k.load(r.dir); err != nil {
		return k, err
	}
	r.Keys = append(r.Keys, k)
	return k, r.save()
}

// Retire ends a key: it signs no more. It refuses to end the last one, and,
// unless force is set, one beside which no other has signed for [Overlap].
// Force is for a key that was stolen.
func (r *Ring) Retire(name string, now int64, force bool) error {
	i := slices.IndexFunc(r.Keys, func(k RingKey) bool { return k.Name == name })
	if i < 0 {
		return fmt.Errorf("publish: there is no key %q", name)
	}
	if r.Keys[i].Retired != 0 {
		return fmt.Errorf("publish: %q is retired since %s", name, stamp(r.Keys[i].Retired))
	}
	longest := int64(-1)
	for j, k := range r.Keys {
		if j != i && k.Retired == 0 {
			longest = max(longest, now-k.Since)
		}
	}
	if longest < 0 {
		return fmt.Errorf("publish: %q is the only key that signs; make another first", name)
	}
	if overlap := int64(Overlap / time.Second); longest < overlap && !force {
		return fmt.Errorf("publish: no other key has signed beside %q for %d days yet, only for %d; browsers that know %q alone would get no more rules",
			name, overlap/86400, longest/86400, name)
	}
	r.Keys[i].Retired = now
	return r.save()
}

func (r *Ring) save() error {
	var b bytes.Buffer
	b.WriteString("# Keys that sign rules: NAME SINCE [retired WHEN]\n")
	for _, k := range r.Keys {
		fmt.Fprintf(&b, "%s %s", k.Name, stamp(k.Since))
		if k.Retired != 0 {
			fmt.Fprintf(&b, " retired %s", stamp(k.Retired))
		}
		b.WriteByte('\n')
	}
	return WriteFile(filepath.Join(r.dir, ringFile), b.Bytes(), 0o644)
}

func stamp(unix int64) string { return time.Unix(unix, 0).UTC().Format(ringLayout) }
