package text

// kanaFold replaces characters that Japanese readers take for another one, and
// that therefore break naive matching: katakana ヘ in hiragana words (and the
// ideograph forms of カ, ロ, 二 …) cannot be told apart on the screen. Folding
// goes one way for both spellings, so that a phrase and its imitation meet.
func kanaFold(r rune) rune {
	if l, ok := smallCapital(r); ok {
		return l
	}
	switch r {
	case 'ヘ':
		return 'へ'
	case 'ベ':
		return 'べ'
	case 'ペ':
		return 'ぺ'
	case 'リ':
		return 'り'
	case '力': // U+529B, ideograph "power"
		return 'カ'
	case '口': // U+53E3, ideograph "mouth"
		return 'ロ'
	case '二': // U+4E8C, ideograph "two"
		return 'ニ'
	case '八': // U+516B, ideograph "eight"
		return 'ハ'
	case '工': // U+5DE5, ideograph "craft"
		return 'エ'
	case '卜': // U+535C, ideograph "divine"
		return 'ト'
	case '夕': // U+5915, ideograph "evening"
		return 'タ'
	case '千': // U+5343, ideograph "thousand"
		return 'チ'
	case '一', '―', '—', '–', '─', '━', '－', '‐', '‑', '‒', '−', 'ㅡ', '〡':
		return kanaDash
	case '埸': // U+57F8, taken for 場 in 市場
		return '場'
	case '绵':
		return '綿'
	case '帐':
		return '帳'
	case '户', '戸', '戶':
		return '戸'
	case '认':
		return '認'
	case '证':
		return '証'
	case '银':
		return '銀'
	case '东':
		return '東'
	case '鉄', '鐵', '鐡':
		return '鉄'
	case '済', '济':
		return '済'
	case '請', '请':
		return '請'
	case '変', '变':
		return '変'
	case '·', '・', '•', '‧', '∙':
		return '・'
	case '’', '‘', 'ʼ', '′', '`', '´':
		return '\''
	case '“', '”', '„', '″':
		return '"'
	case '〜', '～', '∼':
		return '~'
	}
	return r
}

// latinLookalike returns the Latin letter that r, a lower-case letter of
// another alphabet, is taken for. The table holds what is seen in display
// names and subjects; hosts have their own, complete one (UTS #39).
func latinLookalike(r rune) (rune, bool) {
	switch r {
	case 'а', 'α', 'ɑ', 'Ꭺ', 'ꭺ':
		return 'a', true
	case 'в', 'β', 'Ᏼ', 'ꮞ', 'ᏼ':
		return 'b', true
	case 'с', 'ϲ', 'Ꮯ', 'ꮯ':
		return 'c', true
	case 'ԁ', 'Ꭰ', 'ꭰ':
		return 'd', true
	case 'е', 'ё', 'ε', 'Ꭼ', 'ꭼ', 'є':
		return 'e', true
	case 'ƒ':
		return 'f', true
	case 'ɡ', 'Ꮐ', 'ꮐ', 'ց':
		return 'g', true
	case 'н', 'һ', 'հ', 'Ꮋ', 'ꮋ', 'ꮒ':
		return 'h', true
	case 'і', 'ї', 'ι', 'ꭵ', 'Ꭵ', 'ӏ':
		return 'i', true
	case 'ј', 'ϳ', 'Ꭻ', 'ꭻ':
		return 'j', true
	case 'к', 'κ', 'Ꮶ', 'ꮶ':
		return 'k', true
	case 'Ꮮ', 'ꮮ':
		return 'l', true
	case 'м', 'μ', 'Ꮇ', 'ꮇ':
		return 'm', true
	case 'п', 'ո', 'η':
		return 'n', true
	case 'о', 'ο', 'օ', 'σ', 'ө':
		return 'o', true
	case 'р', 'ρ', 'Ꮲ', 'ꮲ':
		return 'p', true
	case 'ԛ', 'գ':
		return 'q', true
	case 'г', 'Ꭱ', 'ꭱ', 'Ꮢ', 'ꮢ':
		return 'r', true
	case 'ѕ', 'Ꮪ', 'ꮪ', 'Ꮥ', 'ꮥ':
		return 's', true
	case 'т', 'τ', 'Ꭲ', 'ꭲ':
		return 't', true
	case 'υ', 'ս', 'ц':
		return 'u', true
	case 'ѵ', 'ν', 'Ꮩ', 'ꮩ':
		return 'v', true
	case 'ԝ', 'ω', 'ш', 'Ꮃ', 'ꮃ':
		return 'w', true
	case 'х', 'χ':
		return 'x', true
	case 'у', 'ү', 'γ':
		return 'y', true
	case 'Ꮓ', 'ꮓ':
		return 'z', true
	}
	return 0, false
}

// smallCapital returns the letter of a phonetic small capital (ᴘᴀʏᴘᴀʟ), which
// NFKC leaves as it is.
func smallCapital(r rune) (rune, bool) {
	const capitals = "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ"
	if r < 0x262 || r > 0x29F && r < 0x1D00 || r > 0x1D22 && r != 0xA730 && r != 0xA731 {
		return 0, false
	}
	n := 0
	for _, c := range capitals {
		if c == r {
			return rune("abcdefghijklmnoprstuvwyz"[n]), true
		}
		n++
	}
	return 0, false
}
