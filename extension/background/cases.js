import { keep, recall } from "./kept.js";

/**
 * What a page of ours that opens beside the mail is to know of it: the guide for
 * those who pressed already, and the report. The mail may be closed meanwhile,
 * so the facts are put aside.
 */

const prefix = "case:";
/** Cases kept; the oldest goes first. */
const maxCases = 10;
const maxHosts = 20;
const maxSymbols = 40;

/**
 * @param {Pick<chrome.storage.StorageArea, "get" | "set" | "remove">} area
 * @param {Case} facts
 * @returns {Promise<string>} the part after the # of the page's address
 */
export function keepCase(area, facts) {
  return keep(area, prefix, facts, maxCases);
}

/**
 * @param {Pick<chrome.storage.StorageArea, "get">} area
 * @param {string} id
 * @returns {Promise<Case | undefined>} none where the browser was closed since
 */
export function readCase(area, id) {
  return recall(area, prefix, id);
}

/**
 * The facts of a message that is open.
 *
 * @param {MessageState} message
 * @param {number} rules their version
 * @param {number} at milliseconds since 1970
 * @returns {Case}
 */
export function caseOf({ level, verdict, view, mail }, rules, at) {
  const warned = (verdict?.links ?? []).filter((link) => link.level === "danger" || link.level === "caution");
  return {
    at,
    level,
    rules,
    brand: verdict?.brand ?? "",
    brandName: view?.brand ?? "",
    official: view?.official,
    report: view?.report,
    title: view?.title ?? "",
    reasons: (view?.reasons ?? []).map(({ text }) => text),
    symbols: (verdict?.findings ?? []).filter(({ weight }) => weight > 0).map(({ symbol }) => symbol).slice(0, maxSymbols),
    hosts: [...new Set(warned.map(({ host }) => host).filter((host) => host !== ""))].slice(0, maxHosts),
    allHosts: [...new Set((verdict?.links ?? []).map(({ host }) => host).filter((host) => host !== ""))].slice(0, maxHosts),
    subject: mail?.subject ?? "",
    from: mail?.from ?? {},
  };
}
