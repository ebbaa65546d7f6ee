/**
 * What the extension costs the webmail's page: a mailbox of 500 messages opened in
 * turn, watched by the browser's own long-task observer, and its memory before and
 * after; and one mail of 60,000 links.
 *
 * Long tasks are the page's too. So the same mailbox is read without the extension
 * first, and only what comes with it counts; and of each task, what was spent in our
 * scripts is told apart (blame.mjs): none of that may be felt.
 */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { blamed } from "./blame.mjs";
import { launch } from "./browser.mjs";
import { pack } from "./extension.mjs";
import { ownPage, settled, shows } from "./inspect.mjs";
import { gmailBody } from "./rewrite.mjs";
import { readMail } from "./mail.mjs";
import { withoutBrowser } from "./suite.mjs";
import { hosts, startWebmails } from "./webmail.mjs";

const attack = "attack/amazon-member-information-final.eml";
const honest = "genuine/amazon-order.eml";
const links = "attack/amazon-invented-order.eml";
const host = "mail.google.com";

/** Messages opened in turn. */
const count = 500;
/** A task above this is felt; milliseconds, as the browser's observer has it. */
const limit = 50;
/** Bytes that the heap may have gained over the last 400 messages. */
const band = 6 << 20;

/** @type {import("./webmail.mjs").Webmails} */
let webmails;
/** @type {import("./extension.mjs").Packed} */
let packed;
/** @type {string} an extension that does nothing */
let idle;

before(async () => {
  packed = await pack();
  idle = await mkdtemp(path.join(os.tmpdir(), "honmono-idle-"));
  await writeFile(path.join(idle, "manifest.json"), JSON.stringify({ manifest_version: 3, name: "idle", version: "1", background: { service_worker: "b.js" } }));
  await writeFile(path.join(idle, "b.js"), "");
  const start = gmailBody(await readMail(links));
  const many = `${start}${Array.from({ length: 60_000 }, (_, i) => `<a href="https://shop.example/item/${i}">${i}</a> `).join("")}`;
  webmails = await startWebmails([
    ...Array.from({ length: count }, (_, i) => ({ files: [i % 10 === 0 ? attack : honest] })),
    { files: [links], body: () => many },
  ]);
});
after(async () => {
  await webmails?.close();
  await packed?.remove();
  if (idle) await rm(idle, { recursive: true, force: true });
});

/**
 * @param {string} extension
 * @param {(page: import("puppeteer-core").Page, launched: import("./browser.mjs").Launched) => Promise<void>} read
 * @returns {Promise<number[]>} the long tasks of the page, in milliseconds
 */
async function longTasks(extension, read) {
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
}

/**
 * Opens messages one after the other, each as soon as its body is there and has
 * been looked at for a moment.
 *
 * @param {import("puppeteer-core").Page} page
 * @param {number} from
 * @param {number} to
 */
const openAll = (page, from, to) => page.evaluate(async (ids) => {
  for (const id of ids) {
    location.hash = `#inbox/${id}`;
    await new Promise((resolve) => {
      const look = () => (document.querySelector("[role=main]:not([hidden]) [data-ready]") && location.hash.endsWith(id) ? resolve(undefined) : setTimeout(look, 10));
      setTimeout(look, 20);
    });
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
}, webmails.ids.slice(from, to));

/** @param {number[]} tasks */
const worst = (tasks) => Math.max(0, ...tasks);

/** @param {number[]} ours */
const told = (ours) => console.log(`# in our scripts, of a task: ${ours.slice(0, 8).map((ms) => Math.round(ms)).join(", ")} ms at most, of ${ours.length} tasks of more than 10 ms`);

test("500 messages opened in turn: no long task of ours, and no memory kept", { skip: withoutBrowser("chromium") }, async () => {
  const without = await longTasks(idle, (page) => openAll(page, 0, 100));
  /** @type {number[]} */
  const heaps = [];
  /** @type {number[]} */
  let ours = [];
  const tasks = await longTasks(packed.dir("chromium"), async (page, launched) => {
    const own = await ownPage(launched);
    await page.bringToFront();
    const client = await page.createCDPSession();
    const heap = async () => {
      await client.send("HeapProfiler.collectGarbage");
      return (await client.send("Runtime.getHeapUsage")).usedSize;
    };
    await page.evaluate(() => { /** @type {any} */ (globalThis).longTasks.length = 0; });
    for (let from = 0; from < count; from += 100) {
      await openAll(page, from, from + 100);
      heaps.push(await heap());
    }
    ours = await blamed(page, launched.extension, () => openAll(page, 0, 50));
    // The last of them is judged like the first.
    await page.evaluate((id) => { location.hash = `#inbox/${id}`; }, webmails.ids[0]);
    await shows(own, page, ["danger"]);
  });
  console.log(`# long tasks: ${tasks.length} with the extension, the worst ${Math.round(worst(tasks))} ms; ${without.length} in 100 messages without, the worst ${Math.round(worst(without))} ms`);
  console.log(`# heap after 100, 200, … messages: ${heaps.map((bytes) => `${(bytes / (1 << 20)).toFixed(1)} MB`).join(", ")}`);
  told(ours);
  assert.ok(worst(ours) < limit, `a task of ours took ${worst(ours)} ms`);
  const allowed = Math.max(limit, worst(without) * 1.5);
  assert.ok(tasks.filter((ms) => ms > allowed).length <= count / 100, `long tasks: ${tasks.map(Math.round)}`);
  assert.ok(heaps[4] - heaps[0] < band, `the heap grows: ${heaps}`);
});

test("a mail of 60,000 links is read and marked in slices", { skip: withoutBrowser("chromium") }, async () => {
  const id = webmails.ids[count];
  /** @param {import("puppeteer-core").Page} page */
  const open = async (page) => {
    await page.evaluate((id) => { location.hash = `#inbox/${id}`; }, id);
    await page.waitForSelector("[role=main]:not([hidden]) [data-ready]");
    await new Promise((resolve) => setTimeout(resolve, 500));
  };
  // What any block costs that a page puts above such a mail: ours is no larger one.
  const without = await longTasks(idle, async (page) => {
    await open(page);
    await page.evaluate(async () => {
      const place = document.querySelector("[role=main]:not([hidden]) .a3s");
      const block = document.createElement("div");
      place?.before(block);
      for (const height of [40, 200]) {
        block.style.height = `${height}px`;
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100)));
      }
    });
  });
  /** @type {number[]} */
  let ours = [];
  const tasks = await longTasks(packed.dir("chromium"), async (page, launched) => {
    const own = await ownPage(launched);
    await page.bringToFront();
    ours = await blamed(page, launched.extension, async () => {
      await open(page);
      const { tab } = await settled(own, undefined, 60_000);
      assert.equal(tab.level, "danger");
      await shows(own, page, ["danger"]);
      // The looks at the banner that follow are ours too.
      await new Promise((resolve) => setTimeout(resolve, 3_000));
    });
  });
  console.log(`# 60,000 links: long tasks ${tasks.map(Math.round).join(", ")} ms with the extension; ${without.map(Math.round).join(", ")} ms without`);
  told(ours);
  assert.ok(worst(ours) < limit, `a task of ours took ${worst(ours)} ms`);
  // Laying so many links out takes the page itself long tasks; ours makes none of them longer.
  assert.ok(worst(tasks) < worst(without) * 1.5 + limit, `the worst is ${Math.round(worst(tasks))} ms`);
});
