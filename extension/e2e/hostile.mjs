/**
 * Mails that fight the page they are shown in (testdata/messages/hostile/page-*).
 */
import { readdir } from "node:fs/promises";
import path from "node:path";
import { until } from "./inspect.mjs";
import { messagesDir } from "./mail.mjs";
import { legible, look } from "./pixels.mjs";

/** @typedef {import("puppeteer-core").Page} Page */

/**
 * What works in one browser only: Firefox has no styles for the parts of a scrollbar,
 * and draws no backdrop-filter where it has no window.
 *
 * @type {Record<string, import("./browser.mjs").BrowserName>}
 */
export const only = { "cover-backdrop": "chromium", scrollbar: "chromium" };

/**
 * What a kind attacks, where that is not the sight of the banner; and so what it has
 * to win against a program without defences (control.test.mjs).
 *
 * | attacks | wins, where nothing is defended | ours |
 * |---|---|---|
 * | sight | the banner cannot be read | can be read, and stands upright |
 * | sender | who asks the page for senders sees a false one, or none | the true sender |
 * | links | who asks the page for its links does not see all | the level that all give |
 * | trust | an all-clear of its own is on the screen | nothing of ours is green |
 *
 * @type {Record<string, "sender" | "links" | "trust">}
 */
export const attacks = { "forged-heads": "sender", headless: "sender", links: "links", "green-banner": "trust" };

/** What comes late is looked for late. In milliseconds. */
export const late = /** @type {Record<string, number>} */ ({ "cover-late": 3_500 });

/** @returns {Promise<string[]>} the kinds, by the names of the files */
export async function kinds() {
  const files = await readdir(path.join(messagesDir, "hostile"));
  return files.flatMap((file) => /^page-(.*)\.eml$/.exec(file)?.[1] ?? []).sort();
}

/** @param {string} kind */
export const fileOf = (kind) => `hostile/page-${kind}.eml`;

/**
 * Waits until a person can see and read the banner.
 *
 * @param {Page} own
 * @param {Page} page
 */
export function inSight(own, page) {
  return until("a banner that can be read", 12_000, async () => {
    const seen = await look(own, page);
    if (!legible(seen)) throw new Error(JSON.stringify(seen));
    return seen;
  });
}
