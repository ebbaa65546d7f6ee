/**
 * The webmails of the manifest by the names that people know: in Japanese, in
 * English, and each with its hosts.
 *
 * @type {[string, string, string[]][]}
 */
export const webmails = [
  ["Gmail", "Gmail", ["mail.google.com"]],
  ["Outlook", "Outlook", ["outlook.live.com", "outlook.office.com", "outlook.office365.com", "outlook.cloud.microsoft"]],
  ["Yahoo!メール", "Yahoo! Mail Japan", ["mail.yahoo.co.jp"]],
  ["Yahoo Mail", "Yahoo Mail", ["mail.yahoo.com"]],
  ["iCloudメール", "iCloud Mail", ["www.icloud.com"]],
  ["Proton Mail", "Proton Mail", ["mail.proton.me"]],
  ["Fastmail", "Fastmail", ["app.fastmail.com"]],
];

const known = webmails.flatMap(([, , hosts]) => hosts);

/** @param {string} host */
export const isOther = (host) => !known.includes(host);
