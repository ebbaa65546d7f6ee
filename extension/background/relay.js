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
 * Nothing is kept that may not be lost: a frame that the background has forgotten
 * is called again by its page.
 */

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
   * A body's frame has a token, and its page is told that it may ask.
   *
   * @param {string} token
   * @param {Frame} frame
   * @param {Webmail[]} webmails
   */
  join(token, frame, webmails) {
    if (frame.frameId === 0 || parentsOf(frame.url, webmails).length === 0) throw new FrameGone("no frame of a body");
    this.#frames.delete(token);
    this.#frames.set(token, frame);
    for (const old of this.#frames.keys()) {
      if (this.#frames.size <= maxFrames) break;
      this.#frames.delete(old);
    }
    // To the whole tab: only who made the token knows it.
    this.#tabs.sendMessage(frame.tabId, { type: "joined", token }).catch(() => {});
  }

  /**
   * @param {string} token
   * @param {Frame} page who asks
   * @param {Webmail[]} webmails
   * @returns {Promise<{ html: string, partial: boolean }>}
   */
  async body(token, page, webmails) {
    const frame = this.#frames.get(token);
    if (!frame || frame.tabId !== page.tabId || frame.frameId === page.frameId) throw new FrameGone("no such frame");
    if (!parentsOf(frame.url, webmails).some((host) => host === hostOf(page.url))) throw new FrameGone("another webmail's frame");
    const { tabId, frameId } = frame;
    const late = new Promise((_, reject) => setTimeout(reject, bodyLimit, new FrameGone("no answer")));
    const answer = this.#tabs.sendMessage(tabId, { type: "body", token }, { frameId }).catch(() => undefined);
    const body = await Promise.race([answer, late]);
    if (typeof body?.html !== "string" || body.html.length > maxHTML) throw new FrameGone("no body");
    // A frame that is not filled yet has nothing to be called harmless.
    if (!/\S/u.test(body.html)) throw new FrameGone("an empty body");
    return { html: body.html, partial: body.partial === true };
  }

  /**
   * @param {string} token
   * @param {string} key the message's
   * @param {View} view
   */
  mark(token, key, { level, marks, marksComplete }) {
    const frame = this.#frames.get(token);
    if (!frame) return;
    this.#tabs.sendMessage(frame.tabId, { type: "marks", token, key, view: { level, marks, marksComplete } }, { frameId: frame.frameId }).catch(() => {});
  }
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

/** @param {string} url */
function hostOf(url) {
  try {
    return new URL(url).hostname.replace(/\.$/, "");
  } catch {
    return "";
  }
}
