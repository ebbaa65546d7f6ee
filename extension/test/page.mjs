// A page with the content scripts in it, for tests. jsdom has no layout: what is
// visible is decided by style alone, and every element has the area 0.

import { JSDOM } from "jsdom";
import { readText } from "./files.mjs";

const scripts = JSON.parse(readText("manifest.json")).content_scripts[0].js;
const all = scripts.map((/** @type {string} */ path) => readText(`extension/${path}`));

/**
 * @param {string} html
 * @param {object} [options]
 * @param {string} [options.url]
 * @param {any} [options.chrome] the extension API that the scripts see
 * @param {boolean} [options.start] whether main.js runs too
 * @param {import("./clock.mjs").Clock} [options.clock] rules over the page's time
 */
export function openPage(html, { url = "https://webmail.example/", chrome, start = false, clock } = {}) {
  const dom = new JSDOM(html, { url, runScripts: "outside-only", pretendToBeVisual: true });
  const { window } = dom;
  clock?.govern(window);
  if (chrome) window.chrome = chrome;
  const texts = start ? all : all.slice(0, -1);
  for (const text of texts) window.eval(text);
  return { dom, window, document: window.document, honmono: window.honmono };
}

/** The source of one content script, for tests that break it. */
export const contentScripts = Object.fromEntries(scripts.map((path, i) => [path, all[i]]));
