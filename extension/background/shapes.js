/**
 * What may be asked of the background. A content script lives in a process that
 * also runs a stranger's page, so nothing it says is taken on trust: a request
 * is rebuilt from the fields known here, each of its type and within its size,
 * or it is not a request.
 */

/** The longest body, in characters; content scripts cut theirs there. */
export const maxHTML = 10_000_000;

const maxHeader = 10_000;
const maxKey = 300;
const maxKeys = 200;
const maxToken = 64;
const maxAttachments = 200;
const maxResult = 20;
const maxURL = 20_000;
const maxDomains = 400;

const maxText = 2_000;
const maxId = 64;

const ways = new Set(["here", "tab", "behind", "window", "menu"]);
const stops = new Set(["marked", "changed", "unjudged", "unchecked", "cleared"]);
const folders = new Set(["inbox", "spam", "sent", "drafts"]);
const reasons = new Set(["detector", "timeout", "unreadable", "frame", "invalid"]);

const casePages = new Set(["guide", "report", "false-alarm", "missed"]);

/** The value is not what it should be. */
export class Malformed extends Error {}

/**
 * @param {unknown} value
 * @returns {PageRequest}
 */
export function pageRequest(value) {
  const request = record(value);
  switch (request.type) {
    case "hello":
      return { type: "hello" };
    case "check":
      return clean({
        type: /** @type {const} */ ("check"),
        key: string(request.key, maxKey),
        message: message(request.message),
        frame: optional(request.frame, (v) => string(v, maxToken)),
        early: optional(request.early, boolean),
      });
    case "arrived":
      return { type: "arrived" };
    case "join":
      return { type: "join", token: string(request.token, maxToken), body: string(request.body, maxToken) };
    case "showing":
      return clean({
        type: /** @type {const} */ ("showing"),
        keys: strings(request.keys, maxKeys, maxKey),
        waiting: optional(request.waiting, boolean),
      });
    case "failed":
      return { type: "failed", key: string(request.key, maxKey), reason: reason(request.reason) };
    case "open":
      return { type: "open", key: string(request.key, maxKey), page: casePage(request.page) };
    case "trust":
      return { type: "trust", key: string(request.key, maxKey), trusted: boolean(request.trusted) };
    case "hidden":
      return { type: "hidden", key: string(request.key, maxKey), hidden: boolean(request.hidden) };
    case "follow":
      return {
        type: "follow",
        key: string(request.key, maxKey),
        href: string(request.href, maxURL),
        url: string(request.url, maxURL),
        text: string(request.text, maxText),
        way: /** @type {Way} */ (oneOf(request.way, ways)),
        why: /** @type {StopReason} */ (oneOf(request.why, stops)),
      };
    case "menuClosed":
      return { type: "menuClosed" };
    default:
      throw new Malformed("no such request");
  }
}

/**
 * @param {unknown} value
 * @returns {PopupRequest}
 */
export function popupRequest(value) {
  const request = record(value);
  switch (request.type) {
    case "state":
      return { type: "state", tabId: integer(request.tabId) };
    case "openCase":
      return { type: "openCase", page: casePage(request.page), ...messagePlace(request) };
    case "trustSender":
      return { type: "trustSender", trusted: boolean(request.trusted), ...messagePlace(request) };
    case "checkURL":
      return { type: "checkURL", url: string(request.url, maxURL) };
    case "checkMessage":
      return { type: "checkMessage", message: message(request.message) };
    case "domains":
      return { type: "domains", domains: strings(request.domains, maxDomains, maxHeader) };
    case "updateRules":
      return { type: "updateRules" };
    case "warning":
    case "openAnyway":
    case "question":
      return { type: request.type, id: string(request.id, maxId) };
    default:
      throw new Malformed("no such request");
  }
}

/**
 * @param {unknown} value
 * @returns {Message}
 */
function message(value) {
  const m = record(value);
  const auth = optional(m.auth, record) ?? {};
  return clean({
    webmail: optional(m.webmail, (v) => string(v, 100)),
    mailbox: optional(m.mailbox, (v) => string(v, maxHeader)),
    from: address(m.from),
    replyTo: optional(m.replyTo, address),
    subject: optional(m.subject, (v) => string(v, maxHeader)),
    html: optional(m.html, (v) => string(v, maxHTML)),
    text: optional(m.text, (v) => string(v, maxHTML)),
    auth: clean({
      mailedBy: optional(auth.mailedBy, (v) => string(v, maxHeader)),
      signedBy: optional(auth.signedBy, (v) => string(v, maxHeader)),
      spf: optional(auth.spf, (v) => string(v, maxResult)),
      dkim: optional(auth.dkim, (v) => string(v, maxResult)),
      dmarc: optional(auth.dmarc, (v) => string(v, maxResult)),
    }),
    attachments: optional(m.attachments, (v) => strings(v, maxAttachments, maxHeader)),
    folder: optional(m.folder, folder),
    partial: optional(m.partial, boolean),
  });
}

/**
 * @param {unknown} value
 * @returns {Address}
 */
function address(value) {
  const a = record(value);
  return clean({
    name: optional(a.name, (v) => string(v, maxHeader)),
    address: optional(a.address, (v) => string(v, maxHeader)),
  });
}

/**
 * @param {unknown} value
 * @returns {Record<string, unknown>}
 */
function record(value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Malformed("no object");
  }
  return /** @type {Record<string, unknown>} */ (value);
}

/**
 * @param {unknown} value
 * @param {number} limit characters
 */
function string(value, limit) {
  if (typeof value !== "string") throw new Malformed("no string");
  if (value.length > limit) throw new Malformed(`longer than ${limit} characters`);
  return value;
}

/**
 * @param {unknown} value
 * @param {number} count
 * @param {number} limit
 */
function strings(value, count, limit) {
  if (!Array.isArray(value) || value.length > count) throw new Malformed("no list, or a long one");
  return value.map((item) => string(item, limit));
}

/** @param {Record<string, unknown>} request */
function messagePlace({ tabId, frameId, key }) {
  return { tabId: integer(tabId), frameId: integer(frameId), key: string(key, maxKey) };
}

/** @param {unknown} value */
function integer(value) {
  if (!Number.isSafeInteger(value)) throw new Malformed("no integer");
  return Number(value);
}

/** @param {unknown} value */
function casePage(value) {
  if (typeof value !== "string" || !casePages.has(value)) throw new Malformed("no such page");
  return /** @type {CasePage} */ (value);
}

/** @param {unknown} value */
function boolean(value) {
  if (typeof value !== "boolean") throw new Malformed("no boolean");
  return value;
}

/** @param {unknown} value */
function folder(value) {
  return /** @type {Message["folder"]} */ (oneOf(value, folders));
}

/** @param {unknown} value */
function reason(value) {
  return /** @type {FailureReason} */ (oneOf(value, reasons));
}

/**
 * @param {unknown} value
 * @param {Set<string>} words
 */
function oneOf(value, words) {
  if (typeof value !== "string" || !words.has(value)) throw new Malformed("no such word");
  return value;
}

/**
 * @template T
 * @param {unknown} value
 * @param {(value: unknown) => T} read
 */
function optional(value, read) {
  return value === undefined || value === null ? undefined : read(value);
}

/**
 * Drops fields that are not there: JSON for Go knows no undefined.
 *
 * @template {object} T
 * @param {T} value
 * @returns {T}
 */
function clean(value) {
  return /** @type {T} */ (
    Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined))
  );
}
