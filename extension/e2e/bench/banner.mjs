/**
 * What a person waits for: from a message that opens to the banner on the screen,
 * with the background asleep and awake; and what that costs the webmail's page.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { endBackground, launch } from "../browser.mjs";
import { ownPage, settled } from "../inspect.mjs";
import { hosts, startWebmails } from "../webmail.mjs";
import { newsletter } from "./program.mjs";
import { least } from "./rows.mjs";

const attack = "attack/amazon-member-information-final.eml";
const other = "genuine/amazon-order.eml";
const large = "genuine/newsletter-click-trackers.eml";
const host = "mail.google.com";

/**
 * Opens a conversation and waits until a banner has been painted; milliseconds.
 *
 * @param {import("puppeteer-core").Page} page
 * @param {string} url
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
      if (there) return performance.now() - begin;
      if (performance.now() - begin > 20_000) throw new Error("no banner within 20 s");
    }
  }, url);
}

/**
 * @param {import("../browser.mjs").BrowserName} name
 * @param {import("../extension.mjs").Packed} packed
 * @returns {Promise<import("./rows.mjs").Part>}
 */
export async function waiting(name, packed) {
  const webmails = await startWebmails([{ files: [attack] }, { files: [other] }]);
  const launched = await launch(name, { extension: packed.dir(name), hosts: Object.fromEntries(hosts.map((h) => [h, webmails.port])), rest: webmails.port });
  try {
    const own = await ownPage(launched);
    const page = await launched.browser.newPage();
    const away = async () => {
      await page.goto(webmails.url(host, other));
      await settled(own, ({ tab }) => tab.messages.length > 0);
    };
    const rows = [];
    const warm = await least(4, async () => {
      await away();
      return opened(page, webmails.url(host, attack));
    });
    rows.push({ name: `${name}: from opening to the banner, warm`, measured: warm, unit: "ms", note: "300 ms of it wait for the page to come to rest" });
    if (name === "chromium") {
      const cold = await least(4, async () => {
        await away();
        await endBackground(launched);
        return opened(page, webmails.url(host, attack));
      });
      rows.push({ name: `${name}: from opening to the banner, worker ended`, measured: cold, unit: "ms", note: "likewise" });
    }
    return { rows, skipped: name === "chromium" ? [] : ["firefox: from opening to the banner, background ended: only Chromium can be told to end it"] };
  } finally {
    await launched.close();
    await webmails.close();
  }
}

/**
 * The longest task of the webmail's main thread while mails of three sizes open,
 * with the extension and with another that does nothing.
 *
 * @param {import("../extension.mjs").Packed} packed
 * @returns {Promise<import("./rows.mjs").Part>}
 */
export async function page(packed) {
  const nothing = await mkdtemp(path.join(os.tmpdir(), "honmono-nothing-"));
  await mkdir(nothing, { recursive: true });
  await writeFile(path.join(nothing, "manifest.json"), JSON.stringify({ manifest_version: 3, name: "nothing", version: "1", background: { service_worker: "background.js" } }));
  await writeFile(path.join(nothing, "background.js"), "");
  const webmails = await startWebmails([{ files: [other] }, ...[5, 50, 500].map((kb, i) => ({ files: [[attack, large, "genuine/friend-mentions-amazon.eml"][i]], body: () => newsletter(kb << 10) }))]);
  try {
    /** @param {string} extension */
    const longest = async (extension) => {
      const launched = await launch("chromium", { extension, hosts: Object.fromEntries(hosts.map((h) => [h, webmails.port])), rest: webmails.port });
      try {
        const tab = await launched.browser.newPage();
        await tab.goto(webmails.url(host, other));
        const tasks = [];
        for (const file of [attack, large, "genuine/friend-mentions-amazon.eml"]) {
          tasks.push(await tab.evaluate(async (url) => {
            let longestTask = 0;
            new PerformanceObserver((list) => list.getEntries().forEach((e) => (longestTask = Math.max(longestTask, e.duration)))).observe({ type: "longtask" });
            location.href = url;
            await new Promise((resolve) => setTimeout(resolve, 2500));
            return longestTask;
          }, webmails.url(host, file)));
        }
        return tasks;
      } finally {
        await launched.close();
      }
    };
    let [ours, without] = [Array(3).fill(Infinity), Array(3).fill(Infinity)];
    for (let i = 0; i < 2; i++) {
      ours = (await longest(packed.dir("chromium"))).map((t, k) => Math.min(t, ours[k]));
      without = (await longest(nothing)).map((t, k) => Math.min(t, without[k]));
    }
    return {
      rows: [5, 50, 500].map((kb, i) => ({ name: `page cost: longest task beyond the webmail's own, ${kb} KB`, measured: Math.max(0, ours[i] - without[i]), limit: 50, unit: "ms", note: `${ours[i].toFixed(0)} ms with, ${without[i].toFixed(0)} ms without; 0: none above 50 ms` })),
      skipped: [],
    };
  } finally {
    await webmails.close();
    await rm(nothing, { recursive: true, force: true });
  }
}
