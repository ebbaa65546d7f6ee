/**
 * The mails of testdata as a webmail's server has them: parsed, decoded, not yet
 * made safe for a page.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import PostalMime from "postal-mime";

/** The folder of the mails. */
export const messagesDir = fileURLToPath(new URL("../../testdata/messages/", import.meta.url));

/**
 * @typedef {object} Mail
 * @property {string} id a stable word of lower case letters, digits and hyphens
 * @property {string} file below testdata/messages
 * @property {{name: string, address: string}} from
 * @property {{name: string, address: string}} to
 * @property {{name: string, address: string} | undefined} replyTo
 * @property {string} subject
 * @property {string} date ISO 8601
 * @property {string} html "" if the mail is plain text
 * @property {string} text
 * @property {string} mailedBy the envelope sender's domain
 * @property {string} signedBy the DKIM signer's domain, "" if DKIM did not pass
 * @property {string[]} attachments names
 */

/**
 * @param {string} file below testdata/messages ("attack/x.eml"), or an absolute path
 * @returns {Promise<Mail>}
 */
export async function readMail(file) {
  const raw = await readFile(path.resolve(messagesDir, file));
  const mail = await PostalMime.parse(raw);
  const header = (/** @type {string} */ name) => mail.headers.find((h) => h.key === name)?.value ?? "";
  const results = header("authentication-results").replace(/\s+/g, " ");
  return {
    id: file.replace(/\.eml$/, "").replace(/[^a-z0-9]+/gi, "-").replace(/^-/, "").toLowerCase(),
    file,
    from: address(mail.from),
    to: address(mail.to?.[0]),
    replyTo: mail.replyTo?.[0] && address(mail.replyTo[0]),
    subject: mail.subject ?? "",
    date: new Date(mail.date ?? 0).toISOString(),
    html: mail.html ?? "",
    text: mail.text ?? "",
    mailedBy: header("return-path").replace(/^<|>$/g, "").split("@").at(-1) ?? "",
    signedBy: /dkim=pass header\.d=(\S+?)[;\s]/.exec(`${results} `)?.[1] ?? "",
    attachments: mail.attachments.filter((a) => a.disposition === "attachment").map((a) => a.filename ?? ""),
  };
}

/** @param {import("postal-mime").Address | undefined} a */
function address(a) {
  return { name: a?.name ?? "", address: a?.address ?? "" };
}

/**
 * @typedef {object} Expectation
 * @property {"ok" | "caution" | "danger"} [level]
 * @property {string} [brand]
 * @property {string[]} [must]
 * @property {string[]} [mustNot]
 */

/** @returns {Promise<Record<string, Expectation>>} expect.json */
export async function expectations() {
  return JSON.parse(await readFile(path.join(messagesDir, "expect.json"), "utf8"));
}
