package bundle

import (
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// Skew is how far a manifest's creation may lie in the reader's future, in
// seconds: clocks of home computers are wrong by minutes, rarely by more.
const Skew = 15 * 60

// Sign returns the manifest with one signature per key. A key is the text that
// honmono rules keygen writes, "PRIVATE+KEY+name+hash+key".
func Sign(m *Manifest, keys ...string) ([]byte, error) {
	if len(keys) == 0 {
		return nil, errors.New("bundle: no key to sign with")
	}
	var signers []note.Signer
	for _, k := range keys {
		s, err := note.NewSigner(strings.TrimSpace(k))
		if err != nil {
			return nil, errors.New("bundle: the signing key is malformed") // never print a private key
		}
		signers = append(signers, s)
	}
	return note.Sign(&note.Note{Text: string(m.Text())}, signers...)
}

// Verify reads a signed manifest and decides whether a client that runs on
// version current may use it at the time now, in seconds since 1970. It may if
// one of keys (verifier keys, "name+hash+key") signed it, if it is not expired
// nor from the future by more than [Skew], and if it is not older than current.
func Verify(signed []byte, keys []string, now int64, current uint64) (*Manifest, error) {
	if len(signed) > MaxManifest {
		return nil, fmt.Errorf("bundle: a manifest of %d bytes, the limit is %d", len(signed), MaxManifest)
	}
	var verifiers []note.Verifier
	for _, k := range keys {
		v, err := note.NewVerifier(strings.TrimSpace(k))
		if err != nil {
			return nil, fmt.Errorf("bundle: the verifier key %q is malformed", k)
		}
		verifiers = append(verifiers, v)
	}
	if len(verifiers) == 0 {
		return nil, errors.New("bundle: no key to verify with")
	}
	n, err := note.Open(signed, note.VerifierList(verifiers...))
	if err != nil {
		return nil, fmt.Errorf("bundle: manifest: %w", err)
	}
	m, err := Parse([]byte(n.Text))
	switch {
	case err != nil:
		return nil, err
	case m.Expires == 0:
		return nil, errors.New("bundle: a signed manifest must say when it expires")
	case m.Expires <= now:
		return nil, fmt.Errorf("bundle: the manifest expired %s", stamp(m.Expires))
	case m.Created > now+Skew:
		return nil, fmt.Errorf("bundle: the manifest is from the future: created %s", stamp(m.Created))
	case m.Version < current:
		return nil, fmt.Errorf("bundle: version %d is older than %d, which is here already", m.Version, current)
	}
	return m, nil
}

// Unverified reads a signed manifest without asking whose signature it is. It
// is for who hands manifests on, or shows them to the person who signs them: it
// keeps half a manifest, or a web page in its place, from passing for one. A
// client must call [Verify].
func Unverified(signed []byte) (*Manifest, error) {
	if len(signed) > MaxManifest {
		return nil, fmt.Errorf("bundle: a manifest of %d bytes, the limit is %d", len(signed), MaxManifest)
	}
	n, err := note.Open(signed, note.VerifierList())
	if unverified, ok := errors.AsType[*note.UnverifiedNoteError](err); ok {
		n = unverified.Note
	} else if err != nil {
		return nil, fmt.Errorf("bundle: manifest: %w", err)
	}
	m, err := Parse([]byte(n.Text))
	if err == nil && m.Expires == 0 {
		err = errors.New("bundle: a signed manifest must say when it expires")
	}
	if err != nil {
		return nil, err
	}
	return m, nil
}

// SignedBy answers which of keys (verifier keys) made a good signature under a
// manifest, in the order of keys. It does not ask whether the manifest may
// still be used.
func SignedBy(signed []byte, keys []string) ([]string, error) {
	var by []string
	for _, k := range keys {
		v, err := note.NewVerifier(strings.TrimSpace(k))
		if err != nil {
			return nil, fmt.Errorf("bundle: the verifier key %q is malformed", k)
		}
		if _, err := note.Open(signed, note.VerifierList(v)); err == nil {
			by = append(by, k)
		}
	}
	return by, nil
}
