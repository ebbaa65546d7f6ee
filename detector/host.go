package detector

import (
	"strings"

	"github.com/honmono/honmono/detector/internal/segment"
)

// falseSuffix returns the domain that a host pretends to end in, when a
// country's two-level suffix stands in front of its registrable domain:
// "aplus.co.jp" or "goldpoint.co.jp" for www.aplus.co.jp.humaoo.com and
// goldpoint-co-jp.jimdo.example. No honest host has one there.
func falseSuffix(front string) string {
	front = strings.TrimSuffix(front, ".")
	if front == "" {
		return ""
	}
	for _, cut := range []func(rune) bool{
		func(c rune) bool { return c == '.' },
		func(c rune) bool { return c == '.' || c == '-' || c == '_' },
	} {
		labels := strings.FieldsFunc(front, cut)
		for i := len(labels) - 1; i >= 2; i-- {
			if len(labels[i-2]) < 3 || labels[i-2] == "www" {
				continue
			}
			switch labels[i-1] + "." + labels[i] {
			case "co.jp", "ne.jp", "or.jp", "go.jp", "lg.jp", "ac.jp", "co.uk", "com.br", "com.au", "gov.br", "gov.uk", "com.cn", "com.mx", "co.in":
				return labels[i-2] + "." + labels[i-1] + "." + labels[i]
			}
		}
	}
	return ""
}

func looksWeb(href string) bool {
	h := strings.ToLower(strings.TrimSpace(href))
	return strings.HasPrefix(h, "http:") || strings.HasPrefix(h, "https:") || strings.HasPrefix(h, "//")
}

// machineName reports a host in front of whose registrable domain an IPv4 address
// is spelled: 64-120-94-221.cloud.example.net is what a rented server is called
// before anybody gives it a name, and no company's own link shows it.
func machineName(front string) bool {
	numbers := 0
	for part := range strings.FieldsFuncSeq(front, func(c rune) bool { return c == '.' || c == '-' }) {
		n := 0
		for i := 0; i < len(part) && n >= 0; i++ {
			if n = n*10 + int(part[i]) - '0'; part[i] < '0' || part[i] > '9' || n > 255 {
				n = -1
			}
		}
		if numbers++; n < 0 || part == "" {
			numbers = 0
		}
		if numbers == 4 {
			return true
		}
	}
	return false
}

func localHost(host string) bool {
	return strings.HasPrefix(host, "127.") || strings.HasPrefix(host, "10.") || strings.HasPrefix(host, "192.168.") || host == "[::1]"
}

// random reports a label that nobody would choose to be remembered by: long
// runs without vowels, letters and digits taking turns, pure digits.
func random(label string) bool {
	if len(label) < 7 || strings.HasPrefix(label, "xn--") {
		return false
	}
	turns, digits, letters, vowels, run, longest := 0, 0, 0, 0, 0, 0
	for i := 0; i < len(label); i++ {
		c := label[i]
		digit := '0' <= c && c <= '9'
		if i > 0 {
			before := '0' <= label[i-1] && label[i-1] <= '9'
			if digit != before && c != '-' && label[i-1] != '-' {
				turns++
			}
		}
		switch {
		case digit:
			digits++
			run = 0
		case c == '-':
			run = 0
		case strings.IndexByte("aeiouy", c) >= 0:
			letters, vowels, run = letters+1, vowels+1, 0
		default:
			letters++
			if run++; run > longest {
				longest = run
			}
		}
	}
	if letters == 0 {
		return true
	}
	if segment.Covers(label) {
		return false
	}
	return turns >= 4 || longest >= 6 || longest >= 5 && vowels*5 <= letters || digits >= 2 && turns >= 3 && vowels*4 <= letters
}
