/**
 * Switching Honmono on for a webmail that it does not know: a press of a button in
 * a page of the extension, as in the popup, asks the browser for the site; once it
 * is granted, the scripts are started and the open mail is judged, without a reload.
 * Chromium asks in a window of its own, which no driver can press: a screen that
 * nobody sees has a keyboard for that. Firefox is told to grant without its question.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { launch } from "./browser.mjs";
import { startDisplay, withoutDisplay } from "./display.mjs";
import { givenMail } from "./fixture.mjs";
import { allBannerBoxes, extensionPage, ownPage, shows, tabStates, until } from "./inspect.mjs";
import { skipped, withoutBrowser } from "./suite.mjs";
import { hosts } from "./webmail.mjs";

const attack = "attack/amazon-member-information-final.eml";
const host = "webmail.example.org";

const { packed, webmails } = givenMail(() => [{ files: [attack] }]);

test("firefox: one press of the button, and the open mail is judged", { skip: withoutBrowser("firefox") }, async () => {
  const launched = await launch("firefox", {
    extension: packed.dir("firefox"), hosts: Object.fromEntries(hosts.map((h) => [h, webmails.port])),
    firefoxPrefs: { "extensions.webextOptionalPermissionPrompts": false },
  });
  try {
    const own = await ownPage(launched);
    const page = await launched.browser.newPage();
    await page.goto(`https://${host}/?thread=${webmails.ids[0]}`);
    await page.waitForSelector("[data-ready]");
    assert.deepEqual(await tabStates(own), [], "it reads a site that nobody switched on");
    const granted = await own.evaluate((origin) => new Promise((resolve) => {
      const ext = globalThis.browser ?? globalThis.chrome;
      const button = document.createElement("button");
      button.id = "grant";
      button.textContent = "grant";
      button.style.cssText = "position: fixed; inset: 0; z-index: 9";
      button.addEventListener("click", () => ext.permissions.request({ origins: [origin] }).then((/** @type {boolean} */ yes) => Object.assign(globalThis, { granted: yes })));
      document.body.append(button);
      resolve(true);
    }), `https://${host}/*`);
    assert.ok(granted);
    await own.bringToFront();
    await own.click("#grant");
    await until("the grant", 10_000, async () => (await own.evaluate(() => /** @type {any} */ (globalThis).granted)) || undefined);
    await page.bringToFront();
    await shows(own, page, ["danger"]);
  } finally {
    await launched.close();
  }
});

test("chromium: its question answered with no, with yes, and the permission taken back", { skip: withoutBrowser("chromium") || skipped(withoutDisplay()) }, async () => {
  const display = await startDisplay();
  /** @type {import("./browser.mjs").Launched | undefined} */
  let launched;
  try {
    launched = await launch("chromium", {
      extension: packed.dir("chromium"), hosts: Object.fromEntries(hosts.map((h) => [h, webmails.port])),
      headless: false, env: display.env, viewport: null,
    });
    const page = await launched.browser.newPage();
    await page.goto(`https://${host}/?thread=${webmails.ids[0]}`);
    await page.waitForSelector("[data-ready]");
    const own = await extensionPage(launched, "options/options.html", "#site-new");
    await own.bringToFront();
    await own.type("#site-new", `https://${host}/`);

    const focused = () => own.evaluate(() => document.hasFocus());
    const text = (/** @type {string} */ selector) => own.$eval(selector, (e) => e.textContent ?? "");
    const granted = () => own.evaluate((origin) => globalThis.chrome.permissions.contains({ origins: [origin] }), `https://${host}/*`);
    /** A picture that stands still: the question has come up. */
    const still = () => until("a still picture", 10_000, async () => {
      const before = await display.picture();
      await sleep(300);
      return (await display.picture()) === before ? before : undefined;
    });
    /** Presses the button; the question is there when the page has lost the focus to it. */
    const ask = async () => {
      await until("the focus", 10_000, async () => (await focused()) || undefined);
      await own.click("#sites-own form button");
      await until("the browser's question", 10_000, async () => (await focused() ? undefined : true));
      await still();
    };
    /**
     * The question takes no key in its first moments, so that nobody answers unawares:
     * it is pressed again until something has come of it.
     *
     * @param {string} key
     * @param {() => Promise<boolean>} done
     */
    const press = (key, done) => {
      let next = 0;
      return until(`an effect of ${key}`, 15_000, async () => {
        if (await done()) return true;
        if (Date.now() > next && !(await focused())) {
          await display.press(key);
          next = Date.now() + 1_000;
        }
        return undefined;
      });
    };

    await ask();
    assert.equal(await granted(), false, "granted before anybody said so");
    await press("Escape", async () => (await text("#site-wrong")) !== "");
    assert.match(await text("#site-wrong"), /webmail\.example\.org/);
    assert.equal(await granted(), false);
    assert.deepEqual(await tabStates(own), [], "it reads a site that was refused");
    assert.equal((await allBannerBoxes(page)).length, 0);

    await ask();
    // "Deny" has the focus, "Allow" is the next.
    const asking = await still();
    await press("Tab", async () => (await display.picture()) !== asking);
    await press("Return", granted);
    await shows(own, page, ["danger"]);
    await page.bringToFront();
    await shows(own, page, ["danger"]);
    await own.bringToFront();

    await own.click("#sites-own li button");
    await until("an end of it", 10_000, async () => ((await granted()) || (await allBannerBoxes(page)).length > 0 ? undefined : true));
    await shows(own, page, []);
    await page.reload();
    await page.waitForSelector("[data-ready]");
    assert.deepEqual(await tabStates(own), [], "it reads a site that was taken back");

    // Once granted, Chromium asks no more.
    await own.type("#site-new", `https://${host}/`);
    await own.click("#sites-own form button");
    await until("the grant", 10_000, async () => (await granted()) || undefined);
    await shows(own, page, ["danger"]);
  } finally {
    await launched?.close();
    await display.end();
  }
});
