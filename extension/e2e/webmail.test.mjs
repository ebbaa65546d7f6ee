/**
 * The extension on pages built like Gmail's and Outlook's, at their host names, in
 * both browsers and both languages: what a person sees of an attack and of an
 * honest mail.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { givenBrowser, givenMail } from "./fixture.mjs";
import { banner, bannerBoxes, ownPage, settled, state, until } from "./inspect.mjs";
import { shoot } from "./shots.mjs";
import { withoutBrowser, withoutLanguage } from "./suite.mjs";

const spoofed = "attack/amazon-member-information-final.eml";
const prime = "attack/amazon-prime-auto-renewal.eml";
const order = "genuine/amazon-order.eml";
const approval = "genuine/amazon-sign-in-approval.eml";
const friend = "genuine/friend-mentions-amazon.eml";
const news = "genuine/news-about-phishing.eml";
const newsletter = "genuine/newsletter-click-trackers.eml";
const spam = "attack/jcb-usage-check.eml";

const quiet = [order, approval, newsletter, news];

/** Where the attacks lead; every name the browsers look up is answered here. */
const linked = ["pkvq7zt.cn", "www.amazon.co.jp.rkqtzw5.xyz", "kzvtwqh.cn"];

/** What the toolbar and the banner must say, word by word where it matters. */
const said = {
  ja: { ok: "〇", danger: "×", word: "危険", nothing: /不審な点は見つかりません/, title: /このメールはAmazonを名乗っていますが、(ボタン|リンク)の行き先は pkvq7zt\.cn です。/, sender: /cs-reply@amazon\.co\.jp/, what: /このメールのボタンやリンクは押さず/ },
  en: { ok: "〇", danger: "×", word: "Danger", nothing: /[Nn]othing/, title: /This says Amazon, but (the button|a link) leads to pkvq7zt\.cn/, sender: /cs-reply@amazon\.co\.jp/, what: /Do not press any button or link/ },
};

const mail = givenMail(() => [{ files: [spoofed] }, { files: [friend, prime] }, ...quiet.map((file) => ({ files: [file] })), { files: [spam], folder: "spam" }]);
const { webmails } = mail;

/**
 * Opens a mail as a person does: Gmail by its address, Outlook by its list.
 *
 * @param {import("puppeteer-core").Page} page
 * @param {string} host
 * @param {string} file
 * @param {"ja" | "en"} lang
 */
async function open(page, host, file, lang) {
  const url = webmails.url(host, file, lang);
  const there = new URL(page.url() === "about:blank" ? "https://nowhere.invalid/" : page.url());
  if (host === "mail.google.com") await page.goto(url);
  else {
    // Outlook's own addresses change as it likes; a person clicks in the list.
    if (there.host !== host || there.searchParams.get("lang") !== lang) await page.goto(url);
    await page.waitForSelector("[data-convid]");
    await page.click(`[data-convid="${webmails.thread(file)}"]`);
  }
  await page.waitForSelector("[role=main]:not([hidden]) [data-ready]");
}

for (const name of /** @type {const} */ (["chromium", "firefox"])) {
  for (const lang of /** @type {const} */ (["ja", "en"])) {
    describe(`${name} in ${lang}`, { skip: withoutBrowser(name) }, () => {
      /** @type {import("puppeteer-core").Page} */
      let own;
      /** @type {import("puppeteer-core").Page} */
      let page;
      const words = said[lang];
      const launched = givenBrowser(name, mail, { lang, everywhere: true }, (pages) => ({ own, page } = pages));

      /**
       * The verdict once the page has come to rest: a webmail fills its page in
       * pieces, and what is read in between is judged too.
       *
       * @param {string} host
       * @param {string} file
       * @param {string} [level] to wait for
       */
      async function verdictOf(host, file, level) {
        const old = new Set((await state(own))?.tab.messages.map((m) => m.key));
        await open(page, host, file, lang);
        return settled(own, ({ tab }) => tab.messages.some((m) => !old.has(m.key)) && (!level || tab.level === level));
      }

      for (const host of ["mail.google.com", "outlook.live.com"]) {
        const webmail = host.split(".")[0] === "mail" ? "gmail" : "outlook";

        test(`${webmail}: an attack gets a red banner that says why`, async (t) => {
          const why = await withoutLanguage(own, lang, name);
          if (why) return t.skip(why);
          const seen = await verdictOf(host, spoofed, "danger");
          await shoot(page, `e2e/${name}-${webmail}-${lang}`);
          assert.equal(seen.tab.level, "danger");
          assert.equal(seen.badge, words.danger);
          const { view } = seen.tab.messages[0];
          assert.match(view?.title ?? "", words.title);
          assert.match(view?.reasons.map((r) => r.text).join("\n") ?? "", words.sender);
          const [box, ...others] = await bannerBoxes(page);
          assert.ok(box, "no banner in the page");
          assert.deepEqual(others, []);
          const { top, body } = await page.evaluate(({ x, y, width, height }) => ({
            top: document.elementFromPoint(x + width / 2, Math.min(y + height / 2, innerHeight - 1))?.attributes.length,
            body: document.querySelector("[role=main]:not([hidden]) [data-ready] .a3s:not(.undefined), [data-ready] [id^=UniqueMessageBody]")?.getBoundingClientRect().top ?? 0,
          }), box);
          assert.equal(top, 0, "something lies over the banner");
          assert.ok(box.y < body, "the banner is not above the mail");
          if (name !== "chromium") return;
          const shown = await banner(page);
          assert.equal(shown.role, "alert");
          assert.equal(shown.level, "danger");
          assert.ok(shown.text.startsWith(words.word), shown.text);
          assert.match(shown.title, words.title);
          assert.match(shown.text, words.what);
          assert.ok(shown.box.width > 300 && shown.box.height > 100, JSON.stringify(shown.box));
        });

        test(`${webmail}: honest mails are left alone`, async () => {
          for (const file of quiet) {
            const seen = await verdictOf(host, file, "ok");
            assert.equal(seen.tab.level, "ok", `${file}: ${JSON.stringify(seen.tab.messages[0].verdict?.findings)}`);
            assert.equal(seen.badge, words.ok);
            assert.deepEqual(await bannerBoxes(page), [], file);
          }
          await shoot(page, `e2e/${name}-${webmail}-${lang}-quiet`);
        });

        test(`${webmail}: coming back to the attack brings the banner back`, async () => {
          assert.equal((await verdictOf(host, spoofed, "danger")).tab.level, "danger");
          await until("a banner", 5_000, async () => (await bannerBoxes(page))[0]);
        });
      }

      test("gmail: a conversation has one verdict a message", async () => {
        const seen = await verdictOf("mail.google.com", friend);
        assert.deepEqual(seen.tab.messages.map((m) => m.level), ["danger"], "the folded message is not read");
        await page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector("[role=main]:not([hidden]) .kv")).click());
        const both = await settled(own, ({ tab }) => tab.messages.length === 2);
        assert.deepEqual(both.tab.messages.map((m) => m.level).sort(), ["danger", "ok"]);
        assert.equal(both.tab.level, "danger");
        await until("one banner", 5_000, async () => ((await bannerBoxes(page)).length === 1 ? true : undefined));
      });

      test("the popup says the same as the banner", async (t) => {
        const why = await withoutLanguage(own, lang, name);
        if (why) return t.skip(why);
        for (const [file, text] of /** @type {[string, RegExp][]} */ ([[spoofed, words.title], [order, words.nothing]])) {
          const { tabId } = await verdictOf("mail.google.com", file);
          const popup = await ownPage(launched, tabId);
          await popup.setViewport({ width: 400, height: 720 });
          const shown = await until("a verdict in the popup", 5_000, async () => (await popup.evaluate(() => document.querySelector("#messages .verdict")?.textContent)) ?? undefined);
          await shoot(popup, `e2e/${name}-popup-${lang}${file === order ? "-quiet" : ""}`);
          assert.match(shown, text);
          await popup.close();
          await page.bringToFront();
        }
      });

      test("gmail: going back to the list leaves nothing behind", async () => {
        await verdictOf("mail.google.com", spoofed);
        await page.evaluate(() => { location.hash = "#inbox"; });
        const idle = await until("an idle toolbar", 10_000, async () => {
          const now = await state(own);
          return now && now.tab.level === "idle" ? now : undefined;
        });
        assert.equal(idle.badge, "");
      });

      test("gmail: what is in the spam folder is judged too", async () => {
        assert.equal((await verdictOf("mail.google.com", spam)).tab.level, "danger");
      });

      test("no link of a mail was followed", () => {
        const led = webmails.unknown.filter((asked) => linked.some((host) => asked.startsWith(`${host} `)));
        assert.deepEqual(led, []);
      });
    });
  }
}
