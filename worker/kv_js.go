package main

import (
	"context"
	"errors"
	"io"
	"syscall/js"

	"github.com/syumai/workers/cloudflare/kv"
)

// A namespace is a Store over Cloudflare KV, under the keys "manifest" and
// "blob/<sha256>".
//
// Reads use KV's default cache of about a minute at each location. A longer one
// for blobs would look right, as they never change, but KV remembers *missing*
// keys as long: one early question would hide a new section for that time.
type namespace struct{ kv *kv.Namespace }

// openNamespace opens the KV namespace bound to the name binding; without such a
// binding the Store it returns fails each read.
func openNamespace(binding string) Store {
	ns, err := kv.NewNamespace(binding)
	if err != nil {
		return failedStore{errors.New("worker: no KV namespace is bound to the name " + binding)}
	}
	return &namespace{ns}
}

func (n *namespace) Manifest(context.Context) ([]byte, error) {
	return n.read("manifest", maxManifest)
}

func (n *namespace) Blob(_ context.Context, name string) ([]byte, error) {
	return n.read("blob/"+name, maxBlob)
}

// read reads a value as bytes. Reading it as a string would not do: KV decodes
// it as UTF-8, which changes a section that is not text, and a missing key comes
// back as the text "<null>". As a stream a missing key is JavaScript's null,
// which must be noticed before it is read: reading it panics.
func (n *namespace) read(key string, limit int) ([]byte, error) {
	r, err := n.kv.GetReader(key, nil)
	if err != nil {
		return nil, err
	}
	stream, ok := r.(interface{ GetRawJSBody() js.Value })
	if !ok {
		return nil, errors.New("worker: internal error: KV reader does not show its stream")
	}
	if v := stream.GetRawJSBody(); v.IsNull() || v.IsUndefined() {
		return nil, errMissing
	}
	data, err := readLimited(r, limit)
	if c, ok := r.(io.Closer); ok && err != nil {
		c.Close()
	}
	return data, err
}
