import { adviceOf, officialOf, reportPlace } from "./advice.js";
import { brandNames, hostParts, inLanguage, leadsOn, said } from "./finding.js";
import { distinctLinks, linkView, marksOf } from "./links.js";
import { plain, sentence } from "./sentence.js";

/** @import { Catalogue } from "./catalogue.js" */

const maxReasons = 3;
const maxMore = 40;
const maxLinks = 50;

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
 * @param {Sender} [sender] whose message it is; a trusted one's caution is quiet,
 *   its danger is said in full, because anybody can write any sender
 * @returns {View}
 */
export function buildView(verdict, { lang, messages }, subject = "message", sender) {
  const { findings, advice } = inLanguage(verdict, lang);
  const names = brandNames(findings);
  const all = verdict.links ?? [];
  const lead = verdict.level === "ok" ? undefined : leadOf(findings, all, messages);
  const rest = distinct(
    findings
      .filter((finding) => finding !== lead && (finding.weight > 0 || notes.has(finding.symbol)))
      .flatMap((finding) => reasonOf(finding, all, messages)),
    lead ? said(lead, all, messages) : undefined,
  );
  const links = distinctLinks(all);
  const warning = verdict.level === "danger" || verdict.level === "caution";
  return {
    level: verdict.level,
    lang,
    title: titleOf(verdict, lead, names, messages, subject),
    ...destinationOf(lead, verdict, subject),
    reasons: rest.slice(0, maxReasons),
    more: rest.slice(maxReasons, maxReasons + maxMore),
    links: links.slice(0, maxLinks).map((link) => linkView(link, findings, messages)),
    linksLeftOut: Math.max(0, links.length - maxLinks),
    advice: adviceOf(advice, names, messages, subject),
    official: officialOf(verdict, advice, names, messages),
    report: reportPlace(advice),
    brand: plain(names.get(verdict.brand ?? "") ?? ""),
    ...(subject === "message" && trustOf(verdict.level, messages, sender)),
    actions: subject === "message" && warning ? actionsOf(verdict.level, sender) : [],
    ...marksOf(verdict, messages),
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
    brand: "",
    actions: [],
    marks: [],
    marksComplete: false,
    partial: true,
    words: words(messages),
  };
}

/** @param {Record<string, string>} messages */
function words(messages) {
  return Object.fromEntries(Object.entries(messages).filter(([key]) => wordKeys.test(key)));
}

/**
 * @param {Level} level
 * @param {Sender} [sender]
 * @returns {ViewAction[]}
 */
function actionsOf(level, sender) {
  /** @type {ViewAction[]} */
  const actions = ["guide", "report"];
  if (!sender?.address) return actions;
  // A danger cannot be waved through: the sender shown may be anybody's.
  if (sender.trusted && sender.own) actions.push("untrust");
  else if (!sender.trusted && level === "caution") actions.push("trust");
  return actions;
}

/**
 * @param {Level} level
 * @param {Record<string, string>} messages
 * @param {Sender} [sender]
 */
function trustOf(level, messages, sender) {
  if (!sender?.trusted) return {};
  const values = { address: sender.address };
  // By a domain, or by the administrator: then it was not this person's own word.
  const key = sender.own ? "trusted_quiet" : "trusted_listed";
  if (level === "caution") return { quiet: true, note: sentence(messages, key, values) };
  if (level === "danger") return { note: sentence(messages, "trusted_danger", values) };
  return {};
}

/**
 * The finding that the title speaks of.
 *
 * @param {Finding[]} findings heaviest first
 * @param {LinkVerdict[]} links
 * @param {Record<string, string>} messages
 */
function leadOf(findings, links, messages) {
  for (const group of speaking) {
    const found = findings.find(
      (finding) => finding.group === group && finding.weight > 0 && said(finding, links, messages) !== undefined,
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
  const title = lead && said(lead, verdict.links ?? [], messages);
  if (title) return title;
  if (subject === "url") {
    const link = verdict.links?.[0];
    const values = { domain: link?.registrableDomain || link?.host };
    const key = link && leadsOn(link) === "shortener" && verdict.level === "ok" ? "headline_url_hidden" : `headline_url_${verdict.level}`;
    return sentence(messages, key, values) ?? messages.headline_unknown;
  }
  const brand = verdict.brand && names.get(verdict.brand);
  return (
    (brand && sentence(messages, `headline_${verdict.level}_brand`, { brand })) ||
    sentence(messages, `headline_${verdict.level}`) ||
    messages.headline_unknown
  );
}

/**
 * Where the link goes that the title speaks of.
 *
 * @param {Finding | undefined} lead
 * @param {Verdict} verdict
 * @param {"message" | "url"} subject
 * @returns {{ destination?: HostParts, hidden?: LeadsOn }}
 */
function destinationOf(lead, verdict, subject) {
  const evidence = lead?.evidence;
  const link = evidence?.link ? verdict.links?.[evidence.link - 1] : undefined;
  const from = link ?? (subject === "url" ? verdict.links?.[0] : undefined);
  if (!from?.host) return {};
  const hidden = leadsOn(from);
  return { destination: hostParts(from.host, from.registrableDomain), ...(hidden && { hidden }) };
}

/**
 * @param {Finding} finding
 * @param {LinkVerdict[]} links
 * @param {Record<string, string>} messages
 * @returns {Reason[]} one, or none where no sentence can be said
 */
function reasonOf(finding, links, messages) {
  const text = said(finding, links, messages);
  if (text === undefined) return [];
  const { host, domain } = finding.evidence ?? {};
  return [{ symbol: finding.symbol, text, ...(host && { host: hostParts(host, domain) }) }];
}

/**
 * @param {Reason[]} reasons
 * @param {string | undefined} said
 */
function distinct(reasons, said) {
  const seen = new Set([said]);
  return reasons.filter(({ text }) => !seen.has(text) && seen.add(text));
}
