/**
 * Screenshots that stay after a test run, for people to look at.
 */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { root } from "./extension.mjs";

/**
 * @param {import("puppeteer-core").Page} page
 * @param {string} name without the suffix; a slash makes a folder below out/
 * @param {object} [o]
 * @param {boolean} [o.whole] the whole page, and not what the window shows of it
 * @returns {Promise<string>} where it lies
 */
export async function shoot(page, name, { whole = false } = {}) {
  const file = path.join(root, "out", `${name}.png`);
  await mkdir(path.dirname(file), { recursive: true });
  // The banner finds its last place after half a second (content/placement.js).
  if (!whole) await new Promise((resolve) => setTimeout(resolve, 700));
  await page.screenshot({ path: /** @type {`${string}.png`} */ (file), fullPage: whole });
  return file;
}
