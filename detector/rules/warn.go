package rules

import (
	"slices"
	"strings"
)

// commonKnowledge is the source of a domain that nobody has written down more
// about.
const commonKnowledge = "common knowledge"

// Warnings says what a compiled set could do better. None of it is wrong: the
// set runs as it is. They are sorted as mistakes are.
//
// The set must come from [Compile]; a decoded one has no sources any more.
func Warnings(s *Set) Mistakes {
	var ms Mistakes
	for i := range s.Brands {
		b := &s.Brands[i]
		file := "brands/" + b.ID + ".txt"
		if !confirmed(b.Domains) {
			ms.add(file, 0, "only common knowledge says that %q is the brand's: name a page or a list that confirms one of its domains", b.Domains[0].Domain)
		}
		if b.Check == nil {
			ms.add(file, 0, "no check: write where people see for themselves whether a notice is real")
		}
		if all := strings.Join(slices.Concat(b.Names, b.Words, []string{b.Shown, b.NameJa}), " "); b.Region == "jp" && !japanese(all) {
			ms.add(file, 0, "no name in Japanese letters: mails write %q in kana too", b.Name())
		} else if b.Region == "jp" && !latin(all) {
			ms.add(file, 0, "no name in Latin letters: readers of English are told of %q", b.Name())
		}
	}
	if err, ok := ms.err().(Mistakes); ok {
		return err
	}
	return nil
}

// confirmed reports whether one of the domains has a source that somebody else
// can look up.
func confirmed(domains []Domain) bool {
	for _, d := range domains {
		if d.Source != commonKnowledge {
			return true
		}
	}
	return false
}

func latin(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' })
}

// japanese reports whether s has kana or ideographs.
func japanese(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return 0x3040 <= r && r <= 0x9FFF })
}
