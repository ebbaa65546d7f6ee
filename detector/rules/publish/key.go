package publish

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// A KeyPair says where a signing key lies and what verifies it.
type KeyPair struct {
	// Private is the file with the signing key, readable by its owner alone.
	Private string
	// Public is the file with the verifier key.
	Public string
	// Verifier is the verifier key itself, "name+hash+key": what the extension
	// is packed with.
	Verifier string
	// Made reports that the pair is new.
	Made bool
}

var errKey = errors.New("publish: not a signing key") // never say what was seen

// Keygen makes an Ed25519 key pair in dir: <name>.key, mode 0600, and
// <name>.pub. A key that is there already is kept, and its public half written
// if it is missing, unless force is set: then both are replaced, and what the
// old key signed is no longer accepted by those who take the new one.
func Keygen(dir, name string, force bool) (KeyPair, error) {
	pair := KeyPair{Private: filepath.Join(dir, name+".key"), Public: filepath.Join(dir, name+".pub")}
	if err := checkName(name); err != nil {
		return pair, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return pair, fmt.Errorf("publish: %w", err)
	}
	private, err := os.ReadFile(pair.Private)
	switch {
	case err == nil && !force:
		if pair.Verifier, err = Verifier(string(private)); err != nil {
			return pair, fmt.Errorf("%w: %s; remove it, or replace it with force", err, pair.Private)
		}
		if err := os.Chmod(pair.Private, 0o600); err != nil {
			return pair, fmt.Errorf("publish: %w", err)
		}
	case err == nil || errors.Is(err, fs.ErrNotExist):
		skey, vkey, err := note.GenerateKey(nil, name)
		if err != nil {
			return pair, fmt.Errorf("publish: %w", err)
		}
		if err := WriteFile(pair.Private, []byte(skey+"\n"), 0o600); err != nil {
			return pair, err
		}
		pair.Verifier, pair.Made = vkey, true
	default:
		return pair, fmt.Errorf("publish: %w", err)
	}
	return pair, WriteFile(pair.Public, []byte(pair.Verifier+"\n"), 0o644)
}

func checkName(name string) error {
	if name == "" || filepath.Base(name) != name || strings.HasPrefix(name, ".") || strings.ContainsAny(name, "+ \t\n") {
		return fmt.Errorf("publish: %q is no name of a key: one word without \"+\" and \"/\"", name)
	}
	return nil
}

// Verifier is the verifier key of a signing key, "PRIVATE+KEY+name+hash+key",
// where key is base64 of the algorithm's byte and the 32-byte seed.
func Verifier(private string) (string, error) {
	private = strings.TrimSpace(private)
	if _, err := note.NewSigner(private); err != nil {
		return "", errKey
	}
	fields := strings.SplitN(private, "+", 5) // base64 may hold a plus sign
	data, err := base64.StdEncoding.DecodeString(fields[4])
	if err != nil || len(data) != 1+ed25519.SeedSize {
		return "", errKey
	}
	public := ed25519.NewKeyFromSeed(data[1:]).Public().(ed25519.PublicKey)
	return note.NewEd25519VerifierKey(fields[2], public)
}

// ReadKey returns the key in a file, or the argument itself where it is no
// file but a verifier key, so that a key can be given either way.
func ReadKey(arg string) (string, error) {
	data, err := os.ReadFile(arg)
	if err == nil {
		return strings.TrimSpace(string(data)), nil
	}
	if _, notKey := note.NewVerifier(arg); notKey == nil {
		return arg, nil
	}
	return "", fmt.Errorf("publish: %w", err)
}
