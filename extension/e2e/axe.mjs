/**
 * Looks at a page as a person with other eyes, other hands or another window
 * does: axe-core's rules, and whether every text has its place.
 *
 *     await accessible(page, "guide in ja");                    // throws with what is wrong, in words
 *     await inThemes(page, async (theme) => accessible(page, `guide ${theme}`));   // Chromium
 *     await fits(page, "guide in ja", { shots: "e2e/guide-ja" });  // 320, 768, 1280 px, a screenshot each
 *
 * The banner stands behind a closed shadow root, where no tool looks in: use
 * {@link specimen}, the same nodes and style sheets in an open one.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { root } from "./extension.mjs";
import { shoot } from "./shots.mjs";

/** @typedef {import("puppeteer-core").Page} Page */

const source = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The widths a surface must fit: a small telephone, a tablet, a desk. Pixels. */
export const widths = [320, 768, 1280];

/**
 * axe-core over the page's top document, WCAG 2.2 AA and the good practice that
 * it knows besides.
 *
 * @param {Page} page
 * @param {string} what the surface's name, for the failure
 * @param {object} [o]
 * @param {string} [o.within] a selector: only this part is looked at
 * @param {string[]} [o.without] rules that make no sense there, named with a reason where it is called
 * @throws an Error that names rule, element and remedy
 */
export async function accessible(page, what, { within, without = [] } = {}) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(`${await source};void 0`);
  const found = await page.evaluate(async (within, without) => {
    const { axe } = /** @type {any} */ (globalThis);
    const rules = Object.fromEntries(without.map((/** @type {string} */ rule) => [rule, { enabled: false }]));
    const { violations, incomplete } = await axe.run(within ?? document, { rules, resultTypes: ["violations", "incomplete"] });
    const told = (/** @type {any[]} */ list) => list.flatMap(({ id, help, nodes }) => nodes.map((/** @type {any} */ n) => `${id}: ${help}\n    ${n.html.slice(0, 200)}\n    ${(n.failureSummary ?? "").replaceAll("\n", " ")}`));
    // What axe cannot decide about colour is no failure: contrast.test.mjs computes every pair.
    return { bad: told(violations), open: told(incomplete.filter((/** @type {any} */ i) => i.id !== "color-contrast")) };
  }, within, without);
  if (found.bad.length > 0) throw new Error(`${what}: axe-core finds ${found.bad.length}\n  ${found.bad.join("\n  ")}`);
}

/**
 * Runs a look in the light and in the dark theme; leaves the page light.
 * Chromium only: Firefox's theme is a preference at start.
 *
 * @param {Page} page
 * @param {(theme: "light" | "dark") => Promise<unknown>} look
 */
export async function inThemes(page, look) {
  for (const theme of /** @type {const} */ (["dark", "light"])) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }, { name: "prefers-reduced-motion", value: "reduce" }]);
    await look(theme);
  }
  await page.emulateMediaFeatures([]);
}

/**
 * Whether every text has its place, at each width: nothing sideways out of the
 * window, nothing cut off in its box, nothing lying over the next.
 *
 * @param {Page} page
 * @param {string} what
 * @param {object} [o]
 * @param {string} [o.shots] screenshots below out/, the width is added to the name
 * @param {number[]} [o.at] widths in pixels
 * @param {number} [o.height] pixels; screenshots show the whole page
 */
export async function fits(page, what, { shots, at = widths, height = 800 } = {}) {
  for (const width of at) {
    await page.setViewport({ width, height });
    const wrong = await page.evaluate(overflows);
    if (shots) await shootWhole(page, `${shots}-${width}`);
    if (wrong.length > 0) throw new Error(`${what} at ${width} px: no room for\n  ${wrong.join("\n  ")}`);
  }
}

/** Runs in the page. @returns {string[]} */
function overflows() {
  /** @type {string[]} */
  const wrong = [];
  const page = /** @type {Element} */ (document.scrollingElement);
  if (page.scrollWidth > innerWidth + 1) wrong.push(`the page is ${page.scrollWidth} px wide in ${innerWidth}`);
  const roots = /** @type {(Document | ShadowRoot)[]} */ ([document]);
  for (const root of roots) {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) roots.push(element.shadowRoot);
      if (!(element instanceof HTMLElement) || element.offsetParent === null) continue;
      const { overflowX, overflowY, position, display } = getComputedStyle(element);
      // Meant for screen readers alone, and no place for the eye.
      if (position === "absolute" && element.clientWidth <= 1) continue;
      const name = () => `<${element.localName} class=${JSON.stringify(element.className)}> ${JSON.stringify((element.textContent ?? "").trim().slice(0, 60))}`;
      const box = element.getBoundingClientRect();
      if (box.width > 0 && (box.right > innerWidth + 1 || box.left < -1)) {
        let scrolls = false;
        for (let up = element.parentElement; up; up = up.parentElement) scrolls ||= /auto|scroll/.test(getComputedStyle(up).overflowX) && up !== document.body;
        if (!scrolls) wrong.push(`${name()} leaves the window: ${Math.round(box.left)} to ${Math.round(box.right)} of ${innerWidth}`);
      }
      if (display === "inline" || /^(input|textarea|select)$/.test(element.localName)) continue;
      const cutX = /hidden|clip/.test(overflowX) || overflowX === "visible";
      if (cutX && element.scrollWidth > element.clientWidth + 2 && element.clientWidth > 0 && element.children.length === 0) wrong.push(`${name()} is ${element.scrollWidth} wide in ${element.clientWidth}`);
      if (/hidden|clip/.test(overflowY) && element.scrollHeight > element.clientHeight + 2) wrong.push(`${name()} is ${element.scrollHeight} high in ${element.clientHeight}`);
    }
  }
  return wrong;
}

/**
 * A screenshot of the whole page, not only of what the window shows.
 *
 * @param {Page} page
 * @param {string} name below out/, without the suffix
 */
export async function shootWhole(page, name) {
  await shoot(page, name, { whole: true });
}

/**
 * Puts the banners of views into one of the extension's own pages, as the content
 * scripts build them, behind open shadow roots. What was on the page is gone.
 *
 * @param {Page} own a page of the extension that loads content/banner-parts.js
 * @param {View[]} views
 */
export async function specimen(own, views) {
  const [script, ...sheets] = await Promise.all(
    ["content/banner.js", "shared/tokens.css", "shared/components.css", "shared/verdict.css", "content/banner.css"].map((file) => readFile(path.join(root, "extension", file), "utf8")),
  );
  await own.evaluate(`
    Element.prototype.attachShadow = new Proxy(Element.prototype.attachShadow, { apply: (f, self, [init]) => Reflect.apply(f, self, [{ ...init, mode: "open" }]) });
    ${script};void 0`);
  await own.evaluate((views, css) => {
    const main = document.createElement("main");
    main.style.padding = "8px";
    const heading = document.createElement("h1");
    heading.textContent = "Mail";
    heading.style.font = "20px sans-serif";
    main.append(heading);
    document.body.replaceChildren(main);
    document.body.style.cssText = "inline-size: auto; max-inline-size: none; min-inline-size: 0; background: Canvas; color: CanvasText; color-scheme: light dark";
    for (const view of views) {
      const banner = globalThis.honmono.banner.create(view, css, { act: async () => true, fold: false });
      main.append(banner.host);
      banner.fill();
    }
  }, /** @type {any} */ (views), sheets.join("\n"));
}
