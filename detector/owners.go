package detector

import (
	"strings"

	"github.com/honmono/honmono/detector/internal/domain"
)

// ownersOf returns whose the host is: the brands one of whose domains it is or
// lies under. A tenant of a hosting service is not the service's: a bucket
// under amazonaws.com is not Amazon's word.
func (d *Detector) ownersOf(host string) []owner {
	if host == "" {
		return nil
	}
	owners, ok := d.owning.Get(host)
	if !ok {
		owners = d.findOwners(host)
		d.owning.Put(host, owners)
	}
	return owners
}

func (d *Detector) findOwners(host string) []owner {
	own := host
	if d.tenant(host) {
		own = "" // only an entry for the tenant itself counts
	}
	for name := host; ; {
		if o, ok := d.owners[name]; ok {
			if own != "" || d.tenant(name) || ownSuffix(name) {
				return o
			}
			return nil
		}
		_, rest, ok := strings.Cut(name, ".")
		if !ok {
			return nil
		}
		name = rest
	}
}

// ownSuffix reports whether an owner's domain is a suffix of the private section
// of the Public Suffix List. The rules let an organisation own one only where its
// tenants are the organisation's parts: tax.service.gov.uk.
func ownSuffix(name string) bool {
	suffix, icann := domain.PublicSuffix("name." + name)
	return !icann && suffix == name
}

// tenant reports whether anybody may publish under the host: the Public Suffix
// List or the rules say so.
func (d *Detector) tenant(host string) bool {
	if domain.Tenant(host) {
		return true
	}
	for name := host; ; {
		if d.hosting[name] {
			return true
		}
		_, rest, ok := strings.Cut(name, ".")
		if !ok {
			return false
		}
		name = rest
	}
}

// owned reports whether the host belongs to the brand; sender says that it is
// a third party's.
func (d *Detector) owned(host string, brand int) bool {
	return ownedBy(d.ownersOf(host), brand)
}

func ownedBy(owners []owner, brand int) bool {
	for _, o := range owners {
		if o.brand == brand {
			return true
		}
	}
	return false
}

// official returns a brand whose own the host is, or -1.
func (d *Detector) official(host string) int {
	for _, o := range d.ownersOf(host) {
		if !o.sender {
			return o.brand
		}
	}
	return -1
}

// sameOwner reports whether two hosts belong to one brand.
func (d *Detector) sameOwner(a, b string) bool {
	for _, x := range d.ownersOf(a) {
		for _, y := range d.ownersOf(b) {
			if x.brand == y.brand {
				return true
			}
		}
	}
	return false
}
