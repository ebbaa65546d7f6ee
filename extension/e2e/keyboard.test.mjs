/**
 * Every page of ours by keyboard alone: Tab leads to each control once, in the
 * order in which it is read, and a ring shows where one is; Enter and Space press;
 * Escape closes what was opened in the popup.
 */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { givenBrowser, givenMail } from "./fixture.mjs";
import { extensionPage, ownPage, settled, until } from "./inspect.mjs";
import { openOwn } from "./pages.mjs";
import { withoutBrowser } from "./suite.mjs";
import { fake, views } from "./views.mjs";

/** @typedef {import("puppeteer-core").Page} Page */

const attack = "attack/amazon-member-information-final.eml";

const given = givenMail(() => [{ files: [attack] }]);
const { webmails } = given;

/**
 * Numbers what can be reached in the page, in the order of the document, and puts
 * the focus before the first. Runs in the page.
 *
 * @returns {string[]} what each is, by number
 */
function numberControls() {
  const wanted = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const all = [...document.querySelectorAll(wanted)].filter((control) => {
    if (!(control instanceof HTMLElement) || control.matches(":disabled") || !control.checkVisibility({ visibilityProperty: true })) return false;
    if (!(control instanceof HTMLInputElement) || control.type !== "radio") return true;
    // Of a group of choices Tab reaches the one that is chosen; arrows reach the others.
    return control.checked;
  });
  all.forEach((control, i) => control.setAttribute("data-stop", String(i)));
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  scrollTo(0, 0);
  return all.map((control) => `<${control.localName}${control.id && ` id=${control.id}`}> ${(control.textContent ?? "").trim().slice(0, 40)}`);
}

/**
 * Walks a page with Tab alone.
 *
 * @param {Page} page
 * @param {string} what for the failure
 * @returns {Promise<string[]>} the controls, in order
 */
async function walk(page, what) {
  await page.bringToFront();
  const names = await page.evaluate(numberControls);
  const stops = [];
  let top = 0;
  for (let i = 0; i < names.length; i++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const active = /** @type {HTMLElement} */ (document.activeElement);
      const { outlineStyle, outlineWidth } = getComputedStyle(active);
      const box = active.getBoundingClientRect();
      return {
        stop: active.dataset.stop ?? active.outerHTML.slice(0, 120), ring: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
        top: box.top + scrollY, bottom: box.bottom + scrollY,
      };
    });
    const name = names[Number(at.stop)] ?? at.stop;
    stops.push(name);
    assert.ok(at.ring, `${what}: no ring around ${name}`);
    // The browser scrolls there in its own time.
    await until(`sight of ${name} (${what})`, 3_000, () => page.evaluate(() => {
      const box = document.activeElement?.getBoundingClientRect();
      return box && box.bottom > 0 && box.top < innerHeight ? true : undefined;
    }));
    assert.ok(at.bottom > top, `${what}: ${name} stands above what was reached before it`);
    top = at.top;
  }
  assert.deepEqual(stops, names, what);
  return names;
}

/**
 * Puts the focus on a control and presses a key.
 *
 * @param {Page} page
 * @param {string} selector
 * @param {"Enter" | " " | "Escape"} key
 */
async function press(page, selector, key) {
  await page.focus(selector);
  await page.keyboard.press(key);
}

/** @param {Page} page @param {string} selector */
const appears = (page, selector) => until(selector, 10_000, () => page.evaluate((s) => (document.querySelector(s)?.checkVisibility() ? true : undefined), selector));

for (const name of /** @type {const} */ (["chromium", "firefox"])) {
  describe(`by keyboard in ${name}`, { skip: withoutBrowser(name) }, () => {
    const launched = givenBrowser(name, given);
    /** @type {Page} */
    let own;
    before(async () => { own = await ownPage(launched); });

    test("the popup", async () => {
      const mail = await launched.browser.newPage();
      await mail.goto(webmails.url("mail.google.com", attack));
      const { tabId } = await settled(own, ({ tab }) => tab.level === "danger");
      const page = await ownPage(launched, tabId);
      await appears(page, "#messages button.more");
      await press(page, "#link", "Enter");
      await page.type("#link", "https://www.amazon.co.jp.xn5.cn/ap/signin");
      await page.keyboard.press("Enter");
      await appears(page, "#link-verdict .verdict.danger");
      const reached = await walk(page, "popup");
      assert.ok(reached.length >= 7, reached.join("\n"));
      for (const key of /** @type {const} */ (["Enter", " "])) {
        await press(page, "#messages button.more", key);
        await appears(page, "#messages .details");
        await walk(page, "popup, open");
        await press(page, "#messages button.report", "Escape");
        const closed = await page.evaluate(() => ({ shown: document.querySelector("#messages .details")?.checkVisibility(), focus: document.activeElement?.classList.contains("more") }));
        assert.deepEqual(closed, { shown: false, focus: true });
      }
      // With nothing left to close, the key is the browser's: it closes the popup.
      const used = await page.evaluate(() => {
        const event = new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true });
        document.body.dispatchEvent(event);
        return event.defaultPrevented;
      });
      assert.equal(used, false);
      await page.close();
      await mail.close();
    });

    test("the options", async () => {
      const page = await openOwn(launched, "options/options.html");
      const reached = await walk(page, "options");
      assert.ok(reached.length >= 25, reached.join("\n"));
      const checked = await page.$eval("#clickWarning", (box) => /** @type {HTMLInputElement} */ (box).checked);
      await press(page, "#clickWarning", " ");
      assert.equal(await page.$eval("#clickWarning", (box) => /** @type {HTMLInputElement} */ (box).checked), !checked);
      await page.type("#protected-new", "mihon-kaisha.co.jp");
      await page.keyboard.press("Enter");
      await appears(page, "#protected .entries li button");
      await press(page, "#reset", "Enter");
      await appears(page, "#reset-sure");
      await walk(page, "options, with an entry and a question");
      await press(page, "#reset-no", " ");
      await until("no question", 5_000, () => page.evaluate(() => (document.querySelector("#reset-sure")?.checkVisibility() ? undefined : true)));
      await page.close();
    });

    test("the guide", async () => {
      const page = await extensionPage(launched, "guide/guide.html", "#stages input");
      for (let stage = 1; stage <= 5; stage++) await press(page, `#stages > :nth-child(${stage}) input`, " ");
      await appears(page, "#steps .step input");
      const reached = await walk(page, "guide");
      assert.ok(reached.length >= 20, reached.join("\n"));
      await press(page, "#steps .step input", " ");
      await appears(page, ".step.done");
      await press(page, "#again", "Enter");
      await until("no tick", 5_000, () => page.evaluate(() => (document.querySelector(".step.done") ? undefined : true)));
      await page.close();
    });

    test("the report", async () => {
      const { danger } = await views("en");
      await own.evaluate((facts) => (globalThis.browser ?? globalThis.chrome).storage.session.set({ "case:x": facts }), {
        at: 1, level: danger.level, rules: 1_795_000_000, brand: "amazon", brandName: "Amazon", official: danger.official, report: danger.report, title: danger.title,
        reasons: danger.reasons.map((r) => r.text), symbols: fake.findings.map((f) => f.symbol), hosts: fake.links.slice(0, 3).map((l) => l.host), allHosts: ["amazon.co.jp"],
        subject: "Final notice", from: { name: "Amazon.co.jp", address: "account-update-notification-no-reply@amazon.co.jp" },
      });
      await own.evaluate(() => (globalThis.browser ?? globalThis.chrome).storage.local.set({ settings: { reportURL: "https://reports.example" } }));
      const page = await extensionPage(launched, "report/report.html#x", "#body:not(:empty)");
      const reached = await walk(page, "report");
      assert.ok(reached.length >= 6, reached.join("\n"));
      for (const key of /** @type {const} */ (["Enter", " "])) {
        await page.$eval("#copied", (told) => { told.textContent = ""; });
        await press(page, "#copy", key);
        await appears(page, "#copied:not(:empty)");
      }
      await page.close();
    });

    test("the warning, and what is left of it", async () => {
      await own.evaluate((view) => (globalThis.browser ?? globalThis.chrome).storage.session.set({ "warning:k": { at: 1, url: "https://xn5.cn/", message: "m", host: "xn5.cn", view } }), {
        lang: "en", why: "marked", level: "danger", text: "Confirm", url: "https://xn5.cn/", host: { before: "", domain: "xn5.cn" }, reasons: ["A reason."],
        official: (await views("en")).danger.official, openable: true, tabId: -1, inPlace: false,
      });
      const page = await extensionPage(launched, "warning/warning.html#k", "main:not([hidden]) #title:not(:empty)");
      assert.equal(await page.evaluate(() => document.activeElement?.id), "back");
      assert.equal((await walk(page, "warning")).length, 3);
      for (const key of /** @type {const} */ (["Enter", " "])) {
        await press(page, "#more summary", key);
        await until(`${key}: opened or closed`, 5_000, () => page.evaluate((open) => (/** @type {HTMLDetailsElement} */ (document.querySelector("#more")).open === open ? true : undefined), key === "Enter"));
        if (key === "Enter") assert.equal((await walk(page, "warning, open")).length, 4);
      }
      await page.close();
      const gone = await extensionPage(launched, "warning/warning.html#nothing", "#gone:not([hidden])");
      assert.equal((await walk(gone, "warning that is gone")).length, 1);
      await gone.close();
    });
  });
}
