/**
 * Finds the addresses in a piece of text that a person marked: a whole link, a
 * bare host, a mail address (its host is what can be judged), or any of them
 * amid other words. Also as people write them so that nobody clicks on them
 * (hxxps://shop[.]example).
 */

/** The longest text looked at, in characters, and how many addresses of it are judged. */
const maxText = 20_000;
const maxFound = 5;

/** What ends an address in running text; Japanese runs on without a space. */
const end = "\\s<>\"'`(){}|\\\\^「」『』【】〈〉《》、。！？，；：・";
const link = new RegExp(String.raw`\b(?:https?|ftp):\/*[^${end}]+`, "giu");
const label = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}_-]*[\p{L}\p{N}\p{M}])?`;
/** A name of two labels or more, the last one no number; or four numbers. */
const bare = new RegExp(
  String.raw`(?<![\p{L}\p{N}_.@-])(?:[\p{L}\p{N}._%+-]+@)?((?:(?:${label}\.)+(?:xn--[a-z0-9-]+|\p{L}{2,})|\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?(?:[\/?#][^${end}]*)?)(?![\p{L}\p{N}_@-])`,
  "giu",
);

/**
 * @param {string} text
 * @returns {string[]} links and bare hosts, in the order of the text, each once
 */
export function addressesIn(text) {
  let rest = refang(text.slice(0, maxText));
  /** @type {[number, string][]} */
  const found = [];
  /** @param {RegExp} pattern @param {number} group */
  const take = (pattern, group) => {
    rest = rest.replace(pattern, (...match) => {
      const whole = /** @type {string} */ (match[0]);
      const at = /** @type {number} */ (match.find((part, i) => i > 0 && typeof part === "number"));
      const address = trimmed(/** @type {string} */ (match[group]), text);
      if (address) found.push([at, address]);
      return " ".repeat(whole.length);
    });
  };
  take(link, 0);
  take(bare, 1);
  found.sort(([a], [b]) => a - b);
  return [...new Set(found.map(([, address]) => address))].slice(0, maxFound);
}

/**
 * Undoes what keeps an address from being one: wide letters and dots, breaks
 * inside of it that cannot be seen, "hxxp" and "[.]".
 *
 * @param {string} text
 */
function refang(text) {
  return text
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, "")
    .replace(/\bhxxp(s?)\b/gi, "http$1")
    .replace(/\s?[[({]\s?(?:\.|dot)\s?[\])}]\s?/gi, ".")
    .replace(/\[:\/?\/?\]/g, (match) => match.slice(1, -1))
    .replace(/(?<=[\p{L}\p{N}])[\u3002\uff61](?=[a-z0-9-]+(?:[\u3002\uff61.]|\b))/giu, ".");
}

/**
 * Without what belongs to the sentence around it. A sentence in Japanese runs into
 * an address without a space: "サイトはshop.example". Marked alone, a name in two
 * scripts is one name.
 *
 * @param {string} address
 * @param {string} text all that was marked
 */
function trimmed(address, text) {
  const end = address.replace(/[.,;:!?\]*_~]+$/u, "").replace(/\/\/+$/, "");
  if (end === text.trim() || /^[a-z]+:/i.test(end)) return end;
  return end.replace(/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]+(?=[a-z0-9])/iu, "");
}
