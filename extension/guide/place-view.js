import { plain } from "../view/sentence.js";

/** @import { Place } from "./places.js" */

const { parts } = globalThis.honmono;

/**
 * A link that opens beside, with its address to be read on paper.
 *
 * @param {string} url https, mailto or tel
 * @param {string} text
 * @param {string} [className]
 */
export function linkTo(url, text, className = "") {
  const link = /** @type {HTMLAnchorElement} */ (parts.element("a", className, text));
  link.href = url;
  if (url.startsWith("https:")) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
  return link;
}

/**
 * Somebody who helps: name, what for, number and address.
 *
 * @param {Place & { id: string }} place
 * @param {Record<string, string>} messages
 */
export function placeNode({ id, tel, url, mail }, messages) {
  const item = parts.element("li", "place");
  item.append(parts.element("strong", "", messages[`place_${id}`]));
  if (tel) {
    const number = linkTo(`tel:${encodeURIComponent(tel.replaceAll(/[ -]/g, ""))}`, tel, "number");
    item.append(" ", number);
  }
  item.append(parts.element("span", "what", messages[`place_${id}_what`]));
  if (mail) item.append(linkTo(`mailto:${mail}`, mail, "address"));
  if (url) item.append(linkTo(url, shown(url), "address"));
  return item;
}

/**
 * An address as people write it.
 *
 * @param {string} url
 */
export function shown(url) {
  return plain(url.replace(/^(https:\/\/|mailto:)(www\.)?/, "").replace(/\/$/, ""), 100);
}
