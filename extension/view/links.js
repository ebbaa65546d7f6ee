import { hostParts, leadsOn, valuesOf } from "./finding.js";
import { bySeverity, known } from "./level.js";
import { plain, sentence } from "./sentence.js";

/** @import { Messages } from "./finding.js" */

const maxMarks = 500;
const longestMarked = 8192;

/**
 * The links, one for each place and text, the worst first.
 *
 * @param {LinkVerdict[]} links
 */
export function distinctLinks(links) {
  const seen = new Map();
  for (const link of links) {
    const key = `${link.level}\n${link.host}\n${link.host ? (link.text ?? "") : link.href}`;
    if (!seen.has(key)) seen.set(key, link);
  }
  return [...seen.values()].sort((a, b) => bySeverity(a.level, b.level));
}

/**
 * @param {LinkVerdict} link
 * @param {Finding[]} findings
 * @param {Messages} messages
 * @returns {LinkView}
 */
export function linkView(link, findings, messages) {
  const notes = (link.symbols ?? []).flatMap((symbol) => {
    const same = findings.find((finding) => finding.symbol === symbol && finding.evidence?.host === link.host);
    const values = same ? valuesOf(same) : { host: link.host, domain: link.registrableDomain };
    return sentence(messages, symbol, values) ?? [];
  });
  return {
    text: plain(link.text ?? "") || messages.banner_link_untitled,
    href: plain(link.href, 200),
    ...(link.host && { host: hostParts(link.host, link.registrableDomain) }),
    ...(link.host && leadsOn(link) && { hidden: leadsOn(link) }),
    level: known(link.level),
    notes: [...new Set(notes)],
  };
}

/**
 * The links of a message that deserve a mark in the page, each address once, and
 * whether these are all that do: of a message too large to be read as a whole, or
 * with more bad links than can be marked, the others are in doubt.
 *
 * @param {Verdict} verdict
 * @param {Messages} messages
 * @returns {Pick<View, "marks" | "marksComplete">}
 */
export function marksOf({ links, partial }, messages) {
  /** @type {Map<string, LinkMark>} */
  const marks = new Map();
  let complete = partial !== true;
  for (const { level, href, host, registrableDomain } of links ?? []) {
    const key = href.trim();
    if (level !== "danger" || marks.has(key)) continue;
    if (marks.size === maxMarks || key.length > longestMarked) {
      complete = false;
      continue;
    }
    const values = { domain: registrableDomain || host };
    marks.set(key, { href: key, label: sentence(messages, "mark_danger", values) ?? "" });
  }
  return { marks: [...marks.values()], marksComplete: complete };
}
