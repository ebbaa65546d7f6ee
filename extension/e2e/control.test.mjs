/**
 * The control for the mails that fight back: each wins against an extension without
 * defences (naive/), on the same page. One that does not would prove nothing of ours
 * in hostile.test.mjs. What each kind attacks, and so has to win, is told in
 * hostile.mjs.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { launch } from "./browser.mjs";
import { attacks, fileOf, kinds, late, only } from "./hostile.mjs";
import { until } from "./inspect.mjs";
import { legible, look } from "./pixels.mjs";
import { withoutBrowser } from "./suite.mjs";
import { hosts, startWebmails } from "./webmail.mjs";

const naive = fileURLToPath(new URL("naive/", import.meta.url));
const harmless = "attack/amazon-member-information-final.eml";
const names = await kinds();

/** @type {import("./webmail.mjs").Webmails} */
let webmails;

before(async () => {
  webmails = await startWebmails([
    { files: [harmless] },
    ...names.map((kind) => ({ files: [fileOf(kind)], body: (/** @type {import("./mail.mjs").Mail} */ { html }) => html })),
  ]);
});
after(() => webmails?.close());

test("what each kind attacks is told of kinds that are there", () => {
  assert.deepEqual([...Object.keys(attacks), ...Object.keys(late), ...Object.keys(only)].filter((kind) => !names.includes(kind)), []);
});

for (const name of /** @type {const} */ (["chromium", "firefox"])) {
  describe(name, { skip: withoutBrowser(name) }, () => {
    /** @type {import("./browser.mjs").Launched} */
    let launched;
    /** @type {import("puppeteer-core").Page} */
    let own;
    /** @type {import("puppeteer-core").Page} */
    let page;

    before(async () => {
      launched = await launch(name, { extension: naive, lang: "ja", scrollbars: true, hosts: Object.fromEntries(hosts.map((h) => [h, webmails.port])), rest: webmails.port });
      own = await launched.browser.newPage();
      const going = own.goto(`${launched.extension}picture.html`, name === "firefox" ? { timeout: 1_500 } : {});
      // Firefox moves the tab to another process and never says that it has arrived.
      await (name === "firefox" ? going.catch(() => {}) : going);
      page = await launched.browser.newPage();
    });
    after(() => launched?.close());

    /** @param {string} file */
    async function open(file) {
      await page.goto(webmails.url("mail.google.com", file, "ja").replace("?", `?n=${Math.random()}&`));
      await until("a warning in the page", 10_000, () => page.evaluate(() => ("warned" in document.documentElement.dataset ? true : undefined)));
    }

    test("a mail that does not fight leaves the banner as it is", async () => {
      await open(harmless);
      const seen = await look(own, page);
      assert.ok(legible(seen) && seen.upright, JSON.stringify(seen));
      assert.ok(seen.around < 500, "something is green");
      assert.deepEqual(await read(page), { senders: ["cs-reply@amazon.co.jp"], unseen: 0 });
    });

    for (const kind of names.filter((kind) => (only[kind] ?? name) === name)) {
      test(`${kind} wins`, async () => {
        await open(fileOf(kind));
        if (attacks[kind] === "sender") assert.notDeepEqual((await read(page)).senders, ["cs-reply@amazon.co.jp"]);
        else if (attacks[kind] === "links") assert.notEqual((await read(page)).unseen, 0);
        else if (attacks[kind] === "trust") assert.ok((await look(own, page)).around > 2_000, "no green to be seen");
        else {
          await sleep(late[kind] ?? 0);
          await until("a banner that cannot be read", 2_000, async () => {
            const seen = await look(own, page);
            if (legible(seen) && seen.upright) throw new Error(JSON.stringify(seen));
            return true;
          });
        }
      });
    }
  });
}

/**
 * What a program reads that trusts the page: the senders it shows, and the links of
 * `document.links`.
 *
 * @param {import("puppeteer-core").Page} page
 */
function read(page) {
  return page.evaluate(() => {
    const mail = document.querySelector(".a3s");
    const links = new Set(document.links);
    return {
      senders: [...document.querySelectorAll("[role=listitem] .gD")].filter((e) => e.checkVisibility()).map((e) => e.getAttribute("email")),
      unseen: [...(mail?.querySelectorAll("[href], [action]") ?? [])].filter((e) => !links.has(/** @type {any} */ (e)) && e.localName !== "base").length,
    };
  });
}
