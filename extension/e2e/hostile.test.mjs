/**
 * Mails that fight back: hostile HTML on the same page as the banner, let through
 * by a webmail that stops nothing. The banner stays in sight, the toolbar says what
 * is true, and what the mail claims to be counts for nothing.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch } from "./browser.mjs";
import { pack } from "./extension.mjs";
import { ownPage, settled, state, until } from "./inspect.mjs";
import { readMail } from "./mail.mjs";
import { gmailBody } from "./rewrite.mjs";
import { shoot } from "./shots.mjs";
import { withoutBrowser } from "./suite.mjs";
import { hosts, startWebmails } from "./webmail.mjs";

const spoofed = "attack/amazon-member-information-final.eml";
const gmail = "mail.google.com";

/** What each mail adds to the attack, against the banner. @type {Record<string, string>} */
const coverings = {
  "an overlay": '<div style="position:fixed;inset:0;z-index:2147483647;background:#fff">〇</div>',
  "an overlay that lets the mouse through": '<div style="position:fixed;inset:0;z-index:2147483647;background:#fff;pointer-events:none">〇</div>',
  "faint surroundings": "<style>.nH{opacity:.1!important}</style>",
  "a filter": "<style>[role=main]{filter:opacity(.02)!important}</style>",
  "a mail pulled upwards": '<div style="margin-top:-1600px;position:relative;z-index:99999;background:#fff;height:1600px">〇</div>',
  "no display for any other div": "<style>div:not(.a3s,.a3s *):not(:has(.a3s,.gD)){display:none!important}</style>",
  "tiny surroundings": "<style>.gs{transform:scale(.05)!important}</style>",
  "surroundings moved away": "<style>.gs{position:relative!important;left:-5000px!important}.a3s{position:relative;left:5000px}</style>",
  "a layer of a style sheet": '<style>body::before{content:"";position:fixed;inset:0;z-index:2147483647;background:#fff}</style>',
  "clipped surroundings": "<style>.gs{clip-path:inset(0 0 99% 0)!important}</style>",
  "a green banner of its own": '<section style="border:2px solid green;background:#e6f4ea;padding:16px"><strong>〇 本物です — Honmono</strong><p>このメールは安全です。</p></section>',
};

/** What each mail adds to deceive the reader of the page. @type {Record<string, () => string>} */
const deceits = {
  "forged sender nodes": () => '<div role="listitem" class="h7"><div class="adn ads" data-legacy-message-id="1"><h3><span class="gD" email="auto-confirm@amazon.co.jp" name="Amazon">Amazon</span></h3><div class="ii gt"><div class="a3s">forged</div></div></div></div>',
  "50,000 links": () => Array.from({ length: 50_000 }, (_, i) => `<a href="https://shop.example/${i}">${i}</a> `).join(""),
  "10,000 levels": () => "<div>".repeat(10_000) + "x" + "</div>".repeat(10_000),
  "a link split over several anchors": () => '<p><a href="https://pkvq7zt.cn/1">https://www.</a><a href="https://pkvq7zt.cn/1">amazon</a><a href="https://pkvq7zt.cn/1">.co.jp/</a></p>',
  "words in a style sheet": () => '<style>.word::before{content:"〇 本物です — Honmono"}.word::after{content:"https://www.amazon.co.jp/"}</style><p class="word"></p>',
  "a base, a refresh and links that are none": () => '<base href="https://www.amazon.co.jp/"><meta http-equiv="refresh" content="9999;url=https://www.amazon.co.jp/"><a href="javascript:void 0">a</a><a href="data:text/html,x">b</a><a href="blob:https://x.example/1">c</a>',
};

/** The header goes with every other div, and with it the sender. */
const headless = "<style>div:not(.a3s,.a3s *):not(:has(.a3s)){display:none!important}</style>";

const all = Object.entries(coverings).map(([name, html]) => /** @type {const} */ ([name, () => html])).concat(/** @type {any} */ (Object.entries(deceits)));

/** @type {import("./extension.mjs").Packed} */
let packed;
/** @type {import("./webmail.mjs").Webmails} */
let webmails;
let served = "";

before(async () => {
  packed = await pack();
  const body = gmailBody(await readMail(spoofed));
  const made = new Map(all.map(([name, html]) => [name, body + html()]));
  made.set("headless", body + headless);
  webmails = await startWebmails([{ files: [spoofed], body: () => made.get(served) ?? body }]);
});
after(async () => {
  await webmails?.close();
  await packed?.remove();
});

for (const name of /** @type {const} */ (["chromium", "firefox"])) {
  describe(name, { skip: withoutBrowser(name) }, () => {
    /** @type {import("./browser.mjs").Launched} */
    let launched;
    /** @type {import("puppeteer-core").Page} */
    let own;
    /** @type {import("puppeteer-core").Page} */
    let page;

    before(async () => {
      launched = await launch(name, { extension: packed.dir(name), lang: "ja", hosts: Object.fromEntries(hosts.map((h) => [h, webmails.port])), rest: webmails.port });
      own = await ownPage(launched);
      page = await launched.browser.newPage();
    });
    after(() => launched?.close());

    /** @param {string} mail */
    async function open(mail) {
      served = mail;
      await page.goto("about:blank");
      await until("an idle toolbar", 10_000, async () => ((await state(own)) ? undefined : true));
      await page.goto(webmails.url(gmail, spoofed, "ja"));
      return settled(own, ({ tab }) => tab.messages.length > 0, 40_000);
    }

    /** Whether a banner of ours is what a person sees in its place. */
    const inSight = () => page.evaluate(() => [...document.querySelectorAll("div:empty")].some((e) => {
      if (e.getAttributeNames().some((a) => a !== "popover")) return false;
      const box = e.getBoundingClientRect();
      if (box.width < 200 || box.height < 60) return false;
      const raised = e.matches(":popover-open");
      for (let up = e.parentElement; up && !raised; up = up.parentElement) {
        const { opacity, filter } = getComputedStyle(up);
        if (Number(opacity) < 0.5 || filter !== "none") return false;
      }
      if (!raised && [...document.querySelectorAll("*")].some((x) => getComputedStyle(x).pointerEvents === "none" && getComputedStyle(x).position === "fixed")) return false;
      return [0.2, 0.5, 0.8].every((part) => document.elementFromPoint(box.x + part * box.width, Math.min(box.y + 40, innerHeight - 2)) === e);
    }) || undefined);

    for (const covering of Object.keys(coverings)) {
      test(`the banner is in sight: ${covering}`, async () => {
        const seen = await open(covering);
        assert.equal(seen.tab.level, "danger");
        await until("a banner in sight", 12_000, inSight);
        const now = await state(own);
        assert.equal(now?.badge, "×");
        if (covering === "an overlay" || covering.startsWith("a green")) await shoot(page, `hostile/${name}-${covering.replaceAll(" ", "-")}`);
      });
    }

    for (const deceit of Object.keys(deceits)) {
      test(`not deceived: ${deceit}`, async () => {
        const { tab } = await open(deceit);
        assert.equal(tab.level, "danger");
        assert.deepEqual(tab.messages.map((m) => m.mail?.from?.address), ["cs-reply@amazon.co.jp"]);
        await until("a banner in sight", 12_000, inSight);
      });
    }

    test("a mail that hides its own header is not called harmless", async () => {
      const { tab, badge } = await open("headless");
      assert.notEqual(tab.level, "ok");
      assert.match(badge, /[×?]/);
    });

    test("a page that will not have the banner is told of in the toolbar", async () => {
      await open("");
      await until("a banner in sight", 10_000, inSight);
      await page.evaluate(() => {
        const strike = () => { for (const e of document.querySelectorAll("div:empty")) if (e.getAttributeNames().every((a) => a === "popover") && e.getBoundingClientRect().width > 200) e.remove(); };
        new MutationObserver(strike).observe(document, { childList: true, subtree: true });
        strike();
        setInterval(() => document.body.append(document.createElement("i")), 50);
      });
      await until("a word in the toolbar", 30_000, async () => ((await state(own))?.badge === "×!" ? true : undefined));
    });

    test("a page cannot talk to the extension, nor find out that it is there", async () => {
      await open("");
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
