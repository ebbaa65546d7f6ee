/**
 * A mailbox in which much is read: 500 messages, opened in turn, and one of 60,000
 * links; and how to watch what that costs the webmail's page. What it costs in
 * memory and in slices is tested (pace.test.mjs), what it costs in time is
 * measured (bench/pace.mjs).
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { launch } from "./browser.mjs";
import { gmailBody } from "./rewrite.mjs";
import { readMail } from "./mail.mjs";
import { startWebmails } from "./webmail.mjs";

const attack = "attack/amazon-member-information-final.eml";
const honest = "genuine/amazon-order.eml";
const links = "attack/amazon-invented-order.eml";
const host = "mail.google.com";

/** Messages to open in turn. */
export const count = 500;
const manyLinks = 60_000;

/**
 * @typedef {object} Mailbox
 * @property {(extension: string, read: (page: import("puppeteer-core").Page, launched: import("./browser.mjs").Launched) => Promise<void>) => Promise<number[]>} visit
 *   reads in it with an extension (Chromium); the page's long tasks, in milliseconds,
 *   as the browser's own observer has them
 * @property {(page: import("puppeteer-core").Page, from: number, to: number) => Promise<void>} openAll
 *   opens messages one after the other, each as soon as its body is there and has been
 *   looked at for a moment
 * @property {(page: import("puppeteer-core").Page) => Promise<void>} openFirst the first of them, which is an attack
 * @property {(page: import("puppeteer-core").Page) => Promise<void>} openLinks the one of many links
 * @property {() => Promise<void>} close
 */

/** @returns {Promise<Mailbox>} */
export async function largeMailbox() {
  const start = gmailBody(await readMail(links));
  const many = `${start}${Array.from({ length: manyLinks }, (_, i) => `<a href="https://shop.example/item/${i}">${i}</a> `).join("")}`;
  const webmails = await startWebmails([
    ...Array.from({ length: count }, (_, i) => ({ files: [i % 10 === 0 ? attack : honest] })),
    { files: [links], body: () => many },
  ]);
  const { ids } = webmails;
  /** @param {import("puppeteer-core").Page} page @param {string} id */
  const open = (page, id) => page.evaluate((id) => { location.hash = `#inbox/${id}`; }, id);
  return {
    close: () => webmails.close(),
    async visit(extension, read) {
      const launched = await launch("chromium", { extension, hosts: { [host]: webmails.port } });
      try {
        const page = await launched.browser.newPage();
        await page.evaluateOnNewDocument(() => {
          /** @type {number[]} */
          const tasks = [];
          Object.assign(globalThis, { longTasks: tasks });
          new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask", buffered: true });
        });
        await page.goto(`https://${host}/mail/u/0/#inbox`);
        await page.waitForSelector("tr[role=row]");
        await read(page, launched);
        return await page.evaluate(() => /** @type {any} */ (globalThis).longTasks);
      } finally {
        await launched.close();
      }
    },
    openAll: (page, from, to) => page.evaluate(async (ids) => {
      for (const id of ids) {
        location.hash = `#inbox/${id}`;
        await new Promise((resolve) => {
          const look = () => (document.querySelector("[role=main]:not([hidden]) [data-ready]") && location.hash.endsWith(id) ? resolve(undefined) : setTimeout(look, 10));
          setTimeout(look, 20);
        });
        await new Promise((resolve) => setTimeout(resolve, 60));
      }
    }, ids.slice(from, to)),
    openFirst: (page) => open(page, ids[0]),
    async openLinks(page) {
      await open(page, ids[count]);
      await page.waitForSelector("[role=main]:not([hidden]) [data-ready]");
      await new Promise((resolve) => setTimeout(resolve, 500));
    },
  };
}

/**
 * An extension that does nothing, to read the same mailbox with.
 *
 * @returns {Promise<{dir: string, remove: () => Promise<void>}>}
 */
export async function idleExtension() {
  const dir = await mkdtemp(path.join(os.tmpdir(), "honmono-idle-"));
  await writeFile(path.join(dir, "manifest.json"), JSON.stringify({ manifest_version: 3, name: "idle", version: "1", background: { service_worker: "b.js" } }));
  await writeFile(path.join(dir, "b.js"), "");
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}
