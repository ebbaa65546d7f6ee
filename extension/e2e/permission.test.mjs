/**
 * Switching Honmono on for a webmail that it does not know: a press of a button in
 * a page of the extension, as in the popup, asks the browser for the site; once it
 * is granted, the scripts are registered and the mail is judged. Firefox can be told
 * to grant without its question. Chromium's question is a window of the browser's
 * own that no driver can press: there, that part is left to people.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./browser.mjs";
import { pack } from "./extension.mjs";
import { ownPage, shows, tabStates, until } from "./inspect.mjs";
import { withoutBrowser } from "./suite.mjs";
import { hosts, startWebmails } from "./webmail.mjs";

const attack = "attack/amazon-member-information-final.eml";
const host = "webmail.example.org";

/** @type {import("./extension.mjs").Packed} */
let packed;
/** @type {import("./webmail.mjs").Webmails} */
let webmails;
before(async () => {
  packed = await pack();
  webmails = await startWebmails([{ files: [attack] }]);
});
after(async () => {
  await webmails?.close();
  await packed?.remove();
});

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
    await page.reload();
    await shows(own, page, ["danger"]);
  } finally {
    await launched.close();
  }
});
