/**
 * What a person waits for: from a message that opens to the banner on the screen,
 * with the background asleep and awake; and what that costs the webmail's page.
 */
import { readdir, readFile } from "node:fs/promises";
import os from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { blamed } from "../blame.mjs";
import { endBackground, launch } from "../browser.mjs";
import { ownPage, settled, until } from "../inspect.mjs";
import { idleExtension } from "../pace.mjs";
import { hosts, startWebmails } from "../webmail.mjs";
import { newsletter } from "./program.mjs";
import { least } from "./rows.mjs";

const attack = "attack/amazon-member-information-final.eml";
const other = "genuine/amazon-order.eml";
const large = "genuine/newsletter-click-trackers.eml";
const host = "mail.google.com";

/**
 * Opens a conversation and waits until a banner has been painted. Milliseconds since
 * 1970, to compare with another page's clock.
 *
 * @param {import("puppeteer-core").Page} page
 * @param {string} url
 * @returns {Promise<{begin: number, painted: number}>}
 */
function opened(page, url) {
  return page.evaluate(async (address) => {
    const begin = performance.now();
    location.href = address;
    for (;;) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const there = [...document.querySelectorAll("div:empty")].some((div) => {
        const box = div.getBoundingClientRect();
        return div.attributes.length === 0 && box.width > 200 && box.height > 60;
      });
      const now = performance.now();
      if (there) return { begin: performance.timeOrigin + begin, painted: performance.timeOrigin + now };
      if (now - begin > 20_000) throw new Error("no banner within 20 s");
    }
  }, url);
}

/**
 * When the background began, and did what (background/marks.js); milliseconds since
 * 1970. The browser's own account of it: nothing is added for the measurement.
 *
 * @param {import("../browser.mjs").Launched} launched
 * @param {import("puppeteer-core").Page} own
 * @returns {Promise<Record<string, number> | undefined>} undefined where it does not say
 */
async function marksOf({ name, browser, extension }, own) {
  if (name === "firefox") {
    return own.evaluate(() => {
      const { performance } = /** @type {any} */ (globalThis).browser.extension.getBackgroundPage();
      return Object.fromEntries([["begin", performance.timeOrigin], ...performance.getEntriesByType("mark").map((/** @type {any} */ m) => [m.name, performance.timeOrigin + m.startTime])]);
    });
  }
  const client = await browser.target().createCDPSession();
  try {
    const { targetInfos } = await client.send("Target.getTargets");
    const worker = targetInfos.find((t) => t.type === "service_worker" && t.url.startsWith(extension));
    if (!worker) return undefined;
    const { sessionId } = await client.send("Target.attachToTarget", { targetId: worker.targetId, flatten: true });
    const expression = 'Object.fromEntries([["begin", performance.timeOrigin], ...performance.getEntriesByType("mark").map((m) => [m.name, performance.timeOrigin + m.startTime])])';
    const answer = client.connection()?.session(sessionId)?.send("Runtime.evaluate", { expression, returnByValue: true });
    return (await Promise.race([answer, sleep(2_000, undefined)]))?.result.value;
  } finally {
    await client.detach();
  }
}

/**
 * Firefox ends a background that rests; it is asked to be quick about it.
 *
 * @param {import("../browser.mjs").Launched} launched
 * @param {import("puppeteer-core").Page} own
 */
async function ended(launched, own) {
  if (launched.name === "chromium") return void (await endBackground(launched));
  await until("end of the background", 30_000, async () => ((await own.evaluate(() => /** @type {any} */ (globalThis).browser.extension.getBackgroundPage() === null)) ? true : undefined));
}

/** The idle time after which Firefox is to end the background; milliseconds. */
const restsAfter = 1_500;

/**
 * @param {import("../browser.mjs").BrowserName} name
 * @param {import("../extension.mjs").Packed} packed
 * @returns {Promise<import("./rows.mjs").Part>}
 */
export async function waiting(name, packed) {
  const webmails = await startWebmails([{ files: [attack] }, { files: [other] }]);
  const options = { extension: packed.dir(name), hosts: Object.fromEntries(hosts.map((h) => [h, webmails.port])), rest: webmails.port };
  const list = webmails.url(host, attack).replace(/#.*/, "#inbox");
  const rows = [];
  try {
    let launched = await launch(name, options);
    try {
      const own = await ownPage(launched);
      const page = await launched.browser.newPage();
      const warm = await least(4, async () => {
        await page.goto(webmails.url(host, other));
        await settled(own, ({ tab }) => tab.messages.length > 0);
        const { begin, painted } = await opened(page, webmails.url(host, attack));
        return painted - begin;
      });
      rows.push({ name: `${name}: from opening to the banner, warm`, measured: warm, unit: "ms", note: "150 ms of it wait for the page to come to rest" });
      if (name === "chromium") rows.push(...(await memory(launched, own)));
    } finally {
      await launched.close();
    }
    // From the list of mails: no mail is open that would wake the background again.
    launched = await launch(name, { ...options, firefoxPrefs: { "extensions.background.idle.timeout": restsAfter } });
    try {
      const own = await ownPage(launched);
      const page = await launched.browser.newPage();
      let [best, split] = [Infinity, ""];
      for (let i = 0; i < 4; i++) {
        await page.goto("about:blank");
        await page.goto(list);
        await sleep(2_000);
        await ended(launched, own);
        const { begin, painted } = await opened(page, webmails.url(host, attack));
        if (painted - begin >= best) continue;
        best = painted - begin;
        split = told(begin, await marksOf(launched, own), painted);
      }
      rows.push({ name: `${name}: from opening to the banner, background ended`, measured: best, unit: "ms", note: split });
    } finally {
      await launched.close();
    }
    return { rows, skipped: [] };
  } finally {
    await webmails.close();
  }
}

/**
 * A run from opening to the banner in words. What starts the detector and what
 * waits for the page to come to rest go on at the same time, up to "asked".
 *
 * @param {number} begin
 * @param {Record<string, number> | undefined} marks
 * @param {number} painted
 */
function told(begin, marks, painted) {
  if (!marks) return "the background does not say what it did meanwhile";
  const names = ["begin", "program", "instantiated", "started", "rules", "index"];
  const words = ["scripts", "instantiate", "Go", "rules", "index"];
  const steps = words.map((word, i) => `${word} ${(marks[names[i + 1]] - marks[names[i]]).toFixed(0)}`);
  return `woken at ${(marks.begin - begin).toFixed(0)}: ${steps.join(", ")}, ready at ${(marks.index - begin).toFixed(0)}; asked at ${(marks.check - begin).toFixed(0)}, check ${(marks.checked - marks.check).toFixed(1)}, paint ${(painted - marks.checked).toFixed(0)}`;
}

/**
 * What the extension's process holds by itself after 500 mails; Linux tells.
 *
 * @param {import("../browser.mjs").Launched} launched
 * @param {import("puppeteer-core").Page} own
 * @returns {Promise<import("./rows.mjs").Row[]>}
 */
async function memory({ browser }, own) {
  const process = browser.process()?.pid;
  if (!process || os.platform() !== "linux") return [];
  const before = await held(process);
  await own.evaluate(async (mails) => {
    for (const html of mails) await chrome.runtime.sendMessage({ type: "checkMessage", message: { from: { name: "Example Shop", address: "news@example.com" }, subject: "今週のおすすめ", html } });
  }, Array.from({ length: 500 }, (_, i) => newsletter((1 + (i % 60)) << 10)));
  return [{ name: "chromium: memory of the background's process after 500 mails", measured: await held(process), unit: "MB", note: `${before.toFixed(0)} MB before them; with an open page of the extension` }];
}

/**
 * The private memory, in MB, of a browser's process for extensions.
 *
 * @param {number} browser
 */
async function held(browser) {
  let kilobytes = 0;
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (!command.includes("--extension-process") || !(await isBelow(Number(pid), browser))) continue;
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
    for (const [, size] of rollup.matchAll(/^Private_\w+:\s+(\d+) kB/gm)) kilobytes += Number(size);
  }
  return kilobytes / 1000;
}

/** @param {number} pid @param {number} ancestor @returns {Promise<boolean>} */
async function isBelow(pid, ancestor) {
  for (let at = pid; at > 1; ) {
    if (at === ancestor) return true;
    const stat = await readFile(`/proc/${at}/stat`, "utf8").catch(() => "");
    at = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1] ?? 0);
  }
  return false;
}

/**
 * The longest task of our scripts' in the webmail's page while mails of three sizes
 * open; beside it the page's own, with the extension and with another that does nothing.
 *
 * @param {import("../extension.mjs").Packed} packed
 * @returns {Promise<import("./rows.mjs").Part>}
 */
export async function page(packed) {
  const nothing = await idleExtension();
  const files = [attack, large, "genuine/friend-mentions-amazon.eml"];
  const webmails = await startWebmails([{ files: [other] }, ...[5, 50, 500].map((kb, i) => ({ files: [files[i]], body: () => newsletter(kb << 10) }))]);
  try {
    /**
     * @param {string} extension
     * @param {boolean} traced whose it was, which takes time itself
     * @returns {Promise<number[]>} of each mail the page's longest task; traced: the longest of our scripts'
     */
    const longest = async (extension, traced = false) => {
      const launched = await launch("chromium", { extension, hosts: Object.fromEntries(hosts.map((h) => [h, webmails.port])), rest: webmails.port });
      try {
        const tab = await launched.browser.newPage();
        await tab.goto(webmails.url(host, other));
        const tasks = [];
        for (const file of files) {
          const open = () => tab.evaluate(async (url) => {
            let longestTask = 0;
            new PerformanceObserver((list) => list.getEntries().forEach((e) => (longestTask = Math.max(longestTask, e.duration)))).observe({ type: "longtask" });
            location.href = url;
            await new Promise((resolve) => setTimeout(resolve, 2500));
            return longestTask;
          }, webmails.url(host, file));
          tasks.push(traced ? (await blamed(tab, `${launched.extension}content/`, open))[0] ?? 0 : await open());
        }
        return tasks;
      } finally {
        await launched.close();
      }
    };
    const ours = await longest(packed.dir("chromium"), true);
    const beside = await longest(packed.dir("chromium"));
    const without = await longest(nothing.dir);
    return {
      rows: [5, 50, 500].map((kb, i) => ({ name: `page cost: our longest task, ${kb} KB`, measured: ours[i], limit: 50, unit: "ms", note: `the page's longest ${beside[i].toFixed(0)} ms with us, ${without[i].toFixed(0)} ms without; 0: none above 50 ms` })),
      skipped: [],
    };
  } finally {
    await webmails.close();
    await nothing.remove();
  }
}
