package link

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"
)

// proofpointV2 decodes the u parameter of URL Defense v2: "-" stands for the
// percent sign, "_" for the slash.
func proofpointV2(s string) string {
	return decodeString(strings.NewReplacer("-", "%", "_", "/").Replace(s))
}

// runAlphabet gives the lengths of runs in URL Defense v3: A is 2.
const runAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// proofpointV3 reads /v3/__URL__;BASE64!!…: in URL, "*" stands for the next
// character of the decoded base64, "**X" for a run of them whose length X tells.
// Source: Proofpoint's published decoder, behaviour only.
func proofpointV3(u *URL) (*URL, outcome) {
	whole := u.Path
	if u.hasQuery {
		whole += "?" + u.Query
	}
	if u.hasFragment {
		whole += "#" + u.Fragment
	}
	_, rest, ok := strings.Cut(whole, "/v3/__")
	if !ok {
		return nil, untold
	}
	url, tail, ok := strings.Cut(rest, "__;")
	if !ok {
		// Some mail programs cut the tail off: without stars it is not needed.
		if url, _, _ = strings.Cut(rest, "__"); strings.ContainsRune(url, '*') {
			return nil, untold
		}
		return target(url)
	}
	encoded, _, _ := strings.Cut(tail, "!")
	b, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(encoded, "="))
	if err != nil || !utf8.Valid(b) {
		b = nil
	}
	var out strings.Builder
	for i := 0; i < len(url); i++ {
		if url[i] != '*' {
			out.WriteByte(url[i])
			continue
		}
		n := 1
		if i+2 < len(url) && url[i+1] == '*' {
			if run := strings.IndexByte(runAlphabet, url[i+2]); run >= 0 {
				n = run + 2
				i += 2
			}
		}
		for ; n > 0 && len(b) > 0; n-- {
			_, size := utf8.DecodeRune(b)
			out.Write(b[:size])
			b = b[size:]
		}
	}
	return target(decodeOnce(out.String()))
}

// decodeOnce undoes the encoding that a browser put on a URL's own colon and
// slashes; a URL that starts as one is left alone.
func decodeOnce(s string) string {
	if webPrefix(s) {
		return s
	}
	return decodeString(s)
}
