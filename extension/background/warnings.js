import { hostParts } from "../view/finding.js";
import { hostOf } from "../view/host.js";
import { linkView } from "../view/links.js";
import { plain } from "../view/sentence.js";
import { buildView } from "../view/view.js";
import { keep, recall } from "./kept.js";
import { isWeb } from "./opening.js";

/** @import { Catalogue } from "../view/catalogue.js" */
/** @import { LinkMenus } from "./menus.js" */
/** @import { Frame } from "./router.js" */
/** @import { Tabs } from "./tabs.js" */

const prefix = "warning:";
const allowedKey = "allowed";
/** Stopped links remembered; the oldest is forgotten first. */
const maxStopped = 30;
const maxAllowed = 200;
/** How long a person who clicked waits for what can be said of the link alone, in milliseconds. */
const aloneLimit = 1000;

/**
 * @typedef {object} Stopped a link that was not opened
 * @property {number} at in milliseconds; only the order counts
 * @property {string} url as the click would have opened it
 * @property {string} message the message it stood in; empty for one that is not known
 * @property {string} host where it leads; the whole address where no host can be read
 * @property {WarningView} view
 */

/** @typedef {{ message: string, host: string }} Allowed a choice of the person's */

/**
 * Stops links, and remembers what was stopped and what the person opened anyway.
 *
 * Both lie in storage.session, which no page and no content script can read or
 * write. The warning page is called with nothing but a random number: nobody who
 * builds such an address can put words into our mouth.
 */
export class Warnings {
  #area;
  #ask;
  #tabs;
  #menus;
  #catalogue;
  #open;
  #pageURL;
  #wanted;

  /**
   * @param {object} parts
   * @param {Pick<chrome.storage.StorageArea, "get" | "set" | "remove">} parts.area
   * @param {Ask} parts.ask
   * @param {Pick<Tabs, "message">} parts.tabs
   * @param {Pick<LinkMenus, "open" | "close">} parts.menus
   * @param {() => Promise<Catalogue>} parts.catalogue
   * @param {(way: Exclude<Way, "menu">, tabId: number, url: string) => Promise<void>} parts.open
   * @param {string} parts.pageURL the warning page's address
   * @param {(frame: Frame) => Promise<boolean>} parts.wanted whether links of a page are to be stopped
   */
  constructor({ area, ask, tabs, menus, catalogue, open, pageURL, wanted }) {
    this.#area = area;
    this.#ask = ask;
    this.#tabs = tabs;
    this.#menus = menus;
    this.#catalogue = catalogue;
    this.#open = open;
    this.#pageURL = pageURL;
    this.#wanted = wanted;
  }

  /**
   * Decides what becomes of a link that the content script held up: what it
   * found dangerous is warned of, whatever is in doubt is judged first.
   *
   * @param {FollowRequest} request
   * @param {Frame} frame
   * @returns {Promise<FollowAnswer>}
   */
  async follow(request, frame) {
    const { key, url, way } = request;
    const wanted = await this.#wanted(frame);
    const message = key && `${originOf(frame.url)} ${key}`;
    const state = key ? await this.#tabs.message(frame.tabId, frame.frameId, key) : undefined;
    const inMail = state?.verdict?.links.find(({ href }) => href.trim() === request.href);
    const alone = await this.#judge(url, request.why === "unchecked" ? aloneLimit : Infinity);
    const host = inMail?.host || alone?.links[0]?.host || url;
    if (!wanted || (await this.#isHarmless(request, state, inMail, alone)) || (await this.#isAllowed(message, host))) {
      if (way === "menu" || !isWeb(url)) return { opened: "nothing" };
      await this.#open(way, frame.tabId, url);
      return { opened: "link" };
    }
    const view = await this.#view({ ...request, why: reasonOf(request, state, inMail) }, frame, state, inMail, alone);
    /** @type {Stopped} */
    const stopped = { at: Date.now(), url, message, host, view };
    const page = `${this.#pageURL}#${await keep(this.#area, prefix, stopped, maxStopped)}`;
    if (way === "menu") {
      this.#menus.open(frame.tabId, page, url);
      return { opened: "nothing" };
    }
    await this.#open(way, frame.tabId, page);
    return { opened: "warning" };
  }

  /** @param {number} tabId */
  menuClosed(tabId) {
    this.#menus.close(tabId);
  }

  /**
   * @param {string} id
   * @returns {Promise<WarningView | undefined>} undefined after the browser was closed
   */
  async view(id) {
    return (await recall(this.#area, prefix, id))?.view;
  }

  /**
   * The person wants to open it all the same, in this message and from now on.
   *
   * @param {string} id
   * @returns {Promise<string | undefined>} the address, if it is one that opens a page
   */
  async openAnyway(id) {
    /** @type {Stopped | undefined} */
    const stopped = await recall(this.#area, prefix, id);
    if (!stopped || !isWeb(stopped.url)) return undefined;
    const { message, host, url } = stopped;
    if (!message) return url;
    const allowed = (await this.#allowed()).filter((one) => one.message !== message || one.host !== host);
    await this.#area.set({ [allowedKey]: [...allowed, { message, host }].slice(-maxAllowed) });
    return url;
  }

  /**
   * In a dangerous mail, a link that was never judged as a part of it gets no
   * benefit of the doubt: on its own, a fresh name of random letters looks like
   * many a harmless one. In other mails it is enough that nothing speaks against it.
   *
   * @param {FollowRequest} request
   * @param {MessageState | undefined} state
   * @param {LinkVerdict | undefined} inMail
   * @param {Verdict | undefined} alone
   */
  async #isHarmless({ why, href }, state, inMail, alone) {
    // What is called unchecked or cleared is what the mail's own verdict says of it by now.
    if (why === "unchecked") return !state?.pending && inMail !== undefined && inMail.level !== "danger";
    if (why === "cleared") return !state?.pending && state?.verdict !== undefined && !isMarked(state, href);
    if (why === "marked" || !alone || alone.level === "danger" || alone.level === "unknown") return false;
    if (state?.level !== "danger") return true;
    return why === "unjudged" && inMail !== undefined && inMail.level !== "danger";
  }

  /**
   * @param {string} url
   * @param {number} limit milliseconds
   * @returns {Promise<Verdict | undefined>} undefined where it could not be judged
   */
  async #judge(url, limit) {
    const answer = this.#ask("checkURL", { url }).catch(() => undefined);
    if (limit === Infinity) return answer;
    return Promise.race([answer, new Promise((/** @type {(value: undefined) => void} */ resolve) => setTimeout(resolve, limit, undefined))]);
  }

  /**
   * @param {FollowRequest} request
   * @param {Frame} frame
   * @param {MessageState | undefined} state
   * @param {LinkVerdict | undefined} inMail
   * @param {Verdict | undefined} alone
   * @returns {Promise<WarningView>}
   */
  async #view({ text, url, way, why }, frame, state, inMail, alone) {
    const catalogue = await this.#catalogue();
    const link = inMail ?? alone?.links[0];
    const mail = state?.view?.level === "danger" ? state.view.title : undefined;
    // The mail's own sentence says already that name and place do not belong together.
    const claims = new Set((mail && inMail && state?.verdict ? state.verdict.findings : []).filter(({ group }) => group === "claim").map(({ symbol }) => symbol));
    const spoken = link && { ...link, symbols: link.symbols?.filter((symbol) => !claims.has(symbol)) };
    const shown = spoken && linkView(spoken, (inMail ? state?.verdict : alone)?.findings ?? [], catalogue.messages);
    const said = inMail && shown ? shown.notes : [];
    const own = alone && alone.level !== "ok" ? buildView(alone, catalogue, "url") : undefined;
    const more = own && own.level !== "unknown" ? [own.title, ...own.reasons.map((reason) => reason.text)] : [];
    const first = hostOf(url);
    const reasons = [...new Set([...said, ...(inMail ? [] : more)])].filter((reason) => reason !== mail);
    return {
      lang: catalogue.lang,
      why,
      level: why === "marked" || alone?.level === "danger" ? "danger" : "unknown",
      text: plain(text, 200),
      url: plain(url, 400),
      ...(shown?.host ? { host: shown.host, hidden: shown.hidden } : !link && first && { host: hostParts(first) }),
      ...(link?.host && first && first !== link.host && { by: hostParts(first) }),
      ...(mail && { mail }),
      reasons: reasons.slice(0, 4),
      ...(state?.view?.official && { official: state.view.official }),
      openable: isWeb(url),
      tabId: frame.tabId,
      inPlace: way === "here",
    };
  }

  /**
   * @param {string} message
   * @param {string} host
   */
  async #isAllowed(message, host) {
    return message !== "" && (await this.#allowed()).some((one) => one.message === message && one.host === host);
  }

  /** @returns {Promise<Allowed[]>} */
  async #allowed() {
    return /** @type {Allowed[] | undefined} */ ((await this.#area.get(allowedKey))[allowedKey]) ?? [];
  }
}

/**
 * What a person is told of a link that no page could open: what is known by now.
 *
 * @param {FollowRequest} request
 * @param {MessageState | undefined} state
 * @param {LinkVerdict | undefined} inMail
 * @returns {StopReason}
 */
function reasonOf({ why, href }, state, inMail) {
  if (why !== "unchecked" && why !== "cleared") return why;
  return inMail?.level === "danger" || (state && isMarked(state, href)) ? "marked" : "unchecked";
}

/**
 * @param {MessageState} state
 * @param {string} href
 */
function isMarked({ view }, href) {
  return view?.marks?.some((mark) => mark.href === href) === true;
}

/** @param {string} url */
function originOf(url) {
  try {
    return new URL(url).origin;
  } catch {
    return "";
  }
}
