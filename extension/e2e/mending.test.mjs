/**
 * A webmail changes its page over night: every name that an adapter knew is
 * another one. The class-free fallback carries it until a rule update brings the
 * new names, and then the adapter works again, without a new extension.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { startWorker } from "../../worker/dev.mjs";
import { launch } from "./browser.mjs";
import { pack, root } from "./extension.mjs";
import { bannerBoxes, ownPage, settled, state, until } from "./inspect.mjs";
import { Cells } from "./matrix.mjs";
import { publisher } from "./publication.mjs";
import { withoutBrowser } from "./suite.mjs";
import { hosts, startWebmails } from "./webmail.mjs";

const attack = "attack/amazon-member-information-final.eml";
const honest = "genuine/amazon-order.eml";

/** An adapter without a name in it has none to lose. @type {{ id: import("./matrix.mjs").Webmail, host: string, path: string, nameless?: boolean }[]} */
const pages = [
  { id: "gmail", host: "mail.google.com", path: "/mail/u/0/" },
  { id: "outlook", host: "outlook.live.com", path: "/mail/0/" },
  { id: "yahoo", host: "mail.yahoo.com", path: "/d/folders/1/" },
  { id: "yahoo-japan", host: "jp.mg5.mail.yahoo.co.jp", path: "/neo/launch", nameless: true },
  { id: "proton", host: "mail.proton.me", path: "/u/0/inbox" },
  { id: "fastmail", host: "app.fastmail.com", path: "/mail/Inbox/" },
  { id: "zimbra", host: "zimbra.example.jp", path: "/" },
  { id: "anything", host: "webmail.example.org", path: "/" },
];

/** @param {string} word */
const renamed = (word) => `z${[...word].reduce((h, c) => (h * 31 + /** @type {number} */ (c.codePointAt(0))) >>> 0, 7).toString(36)}`;

/** @type {Set<string>} all classes of Gmail's page, found in its own script */
const gmailClasses = new Set();

/**
 * The redesign. Gmail's classes are replaced one by one, in markup, styles and the
 * page's own selectors, so that new rules can name the new ones; the other pages
 * lose every class, id and data-test-id that their script gives out.
 *
 * @param {string} text
 * @param {string} host
 */
function redesign(text, host) {
  if (host === "mail.google.com") {
    const names = [...gmailClasses].sort((a, b) => b.length - a.length).join("|");
    const word = new RegExp(`(?<![\\w-])(?:${names})(?![\\w-])`, "g");
    const selector = new RegExp(`\\.(?:${names})(?![\\w-])`, "g");
    return text
      .replace(/class: ("[^"]*"|`[^`]*`|expanded \? "[^"]*" : "[^"]*")/g, (all) => all.replace(word, renamed))
      .replace(/class="[^"]*"/g, (all) => all.replace(word, renamed))
      .replace(/querySelector(?:All)?\("[^"]*"\)/g, (all) => all.replace(selector, (name) => `.${renamed(name.slice(1))}`))
      .replace(/^\.[^{]*\{/gm, (all) => all.replace(selector, (name) => `.${renamed(name.slice(1))}`));
  }
  return text.replace(/node\.setAttribute\(name, value\)/, `node.setAttribute(name, /^(class|id|data-(test-id|testid|app-section|shortcut-target))$/.test(name) && !/(^act$|^page$|^list$)/.test(value) ? "z" + [...value].reduce((h, c) => (h * 31 + c.charCodeAt(0)) >>> 0, 7).toString(36) : value)`);
}

/** @type {import("./publication.mjs").Publisher} */
let rules;
/** @type {import("./webmail.mjs").Webmails} */
let webmails;
/** @type {string} */
let verifier;
/** @type {string} */
let signed;
const cells = new Cells("mending");

before(async () => {
  const script = await readFile(path.join(root, "testdata/webmail/gmail.js"), "utf8");
  for (const [, a, b] of script.matchAll(/class: (?:expanded \? )?"([^"]*)"(?: : "([^"]*)")?/g)) {
    for (const name of `${a} ${b ?? ""}`.split(/\s+/)) if (name) gmailClasses.add(name);
  }
  const old = await readFile(path.join(root, "detector/rules/source/webmails/gmail.txt"), "utf8");
  const mended = old.replace(/^((?!#).*)$/gm, (line) => line.replace(/\.([\w-]+)/g, (all, name) => (gmailClasses.has(name) ? `.${renamed(name)}` : all)));
  assert.notEqual(mended, old);
  rules = await publisher();
  const key = await rules.key("honmono-test");
  verifier = key.verifier;
  signed = await rules.sign("mended", { key: key.key, version: Math.floor(Date.now() / 1000) + 86_400, changes: { "webmails/gmail.txt": mended } });
  webmails = await startWebmails([{ files: [attack] }, { files: [honest] }], redesign);
});
after(async () => {
  await webmails?.close();
  await rules?.remove();
  await cells.save();
});

for (const name of /** @type {const} */ (["chromium", "firefox"])) {
  describe(name, { skip: withoutBrowser(name) }, () => {
    /** @type {Awaited<ReturnType<typeof startWorker>>} */
    let worker;
    /** @type {import("./extension.mjs").Packed} */
    let packed;
    /** @type {import("./browser.mjs").Launched} */
    let launched;
    /** @type {import("puppeteer-core").Page} */
    let own;
    /** @type {import("puppeteer-core").Page} */
    let page;

    before(async () => {
      worker = await startWorker({ dir: signed });
      packed = await pack({ rulesURL: worker.url, rulesKeys: [verifier], origins: pages.filter(({ host }) => /\.example\./.test(host)).map(({ host }) => `https://${host}`) });
      launched = await launch(name, { extension: packed.dir(name), hosts: Object.fromEntries(hosts.map((h) => [h, webmails.port])) });
      own = await ownPage(launched);
      page = await launched.browser.newPage();
    });
    after(async () => {
      await launched?.close();
      await worker?.stop();
      await packed?.remove();
    });

    /** @param {typeof pages[number]} webmail @param {number} thread */
    async function read({ id, host, path }, thread) {
      const old = new Set((await state(own))?.tab.messages.map((m) => m.key));
      await page.goto("about:blank");
      await page.goto(`https://${host}${path}?thread=${webmails.ids[thread]}${id === "gmail" ? `#inbox/${webmails.ids[thread]}` : ""}`);
      return settled(own, ({ tab }) => tab.messages.some((m) => !old.has(m.key)));
    }

    for (const webmail of pages) {
      test(`${webmail.id}: the fallback carries a page whose names have all changed`, async () => {
        const bad = await read(webmail, 0);
        assert.equal(bad.tab.level, "danger");
        const reader = webmail.nameless ? `${webmail.id}:` : "page:";
        assert.ok(bad.tab.messages.every(({ key }) => key.startsWith(reader)), `an adapter still fits: ${bad.tab.messages[0].key}`);
        await until("a banner", 5_000, async () => ((await bannerBoxes(page)).length === 1 ? true : undefined));
        const good = await read(webmail, 1);
        assert.equal(good.tab.level, "ok", JSON.stringify(good.tab.messages.map((m) => m.verdict?.findings)));
        assert.deepEqual(good.tab.messages.map(({ key }) => key.startsWith(reader)), [true]);
        cells.seen(webmail.id, "renamed", name);
      });
    }

    test("gmail: a list is not taken for a mail", async () => {
      await page.goto(`https://mail.google.com/mail/u/0/#inbox`);
      await page.waitForSelector("tr[role=row]");
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      assert.deepEqual((await state(own))?.tab.messages ?? [], []);
    });

    test("gmail: new rules from the Worker, and the adapter works again in the open page", async () => {
      await read(pages[0], 0);
      const { ok } = await own.evaluate(() => (globalThis.browser ?? globalThis.chrome).runtime.sendMessage({ type: "updateRules" }));
      assert.equal(ok.result, "updated", JSON.stringify(ok.rules.error));
      const seen = await settled(own, ({ tab }) => tab.messages.some(({ key }) => key.startsWith("gmail:")));
      assert.equal(seen.tab.level, "danger");
      assert.deepEqual(seen.tab.messages.map(({ key }) => key.startsWith("gmail:")), [true]);
      await until("a banner", 5_000, async () => ((await bannerBoxes(page)).length === 1 ? true : undefined));
    });
  });
}
