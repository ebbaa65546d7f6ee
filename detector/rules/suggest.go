package rules

import (
	"fmt"
	"slices"
	"strings"
)

// nearest names the known word closest to got, as the end of a mistake:
// `: did you mean "domain"?`, or the whole list when nothing is close.
func nearest(got string, known []string) string {
	best, bestAt := "", len(got)/2+1
	for _, k := range known {
		if d := distance(got, k); d < bestAt {
			best, bestAt = k, d
		}
	}
	if best != "" {
		return fmt.Sprintf("did you mean %q?", best)
	}
	sorted := slices.Sorted(slices.Values(known))
	if len(sorted) > 60 {
		return fmt.Sprintf("one of the %d known ones", len(sorted))
	}
	return "one of " + strings.Join(sorted, ", ")
}

// distance is the Levenshtein distance in bytes; both words are short.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, diagonal+1, row[j]+1)
		}
	}
	return row[len(b)]
}
