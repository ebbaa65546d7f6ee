/**
 * A page as the printer gets it: the PDF that the browser makes of it, read with
 * Poppler's tools.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { accessSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { root } from "./extension.mjs";

const run = promisify(execFile);

/** @returns {string | undefined} why paper cannot be read here */
export function missing() {
  try {
    accessSync("/usr/bin/pdftotext");
    return undefined;
  } catch {
    return "pdftotext is not installed: apt-get install --no-install-recommends poppler-utils";
  }
}

/** @typedef {{ text: string, left: number, top: number, right: number, bottom: number }} Word in points, from the page's upper left corner */

/**
 * @param {import("puppeteer-core").Page} page
 * @param {string} name of the PDF that stays, below out/, without the suffix
 * @returns {Promise<Word[][]>} the words of every page of paper
 */
export async function printed(page, name) {
  const file = path.join(root, "out", `${name}.pdf`);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, await page.pdf({ format: "a4" }));
  const { stdout } = await run("/usr/bin/pdftotext", ["-bbox", file, "-"], { maxBuffer: 16 << 20 });
  return stdout.split("<page ").slice(1).map((one) => [...one.matchAll(/<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)</g)].map(([, left, top, right, bottom, text]) => ({
    text, left: Number(left), top: Number(top), right: Number(right), bottom: Number(bottom),
  })));
}

/**
 * Words that are printed over one another. A word's box is as high as its font says,
 * which is more than the distance of two lines; so half a line's height counts.
 *
 * @param {Word[]} words of one page
 * @returns {string[]}
 */
export function overlaps(words) {
  // Our own × stands at the edge of its link.
  const all = words.filter(({ text }) => text !== "×");
  return all.flatMap((a, i) => all.slice(i + 1).flatMap((b) => {
    const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    return width > 3 && height > Math.min(a.bottom - a.top, b.bottom - b.top) / 2 ? [`${a.text} / ${b.text}`] : [];
  }));
}

/** What the banner of the spoofed Amazon mail says of what it found. */
const said = {
  ja: [/危険/, /Honmono/, /Amazonを名乗っていますが、(?:ボタン|リンク)の行き先はpkvq7zt\.cnです/, /理由/, /差出人はcs-reply@amazon\.co\.jp/, /今すること/, /このメールのボタンやリンクは押さず/],
  en: [/Danger/, /Honmono/, /saysAmazon,but(?:thebutton|alink)leadstopkvq7zt\.cn/, /cs-reply@amazon\.co\.jp/, /Donotpressanybuttonorlink/],
};

/**
 * The warning stands on a page of paper: who says it, what, why and what to do; no
 * button, and nothing printed over anything else.
 *
 * @param {Word[]} words of the page
 * @param {"ja" | "en"} [lang]
 */
export function warned(words, lang = "ja") {
  const text = words.map((word) => word.text).join("").normalize("NFKC");
  for (const one of said[lang]) assert.match(text, one);
  assert.doesNotMatch(text, /小さくする|この差出人は大丈夫|報告する|Makesmaller|Reportit/, "a button is on the paper");
  assert.deepEqual(overlaps(words), []);
}
