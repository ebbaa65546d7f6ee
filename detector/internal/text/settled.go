package text

import "unicode/utf8"

// settled reports that fold alone brings the rune, n bytes of text, into the
// spelling of [Normalize]: without the characters that fold takes out (the
// invisible ones) or knows the NFKC form of (fullwidth ASCII, "…"), text made of such
// is in NFKC already. Looking a character up in the tables of Unicode costs more than
// all the rest of reading a mail's text, and nearly all text is made of these.
//
// A text is in NFKC when each of its characters is by itself and none combines
// with one before it (UAX #15, section 9, "quick check").
func settled(r rune, n int) bool {
	return composed(r) && (r != utf8.RuneError || n > 1) || folded(r) || Invisible(r)
}

// standsAlone reports that a word is what it is in NFKC, whatever follows, and ends
// where it seems to: an invisible character behind it may stand within a longer one.
func standsAlone(word, rest string) bool {
	for i := 0; i < len(word); {
		r, n := utf8.DecodeRuneInString(word[i:])
		if r >= utf8.RuneSelf && !composed(r) {
			return false
		}
		i += n
	}
	r, n := utf8.DecodeRuneInString(rest)
	return r < utf8.RuneSelf || rest == "" || settled(r, n) && !Invisible(r)
}

// bulk decodes what Japanese text is made of, in a fraction of the time that all of
// UTF-8 takes: the rune that s begins with if that is in U+3000 to U+9FFF, else 0.
func bulk(s string) rune {
	if len(s) < 3 || s[0] < 0xE3 || s[0] > 0xE9 || s[1]&0xC0 != 0x80 || s[2]&0xC0 != 0x80 {
		return 0
	}
	return rune(s[0]&0xF)<<12 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F)
}

// composed holds characters beyond ASCII that are their own NFKC form and never
// combine with what stands before them. Others are too, but rare in mail.
func composed(r rune) bool {
	switch {
	case 'ぁ' <= r && r <= 'ゖ', 'ァ' <= r && r <= 'ヾ', '一' <= r && r <= '龯', '가' <= r && r <= '힣':
		return true
	case r < 0xC0:
		switch r {
		case '¡', '¢', '£', '¤', '¥', '¦', '§', '©', '«', '¬', '®', '°', '±', '¶', '·', '»', '¿':
			return true
		}
		return false
	case r <= 0xFF, 0x100 <= r && r <= 0x17E:
		return r < 0x132 || r > 0x133 && r < 0x13F || r > 0x140 && r != 0x149
	case 0x391 <= r && r <= 0x3CE, 0x400 <= r && r <= 0x481, 0x48A <= r && r <= 0x52F:
		return r != 0x3A2
	case '、' <= r && r <= '〩', 0x2190 <= r && r <= 0x21FF, 0x2500 <= r && r <= 0x27BF,
		0x1F300 <= r && r <= 0x1F64F, 0x1F680 <= r && r <= 0x1F6C5, 0x1F910 <= r && r <= 0x1F9FF, r == utf8.RuneError:
		return true
	case 0x2010 <= r && r <= 0x2032:
		return r <= 0x2022 && r != 0x2011 && r != 0x2017 || r >= 0x2030
	}
	return r == '※'
}

// folded holds characters whose NFKC form fold writes itself.
func folded(r rune) bool {
	return '！' <= r && r <= '～' || r == '　' || r == '\u00a0' || r == '…'
}
