/**
 * The extension in a real webmail: Roundcube over Dovecot, both from Debian's
 * packages, in both browsers. The preview beside the list is a frame; the
 * standalone view and the window of its own are pages. Chromium speaks Japanese,
 * Firefox English.
 */
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { givenWebmail } from "./fixture.mjs";
import { fileOf, inSight } from "./hostile.mjs";
import { banner, settled, shows as showsIn, state, until } from "./inspect.mjs";
import { readMail } from "./mail.mjs";
import { Cells } from "./matrix.mjs";
import * as paper from "./paper.mjs";
import { missing, startRoundcube } from "./roundcube.mjs";
import { shoot } from "./shots.mjs";
import { skipped, withoutBrowser, withoutLanguage } from "./suite.mjs";
import { inDarkFirefox, inEveryLight, tabsShow } from "./surroundings.mjs";

const spoofed = "attack/amazon-member-information-final.eml";
const plain = "attack/rakuten-order-plain.eml";
const order = "genuine/amazon-order.eml";
const news = "genuine/news-about-phishing.eml";
const text = "genuine/ekinet-reservation.eml";
/** What a sanitizer has to do with: styles inline and in sheets, elements, names, links. */
const hostile = ["boxless", "clip", "cover", "cover-dialog", "cover-layer", "cover-shadow", "fade", "font", "forged-heads", "green-banner", "headless", "hide", "layer-scope", "links", "nested", "property", "pulled-up"].map(fileOf);
const { subject } = await readMail(spoofed);
const files = [spoofed, plain, order, news, text, ...hostile];

const languages = /** @type {const} */ ({ chromium: "ja", firefox: "en" });
const cells = new Cells("roundcube");
after(() => cells.save());

for (const name of /** @type {const} */ (["chromium", "firefox"])) {
  const lang = languages[name];
  describe(`Roundcube, ${name} in ${lang}`, { skip: withoutBrowser(name) || skipped(missing()) }, () => {
    /** @type {import("puppeteer-core").Page} */
    let own;
    /** @type {import("puppeteer-core").Page} */
    let page;
    const { launched, packed, webmail: roundcube } = givenWebmail(name, {
      lang, files, folders: { Junk: [plain], Sent: [spoofed], Drafts: [spoofed] }, login,
      start: (mail) => startRoundcube({ ...mail, language: lang === "ja" ? "ja_JP" : "en_US" }),
    }, (pages) => ({ own, page } = pages));

    /** @param {import("./matrix.mjs").View} view */
    const seen = (view) => cells.seen("roundcube", view, name);
    /** @param {Level[]} levels */
    const shows = (...levels) => showsIn(own, page, levels);

    /** @param {string} file @param {number} [uid] */
    const preview = async (file, uid = files.indexOf(file) + 1) => {
      // Rows are named by their UID in base64.
      const row = `#rcmrow${Buffer.from(String(uid)).toString("base64").replace(/=+$/, "")} td.subject`;
      await page.waitForSelector(row);
      await page.click(row);
    };

    /** @param {string} file @param {string} [action] @param {string} [more] */
    const alone = (file, action = "show", more = "") => page.goto(`${roundcube.url}?_task=mail&_mbox=INBOX&_uid=${files.indexOf(file) + 1}&_action=${action}${more}`);

    /** @param {string} folder */
    const list = async (folder) => {
      await page.goto(`${roundcube.url}?_task=mail&_mbox=${folder}`);
      await page.waitForSelector("#messagelist tr.message");
    };

    test("preview: an attack gets a red banner inside the frame", async (t) => {
      const why = await withoutLanguage(own, lang, name);
      if (why) return t.skip(why);
      await preview(spoofed);
      const { boxes: [box], messages: [{ view, mail }] } = await shows("danger");
      assert.equal(mail?.subject, subject, "beside it stand a label, and a link that opens a window");
      await shoot(page, `e2e/${name}-roundcube-attack`);
      assert.match(view?.title ?? "", lang === "ja" ? /Amazonを名乗っていますが、(?:ボタン|リンク)の行き先は pkvq7zt\.cn です/ : /says Amazon, but (?:the button|a link) leads to pkvq7zt\.cn/);
      assert.ok(box.width > 250 && box.height > 100, JSON.stringify(box));
      if (name === "chromium") assert.equal((await banner(page)).role, "alert");
      seen("attack");
      seen("split");
    });

    test("preview: a plain-text attack, and honest mails after it", async () => {
      await preview(plain);
      await shows("danger");
      for (const file of [order, news, text]) {
        await preview(file);
        await shows("ok");
        // The next must not be taken for this one.
        await preview(plain);
        await shows("danger");
      }
      seen("honest");
      seen("next");
    });

    test("what changes around the mail changes nothing", async () => {
      const { tabId, messages: [{ key }] } = await shows("danger");
      await page.evaluate(() => /** @type {any} */ (globalThis).rcmail.command("checkmail", ""));
      await sleep(1_000);
      assert.equal((await shows("danger")).messages[0].key, key, "judged anew although nothing of it changed");
      seen("redraw");
      await inEveryLight(name, { own, page, tabId }, async (view) => {
        await shows("danger");
        if (view === "dark") await shoot(page, `e2e/${name}-roundcube-dark`);
        seen(view);
      });
    });

    test("a narrow window: list and mail one after the other", async () => {
      await page.setViewport({ width: 460, height: 800 });
      await list("INBOX");
      await preview(spoofed);
      const { boxes: [box] } = await shows("danger");
      assert.ok(box.width > 250 && box.width < 460, JSON.stringify(box));
      await shoot(page, `e2e/${name}-roundcube-narrow`);
      seen("narrow");
      await page.setViewport({ width: 1200, height: 800 });
    });

    test("folders: sent mail and drafts are not judged, spam is", async () => {
      for (const folder of /** @type {const} */ (["Sent", "Drafts"])) {
        await list(folder);
        await preview(spoofed, 1);
        await until("the mail", 10_000, async () => {
          const frame = page.frames().find((f) => f.url().includes("_uid=1"));
          return (await frame?.$("#messagebody")) ? true : undefined;
        });
        await sleep(1_000);
        await shows();
        seen(folder === "Sent" ? "sent" : "drafts");
      }
      await list("Junk");
      await sleep(1_000);
      await shows();
      seen("list");
      await preview(plain, 1);
      await shows("danger");
      seen("spam");
    });

    test("standalone, in a window of its own, back and forward", async () => {
      await alone(spoofed);
      const { messages: [{ view, mail }] } = await shows("danger");
      assert.match(view?.title ?? "", /pkvq7zt\.cn/);
      assert.equal(mail?.subject, subject);
      if (name === "chromium") await shoot(page, `e2e/${name}-roundcube-standalone`);
      await alone(order);
      await shows("ok");
      await page.goBack();
      await shows("danger");
      await page.goForward();
      await shows("ok");
      seen("history");
      await alone(spoofed, "show", "&_extwin=1");
      assert.equal((await shows("danger")).messages[0].mail?.subject, subject);
      seen("window");
    });

    test("the print view", async () => {
      await page.evaluateOnNewDocument(() => { window.print = () => {}; });
      await alone(spoofed, "print");
      assert.equal((await shows("danger")).messages[0].mail?.subject, subject);
      if (name === "chromium") await shoot(page, `e2e/${name}-roundcube-print`);
      seen("print");
    });

    test("on paper", { skip: skipped(paper.missing()) }, async () => {
      await alone(spoofed);
      await shows("danger");
      const [first = []] = await paper.printed(page, `paper/${name}-roundcube`);
      paper.warned(first, lang);
      seen("paper");
    });

    test("in the dark", { skip: name !== "firefox" && "Chromium was told so above" }, async () => {
      await inDarkFirefox({ extension: packed.dir(name), lang }, async (page, own) => {
        await login(page, roundcube);
        await page.goto(`${roundcube.url}?_task=mail&_mbox=INBOX&_uid=1&_action=show`);
        await settled(own, ({ tab }) => tab.level === "danger");
      });
      seen("dark");
    });

    test("mails that fight the page: its sanitizer keeps them in, and the banner is in sight", async (t) => {
      for (const file of hostile) {
        await t.test(file, async () => {
          const old = (await state(own))?.tab.messages[0]?.key;
          await alone(file);
          const { tab } = await settled(own, ({ tab }) => tab.messages.length === 1 && tab.messages[0].key !== old && /会員情報更新の最終確認/.test(tab.messages[0].mail?.subject ?? "") && tab.level === "danger");
          assert.equal(tab.messages[0].mail?.from?.address, "cs-reply@amazon.co.jp");
          await inSight(own, page);
          const left = await page.evaluate(() => ({
            raised: document.querySelector("[popover='manual']") !== null,
            whole: document.querySelectorAll("#messagebody :is(base, meta, form[action*='pkvq7zt'], dialog, [href^='javascript:'])").length,
            loose: [...document.querySelectorAll("#messagebody style")].flatMap((style) => [.../** @type {HTMLStyleElement} */ (style).sheet?.cssRules ?? []]).filter((rule) => rule instanceof CSSStyleRule && !/message-htmlpart/.test(rule.selectorText)).length,
          }));
          // Nothing of the mail's reaches the page: the banner stays in its place.
          assert.deepEqual(left, { raised: false, whole: 0, loose: 0 });
        });
      }
    });

    test("several tabs", async () => {
      await alone(spoofed);
      await shows("danger");
      const other = await launched.browser.newPage();
      try {
        await other.goto(`${roundcube.url}?_task=mail&_mbox=INBOX&_uid=${files.indexOf(order) + 1}&_action=show`);
        await tabsShow(own, "danger", "ok");
        seen("tabs");
      } finally {
        await other.close();
      }
    });
  });
}

/**
 * @param {import("puppeteer-core").Page} page
 * @param {import("./roundcube.mjs").Roundcube} roundcube
 */
async function login(page, roundcube) {
  await page.goto(roundcube.url);
  await page.type("#rcmloginuser", roundcube.user);
  await page.type("#rcmloginpwd", "any");
  await Promise.all([page.waitForNavigation(), page.click("#rcmloginsubmit")]);
  await page.waitForSelector("#messagelist tr.message");
}
