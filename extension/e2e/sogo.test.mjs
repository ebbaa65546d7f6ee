/**
 * The extension in a second real webmail: SOGo over Dovecot and PostgreSQL, all from
 * Debian's packages, in both browsers. One page that builds itself, the mail beside
 * the list or over it, and a window of its own. Chromium speaks Japanese, Firefox
 * English.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startWorker } from "../../worker/dev.mjs";
import { givenWebmail } from "./fixture.mjs";
import { allBannerBoxes, shows as showsIn, state, tabStates, until } from "./inspect.mjs";
import { Cells } from "./matrix.mjs";
import * as paper from "./paper.mjs";
import { publisher } from "./publication.mjs";
import { shoot } from "./shots.mjs";
import { missing, startSogo } from "./sogo.mjs";
import { skipped, withoutBrowser, withoutLanguage } from "./suite.mjs";
import { inDarkFirefox, inEveryLight, tabsShow } from "./surroundings.mjs";

const spoofed = "attack/amazon-member-information-final.eml";
const plain = "attack/rakuten-order-plain.eml";
const order = "genuine/amazon-order.eml";
const news = "genuine/news-about-phishing.eml";
const bill = "genuine/telekom-rechnung.eml";
const attached = "attack/microsoft-password-html-attachment.eml";
const files = [spoofed, plain, order, news, bill, attached];
/** Where the first attack's links lead. */
const bad = "pkvq7zt.cn";

const languages = /** @type {const} */ ({ chromium: "ja", firefox: "en" });
const cells = new Cells("sogo");
/** @type {import("./publication.mjs").Publisher} */
let rules;
/** Rules without the adapter. @type {string} */
let without;
/** @type {string} */
let verifier;
before(async () => {
  rules = await publisher();
  const { key, ...pair } = await rules.key("honmono-test");
  verifier = pair.verifier;
  without = await rules.sign("without", { key, version: Math.floor(Date.now() / 1000) + 86_400, changes: { "webmails/sogo.txt": "detect: .no-such-page\nmessage: .none\nsender: .none\nsender-address: text\nsubject: .none\nbody: .none\n" } });
});
after(async () => {
  await rules?.remove();
  await cells.save();
});

for (const name of /** @type {const} */ (["chromium", "firefox"])) {
  const lang = languages[name];
  describe(`SOGo, ${name} in ${lang}`, { skip: withoutBrowser(name) || skipped(missing()) }, () => {
    /** @type {Awaited<ReturnType<typeof startWorker>>} */
    let worker;
    /** @type {import("puppeteer-core").Page} */
    let own;
    /** @type {import("puppeteer-core").Page} */
    let page;

    before(async () => { worker = await startWorker({ dir: without }); });
    const { launched, packed, webmail: sogo } = givenWebmail(name, {
      lang, files, folders: { Junk: [plain], Sent: [spoofed], Drafts: [spoofed] }, login,
      start: (mail) => startSogo({ ...mail, language: lang === "ja" ? "Japanese" : "English" }),
      packing: () => ({ rulesURL: worker.url, rulesKeys: [verifier] }),
    }, (pages) => ({ own, page } = pages));
    after(() => worker?.stop());

    /** @param {import("./matrix.mjs").View} view */
    const seen = (view) => cells.seen("sogo", view, name);
    /** @param {Level[]} levels */
    const shows = (...levels) => showsIn(own, page, levels);
    const mailPage = () => `${sogo.url}so/${sogo.user}/Mail/view`;

    /**
     * Opens a mail from the list that is shown.
     *
     * @param {string} file
     * @param {number} [row]
     */
    const open = async (file, row = files.indexOf(file)) => {
      // By itself: what Material lays over a row while it moves is no part of the row.
      await until("a row", 10_000, () => page.evaluate((row) => {
        const rows = [...document.querySelectorAll('.sg-message-list-item button[ng-click^="mailbox.selectMessage"]')].sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
        if (!rows[row]) return undefined;
        /** @type {HTMLElement} */ (rows[row]).click();
        return true;
      }, row));
    };

    /** @param {string} folder the class of its icon */
    const go = (folder) => page.evaluate((folder) => {
      const sign = document.querySelector(`.sg-mailbox-list-item .sg-folder.${folder}`);
      /** @type {HTMLElement} */ (sign?.closest(".sg-mailbox-list-item")?.querySelector("p.sg-item-name")).click();
    }, folder);

    test("an attack has a red banner above the mail", async (t) => {
      const why = await withoutLanguage(own, lang, name);
      if (why) return t.skip(why);
      await sleep(1_000);
      await shows();
      seen("list");
      await open(spoofed);
      const { boxes: [box], messages: [{ view, verdict, key }] } = await shows("danger");
      await shoot(page, `e2e/${name}-sogo-attack`);
      assert.match(key, /^sogo:/);
      assert.match(view?.title ?? "", lang === "ja" ? /Amazonを名乗っていますが、(?:ボタン|リンク)の行き先は pkvq7zt\.cn です/ : /says Amazon, but (?:the button|a link) leads to pkvq7zt\.cn/);
      assert.equal(verdict?.findings?.find(({ symbol }) => symbol === "BRAND_SPOOFED_SENDER")?.evidence?.address, "cs-reply@amazon.co.jp");
      const top = await page.$eval(".msg-body", (body) => body.getBoundingClientRect().top);
      assert.ok(box.width > 250 && box.height > 100 && box.y + box.height <= top + 1, JSON.stringify({ box, top }));
      seen("attack");
      seen("split");
    });

    test("honest mails and attacks in turn, by click and by key", async () => {
      for (const file of [order, news, bill]) {
        await open(file);
        const { messages: [{ verdict }] } = await shows("ok");
        // What SOGo itself puts below a mail, links to what is attached, is not the mail's.
        assert.deepEqual(verdict?.links?.filter(({ host }) => host.includes("127.0.0.1")), [], file);
        // The next must not be taken for this one.
        await open(plain);
        await shows("danger");
      }
      seen("honest");
      await page.focus("#messagesList");
      await page.keyboard.press("ArrowDown");
      await shows("ok");
      await page.keyboard.press("ArrowUp");
      await shows("danger");
      seen("next");
      await page.goBack();
      await shows("ok");
      await page.goForward();
      await shows("danger");
      seen("history");
    });

    test("what is attached counts, though SOGo shows it in the body", async () => {
      await open(order);
      await shows("ok");
      await open(attached);
      const { messages: [{ verdict }] } = await shows("danger");
      assert.ok(verdict?.findings?.some(({ symbol }) => symbol === "ATTACHMENT_RISKY"), JSON.stringify(verdict?.findings));
    });

    test("a dangerous link is marked, and a click leads to the warning", async () => {
      await open(spoofed);
      await shows("danger");
      const link = `.msg-body a[href*="${bad}"]`;
      await until("a mark", 10_000, () => page.evaluate((s) => (/** @type {HTMLElement | null} */ (document.querySelector(s))?.style.outlineStyle === "solid" ? true : undefined), link));
      await page.click(link);
      const shown = await until("a warning", 15_000, async () => {
        for (const other of await launched.browser.pages()) {
          const domain = other === page || other === own ? undefined : await other.evaluate(() => (location.pathname.startsWith("/warning/") ? document.querySelector("#facts .domain")?.textContent : undefined)).catch(() => undefined);
          if (domain) return { other, domain };
        }
        return undefined;
      });
      assert.equal(shown.domain, bad);
      await shown.other.close();
      await page.bringToFront();
      await shows("danger");
    });

    test("what changes around the mail changes nothing", async () => {
      const { tabId, messages: [{ key }] } = await shows("danger");
      await page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('[ng-click="mailbox.refresh()"]')).click());
      await page.waitForSelector(".sg-message-list-item");
      await sleep(1_000);
      assert.equal((await shows("danger")).messages[0].key, key, "judged anew although nothing of it changed");
      seen("redraw");
      await inEveryLight(name, { own, page, tabId }, async (view) => {
        await shows("danger");
        if (view === "dark") await shoot(page, `e2e/${name}-sogo-dark`);
        seen(view);
      });
    });

    test("on paper", { skip: skipped(paper.missing()) }, async () => {
      await open(spoofed);
      await until("the spoofed mail", 10_000, async () => (/pkvq7zt/.test((await shows("danger")).messages[0].view?.title ?? "") ? true : undefined));
      await sleep(1_000);
      const [first = []] = await paper.printed(page, `paper/${name}-sogo`);
      paper.warned(first, lang);
      seen("paper");
    });

    test("in the dark", { skip: name !== "firefox" && "Chromium was told so above" }, async () => {
      await inDarkFirefox({ extension: packed.dir(name), lang }, async (page) => {
        await login(page, sogo);
        await page.click('.sg-message-list-item button[ng-click^="mailbox.selectMessage"]');
      });
      seen("dark");
    });

    test("a window of its own, several tabs", async () => {
      await page.click('[ng-click="viewer.openInPopup()"]');
      await tabsShow(own, "danger", "danger");
      const popup = await until("a window", 10_000, async () => {
        for (const other of await launched.browser.pages()) {
          if (other !== page && await other.evaluate(() => location.href.includes("UIxMailPopupView")).catch(() => false)) return other;
        }
        return undefined;
      });
      const [box] = await until("its banner", 10_000, async () => {
        const boxes = await allBannerBoxes(popup);
        return boxes.length === 1 ? boxes : undefined;
      });
      assert.ok(box.width > 250, JSON.stringify(box));
      await shoot(popup, `e2e/${name}-sogo-window`);
      seen("window");
      await popup.goto("about:blank");
      await popup.goto(`${mailPage()}#!/Mail/0/INBOX/${files.indexOf(order) + 1}`);
      await tabsShow(own, "danger", "ok");
      seen("tabs");
      await popup.close();
      await page.bringToFront();
    });

    test("a narrow window: list and mail one after the other", async () => {
      await page.setViewport({ width: 460, height: 800 });
      try {
        const { boxes: [box] } = await shows("danger");
        assert.ok(box.width > 250 && box.width <= 460, JSON.stringify(box));
        await shoot(page, `e2e/${name}-sogo-narrow`);
        await page.click('[ng-click="viewer.close()"]');
        await shows();
        await open(order);
        await shows("ok");
        seen("narrow");
      } finally {
        await page.setViewport({ width: 1200, height: 800 });
      }
    });

    test("folders: sent mail and drafts are not judged, spam is", async () => {
      for (const [folder, view] of /** @type {const} */ ([["send", "sent"], ["drafts", "drafts"]])) {
        await go(folder);
        await until("an empty pane", 10_000, async () => ((await page.$(".msg-body")) ? undefined : true));
        await until("the folder", 10_000, async () => ((await page.$$(".sg-message-list-item")).length === 1 ? true : undefined));
        await open(spoofed, 0);
        await page.waitForSelector(".msg-body .sg-mail-part a");
        await sleep(1_000);
        await shows();
        seen(view);
      }
      await go("thumb_down");
      await until("an empty pane", 10_000, async () => ((await page.$(".msg-body")) ? undefined : true));
      await open(plain, 0);
      await shows("danger");
      const [{ tab }] = await tabStates(own);
      assert.match(tab.messages[0].key, /^sogo:/);
      seen("spam");
    });

    test("the fallback carries the page once the rules have no adapter for it", async () => {
      await page.goto(`${mailPage()}#!/Mail/0/INBOX/${files.indexOf(spoofed) + 1}`);
      await shows("danger");
      const { ok } = await own.evaluate(() => (globalThis.browser ?? globalThis.chrome).runtime.sendMessage({ type: "updateRules" }));
      assert.equal(ok.result, "updated", JSON.stringify(ok.rules.error));
      await until("a mail that the fallback read", 15_000, async () => (((await state(own))?.tab.messages ?? []).some(({ key }) => key.startsWith("page:")) || undefined));
      await shows("danger");
      await open(order);
      await shows("ok");
      await open(plain);
      const { messages: [{ key }] } = await shows("danger");
      assert.match(key, /^page:/);
      await go("inbox");
      seen("renamed");
    });
  });
}

/**
 * @param {import("puppeteer-core").Page} page
 * @param {import("./sogo.mjs").Sogo} sogo
 */
async function login(page, sogo) {
  await page.goto(sogo.url);
  await page.waitForSelector("input[type=password]");
  await page.type('[ng-model="app.creds.username"]', sogo.user);
  await page.type("input[type=password]", sogo.password);
  await page.keyboard.press("Enter");
  await page.waitForSelector(".sg-message-list-item");
}
