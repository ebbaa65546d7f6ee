import { bySeverity } from "../view/level.js";
import { plain } from "../view/sentence.js";
import { buildView } from "../view/view.js";
import { addressesIn } from "./addresses.js";
import { keep, recall } from "./kept.js";

/** @import { Catalogue } from "../view/catalogue.js" */
/** @import { LinkMenus } from "./menus.js" */

const prefix = "question:";
const menuId = "ask";
/** Questions remembered; the oldest is forgotten first. */
const maxKept = 10;
const maxAsked = 20_000;
/** The window of the answer, in CSS pixels. */
const size = { width: 520, height: 640 };

/** @typedef {{ at: number, text: string, url: boolean }} Question url: the text is one address, a link's */

/**
 * "Is this real?", on any link and any selection of any page. The page is not
 * looked at: the browser's menu hands over the link or the text, and nothing else.
 */
export class Questions {
  #area;
  #ask;
  #menus;
  #catalogue;
  #api;
  #pageURL;

  /**
   * @param {object} parts
   * @param {Pick<chrome.storage.StorageArea, "get" | "set" | "remove">} parts.area
   * @param {Ask} parts.ask
   * @param {Pick<LinkMenus, "urlIn">} parts.menus
   * @param {() => Promise<Catalogue>} parts.catalogue
   * @param {Pick<typeof chrome, "tabs"> & { contextMenus?: typeof chrome.contextMenus, windows?: typeof chrome.windows }} parts.api
   *   without contextMenus and windows in Firefox for Android
   * @param {string} parts.pageURL the answer page's address
   */
  constructor({ area, ask, menus, catalogue, api, pageURL }) {
    this.#area = area;
    this.#ask = ask;
    this.#menus = menus;
    this.#catalogue = catalogue;
    this.#api = api;
    this.#pageURL = pageURL;
  }

  /** Puts the entry into the browser's menu, where it stays over restarts. */
  async offer() {
    const { contextMenus } = this.#api;
    if (!contextMenus) return;
    const { messages } = await this.#catalogue();
    await contextMenus.removeAll();
    contextMenus.create({ id: menuId, title: messages.question_menu, contexts: ["link", "selection"] });
  }

  /**
   * The entry was chosen.
   *
   * @param {Pick<chrome.contextMenus.OnClickData, "menuItemId" | "linkUrl" | "selectionText">} info
   * @param {{ id?: number } | undefined} tab
   */
  async chosen({ menuItemId, linkUrl, selectionText }, tab) {
    if (menuItemId !== menuId) return;
    // A dangerous link in a mail shows the menu about:blank in its place (menus.js).
    const hidden = linkUrl?.startsWith("about:blank") ? this.#menus.urlIn(tab?.id) : undefined;
    const url = hidden ?? linkUrl;
    const text = (url ?? selectionText ?? "").slice(0, maxAsked);
    /** @type {Question} */
    const question = { at: Date.now(), text, url: url !== undefined };
    const page = `${this.#pageURL}#${await keep(this.#area, prefix, question, maxKept)}`;
    const { windows, tabs } = this.#api;
    if (windows) await windows.create({ url: page, type: "popup", ...size });
    else await tabs.create({ url: page });
  }

  /**
   * @param {string} id
   * @returns {Promise<QuestionView | undefined>} undefined after the browser was closed
   */
  async view(id) {
    /** @type {Question | undefined} */
    const question = await recall(this.#area, prefix, id);
    if (!question) return undefined;
    const catalogue = await this.#catalogue();
    const addresses = question.url ? [question.text] : addressesIn(question.text);
    const answers = [];
    for (const address of addresses) {
      const verdict = await this.#ask("checkURL", { url: address });
      answers.push({ address: plain(address, 300), view: buildView(verdict, catalogue, "url") });
    }
    answers.sort((a, b) => bySeverity(a.view.level, b.view.level));
    return { lang: catalogue.lang, asked: plain(question.text, 300), answers };
  }
}
