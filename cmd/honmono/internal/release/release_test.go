package release

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/honmono/honmono/cmd/honmono/internal/place"
	"github.com/honmono/honmono/detector/rules"
	"github.com/honmono/honmono/detector/rules/bundle"
)

const (
	created = 1795374000 // 2026-11-22T19:00:00Z
	day     = 24 * 60 * 60
)

// A memory is a Place that notes what is written, and fails on demand.
type memory struct {
	values  map[string][]byte
	written []string
	before  func(verb, key string) error
}

func (m *memory) String() string        { return "memory" }
func (m *memory) Settle() time.Duration { return time.Minute }

func (m *memory) Get(_ context.Context, key string) ([]byte, error) {
	if m.before != nil {
		if err := m.before("get", key); err != nil {
			return nil, err
		}
	}
	if v, ok := m.values[key]; ok {
		return v, nil
	}
	return nil, place.ErrMissing
}

func (m *memory) Put(_ context.Context, key string, value []byte) error {
	if m.before != nil {
		if err := m.before("put", key); err != nil {
			return err
		}
	}
	m.written = append(m.written, key)
	m.values[key] = value
	return nil
}

func (m *memory) List(_ context.Context, prefix string) ([]string, error) {
	var keys []string
	for _, key := range slices.Sorted(maps.Keys(m.values)) {
		if strings.HasPrefix(key, prefix) {
			keys = append(keys, key)
		}
	}
	return keys, nil
}

func (m *memory) Delete(_ context.Context, keys []string) error {
	for _, key := range keys {
		delete(m.values, key)
	}
	return nil
}

// sections of a small set; text tells one from another.
func sections(t *testing.T, text string) []bundle.Section {
	t.Helper()
	list, err := rules.Encode(&rules.Set{
		Brands:  []rules.Brand{{ID: "a"}}, // no two sections are alike
		Phones:  []rules.Phone{},
		Phrases: []rules.Phrase{{Kind: rules.Threat, Lang: "en", Text: text}},
		Scoring: rules.Scoring{Weights: map[string]float64{"A": 1}, Caution: 3, Danger: 6},
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

type publisher struct {
	t                 *testing.T
	m                 *memory
	private, verifier string
	waited            time.Duration
	during            func()
}

func newPublisher(t *testing.T) *publisher {
	private, verifier, err := note.GenerateKey(bytes.NewReader(make([]byte, 64)), "test")
	if err != nil {
		t.Fatal(err)
	}
	return &publisher{t: t, m: &memory{values: map[string][]byte{}}, private: private, verifier: verifier}
}

func (p *publisher) publish(text string, at int64) (*bundle.Manifest, error) {
	p.t.Helper()
	live, err := Live(p.t.Context(), p.m)
	if err != nil {
		p.t.Fatal(err)
	}
	return Publish(p.t.Context(), p.m, Order{
		Sections: sections(p.t, text), Created: at, Expires: at + 90*day,
		Keys: []string{p.private}, Verifiers: []string{p.verifier},
		Before: live, Settle: p.m.Settle(), Say: func(string, ...any) {},
		Sleep: func(_ context.Context, d time.Duration) error {
			p.waited += d
			if p.during != nil {
				p.during()
			}
			return nil
		},
	})
}

// whole is what any reader relies on: each blob of the live manifest is there.
func (p *publisher) whole() {
	p.t.Helper()
	live, err := Live(p.t.Context(), p.m)
	if err != nil {
		p.t.Fatal(err)
	}
	if live == nil {
		return
	}
	if _, err := Sections(p.t.Context(), p.m, live.Manifest); err != nil {
		p.t.Errorf("the live manifest is not whole: %v", err)
	}
}

func TestOrder(t *testing.T) {
	p := newPublisher(t)
	m, err := p.publish("a", created)
	if err != nil || m.Version != created {
		t.Fatal(m, err)
	}
	n := len(p.m.written)
	if p.m.written[0] != fmt.Sprintf("history/%d", created) || p.m.written[n-1] != place.Manifest || n != 2+len(rules.SectionNames) {
		t.Errorf("written in the order %q", p.m.written)
	}
	if p.waited != time.Minute {
		t.Errorf("waited %v", p.waited)
	}
	// Only what is new is written, and a version is above the last where the
	// clock stands still.
	p.m.written, p.waited = nil, 0
	m, err = p.publish("b", created)
	if err != nil || m.Version != created+1 || len(p.m.written) != 3 {
		t.Errorf("%+v, %v; wrote %q", m, err, p.m.written)
	}
	// The same again: no blob, so nothing to wait for.
	p.waited = 0
	if m, err = p.publish("b", created+5); err != nil || m.Version != created+5 || p.waited != 0 {
		t.Errorf("%+v, %v; waited %v", m, err, p.waited)
	}
}

// Whatever step fails, readers have a whole set, and the next attempt works.
func TestEveryStepMayFail(t *testing.T) {
	for step := 0; ; step++ {
		p := newPublisher(t)
		if _, err := p.publish("a", created); err != nil {
			t.Fatal(err)
		}
		old := p.m.values[place.Manifest]
		n, failed := 0, false
		p.m.before = func(verb, key string) error {
			// The first is this test's own look at what is live.
			if n++; n == step+2 {
				failed = true
				return fmt.Errorf("%s %s fails", verb, key)
			}
			return nil
		}
		_, err := p.publish("b", created+1)
		p.m.before = nil
		if !failed {
			if step < 8 {
				t.Errorf("only %d steps", step)
			}
			return
		}
		if err == nil {
			t.Errorf("step %d failed and nothing was said", step)
		}
		p.whole()
		// Reading the manifest back may fail after it was written: then the new
		// one is live, and whole.
		if live := p.m.values[place.Manifest]; !bytes.Equal(live, old) && p.m.written[len(p.m.written)-1] != place.Manifest {
			t.Errorf("step %d: something else is live", step)
		}
		if _, err := p.publish("b", created+2); err != nil {
			t.Errorf("step %d: the next attempt: %v", step, err)
		}
		p.whole()
	}
}

func TestTwoPublishers(t *testing.T) {
	p := newPublisher(t)
	if _, err := p.publish("a", created); err != nil {
		t.Fatal(err)
	}
	p.during = func() {
		p.during = nil
		if _, err := p.publish("c", created+1); err != nil {
			t.Errorf("the quicker one: %v", err)
		}
	}
	if _, err := p.publish("b", created+1); err == nil || !strings.Contains(err.Error(), "somebody else published meanwhile") {
		t.Errorf("the slower one: %v", err)
	}
	live, err := Live(t.Context(), p.m)
	if err != nil {
		t.Fatal(err)
	}
	if set := open(t, p, live); set.Phrases[0].Text != "c" {
		t.Errorf("live is %q", set.Phrases[0].Text)
	}
}

func open(t *testing.T, p *publisher, s *Signed) *rules.Set {
	t.Helper()
	list, err := Sections(t.Context(), p.m, s.Manifest)
	if err != nil {
		t.Fatal(err)
	}
	set, err := Set(s.Manifest, list)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestRottenBlobIsMended(t *testing.T) {
	p := newPublisher(t)
	if _, err := p.publish("a", created); err != nil {
		t.Fatal(err)
	}
	live, _ := Live(t.Context(), p.m)
	key := place.Blobs + live.Manifest.Sections[1].SHA256
	p.m.values[key] = []byte("rot")
	if _, err := Sections(t.Context(), p.m, live.Manifest); err == nil || !strings.Contains(err.Error(), `section "phrases" is not what its hash says`) {
		t.Errorf("%v", err)
	}
	if _, err := p.publish("a", created+1); err != nil {
		t.Fatal(err)
	}
	p.whole()
}

// A place that stores something else than it was given is noticed before the
// manifest is written.
func TestReadBack(t *testing.T) {
	p := newPublisher(t)
	p.m.before = func(verb, key string) error {
		if v, ok := p.m.values[key]; ok && verb == "get" && strings.HasPrefix(key, place.Blobs) {
			p.m.values[key] = append(v, '!')
		}
		return nil
	}
	if _, err := p.publish("a", created); err == nil || !strings.Contains(err.Error(), "reads back as something else") {
		t.Errorf("%v", err)
	}
	if _, ok := p.m.values[place.Manifest]; ok {
		t.Error("the manifest was written")
	}
}

// What no client would take is not written at all.
func TestRehearsal(t *testing.T) {
	p := newPublisher(t)
	_, strange, err := note.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{1}, 64)), "strange")
	if err != nil {
		t.Fatal(err)
	}
	good := sections(t, "a")
	broken := slices.Clone(good)
	broken[1].Data = []byte("{")
	broken[1].Size, broken[1].SHA256 = 1, bundle.Hash(broken[1].Data)
	order := Order{Sections: good, Created: created, Expires: created + day, Keys: []string{p.private}, Verifiers: []string{p.verifier}}
	for name, change := range map[string]func(*Order){
		"another key":           func(o *Order) { o.Verifiers = []string{strange} },
		"no key":                func(o *Order) { o.Keys = nil },
		"expired":               func(o *Order) { o.Expires = o.Created },
		"a section is missing":  func(o *Order) { o.Sections = good[1:] },
		"a section is broken":   func(o *Order) { o.Sections = broken },
		"a rollout of nobody":   func(o *Order) { o.Rollout = -1 },
		"a rollout of everyone": func(o *Order) { o.Rollout = 100 },
	} {
		o := order
		change(&o)
		if _, err := Publish(t.Context(), p.m, o); err == nil || len(p.m.written) != 0 {
			t.Errorf("%s: %v; wrote %q", name, err, p.m.written)
		}
	}
}

func TestRollbackTarget(t *testing.T) {
	p := newPublisher(t)
	live := func() *Signed {
		s, err := Live(t.Context(), p.m)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for i, text := range []string{"a", "b", "b"} {
		if _, err := p.publish(text, created+int64(i)); err != nil {
			t.Fatal(err)
		}
	}
	target, err := Before(t.Context(), p.m, live())
	if err != nil || target.Manifest.Version != created {
		t.Fatalf("%+v, %v; a version with the same content is no way back", target, err)
	}
	only := newPublisher(t)
	if _, err := only.publish("a", created); err != nil {
		t.Fatal(err)
	}
	s, _ := Live(t.Context(), only.m)
	if _, err := Before(t.Context(), only.m, s); err == nil {
		t.Error("went back to nowhere")
	}
}

func TestPrune(t *testing.T) {
	p := newPublisher(t)
	for i, text := range []string{"a", "b", "c"} {
		if _, err := p.publish(text, created+int64(i)*10*day); err != nil {
			t.Fatal(err)
		}
	}
	// A publication that is under way: its entry, one blob, no manifest yet.
	p.m.before = func(verb, key string) error {
		if verb == "put" && key == place.Manifest {
			return errors.New("down")
		}
		return nil
	}
	if _, err := p.publish("d", created+21*day); err == nil {
		t.Fatal("it was published")
	}
	p.m.before = nil
	// A blob that nobody names.
	p.m.values[place.Blobs+bundle.Hash([]byte("x"))] = []byte("x")

	count := func() (versions, blobs int) {
		v, _ := p.m.List(t.Context(), place.History)
		b, _ := p.m.List(t.Context(), place.Blobs)
		return len(v), len(b)
	}
	common := len(rules.SectionNames) - 1
	// "a" ended on day 10, "b" on day 20. A dry run says so and removes nothing.
	for _, dry := range []bool{true, false} {
		gone, err := Prune(t.Context(), p.m, created+25*day, 10*24*time.Hour, dry)
		if err != nil || !slices.Equal(gone.Versions, []uint64{created}) || len(gone.Blobs) != 2 {
			t.Fatalf("dry %v: %+v, %v", dry, gone, err)
		}
	}
	if v, b := count(); v != 3 || b != common+3 {
		t.Errorf("%d versions and %d blobs are left", v, b)
	}
	p.whole()
	// Long after, only what is live is left.
	if _, err := Prune(t.Context(), p.m, created+1000*day, 10*24*time.Hour, false); err != nil {
		t.Fatal(err)
	}
	if v, b := count(); v != 1 || b != common+1 {
		t.Errorf("%d versions and %d blobs are left", v, b)
	}
	p.whole()

	empty := &memory{values: map[string][]byte{place.Blobs + bundle.Hash([]byte("x")): []byte("x")}}
	if _, err := Prune(t.Context(), empty, created, 0, false); err == nil || len(empty.values) != 1 {
		t.Errorf("without a manifest: %v, %d left", err, len(empty.values))
	}
}
