/**
 * The Worker's page: a link and a mail judged in the visitor's own browser, in
 * both languages, and no request after the program has come.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import puppeteer from "puppeteer-core";
import { startWorker } from "../../worker/dev.mjs";
import { accessible, fits, inThemes } from "./axe.mjs";
import { findBrowser } from "./browser.mjs";
import { root } from "./extension.mjs";
import { publisher } from "./publication.mjs";
import { withoutBrowser } from "./suite.mjs";

const mail = (/** @type {string} */ name) => path.join(root, "testdata/messages", name);

describe("the page to try it", { skip: withoutBrowser("chromium") }, () => {
  /** @type {import("./publication.mjs").Publisher} */
  let rules;
  /** @type {Awaited<ReturnType<typeof startWorker>>} */
  let worker;
  /** @type {import("puppeteer-core").Browser} */
  let browser;
  before(async () => {
    rules = await publisher();
    const { key } = await rules.key("try");
    worker = await startWorker({ dir: await rules.sign("live", { key }) });
    browser = await puppeteer.launch({
      executablePath: findBrowser("chromium"),
      pipe: true,
      args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), "--disable-gpu", "--disable-background-networking"],
    });
  });
  after(async () => {
    await browser?.close();
    await worker?.stop();
    await rules?.remove();
  });

  /**
   * @param {"ja" | "en"} lang
   * @param {boolean} [bypass] lets axe-core in, which the page's policy keeps out
   */
  async function open(lang, bypass = false) {
    const page = await browser.newPage();
    await page.setBypassCSP(bypass);
    await page.setExtraHTTPHeaders({ "Accept-Language": lang });
    /** @type {string[]} */
    const asked = [];
    /** @type {string[]} */
    const complaints = [];
    page.on("request", (request) => asked.push(`${request.method()} ${request.url()}`));
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(worker.url, { waitUntil: "load" });
    await page.waitForSelector("#try:not([hidden])");
    return { page, asked, complaints };
  }

  /**
   * @param {import("puppeteer-core").Page} page
   * @param {string} level
   */
  const verdict = async (page, level) => {
    await page.waitForFunction(() => document.querySelector("#result .verdict"), { timeout: 60_000 });
    assert.match((await page.$eval("#result .verdict", (e) => e.className)), new RegExp(`\\b${level}\\b`), await page.$eval("#result", (e) => e.textContent ?? ""));
    const text = await page.$eval("#result", (e) => e.textContent ?? "");
    await page.$eval("#result", (e) => e.replaceChildren());
    return text;
  };

  for (const lang of /** @type {const} */ (["ja", "en"])) {
    test(`a link and mails in ${lang}, and nothing leaves the browser`, async () => {
      const { page, asked, complaints } = await open(lang);
      assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
      await page.type("#link", "https://www.amazon.co.jp.xn5.cn/ap/signin");
      await page.click("#link-form button");
      assert.match(await verdict(page, "danger"), /xn5\.cn/);
      assert.match(await page.$eval("#content", (e) => e.textContent ?? ""), /1,\d{3}|\d{3}/);
      // The program is here. From now on nobody is asked for anything.
      const before = asked.length;
      await page.$eval("#mail", (e, text) => { /** @type {HTMLTextAreaElement} */ (e).value = text; }, await readFile(mail("attack/amazon-prime-expired-payment.eml"), "latin1"));
      await page.click("#mail-form button.primary");
      assert.match(await verdict(page, "danger"), /Amazon/i);
      const file = /** @type {import("puppeteer-core").ElementHandle<HTMLInputElement>} */ (await page.$("#file"));
      for (const [name, level] of [["attack/apple-id-locked-ja.eml", "danger"], ["attack/chase-alert.eml", "danger"]]) {
        await file.uploadFile(mail(name));
        await verdict(page, level);
      }
      await page.$eval("#mail", (e) => { /** @type {HTMLTextAreaElement} */ (e).value = "Hello, this is no mail."; });
      await page.click("#mail-form button.primary");
      assert.match(await verdict(page, "unknown"), /From/);
      await page.$eval("#link", (e) => { /** @type {HTMLInputElement} */ (e).value = "https://www.amazon.co.jp/"; });
      await page.click("#link-form button");
      await verdict(page, "ok");
      assert.deepEqual(asked.slice(before), [], "a request after the program had come");
      assert.deepEqual(complaints, []);
      for (const line of asked) assert.ok(line.startsWith(`GET ${worker.url}/`), line);
      await page.close();
    });

    test(`it has a place for every text, and axe-core finds nothing, in ${lang}`, async () => {
      const { page } = await open(lang, true);
      await inThemes(page, (theme) => accessible(page, `try it ${lang} ${theme}`));
      await page.click("#sample");
      await page.waitForFunction(() => document.querySelector("#result .verdict.danger"), { timeout: 60_000 });
      await inThemes(page, (theme) => accessible(page, `try it ${lang} ${theme}, judged`));
      await fits(page, `try it ${lang}`, { shots: `tryit/${lang}` });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
      await fits(page, `try it ${lang} dark`, { shots: `tryit/${lang}-dark`, at: [768] });
      await page.close();
    });
  }

  test("the policy stops what a mail might bring", async () => {
    const { page } = await open("en");
    const stopped = await page.evaluate(async () => {
      const tried = {
        script: (() => { try { document.body.insertAdjacentHTML("beforeend", "<b>x</b>"); return "done"; } catch { return "stopped"; } })(),
        elsewhere: await fetch("https://example.com/").then(() => "done", () => "stopped"),
        image: await new Promise((resolve) => { const i = new Image(); i.onload = () => resolve("done"); i.onerror = () => resolve("stopped"); i.src = "/app/hello.svg"; }),
      };
      return tried;
    });
    assert.deepEqual(stopped, { script: "stopped", elsewhere: "stopped", image: "stopped" });
    await page.close();
  });
});
