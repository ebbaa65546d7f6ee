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
