/**
 * Mails that fight the page they are shown in (testdata/messages/hostile/page-*),
 * and an extension that does not fight back, to see that they are strong enough.
 */
import { access, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { pack } from "./extension.mjs";
import { until } from "./inspect.mjs";
import { messagesDir } from "./mail.mjs";
import { legible, look } from "./pixels.mjs";

/** @typedef {import("puppeteer-core").Page} Page */

/**
 * Mails that cover nobody's banner: they deceive, or what they try comes to nothing
 * behind a shadow root (and where a browser without a window has no scrollbars).
 */
export const coverless = ["green-banner", "forged-heads", "links", "headless", "scheme", "scrollbar"];

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
 * The extension without what keeps the banner in sight. What covers its banner
 * covers anybody's.
 *
 * @param {Parameters<typeof pack>[0]} [options]
 */
export async function packBlind(options) {
  const packed = await pack(options);
  const parts = {
    stacking: "Object.assign(globalThis.honmono, { stacking: () => ({ keep() {}, release() {} }) });",
    reach: "Object.assign(globalThis.honmono, { reach: async () => false });",
    sight: "Object.assign(globalThis.honmono, { sight: () => undefined });",
  };
  for (const browser of /** @type {const} */ (["chromium", "firefox"])) {
    // The fonts by their names, and the properties by theirs.
    await change(path.join(packed.dir(browser), "content/banner.css"), /--type:[^;]+;/, "");
    await change(path.join(packed.dir(browser), "content/banner.js"), /\.replace\(\/--\(\?=\[a-z\]\)\/g,/, ".replace(/$^/,");
    for (const [name, code] of Object.entries(parts)) {
      const file = path.join(packed.dir(browser), `content/${name}.js`);
      await access(file);
      await writeFile(file, code);
    }
  }
  return packed;
}

/**
 * @param {string} file
 * @param {string | RegExp} what
 * @param {string} by
 */
async function change(file, what, by) {
  const before = await readFile(file, "utf8");
  const after = before.replace(what, by);
  if (after === before) throw new Error(`${file} has no ${what}`);
  await writeFile(file, after);
}

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
