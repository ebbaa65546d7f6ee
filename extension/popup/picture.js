import { sentence } from "../view/sentence.js";

const { parts } = globalThis.honmono;

/**
 * A picture of an address: what anybody can put in front, the part that says whose
 * it is, and what follows. It is a list of names and values, so that it reads
 * the same to those who do not see it.
 *
 * @param {View} view of one address
 * @param {string} input as the person gave it
 * @param {Record<string, string>} messages
 * @returns {Node[]} none where there is no host
 */
export function addressPicture({ destination, hidden }, input, messages) {
  if (!destination) return [];
  const { before, domain } = destination;
  const figure = parts.element("figure", "picture");
  const split = parts.element("dl", "split");
  split.dir = "ltr";
  const pieces = [
    ["before", before, messages.popup_picture_before],
    ["owner", domain, messages.popup_picture_domain],
    ["after", pathOf(input, before + domain), messages.popup_picture_after],
  ];
  for (const [kind, text, name] of pieces) {
    if (!text) continue;
    const piece = parts.element("div", kind);
    piece.append(parts.element("dt", "", name), parts.element("dd", "", text));
    split.append(piece);
  }
  const key = hidden ? "popup_picture_hidden" : before ? "popup_picture_owner" : "popup_picture_alone";
  figure.append(split, parts.element("figcaption", "quiet", sentence(messages, key, { domain }) ?? ""));
  return [figure];
}

/**
 * What follows the host, where the address given leads there by itself.
 *
 * @param {string} input
 * @param {string} host
 */
function pathOf(input, host) {
  if (!URL.canParse(input)) return "";
  const { hostname, pathname, search, hash } = new URL(input);
  const path = pathname + search + hash;
  if (hostname !== host || path === "/") return "";
  return path.length > 60 ? `${path.slice(0, 59)}…` : path;
}
