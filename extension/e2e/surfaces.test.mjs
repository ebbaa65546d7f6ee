/**
 * Every surface that shows a verdict, in both languages and both themes: axe-core
 * finds nothing, and every text has its place from a telephone to a desk.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { accessible, fits, inThemes, shootWhole, specimen } from "./axe.mjs";
import { givenBrowser, givenMail } from "./fixture.mjs";
import { extensionPage, ownPage, settled, until } from "./inspect.mjs";
import { withoutBrowser, withoutLanguage } from "./suite.mjs";
import { fake, views } from "./views.mjs";

/** A mail of every level, as the popup shows it. */
const mails = /** @type {const} */ ({ danger: "attack/amazon-member-information-final.eml", caution: "attack/antivirus-rented-server.eml", ok: "genuine/amazon-order.eml" });

const given = givenMail(() => Object.values(mails).map((file) => ({ files: [file] })));
const { webmails } = given;

for (const lang of /** @type {const} */ (["ja", "en"])) {
  describe(`surfaces in ${lang}`, { skip: withoutBrowser("chromium") }, () => {
    const launched = givenBrowser("chromium", given, { lang });

    test("the popup", async (t) => {
      const page = await ownPage(launched);
      const why = await withoutLanguage(page, lang, "chromium");
      if (why) return t.skip(why);
      await page.type("#link", "https://www.amazon.co.jp.xn5.cn/ap/signin");
      await page.click("#link-form button");
      await until("a verdict", 10_000, async () => (await page.$("#link-verdict .verdict")) ?? undefined);
      assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
      await inThemes(page, (theme) => accessible(page, `popup ${lang} ${theme}`));
      await fits(page, `popup ${lang}`, { shots: `surfaces/popup-${lang}` });
      // The longest labels there can be, without a place to break.
      await page.$eval("#link", (input, url) => { /** @type {HTMLInputElement} */ (input).value = url; }, `https://${"verylongname".repeat(5)}abc.${"w".repeat(63)}.example.co.jp/${"p".repeat(200)}`);
      await page.click("#link-form button");
      await until("its verdict", 10_000, () => page.evaluate(() => (/w{63}/.test(document.querySelector("#link-verdict .verdict")?.textContent ?? "") ? true : undefined)));
      await fits(page, `popup ${lang}, a long name`, { shots: `surfaces/popup-long-${lang}`, at: [320] });
      await page.close();
    });

    for (const [level, file] of Object.entries(mails)) {
      test(`the popup over an open mail: ${level}`, async () => {
        const own = await ownPage(launched);
        const mail = await launched.browser.newPage();
        await mail.goto(webmails.url("mail.google.com", file, lang));
        const { tabId } = await settled(own, ({ tab }) => tab.level === level);
        const page = await ownPage(launched, tabId);
        await until(`a verdict: ${level}`, 10_000, async () => (await page.$(`#messages .verdict.${level}`)) ?? undefined);
        const look = (/** @type {string} */ what) => inThemes(page, (theme) => accessible(page, `popup over ${level} ${lang} ${theme}${what}`));
        await look("");
        for (const fold of await page.$$("#messages [aria-expanded=false]")) await fold.click();
        await look(", open");
        await fits(page, `popup over ${level} ${lang}`, { shots: `surfaces/popup-${level}-${lang}`, at: [320, 400] });
        for (const one of [page, mail, own]) await one.close();
      });
    }

    test("the banner: danger, caution, of a sender called fine, to an unknown place", async () => {
      const page = await ownPage(launched);
      const { danger, caution, quiet, hidden } = await views(lang);
      await specimen(page, [danger, caution, quiet, hidden]);
      await inThemes(page, async (theme) => {
        await accessible(page, `banner ${lang} ${theme}`);
        await shootWhole(page, `surfaces/banner-${lang}-${theme}`);
      });
      await fits(page, `banner ${lang}`, { shots: `surfaces/banner-${lang}` });
      // By keyboard alone: every button in the order in which it stands, each with a ring.
      const at = () => page.evaluate(() => {
        const focused = document.activeElement?.shadowRoot?.activeElement;
        return focused ? { name: focused.className.split(" ").at(-1), ring: getComputedStyle(focused).outlineStyle !== "none" } : undefined;
      });
      const order = [];
      for (let i = 0; i < 6; i++) {
        await page.keyboard.press("Tab");
        order.push(await at());
      }
      assert.deepEqual(order.map((one) => one?.name), ["fold", "untrust", "small", "guide", "report", "more"]);
      assert.ok(order.every((one) => one?.ring), JSON.stringify(order));
      await page.keyboard.press("Enter");
      assert.equal(await page.evaluate(() => document.querySelector("main div")?.shadowRoot?.querySelector("button.more")?.getAttribute("aria-expanded")), "true");
      // All that can be opened, opened; at 640 px, a desk at 200 %.
      await page.evaluate(() => {
        for (const { shadowRoot } of document.querySelectorAll("div")) shadowRoot?.querySelectorAll(/** @type {any} */ ("[aria-expanded=false]")).forEach((/** @type {any} */ button) => button.click());
      });
      const colours = await page.evaluate(() => [...document.querySelectorAll("div")].flatMap(({ shadowRoot }) => [...(shadowRoot?.querySelectorAll(".links .ok .icon") ?? [])].map((icon) => {
        const style = getComputedStyle(icon);
        return style.stroke === getComputedStyle(/** @type {Element} */ (icon.closest("li")?.querySelector(".text"))).color ? "as the words" : style.stroke;
      })));
      assert.deepEqual([...new Set(colours)], ["as the words"], "no green in a page");
      await accessible(page, `banner ${lang}, open`);
      await fits(page, `banner ${lang}, open`, { shots: `surfaces/banner-open-${lang}`, at: [320, 640, 1280] });
      await page.close();
    });

    test("the guide for those who clicked: nothing chosen, everything chosen, on paper", async () => {
      const page = await extensionPage(launched, "guide/guide.html", "#stages input");
      await inThemes(page, (theme) => accessible(page, `guide ${lang} ${theme}`));
      for (const input of await page.$$("#stages input")) await input.click();
      assert.equal((await page.$$("#steps > li")).length, 19);
      await inThemes(page, (theme) => accessible(page, `guide ${lang} ${theme}, all`));
      await fits(page, `guide ${lang}`, { shots: `surfaces/guide-${lang}` });
      await page.emulateMediaType("print");
      await fits(page, `guide ${lang} on paper`, { shots: `surfaces/guide-${lang}-print`, at: [700] });
      await page.close();
    });

    test("the report of a mail, of a miss, of a false alarm, of nothing", async () => {
      const own = await ownPage(launched);
      // The facts as the background puts them aside (background/cases.js).
      const { danger } = await views(lang);
      await own.evaluate((facts) => (globalThis.browser ?? globalThis.chrome).storage.session.set({ "case:x": facts }), {
        at: 1, level: danger.level, rules: 1_795_000_000, brand: "amazon", brandName: "Amazon", official: danger.official, report: danger.report, title: danger.title,
        reasons: danger.reasons.map((r) => r.text), symbols: fake.findings.map((f) => f.symbol), hosts: fake.links.slice(0, 3).map((l) => l.host), allHosts: ["amazon.co.jp"],
        subject: "【重要】会員情報更新の最終確認 要対応", from: { name: "Amazon.co.jp", address: "account-update-notification-no-reply@amazon.co.jp" },
      });
      await own.close();
      for (const kind of ["report", "missed", "false-alarm"]) {
        const page = await extensionPage(launched, `report/report.html?kind=${kind}#x`, "#maintainers-hint:not(:empty)");
        await inThemes(page, (theme) => accessible(page, `report ${kind} ${lang} ${theme}`));
        await fits(page, `report ${kind} ${lang}`, kind === "report" ? { shots: `surfaces/report-${lang}` } : {});
        await page.close();
      }
      const page = await extensionPage(launched, "report/report.html", "#gone:not([hidden])");
      await accessible(page, `report without a mail ${lang}`);
      await page.close();
      const guide = await extensionPage(launched, "guide/guide.html#x", "#stages input");
      await until("a step", 5_000, async () => (await guide.$("#steps > li")) ?? undefined);
      assert.match(await guide.$eval("#steps", (steps) => steps.textContent ?? ""), /Amazon/);
      await guide.close();
    });
  });
}
