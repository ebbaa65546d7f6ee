import { splitHost } from "./host.js";
import { plain, sentence } from "./sentence.js";

/** @import { Catalogue } from "./catalogue.js" */

const maxReasons = 3;
const maxMore = 40;
const maxLinks = 50;
const maxMarks = 500;
const longestMarked = 8192;

/**
 * The groups whose findings can speak for the whole mail, the weightiest claim
 * first: who it says it is against where it leads. Wording and context cannot;
 * they only stand among the reasons.
 */
const speaking = ["claim", "lookalike", "policy", "link", "sender", "structure"];

/** Findings that are asked for even though they weigh nothing. */
const notes = new Set(["NOT_ALL_READ"]);

/** The messages that surfaces need around the sentences. */
const wordKeys = /^(level|banner)_/;

/**
 * Turns a verdict into what people read.
 *
 * "ok" is never called safe: it says that nothing was found.
 *
 * @param {Verdict} verdict
 * @param {Catalogue} catalogue
 * @param {"message" | "url"} subject what was checked
 * @returns {View}
 */
export function buildView(verdict, { lang, messages }, subject = "message") {
  const { findings, advice } = inLanguage(verdict, lang);
  const names = brandNames(findings);
  const lead = verdict.level === "ok" ? undefined : leadOf(findings, messages);
  const rest = distinct(
    findings
      .filter((finding) => finding !== lead && (finding.weight > 0 || notes.has(finding.symbol)))
      .flatMap((finding) => reasonOf(finding, messages)),
    lead ? sentence(messages, lead.symbol, valuesOf(lead)) : undefined,
  );
  const links = distinctLinks(verdict.links ?? []);
  return {
    level: verdict.level,
    lang,
    title: titleOf(verdict, lead, names, messages, subject),
    destination: destinationOf(lead, verdict, subject),
    reasons: rest.slice(0, maxReasons),
    more: rest.slice(maxReasons, maxReasons + maxMore),
    links: links.slice(0, maxLinks).map((link) => linkView(link, findings, messages)),
    linksLeftOut: Math.max(0, links.length - maxLinks),
    advice: advice.flatMap((one) => adviceOf(one, names, messages)),
    marks: marksOf(verdict.links ?? [], messages),
    partial: verdict.partial === true,
    words: words(messages),
  };
}

/**
 * The view of a message that could not be checked: never green, never silent
 * about the reason.
 *
 * @param {FailureReason} reason
 * @param {Catalogue} catalogue
 * @returns {View}
 */
export function failureView(reason, { lang, messages }) {
  return {
    level: "unknown",
    lang,
    title: messages.headline_unknown,
    reasons: [{ symbol: "", text: messages[`failure_${reason}`] }],
    more: [],
    links: [],
    linksLeftOut: 0,
    advice: [],
    marks: [],
    partial: true,
    words: words(messages),
  };
}

/**
 * The findings and the advice with the names that readers of a language know.
 *
 * @param {Verdict} verdict
 * @param {string} lang
 */
function inLanguage({ findings = [], advice = [] }, lang) {
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

/** @param {Record<string, string>} messages */
function words(messages) {
  return Object.fromEntries(Object.entries(messages).filter(([key]) => wordKeys.test(key)));
}

/**
 * The finding that the title speaks of.
 *
 * @param {Finding[]} findings heaviest first
 * @param {Record<string, string>} messages
 */
function leadOf(findings, messages) {
  for (const group of speaking) {
    const found = findings.find(
      (finding) =>
        finding.group === group &&
        finding.weight > 0 &&
        sentence(messages, finding.symbol, valuesOf(finding)) !== undefined,
    );
    if (found) return found;
  }
  return undefined;
}

/**
 * @param {Verdict} verdict
 * @param {Finding | undefined} lead
 * @param {Map<string, string>} names
 * @param {Record<string, string>} messages
 * @param {"message" | "url"} subject
 */
function titleOf(verdict, lead, names, messages, subject) {
  const said = lead && sentence(messages, lead.symbol, valuesOf(lead));
  if (said) return said;
  if (subject === "url") {
    const link = verdict.links?.[0];
    const values = { domain: link?.registrableDomain || link?.host };
    return sentence(messages, `headline_url_${verdict.level}`, values) ?? messages.headline_unknown;
  }
  const brand = verdict.brand && names.get(verdict.brand);
  return (
    (brand && sentence(messages, `headline_${verdict.level}_brand`, { brand })) ||
    sentence(messages, `headline_${verdict.level}`) ||
    messages.headline_unknown
  );
}

/**
 * @param {Finding | undefined} lead
 * @param {Verdict} verdict
 * @param {"message" | "url"} subject
 * @returns {HostParts | undefined}
 */
function destinationOf(lead, verdict, subject) {
  const evidence = lead?.evidence;
  const link = evidence?.link ? verdict.links?.[evidence.link - 1] : undefined;
  const from = link ?? (subject === "url" ? verdict.links?.[0] : undefined);
  if (from?.host) return hostParts(from.host, from.registrableDomain);
  return undefined;
}

/**
 * @param {Finding} finding
 * @param {Record<string, string>} messages
 * @returns {Reason[]} one, or none where no sentence can be said
 */
function reasonOf(finding, messages) {
  const text = sentence(messages, finding.symbol, valuesOf(finding));
  if (text === undefined) return [];
  const { host, domain } = finding.evidence ?? {};
  return [{ symbol: finding.symbol, text, ...(host && { host: hostParts(host, domain) }) }];
}

/** @param {Finding} finding */
function valuesOf({ evidence = {} }) {
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
 * @param {Reason[]} reasons
 * @param {string | undefined} said
 */
function distinct(reasons, said) {
  const seen = new Set([said]);
  return reasons.filter(({ text }) => !seen.has(text) && seen.add(text));
}

/** @type {Record<Level, number>} */
const severity = { danger: 0, caution: 1, unknown: 2, ok: 3 };

/**
 * The links, one for each place and text, the worst first.
 *
 * @param {LinkVerdict[]} links
 */
function distinctLinks(links) {
  const seen = new Map();
  for (const link of links) {
    const key = `${link.level}\n${link.host}\n${link.host ? (link.text ?? "") : link.href}`;
    if (!seen.has(key)) seen.set(key, link);
  }
  return [...seen.values()].sort((a, b) => severity[rankable(a)] - severity[rankable(b)]);
}

/** @param {LinkVerdict} link */
function rankable({ level }) {
  return level in severity ? level : "unknown";
}

/**
 * @param {LinkVerdict} link
 * @param {Finding[]} findings
 * @param {Record<string, string>} messages
 * @returns {LinkView}
 */
function linkView(link, findings, messages) {
  const said = (link.symbols ?? []).flatMap((symbol) => {
    const same = findings.find(
      (finding) => finding.symbol === symbol && finding.evidence?.host === link.host,
    );
    const values = same ? valuesOf(same) : { host: link.host, domain: link.registrableDomain };
    return sentence(messages, symbol, values) ?? [];
  });
  return {
    text: plain(link.text ?? "") || messages.banner_link_untitled,
    href: plain(link.href, 200),
    ...(link.host && { host: hostParts(link.host, link.registrableDomain) }),
    level: rankable(link),
    notes: [...new Set(said)],
  };
}

/**
 * @param {Advice} advice
 * @param {Map<string, string>} names
 * @param {Record<string, string>} messages
 * @returns {AdviceView[]}
 */
function adviceOf({ symbol, brand, name, url }, names, messages) {
  const text = sentence(messages, symbol, { brand: brand && names.get(brand) });
  if (text === undefined) return [];
  if (!url || !/^(https:\/\/|mailto:)/i.test(url)) return [{ symbol, text }];
  return [{ symbol, text, url, label: plain(name ?? "") || plain(url.replace(/^mailto:/i, "")) }];
}

/**
 * @param {LinkVerdict[]} links
 * @param {Record<string, string>} messages
 * @returns {LinkMark[]}
 */
function marksOf(links, messages) {
  /** @type {Map<string, LinkMark>} */
  const marks = new Map();
  for (const { level, href, host, registrableDomain } of links) {
    if (marks.size === maxMarks) break;
    const key = href.trim();
    if (level !== "danger" || key.length > longestMarked || marks.has(key)) continue;
    const values = { domain: registrableDomain || host };
    marks.set(key, { href: key, label: sentence(messages, "mark_danger", values) ?? "" });
  }
  return [...marks.values()];
}

/**
 * @param {string} host
 * @param {string} [domain]
 * @returns {HostParts}
 */
function hostParts(host, domain) {
  const { before, domain: own } = splitHost(host, domain);
  return { before: plain(before, 200), domain: plain(own, 100) };
}

/**
 * What each brand is called; only findings know.
 *
 * @param {Finding[]} findings
 */
function brandNames(findings) {
  const names = new Map();
  for (const { evidence } of findings) {
    if (evidence?.brand && evidence.brandName && !names.has(evidence.brand)) {
      names.set(evidence.brand, evidence.brandName);
    }
  }
  return names;
}
