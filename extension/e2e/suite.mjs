/**
 * What browser tests share: which browsers there are, and what to do without
 * them. On a person's machine a test without its browser is skipped with a word;
 * where CI=true it fails, so that nothing is ever skipped unseen.
 */
import { aptLine, findBrowser } from "./browser.mjs";

const ci = process.env.CI === "true";

/**
 * @param {string | undefined} why what is missing
 * @returns {string | false} for node:test's skip
 */
export function skipped(why) {
  if (!why) return false;
  if (ci) throw new Error(`CI must not skip this: ${why}`);
  return why;
}

/**
 * @param {import("./browser.mjs").BrowserName} name
 * @returns {string | false} for node:test's skip
 */
export function withoutBrowser(name) {
  return skipped(findBrowser(name) ? undefined : `${name} is not installed: ${aptLine[name]}`);
}

/**
 * Debian ships the languages of both browsers apart; without Japanese the
 * extension speaks English, as it would to that browser's user.
 *
 * @param {import("puppeteer-core").Page} own a page of the extension
 * @param {"ja" | "en"} lang
 * @param {import("./browser.mjs").BrowserName} name
 * @returns {Promise<string | false>} why the browser cannot speak the language
 */
export async function withoutLanguage(own, lang, name) {
  const has = await own.evaluate(() => (globalThis.browser ?? globalThis.chrome).i18n.getUILanguage());
  return skipped(has.startsWith(lang) ? undefined : `${name} speaks ${has} only: ${aptLine[name]}`);
}
