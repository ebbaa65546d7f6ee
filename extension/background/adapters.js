import { hostOf, isUnder } from "../view/host.js";

/**
 * The adapters that a page may need: those of its host, and those of
 * self-hosted webmails, which look at the page to know themselves.
 *
 * @param {Webmail[]} webmails in the order of the rules
 * @param {string} url the page's, as the browser gives it
 * @returns {Webmail[]} the host's own first
 */
export function adaptersFor(webmails, url) {
  const host = hostOf(url);
  const own = webmails.filter(({ hosts = [] }) => hosts.some((domain) => isUnder(host, domain)));
  const selfHosted = webmails.filter(({ hosts = [], detect = [] }) => hosts.length === 0 && detect.length > 0);
  return [...own, ...selfHosted];
}
