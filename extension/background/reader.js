import { isOff } from "../settings/effect.js";
import { buildView, failureView } from "../view/view.js";
import { adaptersFor } from "./adapters.js";
import { mark } from "./marks.js";
import { bodyFrameFor, FrameGone } from "./relay.js";
import { senderOf } from "./senders.js";

/** @import { Warnings } from "./warnings.js" */
/** @import { Catalogue } from "../view/catalogue.js" */
/** @import { Deeds } from "./deeds.js" */
/** @import { Relay } from "./relay.js" */
/** @import { Tally } from "../statistics/tally.js" */
/** @import { Frame } from "./router.js" */
/** @import { Tabs } from "./tabs.js" */

/** The longest subject and sender kept with a verdict, in characters. */
const maxHead = 500;

/** How long a tab may think that it can ask without a word, in milliseconds. */
const presenceLimit = 1000;

/**
 * Answers the content scripts: who they are to read a page as, and what was
 * found in the message they read.
 */
export class Reader {
  #ask;
  #tabs;
  #warnings;
  #catalogue;
  #css;
  #settings;
  #allowed;
  #reader;
  #relay;
  #own;
  #deeds;
  #tally;
  #warm;

  /**
   * @param {object} parts
   * @param {Ask} parts.ask
   * @param {Tabs} parts.tabs
   * @param {Pick<Warnings, "follow" | "menuClosed">} parts.warnings
   * @param {() => Promise<Catalogue>} parts.catalogue
   * @param {() => Promise<string>} parts.css the banner's style sheet
   * @param {() => Promise<SettingsValue>} parts.settings
   * @param {(url: string) => Promise<boolean>} parts.allowed whether we may still read a
   *   page of this address: the scripts in it outlive a permission that is taken away
   * @param {() => Promise<Pick<DetectorMethods["check"]["request"], "protect" | "strictness">>} parts.reader
   *   what the detector is to know of the person
   * @param {Relay} parts.relay
   * @param {() => Promise<Partial<SettingsChoice>>} parts.own the settings that are the person's own
   * @param {Deeds} parts.deeds
   * @param {Pick<Tally, "note">} parts.tally hears every answer
   * @param {() => Promise<void>} parts.warm makes the next check a quick one
   */
  constructor({ ask, tabs, warnings, catalogue, css, settings, allowed, reader, relay, own, deeds, tally, warm }) {
    this.#ask = ask;
    this.#tabs = tabs;
    this.#warnings = warnings;
    this.#catalogue = catalogue;
    this.#css = css;
    this.#settings = settings;
    this.#allowed = allowed;
    this.#reader = reader;
    this.#relay = relay;
    this.#own = own;
    this.#deeds = deeds;
    this.#tally = tally;
    this.#warm = warm;
  }

  /**
   * A page that may show mail has opened its port: what a check needs is loaded and
   * built while the page comes to rest, or before there is a mail.
   *
   * @param {Frame} frame
   */
  async opened({ url, tabURL }) {
    if (isOff(await this.#settings(), [url, tabURL])) return;
    await Promise.all([this.#warm(), this.#catalogue()]);
  }

  /**
   * @param {PageRequest} request
   * @param {Frame} frame
   * @returns {Promise<HelloAnswer | CheckAnswer | FollowAnswer | { view: View } | {}>}
   */
  async answer(request, frame) {
    const { tabId, frameId } = frame;
    switch (request.type) {
      case "hello":
        return this.#hello(frame);
      case "showing":
        // The detector may have died, or be let go, since the port was opened.
        if (request.keys.length > 0 || request.waiting) this.#warm();
        await this.#tabs.showing(tabId, frameId, request.keys, request.waiting);
        return {};
      case "arrived":
        this.#relay.arrived(frame, await this.#ask("webmails", {}));
        return {};
      case "join":
        this.#relay.join(request.token, request.body, frame, await this.#ask("webmails", {}));
        return {};
      case "hidden":
        await this.#tabs.hide(tabId, frameId, request.key, request.hidden);
        return {};
      case "follow":
        return this.#warnings.follow(request, frame);
      case "menuClosed":
        this.#warnings.menuClosed(tabId);
        return {};
      case "check":
        return this.#check(request, frame);
      case "open":
        return this.#deeds.open({ tabId, frameId, key: request.key }, request.page);
      case "trust":
        return this.#deeds.trust({ tabId, frameId, key: request.key }, request.trusted);
      case "failed": {
        const view = failureView(request.reason, await this.#catalogue());
        await this.#tabs.note(tabId, frameId, request.key, { view });
        return { view };
      }
    }
  }

  /**
   * @param {Frame} frame
   * @returns {Promise<HelloAnswer>}
   */
  async #hello({ tabId, frameId, url, tabURL }) {
    const entered = this.#tabs.enter(tabId, frameId);
    const settings = await this.#settings();
    const { clickWarning } = settings;
    const words = { checking: "", unchecked: "" };
    if (isOff(settings, [url, tabURL]) || !(await this.#allowed(url))) {
      await entered;
      return { adapters: [], css: "", rules: 0, clickWarning, words, off: true };
    }
    const [webmails, info, css, { messages }] = await Promise.all([
      this.#ask("webmails", {}),
      this.#ask("rulesInfo", {}),
      this.#css(),
      this.#catalogue(),
      entered,
    ]);
    words.checking = messages.click_checking;
    words.unchecked = messages.click_unchecked;
    this.#warm();
    const inner = bodyFrameFor(url, webmails);
    return { adapters: inner ? [] : adaptersFor(webmails, url), css, rules: info.version, clickWarning, words, off: false, ...(inner && { frame: inner }) };
  }

  /**
   * The message with the body that another frame holds.
   *
   * @param {Message} message
   * @param {string} frame
   * @param {Frame} page
   * @returns {Promise<{ whole: Message, number: number }>}
   */
  async #whole(message, frame, page) {
    const { html, partial, number } = await this.#relay.body(frame, page, await this.#ask("webmails", {}));
    return { whole: { ...message, html, ...((partial || message.partial) && { partial: true }) }, number };
  }

  /**
   * The toolbar says "checking" until there is an answer, so that one that never
   * comes is not mistaken for a good one. So it says too while a body is not whole
   * yet, unless what is there of it is dangerous.
   *
   * @param {Extract<PageRequest, { type: "check" }>} request
   * @param {Frame} page
   * @returns {Promise<CheckAnswer>}
   */
  async #check({ key, message, frame, early }, page) {
    const { tabId, frameId } = page;
    const asked = crypto.randomUUID();
    mark("check");
    /** @param {Parameters<Tabs["note"]>[3]} news told in this order, and waited for by nobody who reads a mail */
    const note = (news) => void this.#tabs.note(tabId, frameId, key, news).catch(() => {});
    note({ pending: true, asked });
    const catalogue = await this.#catalogue();
    let number = 0;
    try {
      let whole = message;
      if (frame) ({ whole, number } = await this.#whole(message, frame, page));
      const [verdict, settings, own] = await Promise.all([
        this.#reader().then((reader) => this.#ask("check", { message: whole, ...reader })),
        this.#settings(),
        this.#own(),
      ]);
      mark("checked");
      if (early && verdict.level !== "danger") return {};
      const sender = senderOf(whole.from.address, settings.trustedSenders, own.trustedSenders ?? []);
      const view = buildView(verdict, catalogue, "message", sender);
      note({ view, verdict, mail: headOf(whole), asked });
      if (frame) this.#relay.mark(frame, key, number, view);
      this.#tally.note(page, key, message, verdict);
      return { view };
    } catch (error) {
      // The page calls the frame once more, or says itself that it gave up.
      if (error instanceof FrameGone) throw error;
      if (frame && number > 0) this.#relay.mark(frame, key, number);
      if (!early) note({ view: failureView("detector", catalogue), asked });
      throw error;
    }
  }
}

/**
 * @param {Message} message
 * @returns {MailHead}
 */
function headOf({ subject = "", from }) {
  const { name = "", address = "" } = from;
  return { subject: subject.slice(0, maxHead), from: { name: name.slice(0, maxHead), address: address.slice(0, maxHead) } };
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
