/**
 * Mails that fight back: hostile HTML on the same page as the banner, let through
 * by a webmail that stops nothing. The banner stays in sight, the toolbar says what
 * is true, and what the mail claims to be counts for nothing.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { givenBrowser, givenMail } from "./fixture.mjs";
import { fileOf, inSight, kinds, late, only } from "./hostile.mjs";
import { settled, state, until } from "./inspect.mjs";
import { readMail } from "./mail.mjs";
import { gmailBody } from "./rewrite.mjs";
import { shoot } from "./shots.mjs";
import { withoutBrowser } from "./suite.mjs";

const spoofed = "attack/amazon-member-information-final.eml";
const gmail = "mail.google.com";

/** Mails whose bodies are made for the test. */
const largeFiles = ["attack/amazon-prime-auto-renewal.eml", "attack/amazon-payment-method.eml"];

/** Too large to lie in testdata. @type {Record<string, () => string>} */
const large = {
  "50,000 links": () => Array.from({ length: 50_000 }, (_, i) => `<a href="https://shop.example/${i}">${i}</a> `).join(""),
  "10,000 levels": () => "<div>".repeat(10_000) + "x" + "</div>".repeat(10_000),
};

const names = await kinds();

const mail = givenMail(async () => {
  const body = gmailBody(await readMail(spoofed));
  return [
    { files: [spoofed] },
    ...names.map((kind) => ({ files: [fileOf(kind)], body: (/** @type {import("./mail.mjs").Mail} */ { html }) => html })),
    ...largeFiles.map((file, i) => ({ files: [file], body: () => body + Object.values(large)[i]() })),
  ];
});
const { webmails } = mail;

for (const name of /** @type {const} */ (["chromium", "firefox"])) {
  describe(name, { skip: withoutBrowser(name) }, () => {
    /** @type {import("puppeteer-core").Page} */
    let own;
    /** @type {import("puppeteer-core").Page} */
    let page;
    const launched = givenBrowser(name, mail, { lang: "ja", everywhere: true, scrollbars: true }, (pages) => ({ own, page } = pages));

    /** @param {string} file */
    const open = (file) => show(own, page, file);

    for (const kind of names.filter((kind) => (only[kind] ?? name) === name)) {
      test(`the banner is in sight: ${kind}`, async () => {
        const { tab } = await open(fileOf(kind));
        assert.equal(tab.level, "danger");
        assert.deepEqual(tab.messages.map((m) => [m.mail?.from?.address, m.mail?.subject]), [["cs-reply@amazon.co.jp", "【重要】会員情報更新の最終確認"]]);
        if (late[kind]) await sleep(late[kind]);
        const seen = await inSight(own, page);
        // The mail's own green is beside it or below it, never on it.
        assert.equal(seen.green, 0, "something of ours is green");
        if (kind === "turned") assert.ok(seen.upright, "the banner is turned");
        await until("a × in the toolbar", 4_000, async () => ((await state(own))?.badge === "×" ? true : undefined));
        if (/^(cover|green-banner|moved)$/.test(kind)) await shoot(page, `hostile/${name}-${kind}`);
      });
    }

    for (const [i, file] of largeFiles.entries()) {
      test(`a mail of ${Object.keys(large)[i]}`, async () => {
        const { tab } = await open(file);
        assert.equal(tab.level, "danger");
        assert.deepEqual(tab.messages.map((m) => m.mail?.from?.address), [(await readMail(file)).from.address]);
        await inSight(own, page);
      });
    }

    test("a page that will not have the banner is told of in the toolbar", async () => {
      await open(spoofed);
      await inSight(own, page);
      await page.evaluate(() => {
        const strike = () => { for (const e of document.querySelectorAll("div:empty")) if (e.getAttributeNames().every((a) => a === "popover") && e.getBoundingClientRect().width > 200) e.remove(); };
        new MutationObserver(strike).observe(document, { childList: true, subtree: true });
        strike();
        setInterval(() => document.body.append(document.createElement("i")), 50);
      });
      await until("a word in the toolbar", 30_000, async () => ((await state(own))?.badge === "×!" ? true : undefined));
    });

    test("a page cannot talk to the extension, nor find out that it is there", async () => {
      await open(fileOf("links"));
      const probes = await page.evaluate(async (base) => {
        const { chrome, browser } = /** @type {any} */ (globalThis);
        const load = (/** @type {string} */ path) => new Promise((resolve) => {
          const image = new Image();
          image.onload = () => resolve("loaded");
          image.onerror = () => resolve("refused");
          image.src = base + path;
        });
        return { talk: typeof (browser?.runtime ?? chrome?.runtime)?.sendMessage, icon: await load("icons/icon-48.png"), manifest: await fetch(`${base}manifest.json`).then(() => "loaded", () => "refused"), left: "honmono" in globalThis };
      }, launched.extension);
      assert.deepEqual(probes, { talk: "undefined", icon: "refused", manifest: "refused", left: false });
    });
  });
}

/**
 * @param {import("puppeteer-core").Page} own
 * @param {import("puppeteer-core").Page} page
 * @param {string} file
 */
async function show(own, page, file) {
  const old = new Set((await state(own))?.tab.messages.map((m) => m.key));
  // Another query is another page: no style sheet of the last mail's is left.
  await page.goto(webmails.url(gmail, file, "ja").replace("?", `?n=${Math.random()}&`));
  return settled(own, ({ tab }) => tab.messages.some((m) => !old.has(m.key)), 40_000);
}
