/**
 * Cuts a host where its registrable domain begins, the part that says whose
 * place it is.
 *
 * @param {string} host in ASCII
 * @param {string} [domain] its registrable domain, as the detector found it
 * @returns {HostParts} before + domain is the host; a host without registrable
 *   domain (a number, a bare suffix) is all domain
 */
export function splitHost(host, domain) {
  if (domain && host !== domain && host.endsWith("." + domain)) {
    return { before: host.slice(0, -domain.length), domain };
  }
  return { before: "", domain: host };
}

/**
 * The host of an address, without the dot of the root.
 *
 * @param {string} url
 * @returns {string} empty where there is none
 */
export function hostOf(url) {
  try {
    return new URL(url).hostname.replace(/\.$/, "");
  } catch {
    return "";
  }
}

/**
 * Whether a host is a domain, or lies under it, on label boundaries:
 * "mail.yahoo.co.jp" holds "jp1.mail.yahoo.co.jp" and not "notmail.yahoo.co.jp".
 *
 * @param {string} host
 * @param {string} domain
 */
export function isUnder(host, domain) {
  return host === domain || host.endsWith(`.${domain}`);
}
