/**
 * The extension's own pages, opened as a person opens them, and a watch on what
 * leaves the browser meanwhile.
 */
import { until } from "./inspect.mjs";

/** @typedef {import("puppeteer-core").Page} Page */

/**
 * Opens a page of the extension and waits until it has said itself ready.
 *
 * @param {import("./browser.mjs").Launched} launched
 * @param {string} path "options/options.html"
 * @returns {Promise<Page>}
 */
export async function openOwn({ name, browser, extension }, path) {
  const page = await browser.newPage();
  const going = page.goto(extension + path, name === "firefox" ? { timeout: 2_000 } : {});
  // Firefox moves the tab to another process and never says that it has arrived.
  await (name === "firefox" ? going.catch(() => {}) : going);
  await ready(page);
  return page;
}

/** @param {Page} page */
export function ready(page) {
  return until("a page that is ready", 15_000, () => page.evaluate(() => (document.body?.dataset.ready === "" ? true : undefined)));
}

/**
 * Notes every request that a page makes to anywhere but the extension itself.
 *
 * @param {Page} page
 * @param {string} extension
 * @returns {string[]} grows as requests come
 */
export function watchRequests(page, extension) {
  /** @type {string[]} */
  const foreign = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(extension) && !/^(blob|data|about):/.test(url)) foreign.push(url);
  });
  return foreign;
}

/**
 * The text of the first element that a selector finds, white space folded.
 *
 * @param {Page} page
 * @param {string} selector
 */
export function textOf(page, selector) {
  return page.evaluate((s) => document.querySelector(s)?.textContent?.replace(/\s+/g, " ").trim() ?? "", selector);
}

/**
 * Waits until a place says something.
 *
 * @param {Page} page
 * @param {string} selector
 * @param {RegExp} wanted
 */
export function says(page, selector, wanted) {
  return until(`a ${selector} that says ${wanted}`, 10_000, async () => {
    const text = await textOf(page, selector);
    return wanted.test(text) ? text : undefined;
  });
}

/**
 * What the storage holds of the person's settings.
 *
 * @param {Page} own
 * @returns {Promise<any>}
 */
export function stored(own) {
  return own.evaluate(async () => (await (globalThis.browser ?? globalThis.chrome).storage.local.get("settings")).settings);
}
