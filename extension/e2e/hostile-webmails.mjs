/**
 * Mails that fight back, in every webmail: each names that webmail's own elements,
 * and the webmail strips nothing. Every kind there is fights Gmail's page in
 * hostile.test.mjs, and the real Roundcube with its sanitizer in roundcube.test.mjs;
 * here are those that depend on how a page is built. A file for each browser, as it
 * takes minutes.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { driven, selfHosted } from "./driven.mjs";
import { givenBrowser, givenMail } from "./fixture.mjs";
import { fileOf, inSight } from "./hostile.mjs";
import { settled, state, until } from "./inspect.mjs";
import { shoot } from "./shots.mjs";
import { withoutBrowser } from "./suite.mjs";

/** Pose as the webmail, cover, clip, fade, hide, pull upwards, pose as us. */
const everywhere = ["forged-heads", "cover", "clip", "fade", "hide", "pulled-up", "green-banner"];
/** Only where the mail and the banner are in one document; in Chromium, as on Gmail's page they do the same in both. */
const unframed = ["cover-head", "cover-shadow", "boxless", "headless"];
/** The class-free fallback knows a sender only where one is shown; without, it says that it could not look. */
const hidesSender = ["headless"];
const framed = ["icloud", "proton", "zimbra"];
const files = [...everywhere, ...unframed].map(fileOf);
const subject = "【重要】会員情報更新の最終確認";
const address = "cs-reply@amazon.co.jp";

/** Whether the webmails strip nothing. */
let raw = true;

/**
 * Declares the tests.
 *
 * @param {import("./browser.mjs").BrowserName} name
 */
export function hostileWebmails(name) {
  const mail = givenMail(() => files.map((file) => ({ files: [file], body: ({ html }) => (raw ? html : undefined) })), { packing: { origins: selfHosted } });
  const { webmails } = mail;

  describe(name, { skip: withoutBrowser(name) }, () => {
    /** @type {import("puppeteer-core").Page} */
    let own;
    /** @type {import("puppeteer-core").Page} */
    let page;
    givenBrowser(name, mail, { lang: "ja", everywhere: true }, (pages) => ({ own, page } = pages));

    /**
     * @param {import("./driven.mjs").Driven} webmail
     * @param {string} kind
     */
    async function open({ id, host, path }, kind) {
      const thread = webmails.ids[files.indexOf(fileOf(kind))];
      const old = new Set((await state(own))?.tab.messages.map((m) => m.key));
      // Another query is another page: no style sheet of the last mail's is left.
      const query = new URLSearchParams({ thread, hl: "ja", lang: "ja", n: String(Math.random()) });
      await page.goto(`https://${host}${path}?${query}${id === "gmail" ? `#inbox/${thread}` : ""}`);
      if (id === "anything" && hidesSender.includes(kind)) {
        await until("a ? in the toolbar", 12_000, async () => (/\?/.test((await state(own))?.badge ?? "") ? true : undefined));
        return;
      }
      const { tab } = await settled(own, ({ tab }) => tab.messages.some((m) => !old.has(m.key)) && tab.level === "danger");
      assert.deepEqual(tab.messages.map((m) => [m.mail?.from?.address, m.mail?.subject]), [[address, subject]]);
    }

    for (const webmail of driven) {
      test(webmail.id, async (t) => {
        const kinds = framed.includes(webmail.id) || name !== "chromium" ? everywhere : [...everywhere, ...unframed];
        for (const kind of kinds) {
          // There that mail hides its own words too, which leaves nothing to judge.
          if (webmail.id === "anything" && kind === "hide") continue;
          await t.test(kind, async () => {
            await open(webmail, kind);
            if (webmail.id === "anything" && hidesSender.includes(kind)) return;
            const seen = await inSight(own, page);
            assert.equal(seen.green, 0, "something of ours is green");
            if (name === "chromium" && kind === "green-banner") await shoot(page, `hostile/${webmail.id}-${kind}`);
          });
        }

        await t.test("forged heads, as this webmail rewrites them", async () => {
          raw = false;
          try {
            await open(webmail, "forged-heads");
            await inSight(own, page);
          } finally {
            raw = true;
          }
        });

        await t.test("a link that changes after the check", async () => {
          await open(webmail, "green-banner");
          const link = await until("the mail's link", 5_000, async () => {
            for (const frame of page.frames()) {
              const found = await frame.$('a[href="https://pkvq7zt.cn/ap/update"]').catch(() => null);
              if (found) return found;
            }
            return undefined;
          });
          // At once, before anybody could look again: a click on it opens nothing.
          const went = await link.evaluate((a) => {
            a.setAttribute("href", "https://rkqtzw5.xyz/later");
            return a.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
          });
          assert.equal(went, false, "a click on a link that nobody has checked was let through");
          // And it is checked anew.
          await until("a verdict on the new address", 10_000, async () => ((await state(own))?.tab.messages[0]?.verdict?.links?.some(({ host }) => host === "rkqtzw5.xyz") ? true : undefined));
          await inSight(own, page);
        });
      });
    }
  });
}
