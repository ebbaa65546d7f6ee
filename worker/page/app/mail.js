/**
 * A raw mail as the detector's Message. The parsing is postal-mime's; what the
 * fields mean is decided here as `honmono check` decides it.
 */
import PostalMime from "./esm/postal-mime.js";

/** @import { Message } from "../../../wasm/honmono.d.ts" */

/** The largest mail that is read, in bytes; the extension reads no more either. */
export const largest = 20 << 20;

/** What was given holds no header field, so it is something else than a mail. */
export class NotMail extends Error {}

/**
 * @param {ArrayBuffer | Uint8Array} raw
 * @returns {Promise<Message>}
 */
export async function readMail(raw) {
  const bytes = raw instanceof Uint8Array ? raw : new Uint8Array(raw);
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 4096));
  if (!/^(?:\ufeff|ï»¿|\s)*[!-9;-~]+:[^\n]*(?:\r?\n|$)/.test(head)) {
    throw new NotMail();
  }
  const mail = await PostalMime.parse(bytes, { maxNestingDepth: 100 });
  const header = (/** @type {string} */ name) => mail.headers.find((h) => h.key === name)?.value ?? "";
  // Mails in mails deeper than the reader goes are left as they are.
  const unread = mail.attachments.some((a) => a.mimeType === "message/rfc822" && a.disposition !== "attachment");
  const [reply] = mail.replyTo ?? [];
  /** @type {Message} */
  const message = {
    from: { name: mail.from?.name ?? "", address: mail.from?.address ?? "" },
    subject: mail.subject ?? "",
    html: mail.html ?? "",
    // Of a chain of mails that ends unread, the reader makes a text of their headers.
    text: unread && /^message\//i.test(header("content-type")) ? "" : (mail.text ?? ""),
    attachments: mail.attachments.flatMap((a) => (a.disposition === "inline" || !a.filename ? [] : [a.filename])),
    auth: authentication(header("authentication-results")),
    list: header("list-id") !== "" || header("list-unsubscribe") !== "",
    partial: unread,
  };
  if (reply && (reply.address || reply.name)) {
    message.replyTo = { name: reply.name ?? "", address: reply.address ?? "" };
  }
  return message;
}

/**
 * What the receiving server found out of the sender (RFC 8601): the topmost field
 * is its own.
 *
 * @param {string} field
 */
function authentication(field) {
  const result = (/** @type {string} */ method) =>
    new RegExp(`(?:^|[;\\s])${method}=([a-z]+)`, "i").exec(field)?.[1]?.toLowerCase();
  const property = (/** @type {string} */ name) =>
    new RegExp(`(?:^|[;\\s])${name}=["<]?(?:[^\\s;"<>]*@)?([^\\s;"<>]+)`, "i").exec(field)?.[1]?.toLowerCase();
  return {
    spf: result("spf"),
    dkim: result("dkim"),
    dmarc: result("dmarc"),
    mailedBy: property("smtp\\.mailfrom"),
    signedBy: property("header\\.d") ?? property("header\\.i"),
  };
}
