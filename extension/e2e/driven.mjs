/**
 * The webmails that the browser tests drive: where their pages are and which views
 * they have.
 */

/**
 * @typedef {object} Driven
 * @property {import("./matrix.mjs").Webmail} id
 * @property {string} host
 * @property {string} path of a page
 * @property {string} [frame] part of the URL of the frame that the mailbox is in
 * @property {boolean} [many] conversations show several messages
 * @property {boolean} [folders] sent mail and drafts can be told
 * @property {Partial<Record<"split" | "window" | "print", string>>} apart the views, and what the page calls them
 * @property {boolean} [clips]
 */

/** @type {Driven[]} */
export const driven = [
  { id: "gmail", host: "mail.google.com", path: "/mail/u/0/", many: true, folders: true, clips: true, apart: { split: "split", window: "popout", print: "pt" } },
  { id: "outlook", host: "outlook.live.com", path: "/mail/0/", many: true, folders: true, apart: { split: "", window: "popout" } },
  { id: "yahoo", host: "mail.yahoo.com", path: "/d/folders/1/", many: true, folders: true, apart: { split: "split" } },
  { id: "yahoo-japan", host: "jp.mg5.mail.yahoo.co.jp", path: "/neo/launch", many: true, apart: { split: "split" } },
  { id: "icloud", host: "www.icloud.com", path: "/mail/", frame: "/applications/mail2/", apart: { split: "split" } },
  { id: "proton", host: "mail.proton.me", path: "/u/0/inbox", many: true, folders: true, apart: { split: "split" } },
  { id: "fastmail", host: "app.fastmail.com", path: "/mail/Inbox/", many: true, folders: true, apart: { split: "split", window: "window" } },
  { id: "snappymail", host: "snappymail.example.jp", path: "/", folders: true, apart: { split: "split" } },
  { id: "zimbra", host: "zimbra.example.jp", path: "/", many: true, folders: true, apart: { split: "split", window: "window" } },
  { id: "anything", host: "webmail.example.org", path: "/", apart: { split: "split" } },
];

/** The origins among them that a person has to allow first. */
export const selfHosted = driven.filter(({ host }) => /\.example\./.test(host)).map(({ host }) => `https://${host}`);
