package mail

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// aliases are names that mails carry and neither the WHATWG's nor IANA's list
// resolves, or resolves to less than the senders mean by them.
var aliases = map[string]encoding.Encoding{
	"cp932":          japanese.ShiftJIS,
	"ms932":          japanese.ShiftJIS,
	"windows-932":    japanese.ShiftJIS,
	"shift_jis-2004": japanese.ShiftJIS,
	"cp50220":        japanese.ISO2022JP,
	"cp50221":        japanese.ISO2022JP,
	"cp50222":        japanese.ISO2022JP,
	"iso-2022-jp-1":  japanese.ISO2022JP,
	"iso-2022-jp-2":  japanese.ISO2022JP,
	"iso-2022-jp-3":  japanese.ISO2022JP,
	"iso-2022-jp-ms": japanese.ISO2022JP,
	"eucjp":          japanese.EUCJP,
	"eucjp-ms":       japanese.EUCJP,
	"eucjp-win":      japanese.EUCJP,
	"cp51932":        japanese.EUCJP,
	"cp936":          simplifiedchinese.GBK,
	"hz-gb-2312":     simplifiedchinese.HZGB2312,
	"utf8mb4":        unicode.UTF8,
	"x-utf_8j":       unicode.UTF8,
}

// guesses are tried, in order, on bytes that are not UTF-8 and declare nothing
// that fits; the first that decodes them with the fewest faults wins.
var guesses = []encoding.Encoding{japanese.ShiftJIS, japanese.EUCJP, simplifiedchinese.GB18030}

// decodeText decodes a text part. The declared charset is used unless the bytes
// contradict it: an unknown name, or one that leaves faults where another does
// not. isHTML lets a <meta charset> speak where the header does not.
func decodeText(b []byte, label string, isHTML bool) string {
	if label == "" && isHTML {
		if _, name, certain := charset.DetermineEncoding(b[:min(len(b), 1024)], "text/html"); certain {
			label = name
		}
	}
	return strings.ReplaceAll(decodeBytes(b, label, true), "\r\n", "\n")
}

// decodeBytes decodes b as the charset named says, or as what it looks like.
// long says that there is enough text to judge by: a guess from a few bytes of
// a header takes a Latin name for Japanese.
func decodeBytes(b []byte, label string, long bool) string {
	label = strings.ToLower(strings.Trim(strings.TrimSpace(label), `"'`))
	// RFC 2231 section 5 lets a language follow the charset.
	label, _, _ = strings.Cut(label, "*")
	if shifted(b) {
		// Escape sequences of ISO-2022-JP mean nothing in any other charset,
		// and gateways like to relabel it.
		if s, faults := decodeAs(japanese.ISO2022JP, b); faults == 0 || strings.HasPrefix(label, "iso-2022-jp") {
			return s
		}
	}
	enc := lookup(label)
	if enc == unicode.UTF8 || enc == nil {
		if utf8.Valid(b) {
			return string(b)
		}
	}
	if enc != nil {
		s, faults := decodeAs(enc, b)
		if faults == 0 || enc == unicode.UTF8 && faults*50 < len(b) {
			return s
		}
		if utf8.Valid(b) {
			return string(b)
		}
		if !long || faults*20 < len(b) {
			return s
		}
	}
	return guess(b, long)
}

// guess decodes bytes of unknown charset that are not UTF-8.
func guess(b []byte, long bool) string {
	best, fewest := "", len(b)
	if long || countHigh(b)*2 > len(b) {
		for _, enc := range guesses {
			if s, faults := decodeAs(enc, b); faults < fewest && (faults == 0 || faults*50 < len(b)) && plausible(s) {
				best, fewest = s, faults
			}
		}
	}
	if best != "" {
		return best
	}
	// What browsers fall back to in the West; it takes any byte.
	enc, _ := charset.Lookup("windows-1252")
	s, _ := decodeAs(enc, b)
	return s
}

// plausible reports whether a guessed text reads like East Asian writing: at
// least half of what is not ASCII is kana, a common ideograph or CJK
// punctuation. Half-width kana do not count, since Shift_JIS makes them of
// nearly any Latin byte.
func plausible(s string) bool {
	good, all := 0, 0
	for _, r := range s {
		if r < 0x80 {
			continue
		}
		all++
		if r >= 0x3000 && r <= 0x30ff || r >= 0x4e00 && r <= 0x9fff || r >= 0xff01 && r <= 0xff5e {
			good++
		}
	}
	return all > 0 && good*2 > all
}

// lookup answers the encoding of a charset's name, nil for none or an unknown
// one. The WHATWG's list goes first: what webmails show is what browsers decode
// (iso-8859-1 is windows-1252, gb2312 is GBK).
func lookup(label string) encoding.Encoding {
	switch label {
	case "", "us-ascii", "ascii", "unknown-8bit", "x-unknown", "default", "binary", "8bit", "7bit":
		return nil // says nothing about the bytes above 127
	}
	if enc, ok := aliases[label]; ok {
		return enc
	}
	if enc, _ := charset.Lookup(label); enc != nil && enc != encoding.Replacement {
		if enc == encoding.Nop {
			return unicode.UTF8
		}
		return enc
	}
	enc, err := ianaindex.MIME.Encoding(label)
	if err != nil {
		return nil
	}
	return enc
}

// decodeAs decodes b and counts the characters that could not be decoded. NULs
// stay: the detector judges them.
func decodeAs(enc encoding.Encoding, b []byte) (string, int) {
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return "", len(b)
	}
	s := strings.ToValidUTF8(string(out), "\ufffd")
	return s, strings.Count(s, "\ufffd")
}

// shifted reports an escape sequence that designates a Japanese set, in bytes
// that are otherwise ASCII.
func shifted(b []byte) bool {
	if countHigh(b) > 0 {
		return false
	}
	return bytes.Contains(b, []byte("\x1b$B")) || bytes.Contains(b, []byte("\x1b$@")) || bytes.Contains(b, []byte("\x1b(I"))
}

func countHigh(b []byte) int {
	n := 0
	for _, c := range b {
		if c >= 0x80 {
			n++
		}
	}
	return n
}
