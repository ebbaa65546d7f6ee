package text

// unchanged returns how many bytes at the start of s fold leaves as they are,
// and the last rune of them: lower-case ASCII with single spaces between, and
// kana and ideographs that nothing is taken for.
func unchanged(s string) (n int, last rune) {
	for {
		start := n
		for n < len(s) && (plain(s[n]) || s[n] == ' ' && n > start && n+1 < len(s) && plain(s[n+1])) {
			n++
		}
		if n > start {
			last = rune(s[n-1])
		}
		r := bulk(s[n:])
		switch {
		case r >= '一':
			if r > '龯' || taken[r&0xFF] && kanaFold(r) != r {
				return n, last
			}
		case r >= 'ぁ':
			if r > 'ヾ' || 'ヘ' <= r && r <= 'ペ' || r == 'リ' || 'ゖ' < r && r < 'ァ' {
				return n, last
			}
		case r < '、' || r > '〛':
			return n, last
		}
		last = r
		n += 3
	}
}

// taken holds the last bytes of the ideographs that kanaFold replaces.
var taken = [256]bool{
	'一' & 0xFF: true, '帐' & 0xFF: true, '夕' & 0xFF: true, '东' & 0xFF: true, '鐡' & 0xFF: true,
	'鐵' & 0xFF: true, '戶' & 0xFF: true, '户' & 0xFF: true, '千' & 0xFF: true, '济' & 0xFF: true,
	'卜' & 0xFF: true, '八' & 0xFF: true, '二' & 0xFF: true, '力' & 0xFF: true, '认' & 0xFF: true,
	'证' & 0xFF: true, '变' & 0xFF: true, '口' & 0xFF: true, '工' & 0xFF: true, '绵' & 0xFF: true,
	'银' & 0xFF: true, '请' & 0xFF: true, '埸' & 0xFF: true,
}

// lowered holds printed ASCII in lower case; 0 for the rest.
var lowered = [256]byte{
	'!': '!', '"': '"', '#': '#', '$': '$', '%': '%', '&': '&', '\'': '\'', '(': '(', ')': ')', '*': '*',
	'+': '+', ',': ',', '-': '-', '.': '.', '/': '/', '0': '0', '1': '1', '2': '2', '3': '3', '4': '4',
	'5': '5', '6': '6', '7': '7', '8': '8', '9': '9', ':': ':', ';': ';', '<': '<', '=': '=', '>': '>',
	'?': '?', '@': '@', '[': '[', '\\': '\\', ']': ']', '^': '^', '_': '_', '`': '`', 'a': 'a', 'b': 'b',
	'c': 'c', 'd': 'd', 'e': 'e', 'f': 'f', 'g': 'g', 'h': 'h', 'i': 'i', 'j': 'j', 'k': 'k', 'l': 'l',
	'm': 'm', 'n': 'n', 'o': 'o', 'p': 'p', 'q': 'q', 'r': 'r', 's': 's', 't': 't', 'u': 'u', 'v': 'v',
	'w': 'w', 'x': 'x', 'y': 'y', 'z': 'z', '{': '{', '|': '|', '}': '}', '~': '~',
	'A': 'a', 'B': 'b', 'C': 'c', 'D': 'd', 'E': 'e', 'F': 'f', 'G': 'g', 'H': 'h', 'I': 'i', 'J': 'j', 'K': 'k', 'L': 'l', 'M': 'm',
	'N': 'n', 'O': 'o', 'P': 'p', 'Q': 'q', 'R': 'r', 'S': 's', 'T': 't', 'U': 'u', 'V': 'v', 'W': 'w', 'X': 'x', 'Y': 'y', 'Z': 'z',
}

// plain reports the ASCII that fold leaves as it is.
func plain(c byte) bool { return c > ' ' && lowered[c] == c }
