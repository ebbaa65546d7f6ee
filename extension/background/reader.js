import { isOff } from "../settings/effect.js";
import { buildView, failureView } from "../view/view.js";
import { adaptersFor } from "./adapters.js";

/** @import { Catalogue } from "../view/catalogue.js" */
/** @import { Frame } from "./router.js" */
/** @import { Tabs } from "./tabs.js" */

/** How long a tab may think that it can ask without a word, in milliseconds. */
const presenceLimit = 1000;

/**
 * Answers the content scripts: who they are to read a page as, and what was
 * found in the message they read.
 */
export class Reader {
  #ask;
  #tabs;
  #catalogue;
  #css;
  #settings;
  #reader;

  /**
   * @param {object} parts
   * @param {Ask} parts.ask
   * @param {Tabs} parts.tabs
   * @param {() => Promise<Catalogue>} parts.catalogue
   * @param {() => Promise<string>} parts.css the banner's style sheet
   * @param {() => Promise<SettingsValue>} parts.settings
   * @param {() => Promise<Pick<DetectorMethods["check"]["request"], "protect" | "strictness">>} parts.reader
   *   what the detector is to know of the person
   */
  constructor({ ask, tabs, catalogue, css, settings, reader }) {
    this.#ask = ask;
    this.#tabs = tabs;
    this.#catalogue = catalogue;
    this.#css = css;
    this.#settings = settings;
    this.#reader = reader;
  }

  /**
   * @param {PageRequest} request
   * @param {Frame} frame
   * @returns {Promise<HelloAnswer | CheckAnswer | { view: View } | {}>}
   */
  async answer(request, frame) {
    const { tabId, frameId } = frame;
    switch (request.type) {
      case "hello":
        return this.#hello(frame);
      case "showing":
        await this.#tabs.showing(tabId, frameId, request.keys);
        return {};
      case "check":
        return this.#check(request.key, request.message, frame);
      case "failed": {
        const view = failureView(request.reason, await this.#catalogue());
        await this.#tabs.note(tabId, frameId, request.key, { view });
        return { view };
      }
    }
  }

  /**
   * Also warms the detector up, so that the first mail need not wait for it.
   *
   * @param {Frame} frame
   * @returns {Promise<HelloAnswer>}
   */
  async #hello({ tabId, frameId, url, tabURL }) {
    await this.#tabs.enter(tabId, frameId);
    if (isOff(await this.#settings(), [url, tabURL])) return { adapters: [], css: "", rules: 0, off: true };
    const [webmails, info, css] = await Promise.all([
      this.#ask("webmails", {}),
      this.#ask("rulesInfo", {}),
      this.#css(),
    ]);
    return { adapters: adaptersFor(webmails, url), css, rules: info.version, off: false };
  }

  /**
   * The toolbar says "checking" until there is an answer, so that one that never
   * comes is not mistaken for a good one.
   *
   * @param {string} key
   * @param {Message} message
   * @param {Frame} frame
   * @returns {Promise<CheckAnswer>}
   */
  async #check(key, message, { tabId, frameId }) {
    await this.#tabs.note(tabId, frameId, key, { pending: true });
    const catalogue = await this.#catalogue();
    try {
      const verdict = await this.#ask("check", { message, ...(await this.#reader()) });
      const view = buildView(verdict, catalogue);
      await this.#tabs.note(tabId, frameId, key, { view, verdict });
      return { view };
    } catch (error) {
      const view = failureView("detector", catalogue);
      await this.#tabs.note(tabId, frameId, key, { view });
      throw error;
    }
  }
}

/**
 * Whether a content script of ours answers in a frame.
 *
 * @param {Pick<typeof chrome.tabs, "sendMessage">} tabs
 * @param {number} tabId
 * @param {number} frameId
 */
export async function isAlive(tabs, tabId, frameId) {
  /** @type {Promise<boolean>} a page that is busy is there all the same */
  const busy = new Promise((resolve) => setTimeout(resolve, presenceLimit, true));
  const answer = tabs.sendMessage(tabId, { type: "present" }, { frameId }).then(
    (present) => present === true,
    () => false,
  );
  return Promise.race([answer, busy]);
}
