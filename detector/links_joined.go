package detector

import "strings"

// maxJoined is how many links are read as one; a URL cut into more pieces is cut
// into words that nobody reads as one.
const maxJoined = 64

// shownBy returns the text that a reader sees as that of link i: together with the
// text of the links behind it that lead to the same host and are joined to it
// (<a>pay</a><a>pal.com</a>). The second result is false for a link that another
// one's text holds already.
func (r *reading) shownBy(i int) (string, bool) {
	if r.continues(i) {
		return "", false
	}
	if !r.continues(i + 1) {
		return r.links[i].Text, true
	}
	var b strings.Builder
	b.WriteString(r.links[i].Text)
	for j := i + 1; j-i < maxJoined && r.continues(j); j++ {
		b.WriteString(r.links[j].Text)
	}
	return b.String(), true
}

// continues reports that link j goes on where the link before it ends.
func (r *reading) continues(j int) bool {
	if j < 1 || j >= len(r.links) {
		return false
	}
	a, b := &r.links[j-1], &r.links[j]
	return b.Joined && a.host != "" && a.host == b.host && !a.plain && !b.plain && !a.form && !b.form &&
		a.Text != "" && b.Text != "" && !a.Image && !b.Image
}
