/**
 * Clicks that come before the verdict: a link of a mail that is still being judged
 * is held until there is an answer. The background here answers no question about a
 * mail before the test lets it, so that nothing depends on how fast anything is.
 */
import assert from "node:assert/strict";
import { cp, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, beforeEach, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { givenBrowser, givenMail } from "./fixture.mjs";
import { until } from "./inspect.mjs";
import { readMail } from "./mail.mjs";
import { temporary } from "./process.mjs";
import { gmailBody } from "./rewrite.mjs";
import { withoutBrowser } from "./suite.mjs";

/** @typedef {import("puppeteer-core").Page} Page */
/** @typedef {import("puppeteer-core").Frame} Frame */

const spoofed = "attack/amazon-member-information-final.eml";
const order = "genuine/amazon-order.eml";
/** A mail whose body the tests put another in the place of. */
const kinds = "attack/amazon-breach-of-terms.eml";

const gmail = "mail.google.com";
/** Where the links of the attack lead. */
const bad = "pkvq7zt.cn";
const shop = "www.amazon.co.jp";

/**
 * The background that is packed waits with every question about a mail until the
 * storage says "go". Everything else it answers at once.
 *
 * @param {string} dir
 */
async function slow(dir) {
  const file = path.join(dir, "background/main.js");
  const source = await readFile(file, "utf8");
  const anchor = "new Reader({ask:detector.ask,";
  assert.ok(source.includes(anchor), "main.js is another by now");
  const waits = `new Reader({ask:async(method,request)=>{
    while (method === "check") {
      const { hold } = await (globalThis.browser ?? globalThis.chrome).storage.session.get("hold");
      if (hold === "fail") throw new Error("told to fail");
      if (hold !== "wait") break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return detector.ask(method, request);
  },`;
  await writeFile(file, source.replace(anchor, waits));
}

const mail = givenMail(async () => [{ files: [spoofed] }, { files: [order] }, { files: [kinds], body: await everyKind() }]);
const { packed, webmails } = mail;

/** A harmless mail, with links of every kind. */
async function everyKind() {
  const body = gmailBody(await readMail(order));
  const href = `https://${shop}/kind/`;
  const picture = "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==";
  return () => `<div id="kinds">
    <p><a id="blank" target="_blank" href="${href}blank">開く</a> <a id="here" href="${href}here">ここで開く</a></p>
    <img src="${picture}" width="100" height="50" usemap="#map" id="mapped" alt=""><map name="map"><area id="area" shape="rect" coords="0,0,100,50" target="_blank" href="${href}area" alt="地図"></map>
    <svg id="drawing" width="160" height="40"><a id="svg" target="_blank" xlink:href="${href}svg"><rect width="160" height="40" fill="#fd0"/></a></svg>
    <form id="form" target="_blank" action="${href}form" method="get"><input name="q" value="1"><button id="send" name="by" value="button">送信</button></form></div>${body}`;
}

/** @type {Awaited<ReturnType<typeof temporary>>[]} */
const copies = [];
after(() => Promise.all(copies.map((copy) => copy.remove())));

/** @param {import("./browser.mjs").BrowserName} name */
async function slowCopy(name) {
  const copy = await temporary("slow");
  copies.push(copy);
  await cp(packed.dir(name), copy.dir, { recursive: true });
  await slow(copy.dir);
  return copy.dir;
}

for (const name of /** @type {const} */ (["chromium", "firefox"])) {
  describe(name, { skip: withoutBrowser(name) }, () => {
    /** @type {Page} */
    let own;
    /** @type {Page} */
    let page;
    const launched = givenBrowser(name, mail, async () => ({ extension: await slowCopy(name), lang: "ja", everywhere: true }), (pages) => ({ own, page } = pages));
    beforeEach(async () => {
      webmails.unknown.length = 0;
      await background("wait");
      for (const other of new Set([...(await others()), ...(await warnings()).filter((p) => p !== page)])) await other.close();
      await page.bringToFront();
    });

    /** @param {"wait" | "go" | "fail"} hold */
    const background = (hold) => own.evaluate((hold) => (globalThis.browser ?? globalThis.chrome).storage.session.set({ hold }), hold);
    const others = async () => (await launched.browser.pages()).filter((p) => p !== own && p !== page && p.url() !== "about:blank");

    /** @param {string} file @param {string} ready */
    async function open(file, ready) {
      await page.goto("about:blank");
      await page.goto(webmails.url(gmail, file, "ja"));
      await page.waitForSelector(`[role=main]:not([hidden]) ${ready}`);
    }

    /** Waits until a click is held: a word of ours stands in the page. */
    const held = (/** @type {Page | Frame} */ where = page) => until("a word that the click is held", 10_000, () => where.evaluate(() => (document.querySelector("html > div[style*='pointer-events']") ? true : undefined)));
    const freed = (/** @type {Page | Frame} */ where = page) => until("an end of the word", 10_000, () => where.evaluate(() => (document.querySelector("html > div[style*='pointer-events']") ? undefined : true)));

    // Firefox does not tell where a page of the extension went; the page itself knows.
    const placeOf = (/** @type {Page} */ p) => Promise.race([p.evaluate(() => location.href), sleep(1_000, "")]).catch(() => "");
    const warnings = async () => {
      const all = (await launched.browser.pages()).filter((p) => p !== own);
      const places = await Promise.all(all.map(placeOf));
      return all.filter((_, i) => String(places[i]).startsWith(`${launched.extension}warning/`));
    };
    async function warning() {
      const shown = await until("a warning", 15_000, async () => (await warnings())[0]);
      await until("its words", 10_000, () => shown.evaluate(() => (document.querySelector("main:not([hidden]) h1")?.textContent ? true : undefined)));
      return shown.evaluate(() => ({ text: /** @type {HTMLElement} */ (document.querySelector("main:not([hidden])")).innerText, domain: document.querySelector("#facts .domain")?.textContent, open: document.getElementById("open")?.hidden === false }));
    }
    const asked = (/** @type {string} */ what) => webmails.unknown.filter((line) => line.includes(what)).length;
    /** What must not come would have come by then: after a request that was sent later. */
    async function afterAll() {
      const last = await launched.browser.newPage();
      await last.goto(`https://last.example/`).catch(() => {});
      await sleep(500);
      await last.close();
    }

    const first = `.a3s a[href*="${bad}"]`;

    test("a dangerous link clicked before the verdict is held, and then stopped", async () => {
      await open(spoofed, first);
      await page.click(first);
      await held();
      assert.equal(asked(bad), 0);
      assert.deepEqual(await warnings(), []);
      await background("go");
      const { domain, text } = await warning();
      assert.equal(domain, bad);
      assert.match(text, /危険なリンクを開く前に止めました/);
      await freed();
      assert.equal(asked(bad), 0);
    });

    /** @type {Record<string, { act: () => Promise<void>, path: string }>} */
    const ways = {
      "a click": { act: () => page.click("#blank"), path: "/kind/blank" },
      "Enter": { act: async () => { await page.focus("#blank"); await page.keyboard.press("Enter"); }, path: "/kind/blank" },
      "the middle button": { act: () => page.click("#blank", { button: "middle" }), path: "/kind/blank" },
      "Ctrl and a click": { act: async () => { await page.keyboard.down("Control"); await page.click("#here"); await page.keyboard.up("Control"); }, path: "/kind/here" },
      "Shift and a click": { act: async () => { await page.keyboard.down("Shift"); await page.click("#here"); await page.keyboard.up("Shift"); }, path: "/kind/here" },
      "an area": { act: () => page.click("#mapped"), path: "/kind/area" },
      "a drawing": { act: () => page.click("#drawing"), path: "/kind/svg" },
      "a form": { act: () => page.click("#send"), path: "/kind/form" },
    };
    for (const [way, { act, path }] of Object.entries(ways)) {
      test(`a harmless link is opened once, and the mail stays: ${way}`, async () => {
        await open(kinds, "#blank");
        const before = (await launched.browser.pages()).length;
        await act();
        await held();
        // Impatience opens nothing twice.
        if (way !== "a form") await act();
        assert.equal(asked(shop), 0);
        await background("go");
        await until(`the place after ${way}`, 15_000, async () => (asked(path) > 0 ? true : undefined));
        const shown = await page.evaluate(() => document.visibilityState);
        await afterAll();
        assert.equal(asked(path), 1);
        assert.deepEqual(await warnings(), []);
        assert.equal((await launched.browser.pages()).length, before + 1);
        assert.ok((await page.evaluate(() => location.href)).startsWith(`https://${gmail}/`));
        const behind = /middle|Ctrl/.test(way);
        if (name === "chromium" && way !== "Shift and a click") assert.equal(shown, behind ? "visible" : "hidden");
      });
    }

    test("a harmless link that takes the mail's place does so", async () => {
      await open(kinds, "#here");
      await page.click("#here");
      await held();
      await background("go");
      const before = (await launched.browser.pages()).length;
      await until("the place", 15_000, async () => (asked("/kind/here") > 0 ? true : undefined));
      await until("another page in the mail's place", 15_000, async () => (String(await placeOf(page)).startsWith(`https://${gmail}/`) ? undefined : true));
      assert.equal(asked("/kind/here"), 1);
      assert.equal((await launched.browser.pages()).length, before);
    });

    test("the page's own handlers see the click when it goes on, and may have it", async () => {
      await open(kinds, "#blank");
      await page.evaluate(() => {
        const seen = Object.assign(globalThis, { seen: /** @type {string[]} */ ([]) }).seen;
        document.getElementById("blank")?.addEventListener("click", (event) => {
          event.preventDefault();
          seen.push("click");
          /** @type {any} */ (globalThis).opened = window.open("https://redirect.example/", "_blank", "noopener");
        });
      });
      await page.click("#blank");
      await held();
      assert.deepEqual(await page.evaluate(() => /** @type {any} */ (globalThis).seen), []);
      await background("go");
      await until("the redirect", 15_000, async () => (asked("redirect.example") > 0 ? true : undefined));
      assert.deepEqual(await page.evaluate(() => /** @type {any} */ (globalThis).seen), ["click"]);
      assert.equal(asked(shop), 0);
    });

    test("where the mail cannot be judged, the person is told, and may open it", async () => {
      await open(order, `.a3s a[href*="${shop}"]`);
      await page.click(`.a3s a[href*="${shop}"]`);
      await held();
      await background("fail");
      const { text, domain } = await warning();
      assert.match(text, /まだ確認できていない/);
      assert.equal(domain, "amazon.co.jp");
      assert.equal(asked(shop), 0);
      const [shown] = await warnings();
      await shown.click("#more summary");
      await shown.evaluate(() => void setTimeout(() => document.getElementById("open")?.click()));
      await until("the place itself", 15_000, async () => (asked(shop) > 0 ? true : undefined));
    });

    test("where no verdict comes in time, the person is told", async () => {
      await open(kinds, "#blank");
      await page.click("#blank");
      const { text } = await warning();
      assert.match(text, /まだ確認できていない/);
      assert.equal(asked(shop), 0);
    });

    for (const [host, place] of [["mail.proton.me", "/u/0/inbox"], ["www.icloud.com", "/mail/"]]) {
      test(`a click is held in the frame that ${host} has its mails in`, async () => {
        await page.goto("about:blank");
        await page.goto(`https://${host}${place}?thread=${webmails.thread(spoofed)}&hl=ja&lang=ja`);
        const link = `a[href*="${bad}"]`;
        const frame = await until("a link in a frame", 30_000, async () => {
          for (const one of page.frames().filter((f) => f !== page.mainFrame())) if (await one.$(link).catch(() => null)) return one;
          return undefined;
        });
        // The page may still give its frame the height it needs, and move the link away.
        let again = 0;
        await until("a click that is held", 20_000, async () => {
          if (Date.now() > again) {
            again = Date.now() + 4_000;
            await frame.click(link);
          }
          return frame.evaluate(() => (document.querySelector("html > div[style*='pointer-events']") ? true : undefined));
        });
        assert.equal(asked(bad), 0);
        await background("go");
        const { domain } = await warning();
        assert.equal(domain, bad);
        assert.equal(asked(bad), 0);
      });
    }

    test("a mail that was sent is not held", async () => {
      await page.goto("about:blank");
      await page.goto(`https://${gmail}/mail/u/0/?hl=ja#sent/${webmails.thread(kinds)}`);
      await page.waitForSelector("#blank");
      await page.click("#blank");
      await until("the place", 15_000, async () => (asked("/kind/blank") > 0 ? true : undefined));
    });

    test("switched off, nothing is held", async () => {
      const set = (/** @type {boolean} */ clickWarning) => own.evaluate(async (on) => {
        const { storage } = globalThis.browser ?? globalThis.chrome;
        await storage.local.set({ settings: { clickWarning: on } });
      }, clickWarning);
      await set(false);
      try {
        // Pages that were open hear of it, and the next is asked about anew.
        await until("the place", 20_000, async () => {
          await open(kinds, "#blank");
          await page.click("#blank");
          await sleep(500);
          return asked("/kind/blank") > 0 ? true : undefined;
        });
        assert.deepEqual(await warnings(), []);
      } finally {
        await set(true);
      }
    });
  });
}
