package mail

import (
	stdmail "net/mail"
	"regexp"
	"strings"

	"github.com/honmono/honmono/detector"
)

// address reads the first mailbox of a From or Reply-To field.
//
// Fields that RFC 5322 allows go through net/mail. The others are read as mail
// programs show them: the last <…> is the address, and what stands before it
// is the name, encoded words decoded even inside quotes.
func address(field string) detector.Address {
	// Raw bytes first: those of ISO-2022-JP pass for quotes and brackets.
	field = fold(decodeBytes([]byte(field), "", false))
	if list, err := parser.ParseList(field); err == nil && len(list) > 0 {
		// The name may still hold encoded words (inside quotes) or raw bytes.
		return detector.Address{Name: displayName(rawName(field, list[0])), Address: cleanAddress(list[0].Address)}
	}
	open, end := strings.LastIndexByte(field, '<'), strings.LastIndexByte(field, '>')
	if open >= 0 {
		if end < open {
			end = len(field)
		}
		return detector.Address{
			Name:    displayName(field[:open]),
			Address: cleanAddress(field[open+1 : end]),
		}
	}
	if m := bare.FindString(field); m != "" {
		name := strings.Trim(strings.Replace(field, m, "", 1), " \t()\"'")
		return detector.Address{Name: displayName(name), Address: cleanAddress(m)}
	}
	return detector.Address{Name: displayName(field)}
}

// parser leaves encoded words alone: words.go joins them before decoding.
var parser = stdmail.AddressParser{WordDecoder: nil}

// bare finds an address that stands by itself.
var bare = regexp.MustCompile(`[^\s<>()",;:]+@[^\s<>()",;:]+`)

// rawName answers the display name as written in the field, since net/mail has
// already decoded what it gives, word by word.
func rawName(field string, a *stdmail.Address) string {
	if a.Name == "" {
		return ""
	}
	quoted := false
	for i := 0; i < len(field); i++ {
		switch field[i] {
		case '\\':
			i++
		case '"':
			quoted = !quoted
		case '<':
			if !quoted {
				return field[:i]
			}
		}
	}
	return a.Name
}

// displayName decodes a name and takes its quotes off.
func displayName(s string) string {
	s = unquote(strings.TrimSpace(s))
	return strings.TrimSpace(unquote(decodeWords(s)))
}

// unquote takes one pair of double quotes off, and the backslashes within.
func unquote(s string) string {
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return s
	}
	s = s[1 : len(s)-1]
	if !strings.Contains(s, `\`) {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

// cleanAddress takes off what is no part of an address but found beside one.
func cleanAddress(s string) string {
	s = decodeWords(s)
	return strings.Trim(s, " \t<>\"',;")
}
