import { sentence } from "../view/sentence.js";

/** @import { Catalogue } from "../view/catalogue.js" */

const { parts } = globalThis.honmono;

/** @type {[number, Intl.RelativeTimeFormatUnit][]} seconds each */
const units = [
  [86_400, "day"],
  [3_600, "hour"],
  [60, "minute"],
];

/**
 * What there is to know about the rules in use, as lines.
 *
 * @param {RulesState} state
 * @param {Catalogue} catalogue
 * @param {number} now seconds since 1970, UTC
 * @returns {HTMLElement}
 */
export function rulesFacts(state, { lang, messages }, now) {
  const { info, error } = state;
  /** @param {number} time */
  const age = (time) => ago(time, now, lang);
  const lines = info
    ? [
        sentence(messages, "popup_rules_version", { version: versionOf(info.version) }) +
          ` (${messages[`popup_rules_${info.source}`] ?? info.source})`,
        sentence(messages, "popup_rules_brands", { count: info.brands }),
        info.created > 0 && sentence(messages, "popup_rules_created", { age: age(info.created) }),
      ]
    : [messages.failure_detector];
  lines.push(checked(state, messages, age));
  const list = parts.element("ul", "facts");
  list.append(...lines.filter((line) => typeof line === "string").map((line) => parts.element("li", "", line)));
  if (state.expired) list.append(parts.element("li", "warning", messages.popup_rules_expired));
  if (error) list.append(parts.element("li", "warning", failureOf(error, messages)));
  return list;
}

/**
 * @param {RulesState} state
 * @param {Record<string, string>} messages
 * @param {(time: number) => string} age
 */
function checked(state, messages, age) {
  if (!state.server) return messages.popup_rules_noserver;
  if (state.checkedAt === 0) return messages.popup_rules_never;
  return sentence(messages, "popup_rules_checked", { age: age(state.checkedAt) });
}

/**
 * Why the last update came to nothing, in words.
 *
 * @param {UpdateError} error
 * @param {Record<string, string>} messages
 */
export function failureOf({ code, detail }, messages) {
  const reason = sentence(messages, `update_${code}`, { detail: detail || "?" }) ?? code;
  if (code === "stored" || code === "storage") return reason;
  return sentence(messages, "popup_rules_failed", { reason }) ?? reason;
}

/**
 * A version is a moment; people read it as a date.
 *
 * @param {number} version seconds since 1970, UTC
 */
function versionOf(version) {
  return version > 0 ? new Date(version * 1000).toISOString().slice(0, 16).replace("T", " ") : "0";
}

/**
 * @param {number} time seconds since 1970, UTC
 * @param {number} now
 * @param {string} lang
 */
export function ago(time, now, lang) {
  const format = new Intl.RelativeTimeFormat(lang, { numeric: "auto" });
  const passed = Math.max(0, now - time);
  const [seconds, unit] = units.find(([seconds]) => passed >= seconds) ?? [60, "minute"];
  return format.format(-Math.floor(passed / seconds), unit);
}
