/**
 * Puts words into sentences. What goes in comes from a hostile mail, and what
 * comes out is plain text for textContent, never HTML.
 *
 * catalogue.go does the same for the command line.
 */

/** The longest value shown, in characters; a longer one is cut in the middle. */
const longest = 80;

/**
 * Characters that hide, reorder or break up the text around them: controls,
 * soft hyphen, zero-width and bidirectional marks, variation selectors, tags.
 */
const treacherous =
  /[\p{Cc}\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u2028\u2029\u3164\uffa0\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/gu;

/**
 * A hostile text, harmless to show in a line of ours.
 *
 * @param {string} text
 * @param {number} [limit] characters
 */
export function plain(text, limit = longest) {
  const bounded = text.length > 40 * limit ? text.slice(0, 20 * limit) + text.slice(-20 * limit) : text;
  const clean = bounded
    // U+FEFF counts as white space to \s; inside a word it must leave no gap.
    .replace(/[^\S\ufeff]+/gu, " ")
    .replace(treacherous, "")
    .trim();
  const characters = Array.from(clean);
  if (characters.length <= limit) return clean;
  // A host's owner stands at its end: the middle is what can be missed.
  const half = (limit - 1) / 2;
  const head = characters.slice(0, Math.floor(half));
  const tail = characters.slice(-Math.ceil(half));
  return head.join("") + "…" + tail.join("");
}

/**
 * Fills a message's holes.
 *
 * @param {Record<string, string>} messages
 * @param {string} key
 * @param {Record<string, string | number | undefined>} [values]
 * @returns {string | undefined} the message under key, or else under key with
 *   "_plain" added; undefined where a hole would stay open in both
 */
export function sentence(messages, key, values = {}) {
  for (const name of [key, key + "_plain"]) {
    if (!Object.hasOwn(messages, name)) continue;
    let whole = true;
    const text = messages[name].replace(/\{([a-z]+)\}/g, (_, hole) => {
      const value = Object.hasOwn(values, hole) ? plain(String(values[hole] ?? "")) : "";
      whole &&= value !== "";
      return value;
    });
    if (whole) return text;
  }
  return undefined;
}
