/**
 * What goes to the stores: Mozilla's linter finds nothing to say about the package,
 * and the screenshots are made of it as it is. HONMONO_STORE_SHOTS names the folder
 * that they stay in (`make store`); else they go to out/store/.
 */
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { before, describe, test } from "node:test";
import linter from "addons-linter";
import { root } from "./extension.mjs";
import { givenBrowser, givenMail } from "./fixture.mjs";
import { ownPage, settled, until } from "./inspect.mjs";
import { openOwn, ready, says } from "./pages.mjs";
import { withoutBrowser, withoutLanguage } from "./suite.mjs";

const attack = { ja: "attack/amazon-member-information-final.eml", en: "attack/dhl-customs-en.eml" };
const place = path.resolve(root, process.env.HONMONO_STORE_SHOTS || "out/store");

const given = givenMail(() => Object.values(attack).map((file) => ({ files: [file] })));
const { packed, webmails } = given;
before(() => mkdir(place, { recursive: true }));

test("Mozilla's linter has nothing to say", async () => {
  const lint = linter.createInstance({ config: { _: [packed.dir("firefox")], logLevel: "fatal", output: "none", disableXpiAutoclose: true, runAsBinary: false } });
  await lint.run();
  const { errors, warnings, notices } = lint.output;
  assert.deepEqual([...errors, ...warnings, ...notices].map(({ code, message, file }) => `${code} ${file}: ${message}`), []);
});

for (const lang of /** @type {const} */ (["ja", "en"])) {
  describe(`screenshots in ${lang}`, { skip: withoutBrowser("chromium") }, () => {
    const launched = givenBrowser("chromium", given, { lang, everywhere: true, viewport: { width: 1280, height: 800 } });

    /** @param {import("puppeteer-core").Page} page @param {string} name */
    async function shot(page, name) {
      await page.bringToFront();
      await page.setViewport({ width: 1280, height: 800 });
      // The banner finds its last place after half a second (content/placement.js).
      await new Promise((resolve) => setTimeout(resolve, 800));
      await page.screenshot({ path: /** @type {`${string}.png`} */ (path.join(place, `${name}-${lang}.png`)) });
    }

    test("a false mail, the first page, the settings, help after a click", async (t) => {
      const own = await ownPage(launched);
      const why = await withoutLanguage(own, lang, "chromium");
      if (why) return t.skip(why);
      const mail = await launched.browser.newPage();
      await mail.goto(webmails.url("mail.google.com", attack[lang], lang));
      await settled(own, ({ tab }) => tab.level === "danger");
      await shot(mail, "1-danger");

      const first = await openOwn(launched, "welcome/welcome.html");
      await first.click("#check");
      await until("a banner", 15_000, () => first.evaluate(() => ((document.querySelector("#banner")?.clientHeight ?? 0) > 100 ? true : undefined)));
      await first.evaluate(() => document.querySelector("#banner")?.closest("section")?.scrollIntoView());
      await shot(first, "2-first-page");

      const options = await openOwn(launched, "options/options.html");
      await options.evaluate(() => chrome.storage.local.set({ settings: { protectedDomains: ["mihon-kaisha.co.jp"], trustedSenders: ["newsletter@mihon-kaisha.co.jp"] } }));
      await options.reload();
      await ready(options);
      await says(options, "#trusted .entries", /newsletter/);
      await shot(options, "3-settings");

      const guide = await launched.browser.newPage();
      await guide.goto(`${launched.extension}guide/guide.html`);
      await says(guide, "h1", /./);
      await guide.evaluate(() => /** @type {HTMLInputElement} */ (document.querySelectorAll("input[type=checkbox]")[1]).click());
      await shot(guide, "4-help");
    });
  });
}
