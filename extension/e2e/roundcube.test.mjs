/**
 * The extension in a real webmail: Roundcube over Dovecot, both from Debian's
 * packages, in Chromium. The preview beside the list is a frame; the standalone
 * view is a page of its own.
 */
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { launch } from "./browser.mjs";
import { pack } from "./extension.mjs";
import { banner, banners, ownPage, settled, state } from "./inspect.mjs";
import { messagesDir } from "./mail.mjs";
import { freePort } from "./process.mjs";
import { missing, startRoundcube } from "./roundcube.mjs";
import { shoot } from "./shots.mjs";
import { skipped, withoutBrowser, withoutLanguage } from "./suite.mjs";

const spoofed = "attack/amazon-member-information-final.eml";
const plain = "attack/rakuten-order-plain.eml";
const order = "genuine/amazon-order.eml";
const news = "genuine/news-about-phishing.eml";
const text = "genuine/ekinet-reservation.eml";
const files = [spoofed, plain, order, news, text];

const without = withoutBrowser("chromium") || skipped(missing());

for (const lang of /** @type {const} */ (["ja", "en"])) {
  describe(`Roundcube, chromium in ${lang}`, { skip: without }, () => {
    /** @type {import("./extension.mjs").Packed} */
    let packed;
    /** @type {import("./roundcube.mjs").Roundcube} */
    let roundcube;
    /** @type {import("./browser.mjs").Launched} */
    let launched;
    /** @type {import("puppeteer-core").Page} */
    let own;
    /** @type {import("puppeteer-core").Page} */
    let page;

    before(async () => {
      const port = await freePort();
      [packed, roundcube] = await Promise.all([
        pack({ origins: [`http://127.0.0.1:${port}`] }),
        startRoundcube({ messages: files.map((f) => path.join(messagesDir, f)), port, language: lang === "ja" ? "ja_JP" : "en_US" }),
      ]);
      launched = await launch("chromium", { extension: packed.dir("chromium"), lang });
      own = await ownPage(launched);
      page = await launched.browser.newPage();
      await page.goto(roundcube.url);
      await page.type("#rcmloginuser", roundcube.user);
      await page.type("#rcmloginpwd", "any");
      await Promise.all([page.waitForNavigation(), page.click("#rcmloginsubmit")]);
      await page.waitForSelector("#messagelist tr.message");
    });
    after(async () => {
      await launched?.close();
      await roundcube?.close();
      await packed?.remove();
    });

    /** @param {string} file */
    const uid = (file) => files.indexOf(file) + 1;

    /**
     * @param {() => Promise<unknown>} open
     */
    async function verdictAfter(open) {
      const old = new Set((await state(own))?.tab.messages.map((m) => m.key));
      await open();
      return settled(own, ({ tab }) => tab.messages.some((m) => !old.has(m.key)), 20_000);
    }

    /** @param {string} file */
    const preview = (file) => verdictAfter(async () => {
      // Rows are named by their UID in base64.
      const row = `#rcmrow${Buffer.from(String(uid(file))).toString("base64").replace(/=+$/, "")}`;
      await page.click(`${row} td.subject`);
    });

    /** @param {string} file */
    const standalone = (file) => verdictAfter(() => page.goto(`${roundcube.url}?_task=mail&_mbox=INBOX&_uid=${uid(file)}&_action=show`));

    test("preview: an attack gets a red banner inside the frame", async (t) => {
      const why = await withoutLanguage(own, lang, "chromium");
      if (why) return t.skip(why);
      const seen = await preview(spoofed);
      assert.equal(seen.tab.level, "danger");
      const shown = await banner(page);
      await shoot(page, `e2e/chromium-roundcube-${lang}`);
      assert.equal(shown.role, "alert");
      assert.match(shown.title, lang === "ja" ? /Amazonを名乗っていますが、(ボタン|リンク)の行き先は pkvq7zt\.cn です/ : /says Amazon, but (the button|a link) leads to pkvq7zt\.cn/);
      assert.ok(shown.box.width > 250 && shown.box.height > 100, JSON.stringify(shown.box));
    });

    test("preview: a plain-text attack, and honest mails after it", async () => {
      assert.equal((await preview(plain)).tab.level, "danger");
      assert.equal((await banner(page)).level, "danger");
      for (const file of [order, news, text]) {
        const seen = await preview(file);
        assert.equal(seen.tab.level, "ok", `${file}: ${JSON.stringify(seen.tab.messages[0].verdict?.findings)}`);
        assert.deepEqual(await banners(page), [], file);
      }
      await shoot(page, `e2e/chromium-roundcube-${lang}-quiet`);
    });

    test("standalone: an attack gets a red banner, an honest mail none", async () => {
      const seen = await standalone(spoofed);
      assert.equal(seen.tab.level, "danger");
      const { view } = seen.tab.messages[0];
      assert.match(view?.title ?? "", /pkvq7zt\.cn/);
      assert.equal((await banner(page)).level, "danger");
      await shoot(page, `e2e/chromium-roundcube-${lang}-standalone`);
      assert.equal((await standalone(order)).tab.level, "ok");
      assert.deepEqual(await banners(page), []);
    });
  });
}
