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
  const own = webmails.filter(({ hosts = [] }) => hosts.some((domain) => matches(host, domain)));
  const selfHosted = webmails.filter(({ hosts = [], detect = [] }) => hosts.length === 0 && detect.length > 0);
  return [...own, ...selfHosted];
}

/**
 * On label boundaries: "mail.yahoo.co.jp" holds "jp1.mail.yahoo.co.jp" and not
 * "notmail.yahoo.co.jp".
 *
 * @param {string} host
 * @param {string} domain
 */
function matches(host, domain) {
  return host === domain || host.endsWith("." + domain);
}

/** @param {string} url */
function hostOf(url) {
  try {
    return new URL(url).hostname.replace(/\.$/, "");
  } catch {
    return "";
  }
}
