/**
 * What a report says: to people in words, to the maintainers of the rules as a
 * few members of a schema (docs/report.schema.json). Neither holds the mail's
 * body, nor anything of the person's.
 */
import { plain, sentence } from "../view/sentence.js";

/** @import { Catalogue } from "../view/catalogue.js" */

/** What fits through the door to a mail program: Windows takes about 2,000. */
const maxMailto = 1900;
const maxList = 64;

/**
 * A host that nothing turns into a link by itself.
 *
 * @param {string} host
 */
export function defang(host) {
  const dot = host.lastIndexOf(".");
  return dot < 0 ? host : `${host.slice(0, dot)}[.]${host.slice(dot + 1)}`;
}

/**
 * A sentence with the hosts, and the domains that they lie under, defanged.
 *
 * @param {string} text
 * @param {string[]} hosts
 */
function defanged(text, hosts) {
  const names = hosts.flatMap((host) => host.split(".").map((_, i, labels) => labels.slice(i).join(".")).slice(0, -1));
  // The longest first: what was defanged holds no shorter one any more.
  const longest = [...new Set(names)].sort((a, b) => b.length - a.length);
  return longest.reduce((said, name) => said.replaceAll(name, () => defang(name)), text);
}

/**
 * The facts for people: who it says it is from, what it is called, where it leads.
 *
 * @param {Case} facts
 * @param {Catalogue} catalogue
 * @returns {string} lines
 */
export function factsText({ brandName, subject, from, hosts, reasons, title }, { messages }) {
  const sender = [from.name, from.address && `<${from.address}>`].filter(Boolean).join(" ");
  // Longer than in a warning: who takes a report down needs the whole host.
  const line = (/** @type {string} */ key, /** @type {string | undefined} */ value) =>
    value ? messages[key].replace(/\{\w+\}/, () => plain(value, 300)) : [];
  const lines = [
    line("report_fact_brand", brandName),
    line("report_fact_sender", sender),
    line("report_fact_subject", subject),
    hosts.map((host) => line("report_fact_host", defang(host))),
  ].flat(2);
  const found = [title, ...reasons].filter(Boolean).map((text) => `- ${defanged(text, hosts)}`);
  return [messages.report_intro, "", ...lines, ...(found.length > 0 ? ["", messages.report_fact_found, ...found] : [])].join("\n");
}

/**
 * The address that opens the person's own mail program.
 *
 * @param {string} to a mail address
 * @param {Case} facts
 * @param {string} text the facts, as the person left them
 * @param {Record<string, string>} messages
 * @returns {{ url: string, whole: boolean }} not whole: the text is too long for
 *   the way, and is to be pasted
 */
export function mailto(to, { subject }, text, messages) {
  const about = sentence(messages, "report_mail_subject", { subject }) ?? "";
  const make = (/** @type {string} */ body) => `mailto:${to}?subject=${encodeURIComponent(about)}&body=${encodeURIComponent(body.replaceAll("\n", "\r\n"))}`;
  const url = make(text);
  return url.length <= maxMailto ? { url, whole: true } : { url: make(messages.report_paste), whole: false };
}

/**
 * What goes to the maintainers, byte for byte what is shown before.
 *
 * @param {Case} facts
 * @param {object} o
 * @param {string} o.id a new UUID, so that sending twice is one report
 * @param {ReportKind} o.kind
 * @param {"ja" | "en"} o.language
 * @param {string} o.program the extension's version
 * @returns {RulesReport}
 */
export function rulesReport({ level, brand, symbols, hosts, allHosts, rules }, { id, kind, language, program }) {
  // Of a mail that was let through, every link may be the one.
  const wanted = (kind === "missed" ? allHosts : hosts).filter((host) => canonical.test(host));
  return {
    id,
    kind,
    verdict: level,
    ...(/^[a-z0-9][a-z0-9-]{0,63}$/.test(brand) && { brand }),
    symbols: [...new Set(symbols)].filter((symbol) => /^[A-Z][A-Z0-9_]{0,63}$/.test(symbol)).slice(0, maxList),
    hosts: [...new Set(wanted)].slice(0, maxList),
    rulesVersion: rules,
    language,
    program,
  };
}

/** Labels, or an IPv6 address in brackets, as the schema wants them. */
const canonical = /^(?=.{1,253}$)(?:(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))*|\[[0-9a-f:.]{2,45}\])$/;
