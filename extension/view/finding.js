import { splitHost } from "./host.js";
import { plain, sentence } from "./sentence.js";

/** @typedef {Record<string, string>} Messages */

/**
 * A finding in words. A sentence may come in three forms: "the button leads to"
 * (key with "_button") only where the finding's evidence says that the link is
 * one; "nobody knows where" (key with "_hidden") where the link ends at a
 * shortener, whose own name is no destination; and else "a link leads to".
 *
 * @param {Finding} finding
 * @param {LinkVerdict[]} links the verdict's
 * @param {Messages} messages
 * @returns {string | undefined} undefined where nothing can be said
 */
export function said(finding, links, messages) {
  const { symbol, evidence = {} } = finding;
  const values = valuesOf(finding);
  const link = evidence.link ? links[evidence.link - 1] : undefined;
  if (link && leadsOn(link) === "shortener" && messages[`${symbol}_hidden`]) {
    const form = sentence(messages, `${symbol}_hidden`, { ...values, host: link.host });
    if (form) return form;
  }
  if (evidence.button) {
    const form = messages[`${symbol}_button`] && sentence(messages, `${symbol}_button`, values);
    if (form) return form;
  }
  return sentence(messages, symbol, values);
}

/** @param {Finding} finding */
export function valuesOf({ evidence = {} }) {
  return {
    brand: evidence.brandName,
    host: evidence.host,
    // A number or a bare suffix has no registrable domain; it is itself the place.
    domain: evidence.domain || evidence.host,
    target: evidence.target,
    shown: evidence.shown,
    address: evidence.address,
    phrase: evidence.phrase,
    count: evidence.count,
  };
}

/**
 * Whether a link's end is unknown: a shortener, a click counter or a gateway leads
 * on to a place that only it knows.
 *
 * @param {LinkVerdict} link
 * @returns {LeadsOn | undefined} what its host does
 */
export function leadsOn({ leadsOn, symbols = [] }) {
  return leadsOn ?? (symbols.includes("LINK_SHORTENER") ? "shortener" : undefined);
}

/**
 * @param {string} host
 * @param {string} [domain]
 * @returns {HostParts}
 */
export function hostParts(host, domain) {
  const { before, domain: own } = splitHost(host, domain);
  return { before: plain(before, 200), domain: plain(own, 100) };
}

/**
 * What each brand is called; only findings know.
 *
 * @param {Finding[]} findings
 * @returns {Map<string, string>} by the brand's id
 */
export function brandNames(findings) {
  const names = new Map();
  for (const { evidence } of findings) {
    if (evidence?.brand && evidence.brandName && !names.has(evidence.brand)) {
      names.set(evidence.brand, evidence.brandName);
    }
  }
  return names;
}

/**
 * The findings and the advice with the names that readers of a language know.
 *
 * @param {Verdict} verdict
 * @param {string} lang
 */
export function inLanguage({ findings = [], advice = [] }, lang) {
  if (lang !== "ja") return { findings, advice };
  return {
    findings: findings.map((finding) => {
      const { evidence } = finding;
      if (!evidence?.brandNameJa) return finding;
      return { ...finding, evidence: { ...evidence, brandName: evidence.brandNameJa } };
    }),
    advice: advice.map((one) => ({ ...one, name: one.nameJa || one.name })),
  };
}
