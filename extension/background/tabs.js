import { levels } from "../view/level.js";
import { forgetOldest } from "./kept.js";

/**
 * Which messages are open in which tab, and what was found.
 *
 * It lies in storage.session: the background may be ended at any moment, and
 * the popup must still know; it is gone when the browser closes, and never on
 * disk. Only the messages that are open are kept.
 */

const prefix = "tab:";
/** The tabs remembered; the one longest unused is forgotten first. */
const maxTabs = 40;
/** Stands for messages that are open and not asked about yet; no message's key is empty. */
const waitingKey = "";
const maxFindings = 60;
const maxLinks = 100;

/**
 * @typedef {object} StoredTab
 * @property {number} at when it was last used, in milliseconds; only the order counts
 * @property {Record<string, MessageState[]>} frames by frame id
 */

export class Tabs {
  #area;
  #show;
  #alive;
  /** @type {Promise<unknown>} writes happen one after the other */
  #queue = Promise.resolve();

  /**
   * @param {object} parts
   * @param {Pick<chrome.storage.StorageArea, "get" | "set" | "remove">} parts.area
   * @param {(tabId: number, level: TabLevel, hidden: boolean) => Promise<void>} parts.show
   *   hidden: a page keeps a banner from being seen
   * @param {(tabId: number, frameId: number) => Promise<boolean>} parts.alive
   *   whether a content script is still in the frame
   */
  constructor({ area, show, alive }) {
    this.#area = area;
    this.#show = show;
    this.#alive = alive;
  }

  /**
   * A content script has started in a frame, with nothing open yet.
   *
   * @param {number} tabId
   * @param {number} frameId
   */
  async enter(tabId, frameId) {
    await this.#change(tabId, (frames) => (frames[frameId] = []));
    await this.#sweep(tabId, frameId);
    await forgetOldest(this.#area, prefix, maxTabs);
  }

  /**
   * A frame is gone, or it says nothing more.
   *
   * @param {number} tabId
   * @param {number} frameId
   */
  leave(tabId, frameId) {
    return this.#change(tabId, (frames) => delete frames[frameId]);
  }

  /**
   * These messages are open in the frame, and no others.
   *
   * @param {number} tabId
   * @param {number} frameId
   * @param {string[]} keys
   * @param {boolean} [waiting] there are more, which come to rest before they are
   *   asked about; until then nothing of the tab is called harmless
   */
  showing(tabId, frameId, keys, waiting = false) {
    return this.#change(tabId, (frames) => {
      const open = new Set(keys);
      const known = (frames[frameId] ?? []).filter(({ key }) => open.has(key) && key !== waitingKey);
      frames[frameId] = waiting ? [...known, { key: waitingKey, frameId, pending: true, level: "unknown" }] : known;
    });
  }

  /**
   * What is known of one open message. An answer to a question that is not the
   * latest, or about a message that was left in the meantime, counts for nothing.
   *
   * @param {number} tabId
   * @param {number} frameId
   * @param {string} key
   * @param {{ pending: true, asked?: string } | { view: View, verdict?: Verdict, mail?: MailHead, asked?: string }} news
   */
  note(tabId, frameId, key, news) {
    const { asked } = news;
    /** @type {MessageState} */
    const state =
      "view" in news
        ? { key, frameId, pending: false, level: news.view.level, view: news.view, verdict: news.verdict && trimmed(news.verdict), mail: news.mail }
        : { key, frameId, pending: true, level: "unknown" };
    return this.#change(tabId, (frames) => {
      const all = frames[frameId] ?? [];
      const late = "view" in news && asked !== undefined && !all.some((message) => message.key === key && message.asked === asked);
      if (late) return;
      frames[frameId] = [...all.filter((message) => message.key !== key), { ...state, ...(asked !== undefined && { asked }) }];
    });
  }

  /**
   * Whether the page keeps a message's banner from being seen.
   *
   * @param {number} tabId
   * @param {number} frameId
   * @param {string} key
   * @param {boolean} hidden
   */
  hide(tabId, frameId, key, hidden) {
    return this.#change(tabId, (frames) => {
      for (const message of frames[frameId] ?? []) if (message.key === key) message.hidden = hidden;
    });
  }

  /**
   * One message as it was last seen, whether its page is still there or not. A
   * body in a frame of its own belongs to a message of the frame around it.
   *
   * @param {number} tabId
   * @param {number} frameId
   * @param {string} key
   * @returns {Promise<MessageState | undefined>}
   */
  async message(tabId, frameId, key) {
    await this.#queue;
    const frames = (await this.#load(tabId))?.frames ?? {};
    const all = [...(frames[frameId] ?? []), ...Object.values(frames).flat()];
    return all.find((message) => message.key === key);
  }

  /**
   * @param {number} tabId
   * @returns {Promise<TabState>}
   */
  async read(tabId) {
    await this.#sweep(tabId);
    await this.#queue;
    const frames = (await this.#load(tabId))?.frames;
    const messages = Object.values(frames ?? {}).flat();
    return { level: levelOf(messages), active: frames !== undefined, messages };
  }

  /** The tabs in which content scripts have started. */
  async known() {
    await this.#queue;
    return Object.keys(await this.#area.get(null)).filter(isTab).map(idOf);
  }

  /**
   * Forgets frames that went away while the background was not running to see it.
   *
   * @param {number} tabId
   * @param {number} [except] a frame known to be there
   */
  async #sweep(tabId, except) {
    await this.#queue;
    const frames = Object.keys((await this.#load(tabId))?.frames ?? {}).map(Number);
    for (const frameId of frames) {
      if (frameId !== except && !(await this.#alive(tabId, frameId))) await this.leave(tabId, frameId);
    }
  }

  /**
   * @param {number} tabId
   * @param {(frames: Record<string, MessageState[]>) => void} change
   */
  #change(tabId, change) {
    const done = this.#queue.then(async () => {
      const frames = (await this.#load(tabId))?.frames ?? {};
      change(frames);
      const key = prefix + tabId;
      if (Object.keys(frames).length === 0) await this.#area.remove(key);
      else await this.#area.set({ [key]: { at: Date.now(), frames } });
      const messages = Object.values(frames).flat();
      await this.#show(tabId, levelOf(messages), messages.some(({ hidden }) => hidden));
    });
    this.#queue = done.catch(() => {});
    return done;
  }

  /**
   * @param {number} tabId
   * @returns {Promise<StoredTab | undefined>}
   */
  async #load(tabId) {
    const key = prefix + tabId;
    return /** @type {StoredTab | undefined} */ ((await this.#area.get(key))[key]);
  }
}

/**
 * The tab's level is its worst message's; one still being checked is never
 * outshone by an "ok".
 *
 * @param {MessageState[]} messages
 * @returns {TabLevel}
 */
export function levelOf(messages) {
  if (messages.length === 0) return "idle";
  const worst = levels.find((level) => messages.some((m) => !m.pending && m.level === level));
  if (worst === "danger" || worst === "caution") return worst;
  return messages.some((m) => m.pending) ? "checking" : (worst ?? "unknown");
}

/**
 * What the popup needs of a verdict; a mail of 100,000 links must not fill the
 * 10 MB that the browser gives for all of it.
 *
 * @param {Verdict} verdict
 * @returns {Verdict}
 */
function trimmed(verdict) {
  return {
    ...verdict,
    findings: verdict.findings.slice(0, maxFindings),
    links: verdict.links.slice(0, maxLinks).map((link) => ({ ...link, href: link.href.slice(0, 500) })),
  };
}

/** @param {string} key */
function isTab(key) {
  return key.startsWith(prefix);
}

/** @param {string} key */
function idOf(key) {
  return Number(key.slice(prefix.length));
}
