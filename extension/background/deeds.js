import { caseOf, keepCase } from "./cases.js";
import { trust } from "./senders.js";

/** @import { Settings } from "../settings/settings.js" */
/** @import { Tabs } from "./tabs.js" */

/**
 * The pages that open beside a mail, by what was pressed.
 *
 * @type {Record<CasePage, string>}
 */
const addresses = {
  guide: "guide/guide.html",
  report: "report/report.html",
  "false-alarm": "report/report.html",
  missed: "report/report.html",
};

/**
 * What a person does about a message, from the banner or the popup: opens the
 * guide or the report, calls its sender fine. Who asks names an open message and
 * nothing else; its sender and its links are what was read when it was checked.
 */
export class Deeds {
  #tabs;
  #session;
  #settings;
  #show;
  #rules;

  /**
   * @param {object} parts
   * @param {Pick<Tabs, "message">} parts.tabs
   * @param {Pick<chrome.storage.StorageArea, "get" | "set" | "remove">} parts.session
   * @param {Pick<Settings, "own" | "write">} parts.settings
   * @param {(path: string) => Promise<unknown>} parts.show opens a page of ours
   * @param {() => Promise<number>} parts.rules the version in use
   */
  constructor({ tabs, session, settings, show, rules }) {
    this.#tabs = tabs;
    this.#session = session;
    this.#settings = settings;
    this.#show = show;
    this.#rules = rules;
  }

  /**
   * @param {{ tabId: number, frameId: number, key: string }} place
   * @param {CasePage} page
   */
  async open({ tabId, frameId, key }, page) {
    const message = await this.#tabs.message(tabId, frameId, key);
    const path = addresses[page];
    if (!message) {
      await this.#show(path);
      return {};
    }
    const facts = caseOf(message, await this.#rules(), Date.now());
    const id = await keepCase(this.#session, facts);
    await this.#show(`${path}?kind=${page}#${id}`);
    return {};
  }

  /**
   * @param {{ tabId: number, frameId: number, key: string }} place
   * @param {boolean} trusted
   */
  async trust({ tabId, frameId, key }, trusted) {
    const message = await this.#tabs.message(tabId, frameId, key);
    const address = message?.mail?.from.address;
    if (!address) throw new Error("deeds: no open message with a sender under this key");
    await trust(this.#settings, address, trusted);
    return {};
  }
}
