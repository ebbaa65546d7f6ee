/**
 * "Open in a new tab" of the browser's own menu cannot be held up by anybody.
 * When the menu of a dangerous link is about to open, the content script shows
 * the browser about:blank in the link's place (content/clicks.js): what opens
 * then is an empty tab, and the warning is led into it here. No request has gone
 * to where the link leads, and no permission is needed to see it: a tab tells
 * which tab opened it.
 */

/** How long a menu may stay open, in milliseconds; the background rests after 30 s. */
const openLimit = 25_000;

/**
 * @typedef {object} Armed
 * @property {number} tabId
 * @property {string} page the warning's address
 * @property {string} url the link's
 * @property {number} until in milliseconds
 */

/** @typedef {{ tabs: Pick<typeof chrome.tabs, "get" | "onCreated" | "update">, windows?: Pick<typeof chrome.windows, "onCreated"> }} MenuAPI */

export class LinkMenus {
  #api;
  #now;
  /** @type {Armed | undefined} there is one mouse */
  #armed;
  /** @type {Set<number>} windows that have opened since */
  #fresh = new Set();

  /**
   * @param {MenuAPI} api
   * @param {() => number} [now] milliseconds
   */
  constructor(api, now = Date.now) {
    this.#api = api;
    this.#now = now;
  }

  /**
   * The menu of a link opens.
   *
   * @param {number} tabId
   * @param {string} page
   * @param {string} url
   */
  open(tabId, page, url) {
    this.#armed = { tabId, page, url, until: this.#now() + openLimit };
    this.#fresh.clear();
    // Adding twice is adding once.
    this.#api.tabs.onCreated.addListener(this.#tabCreated);
    this.#api.windows?.onCreated.addListener(this.#windowCreated);
  }

  /** @param {number} [tabId] any, if not given */
  close(tabId) {
    if (tabId !== undefined && this.#armed?.tabId !== tabId) return;
    this.#armed = undefined;
    this.#api.tabs.onCreated.removeListener(this.#tabCreated);
    this.#api.windows?.onCreated.removeListener(this.#windowCreated);
  }

  /**
   * The link that about:blank stands for.
   *
   * @param {number | undefined} tabId
   * @returns {string | undefined}
   */
  urlIn(tabId) {
    const armed = this.#current();
    return armed?.tabId === tabId ? armed?.url : undefined;
  }

  #current() {
    if (this.#armed && this.#now() > this.#armed.until) this.close();
    return this.#armed;
  }

  /** @param {chrome.windows.Window} window */
  #windowCreated = ({ id }) => {
    if (id !== undefined) this.#fresh.add(id);
  };

  /** @param {chrome.tabs.Tab} tab */
  #tabCreated = async ({ id, openerTabId, windowId }) => {
    const armed = this.#current();
    if (!armed || id === undefined) return;
    // Chrome may learn of the opener only after it has told of the tab.
    const opener = openerTabId ?? (await this.#api.tabs.get(id).catch(() => undefined))?.openerTabId;
    if (this.#armed !== armed || (opener !== armed.tabId && !this.#fresh.has(windowId))) return;
    this.close();
    await this.#api.tabs.update(id, { url: armed.page }).catch(() => {});
  };
}
