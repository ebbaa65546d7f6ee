/**
 * What may be around an open mail without its verdict becoming another: writing from
 * right to left, another zoom, the dark, other tabs.
 */
import { launch } from "./browser.mjs";
import { ownPage, tabStates, until } from "./inspect.mjs";
import { legible, look } from "./pixels.mjs";

/** @typedef {import("puppeteer-core").Page} Page */

/** What makes Firefox show pages in the dark theme, which it can be told at its start alone. */
export const dark = { "layout.css.prefers-color-scheme.content-override": 0, "ui.systemUsesDarkTheme": 1 };

/**
 * The webmail written from right to left, at another zoom, in the dark: what was found
 * stays what was found.
 *
 * @param {import("./browser.mjs").BrowserName} name
 * @param {{ own: Page, page: Page, tabId: number }} where
 * @param {(view: "rtl" | "zoom" | "dark") => unknown} look at each; Firefox shows the dark at its start alone
 */
export async function inEveryLight(name, { own, page, tabId }, look) {
  /** @param {string} dir */
  const direct = async (dir) => {
    for (const frame of page.frames()) await frame.evaluate((dir) => { document.documentElement.dir = dir; }, dir);
  };
  await direct("rtl");
  await look("rtl");
  await direct("");
  await zoomed(own, tabId, () => look("zoom"));
  if (name !== "chromium") return;
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
  await look("dark");
  await page.emulateMediaFeatures([]);
}

/**
 * @param {Page} own
 * @param {number} tabId
 * @param {() => unknown} look at the page, half as large again
 */
export async function zoomed(own, tabId, look) {
  /** @param {number} factor */
  const zoom = (factor) => own.evaluate((tabId, factor) => (globalThis.browser ?? globalThis.chrome).tabs.setZoom(tabId, factor), tabId, factor);
  await zoom(1.5);
  try {
    await look();
  } finally {
    await zoom(1);
  }
}

/**
 * A Firefox of its own, in the dark from its start: a banner there can be read.
 *
 * @param {Parameters<typeof launch>[1]} options
 * @param {(page: Page, own: Page) => Promise<unknown>} open opens a dangerous mail
 */
export async function inDarkFirefox(options, open) {
  const night = await launch("firefox", { ...options, firefoxPrefs: dark });
  try {
    const own = await ownPage(night);
    const page = await night.browser.newPage();
    await open(page, own);
    await until("a dark banner that can be read", 15_000, async () => (legible(await look(own, page, "dark")) ? true : undefined));
  } finally {
    await night.close();
  }
}

/**
 * Waits until all tabs together show these levels.
 *
 * @param {Page} own
 * @param {Level[]} levels
 */
export function tabsShow(own, ...levels) {
  return until(`tabs that show ${levels}`, 15_000, async () => {
    const shown = (await tabStates(own)).map(({ tab }) => tab.level).sort().join();
    if (shown !== levels.sort().join()) throw new Error(shown);
    return true;
  });
}
