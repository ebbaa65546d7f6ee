/**
 * What goes wrong on a real day: a page that changes while it is read, a
 * background that is ended between question and answer, mails of 10 MB and of
 * 100,000 links. The page keeps working, and nobody is told that all is well
 * without a look.
 */
import assert from "node:assert/strict";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { endBackground, launch } from "./browser.mjs";
import { givenBrowser, givenMail } from "./fixture.mjs";
import { asked, banner, bannerBoxes, banners, ownPage, settled, state, until } from "./inspect.mjs";
import { gmailBody } from "./rewrite.mjs";
import { readMail } from "./mail.mjs";
import { withoutBrowser } from "./suite.mjs";
import { hosts } from "./webmail.mjs";

const spoofed = "attack/amazon-member-information-final.eml";
const prime = "attack/amazon-prime-auto-renewal.eml";
const order = "genuine/amazon-order.eml";
/** Mails whose bodies the tests put others in the place of. */
const slow = "attack/amazon-breach-of-terms.eml";
const huge = "attack/amazon-payment-method.eml";
const links = "attack/amazon-invented-order.eml";

const host = "mail.google.com";

/**
 * @param {string} file
 * @param {number} size bytes of filler after the mail
 */
async function inflated(file, size) {
  const body = gmailBody(await readMail(file));
  const filler = "<p>いつもご利用いただきありがとうございます。<b>お知らせ</b> lorem ipsum dolor sit amet</p>\n";
  return () => body + filler.repeat(Math.ceil(size / Buffer.byteLength(filler)));
}

const mail = givenMail(async () => {
  const linksBody = gmailBody(await readMail(links));
  const manyLinks = () => linksBody + Array.from({ length: 100_000 }, (_, i) => `<a href="https://shop.example/item/${i}">${i}</a> `).join("");
  return [
    { files: [spoofed] }, { files: [prime] }, { files: [order] },
    { files: [slow], body: await inflated(slow, 3 << 20) },
    { files: [huge], body: await inflated(huge, 10 << 20) },
    { files: [links], body: manyLinks },
  ];
});
const { packed, webmails } = mail;

for (const name of /** @type {const} */ (["chromium", "firefox"])) {
  describe(name, { skip: withoutBrowser(name) }, () => {
    /** @type {import("puppeteer-core").Page} */
    let own;
    /** @type {import("puppeteer-core").Page} */
    let page;
    // Firefox ends an idle event page by itself; here it does so quickly.
    const launched = givenBrowser(name, mail, { firefoxPrefs: { "extensions.background.idle.timeout": 6_000 } }, (pages) => ({ own, page } = pages));

    /** @param {string} file */
    async function open(file) {
      await page.goto(webmails.url(host, file));
      await page.waitForSelector("[role=main]:not([hidden]) [data-ready]");
    }

    /**
     * @param {string} file
     * @param {number} [timeout]
     */
    async function verdictOf(file, timeout) {
      const old = new Set((await state(own))?.tab.messages.map((m) => m.key));
      await open(file);
      return settled(own, ({ tab }) => tab.messages.some((m) => !old.has(m.key)), timeout);
    }

    test("a link that changes after the look is looked at again", async () => {
      assert.equal((await verdictOf(order)).tab.level, "ok");
      await page.evaluate(() => {
        const body = document.querySelector("[role=main]:not([hidden]) .a3s:not(.undefined)");
        for (const link of body?.querySelectorAll("a") ?? []) link.setAttribute("href", "https://zkqvtw.cn/jp/ap/signin");
      });
      const seen = await settled(own, ({ tab }) => tab.level !== "ok");
      assert.equal(seen.tab.level, "danger");
      assert.match(seen.tab.messages[0].view?.title ?? "", /zkqvtw\.cn/);
    });

    test("a page that never stops changing is read all the same", async () => {
      await open(order);
      await page.evaluate(() => {
        const place = document.createElement("div");
        document.body.append(place);
        let n = 0;
        const timer = setInterval(() => {
          place.replaceChildren(document.createTextNode(String((n += 1))), document.createElement("i"));
          const body = document.querySelector("[role=main]:not([hidden]) .a3s:not(.undefined)");
          body?.setAttribute("class", `a3s aiL t${n}`);
        }, 10);
        Object.assign(globalThis, { stopChanging: () => clearInterval(timer) });
      });
      assert.equal((await verdictOf(spoofed)).tab.level, "danger");
      await page.evaluate(() => /** @type {any} */ (globalThis).stopChanging());
    });

    test("a mail that is left before the answer leaves nothing behind", async () => {
      await open(spoofed);
      await page.goto(webmails.url(host, order));
      await page.waitForSelector("[role=main]:not([hidden]) [data-ready]");
      await sleep(1_500);
      const seen = await settled(own);
      assert.deepEqual(seen.tab.messages.map((m) => m.level), ["ok"]);
      if (name === "chromium") assert.deepEqual(await banners(page), []);
    });

    test("a banner that the page throws out comes back", { skip: name !== "chromium" && "only Chromium shows what is behind a closed shadow root" }, async () => {
      await verdictOf(spoofed);
      const { box } = await banner(page);
      await page.evaluate(({ x, y }) => document.elementFromPoint(x + 20, y + 20)?.remove(), box);
      assert.deepEqual(await banners(page), []);
      assert.equal((await banner(page)).level, "danger");
    });

    test("after the background has rested, the verdict still comes", async () => {
      await page.goto("about:blank");
      if (name === "chromium") assert.ok(await endBackground(launched), "there was no background to end");
      else {
        await sleep(8_000);
        assert.equal(await own.evaluate(() => (/** @type {any} */ (globalThis)).browser.extension.getViews().some((/** @type {Window} */ view) => view.location.pathname.includes("background"))), false, "the background has not rested");
      }
      const began = performance.now();
      assert.equal((await verdictOf(prime)).tab.level, "danger");
      console.log(`# ${name}: ${Math.round(performance.now() - began)} ms from opening the mail to the verdict, cold`);
      if (name === "chromium") assert.equal((await banner(page)).level, "danger");
    });

    test("the background killed between question and answer", { skip: name !== "chromium" && "Firefox cannot be told to" }, async () => {
      // On a busy machine the answer may be there before the blow falls: then again.
      let early = false;
      for (let round = 0; round < 8 && !early; round++) {
        await page.goto("about:blank");
        await page.goto(webmails.url(host, slow));
        await asked(own);
        assert.ok(await endBackground(launched), "there was no background to end");
        early = (await bannerBoxes(page)).length === 0;
      }
      assert.ok(early, "answered before it could be killed, eight times: make the mail larger");
      assert.equal((await banner(page, 40_000)).level, "danger");
      assert.equal((await settled(own)).tab.level, "danger");
    });

    test("a page that cannot be read says so in the toolbar, and nothing in the page", async () => {
      await open(order);
      await page.evaluate(() => {
        // As after a redesign: no name that anybody knew, and no address above the body.
        for (const old of document.querySelectorAll("[role=main]:not([hidden]) :is(h3, .aju, .ady)")) old.remove();
        for (const body of document.querySelectorAll("[role=main]:not([hidden]) .a3s")) body.setAttribute("role", "document");
      });
      const seen = await settled(own, ({ tab }) => tab.level === "unknown");
      assert.equal(seen.badge, "?");
      assert.ok(seen.tab.messages.every((m) => m.verdict === undefined));
      assert.ok(seen.tab.messages[0].view?.title, "the popup does not say why");
      if (name === "chromium") assert.deepEqual(await banners(page), []);
    });

    test("a mail of 10 MB", async () => {
      const seen = await verdictOf(huge, 60_000);
      assert.notEqual(seen.tab.level, "ok", "10 MB are never called harmless unread");
      assert.equal(seen.tab.level, "danger");
      await alive();
    });

    test("a mail of 100,000 links", async () => {
      const seen = await verdictOf(links, 60_000);
      assert.equal(seen.tab.level, "danger");
      assert.ok((seen.tab.messages[0].view?.links.length ?? 0) <= 200, "the popup is not flooded");
      await alive();
      assert.equal((await verdictOf(order)).tab.level, "ok", "the next mail is judged as ever");
    });

    /** The page still answers a person: a click opens something. */
    async function alive() {
      await page.evaluate(() => { location.hash = "#inbox"; });
      await until("a list", 10_000, async () => ((await page.$("[role=main]:not([hidden]) tr.zA")) ? true : undefined));
    }
  });
}

for (const name of /** @type {const} */ (["chromium", "firefox"])) {
  test(`${name}: without its detector the extension says that it could not check`, { skip: withoutBrowser(name) }, async () => {
    const broken = await mkdtemp(path.join(os.tmpdir(), "honmono-broken-"));
    /** @type {import("./browser.mjs").Launched | undefined} */
    let launched;
    try {
      await cp(packed.dir(name), broken, { recursive: true });
      await writeFile(path.join(broken, "detector.wasm"), new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 0xff]));
      launched = await launch(name, { extension: broken, hosts: Object.fromEntries(hosts.map((h) => [h, webmails.port])) });
      const own = await ownPage(launched);
      const page = await launched.browser.newPage();
      await page.goto(webmails.url(host, spoofed));
      await page.waitForSelector("[data-ready]");
      const seen = await settled(own, ({ tab }) => tab.level === "unknown", 30_000);
      assert.equal(seen.badge, "?");
      assert.equal(await page.evaluate(() => document.querySelector("h2.hP")?.textContent), "【重要】会員情報更新の最終確認 要対応");
      if (name === "chromium") assert.deepEqual(await banners(page), []);
    } finally {
      await launched?.close();
      await rm(broken, { recursive: true, force: true });
    }
  });
}
