/**
 * Puts together a message whose body is in a frame of another origin.
 *
 * The page's content script knows the header and holds a token; the content
 * script in the frame was handed the same token by it (content/relay.js). Who is
 * who, the browser says: a frame may give a body only if it is of a host that the
 * rules name for that, and only to a page of the same tab, of a host that the
 * rules name for the same webmail. What the frames say of themselves counts for
 * nothing.
 *
 * Which mail is in a frame, only its content says. The frame names the state of its
 * body when it shows the token, and the page tells by that name whether the body is
 * still the one of the mail before (content/arrival.js).
 *
 * Nothing is kept that may not be lost: a frame that the background has forgotten
 * is called again by its page.
 */

import { hostOf } from "../view/host.js";
import { maxHTML } from "./shapes.js";

/** @import { Frame } from "./router.js" */

/** Remembered at once, the oldest go first; one message takes one. */
const maxFrames = 100;
/** How long a frame may take to hand over its body, in milliseconds. */
const bodyLimit = 10_000;

/** The frame is not there, not asked for, or does not answer. */
export class FrameGone extends Error {}

export class Relay {
  #tabs;
  /** @type {Map<string, Frame>} by token */
  #frames = new Map();

  /** @param {Pick<typeof chrome.tabs, "sendMessage">} tabs */
  constructor(tabs) {
    this.#tabs = tabs;
  }

  /**
   * A body's frame has started: whoever has a token for it may call it.
   *
   * @param {Frame} frame
   * @param {Webmail[]} webmails
   */
  arrived(frame, webmails) {
    if (isBodyFrame(frame, webmails)) this.#tabs.sendMessage(frame.tabId, { type: "arrived" }).catch(() => {});
  }

  /**
   * A body's frame has a token, and its page is told that it may ask.
   *
   * @param {string} token
   * @param {string} body names what is in the frame
   * @param {Frame} frame
   * @param {Webmail[]} webmails
   */
  join(token, body, frame, webmails) {
    if (!isBodyFrame(frame, webmails)) throw new FrameGone("no frame of a body");
    this.#frames.delete(token);
    this.#frames.set(token, frame);
    for (const old of this.#frames.keys()) {
      if (this.#frames.size <= maxFrames) break;
      this.#frames.delete(old);
    }
    // To the whole tab: only who made the token knows it.
    this.#tabs.sendMessage(frame.tabId, { type: "joined", token, body }).catch(() => {});
  }

  /**
   * @param {string} token
   * @param {Frame} page who asks
   * @param {Webmail[]} webmails
   * @returns {Promise<FrameBody>}
   */
  async body(token, page, webmails) {
    const frame = this.#frames.get(token);
    if (!frame || frame.tabId !== page.tabId || frame.frameId === page.frameId) throw new FrameGone("no such frame");
    if (!parentsOf(frame.url, webmails).some((host) => host === hostOf(page.url))) throw new FrameGone("another webmail's frame");
    const { tabId, frameId } = frame;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(reject, bodyLimit, new FrameGone("no answer"));
    });
    const answer = this.#tabs.sendMessage(tabId, { type: "body", token }, { frameId }).catch(() => undefined);
    const body = await Promise.race([answer, late]).finally(() => clearTimeout(timer));
    if (typeof body?.html !== "string" || body.html.length > maxHTML) throw new FrameGone("no body");
    if (!Number.isSafeInteger(body.number)) throw new FrameGone("no number");
    // A frame that is not filled yet has nothing to be called harmless.
    return { html: body.html, partial: body.partial === true || !/\S/u.test(body.html), number: body.number };
  }

  /**
   * @param {string} token
   * @param {string} key the message's
   * @param {number} number of the body that was handed over
   * @param {View} [view] none: it could not be checked
   */
  mark(token, key, number, view) {
    const frame = this.#frames.get(token);
    if (!frame) return;
    const { level, marks, marksComplete } = view ?? {};
    const notice = { type: "marks", token, key, number, ...(view && { view: { level, marks, marksComplete } }) };
    this.#tabs.sendMessage(frame.tabId, notice, { frameId: frame.frameId }).catch(() => {});
  }
}

/**
 * @param {Frame} frame
 * @param {Webmail[]} webmails
 */
function isBodyFrame({ frameId, url }, webmails) {
  return frameId !== 0 && parentsOf(url, webmails).length > 0;
}

/**
 * The hosts of the pages that a body's frame may be in; none: it is no such frame.
 *
 * @param {string} url the frame's, as the browser gives it
 * @param {Webmail[]} webmails
 */
export function parentsOf(url, webmails) {
  const host = url.startsWith("https://") ? hostOf(url) : "";
  return webmails.filter(({ frameHosts = [] }) => frameHosts.includes(host)).flatMap(({ hosts = [] }) => hosts);
}

/**
 * What the content script in a body's frame needs to know.
 *
 * @param {string} url
 * @param {Webmail[]} webmails
 * @returns {BodyFrame | undefined}
 */
export function bodyFrameFor(url, webmails) {
  const parents = parentsOf(url, webmails);
  const own = webmails.filter(({ frameHosts = [] }) => frameHosts.includes(hostOf(url)));
  return parents.length > 0 ? { parents, body: own.flatMap(({ body }) => body) } : undefined;
}
