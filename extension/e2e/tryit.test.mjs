/**
 * The Worker's page: a link and a mail judged in the visitor's own browser, in
 * both languages and both browsers, no request after the program has come, and
 * every mail read as `honmono check` reads it.
 */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import puppeteer from "puppeteer-core";
import { startWorker } from "../../worker/dev.mjs";
import { accessible, fits, inThemes } from "./axe.mjs";
import { findBrowser } from "./browser.mjs";
import { honmono, root } from "./extension.mjs";
import { publisher } from "./publication.mjs";
import { withoutBrowser } from "./suite.mjs";

const mail = (/** @type {string} */ name) => path.join(root, "testdata/messages", name);

for (const name of /** @type {const} */ (["chromium", "firefox"])) {
  describe(`the page to try it, in ${name}`, { skip: withoutBrowser(name) }, () => {
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
      browser = name === "firefox" ? await puppeteer.launch({ browser: name, executablePath: findBrowser(name) }) : await puppeteer.launch({
        executablePath: findBrowser(name),
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
      if (bypass) await page.setBypassCSP(true);
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
        // Firefox looks for a picture for its tab, and the policy stops even that.
        assert.deepEqual(complaints.filter((text) => !/\/favicon\.ico /.test(text)), []);
        for (const line of asked) assert.ok(line.startsWith(`GET ${worker.url}/`), line);
        await page.close();
      });

      test(`it has a place for every text, and axe-core finds nothing, in ${lang}`, { skip: name === "firefox" && "axe-core does not pass the page's policy there" }, async () => {
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

    test("every mail has the level that honmono check gives it", async () => {
      const { page } = await open("en");
      const file = /** @type {import("puppeteer-core").ElementHandle<HTMLInputElement>} */ (await page.$("#file"));
      // All in one browser; in the other those that are the hardest to read.
      const folders = name === "chromium" ? ["attack", "genuine", "hostile"] : ["hostile"];
      const files = (await Promise.all(folders.map(async (folder) => (await readdir(mail(folder))).map((one) => mail(`${folder}/${one}`))))).flat().filter((one) => one.endsWith(".eml"));
      // The command refuses these with a word, as no mails, and so does the page.
      const refused = ["hostile/binary-noise.eml", "hostile/empty.eml"].map(mail);
      const told = (await honmono(["check", "--json", ...files.filter((one) => !refused.includes(one))])).trim().split("\n").map((line) => JSON.parse(line));
      assert.equal(told.length, files.length - refused.length);
      const wrong = [];
      for (const { file: from, level } of [...told, ...refused.map((one) => ({ file: one, level: "unknown" }))]) {
        await file.uploadFile(path.resolve(root, from));
        await page.waitForFunction(() => document.querySelector("#result .verdict"), { timeout: 60_000 });
        const seen = await page.$eval("#result", (e) => {
          const levels = ["ok", "caution", "danger", "unknown"].filter((one) => e.querySelector(`.verdict.${one}`));
          e.replaceChildren();
          return levels.join();
        });
        // Of a mail that is broken on purpose two readers see different parts; but
        // where one warns, or cannot look, the other never says that there is nothing.
        const right = from.includes("/hostile/") ? seen !== "ok" || level === "ok" : seen === level;
        if (!right) wrong.push(`${from}: ${seen} here, ${level} there`);
      }
      assert.deepEqual(wrong, []);
      await page.close();
    });

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
}
