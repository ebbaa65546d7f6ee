/**
 * Mails that fight the page they are shown in (testdata/messages/hostile/page-*).
 */
import { readdir } from "node:fs/promises";
import path from "node:path";
import { until } from "./inspect.mjs";
import { messagesDir } from "./mail.mjs";
import { legible, look } from "./pixels.mjs";

/** @typedef {import("puppeteer-core").Page} Page */

/** What works in one browser only. @type {Record<string, import("./browser.mjs").BrowserName>} */
export const only = { anchor: "chromium", scrollbar: "chromium" };

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
