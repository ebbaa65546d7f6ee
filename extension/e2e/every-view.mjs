/**
 * Every webmail in every view, in one browser, at the webmails' own host names: what
 * docs/webmail.md says is what happened here. Roundcube is in its own test,
 * as it is the real one.
 */
import assert from "node:assert/strict";
import process from "node:process";
import { after, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { driven, selfHosted } from "./driven.mjs";
import { givenBrowser, givenMail } from "./fixture.mjs";
import { ownPage, shows as showsIn, until } from "./inspect.mjs";
import { Cells } from "./matrix.mjs";
import { missing, printed, warned } from "./paper.mjs";
import { legible, look } from "./pixels.mjs";
import { shoot } from "./shots.mjs";
import { skipped, withoutBrowser } from "./suite.mjs";
import { dark, tabsShow, zoomed } from "./surroundings.mjs";

const attack = "attack/amazon-member-information-final.eml";
const second = "attack/amazon-prime-auto-renewal.eml";
const honest = "genuine/amazon-order.eml";
const friend = "genuine/friend-mentions-amazon.eml";
const junk = "attack/jcb-usage-check.eml";

/** The conversations, by what they are for. */
const mailbox = { attack: 0, honest: 1, conversation: 2, spam: 3, sent: 4, drafts: 5, clipped: 6 };
const conversations = /** @type {import("./webmail.mjs").Thread[]} */ ([
  { files: [attack] }, { files: [honest] }, { files: [friend, second] }, { files: [junk], folder: "spam" },
  { files: [attack], folder: "sent" }, { files: [attack], folder: "drafts" }, { files: [attack], clipped: true },
]);

/** Outlook's other names, which serve the same. */
const outlooks = /** @type {const} */ (["outlook.live.com", "outlook.office.com", "outlook.office365.com", "outlook.cloud.microsoft"]);

const only = process.env.HONMONO_ONLY?.split(",");

/**
 * @param {import("puppeteer-core").Page} own
 * @param {import("puppeteer-core").Page} page
 */
function inTheDark(own, page) {
  return until("a dark banner that can be read", 5_000, async () => {
    await showsIn(own, page, ["danger"]);
    const seen = await look(own, page, "dark");
    if (!legible(seen)) throw new Error(JSON.stringify(seen));
    return true;
  });
}

const mail = givenMail(() => conversations, { packing: { origins: selfHosted } });
const { webmails } = mail;

/** @param {import("./browser.mjs").BrowserName} name */
export function everyView(name) {
  const cells = new Cells(`matrix-${name}`);
  describe(name, { skip: withoutBrowser(name) }, () => {
    /** @type {import("puppeteer-core").Page} */
    let own;
    /** @type {import("puppeteer-core").Page} */
    let page;
    const launched = givenBrowser(name, mail, { lang: "ja" }, (pages) => ({ own, page } = pages));
    after(() => cells.save(only !== undefined));

    /** @param {Level[]} levels */
    const shows = (...levels) => showsIn(own, page, levels);

    for (const webmail of driven.filter(({ id }) => !only || only.includes(id))) {
      const { id, frame, many, folders, apart, clips } = webmail;

      test(id, async (t) => {
        /** A picture takes a second; of most webmails the one of the attack says it all. */
        const pictured = name === "chromium" && (id === "gmail" || id === "outlook");
        /** @param {import("./matrix.mjs").View} view */
        const seen = (view) => cells.seen(id, view, name);
        /** @param {number} thread @param {string} [view] */
        const address = (thread, view) => addressOf(webmail, thread, view);
        const inside = async () => (frame ? await until("a frame", 10_000, async () => page.frames().find((f) => f.url().includes(frame))) : page.mainFrame());
        /** @param {string} folder @param {number} thread */
        const go = async (folder, thread) => (await inside()).evaluate((folder, id) => { globalThis.mailbox.acts.go(folder, id); }, folder, webmails.ids[thread]);
        /** @param {string} act @param {boolean} [last] */
        const click = async (act, last = false) => (await inside()).evaluate((act, last) => {
          const found = [...document.querySelectorAll(`[data-act="${act}"]`)].filter((e) => e.getClientRects().length > 0);
          /** @type {HTMLElement} */ (last ? found.at(-1) : found[0]).click();
        }, act, last);
        const ready = async () => (await inside()).waitForFunction(() => [...document.querySelectorAll("[data-ready]")].some((e) => e.getClientRects().length > 0));

        await t.test("an attack, in the light it is seen in", async () => {
          await page.goto("about:blank");
          await page.goto(address(mailbox.attack));
          const { tabId, boxes: [box], messages: [{ view, key }] } = await shows("danger");
          assert.ok(box.width > 250 && box.height > 80, JSON.stringify(box));
          assert.match(view?.title ?? "", /pkvq7zt\.cn/);
          seen("attack");
          await shoot(page, `e2e/${name}-${id}-attack`);
          await (await inside()).evaluate(() => { for (let i = 0; i < 3; i++) globalThis.mailbox.acts.redraw(); });
          await sleep(300);
          const { messages: [again] } = await shows("danger");
          assert.equal(again.key, key, "judged anew although nothing of it changed");
          seen("redraw");
          await (await inside()).evaluate(() => { document.documentElement.dir = "rtl"; });
          const { boxes: [right] } = await shows("danger");
          assert.ok(right.x >= 0 && right.x + right.width <= 1200, JSON.stringify(right));
          if (pictured) await shoot(page, `e2e/${name}-${id}-rtl`);
          await (await inside()).evaluate(() => { document.documentElement.dir = ""; });
          seen("rtl");
          await page.setViewport({ width: id === "gmail" || id === "outlook" ? 800 : 480, height: 800 });
          try {
            const { boxes: [narrow] } = await shows("danger");
            assert.ok(narrow.width > 200, JSON.stringify(narrow));
            if (name === "chromium") await shoot(page, `e2e/${name}-${id}-narrow`);
          } finally {
            await page.setViewport({ width: 1200, height: 800 });
          }
          seen("narrow");
          // At another zoom the same screen has fewer CSS pixels; BiDi keeps Firefox's viewport at as many.
          await zoomed(own, tabId, () => until("a banner that fits", 5_000, async () => {
            const { boxes: [large] } = await shows("danger");
            return large.x >= 0 && large.x + large.width <= (name === "chromium" ? 1200 / 1.5 + 1 : 1200) ? true : undefined;
          }));
          seen("zoom");
          if (name === "chromium") {
            await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
            await inTheDark(own, page);
            await shoot(page, `e2e/${name}-${id}-dark`);
            await page.emulateMediaFeatures([]);
            seen("dark");
          }
        });

        await t.test("on paper", { skip: skipped(missing()) }, async () => {
          await shows("danger");
          const [first = []] = await printed(page, `paper/${name}-${id}`);
          warned(first);
          await shows("danger");
          seen("paper");
        });

        await t.test("an honest mail, next to it and after it", async () => {
          if (id === "gmail" || id === "outlook") await go("inbox", mailbox.honest);
          else await click("next");
          const { messages: [{ view }] } = await shows("ok");
          assert.equal(view?.level, "ok");
          seen("honest");
          if (id === "gmail" || id === "outlook") await go("inbox", mailbox.attack);
          else await click("previous");
          await shows("danger");
          seen("next");
          await (await inside()).evaluate(() => history.back());
          await shows("ok");
          await (await inside()).evaluate(() => history.forward());
          await shows("danger");
          seen("history");
        });

        if (many) {
          await t.test("a conversation", async () => {
            await go("inbox", mailbox.honest);
            await shows("ok");
            await go("inbox", mailbox.conversation);
            if (id !== "outlook") {
              await shows("danger");
              await ready();
              await click("unfold");
            }
            await shows("danger", "ok");
            seen("conversation");
            if (pictured) await shoot(page, `e2e/${name}-${id}-conversation`);
            // The dangerous one is the newest: Outlook has it on top, the others below.
            await ready();
            await click("fold", id !== "outlook");
            await shows("ok");
            await click("unfold", true);
            await shows("danger", "ok");
            seen("fold");
          });
        }

        await t.test("folders", async () => {
          if (folders) {
            await go("sent", mailbox.sent);
            await shows();
            await ready();
            await sleep(900);
            await shows();
            seen("sent");
          } else {
            await go("inbox", mailbox.honest);
            await shows("ok");
          }
          await go("inbox", -1);
          await shows();
          await sleep(900);
          await shows();
          seen("list");
          await go("spam", mailbox.spam);
          const { messages: [message] } = await shows("danger");
          assert.equal(message.pending, false);
          seen("spam");
          if (!folders) return;
          await go("drafts", mailbox.drafts);
          await shows();
          await ready();
          await sleep(900);
          await shows();
          seen("drafts");
        });

        for (const [view, word] of /** @type {["split" | "window" | "print", string][]} */ (Object.entries(apart))) {
          await t.test(view, async () => {
            await page.goto("about:blank");
            await page.goto(address(mailbox.attack, word));
            await shows("danger");
            seen(view);
            if (word && pictured) await shoot(page, `e2e/${name}-${id}-${view}`);
          });
        }

        if (clips) {
          await t.test("clipped", async () => {
            await page.goto("about:blank");
            await page.goto(address(mailbox.clipped));
            const { messages: [{ verdict }] } = await shows("danger");
            assert.equal(verdict?.partial, true);
            seen("clipped");
          });
        }

        await t.test("several tabs", async () => {
          const other = await launched.browser.newPage();
          try {
            await other.goto(address(mailbox.honest));
            await tabsShow(own, "danger", "ok");
            seen("tabs");
          } finally {
            await other.close();
            await page.bringToFront();
          }
        });
      });
    }

    for (const host of outlooks.filter(() => !only || only.includes("outlook"))) {
      test(host, async () => {
        /** @param {import("./matrix.mjs").View} view */
        const seen = (view) => cells.seen(host, view, name);
        /** @param {string} folder @param {number} thread */
        const go = (folder, thread) => page.evaluate((folder, id) => { globalThis.mailbox.acts.go(folder, id); }, folder, webmails.ids[thread]);
        await page.goto("about:blank");
        await page.goto(`https://${host}/mail/0/?lang=ja&thread=${webmails.ids[mailbox.attack]}`);
        const { messages: [{ view }] } = await shows("danger");
        assert.match(view?.title ?? "", /pkvq7zt\.cn/);
        seen("attack");
        await go("inbox", mailbox.honest);
        await shows("ok");
        seen("honest");
        await go("inbox", mailbox.attack);
        await shows("danger");
        seen("next");
        await go("sent", mailbox.sent);
        await shows();
        await page.waitForSelector("[data-ready]");
        await sleep(900);
        await shows();
        seen("sent");
      });
    }
  });

  if (name === "firefox") describe("firefox, in the dark", { skip: withoutBrowser(name) }, () => {
    const launched = givenBrowser(name, mail, { lang: "ja", firefoxPrefs: dark });
    const cells = new Cells("matrix-firefox-dark");
    after(() => cells.save(only !== undefined));

    test("every webmail", async (t) => {
      const own = await ownPage(launched);
      const page = await launched.browser.newPage();
      for (const webmail of driven.filter(({ id }) => !only || only.includes(id))) {
        await t.test(webmail.id, async () => {
          await page.goto("about:blank");
          await page.goto(addressOf(webmail, mailbox.attack));
          assert.equal(await page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches), true);
          await inTheDark(own, page);
          await shoot(page, `e2e/${name}-${webmail.id}-dark`);
          cells.seen(webmail.id, "dark", name);
        });
      }
    });
  });
}

/**
 * @param {import("./driven.mjs").Driven} webmail
 * @param {number} thread
 * @param {string} [view]
 */
function addressOf({ id, host, path }, thread, view) {
  const query = new URLSearchParams({ thread: webmails.ids[thread], hl: "ja", lang: "ja", ...(view && { view }) });
  return `https://${host}${path}?${query}${id === "gmail" && view !== "pt" ? `#inbox/${webmails.ids[thread]}` : ""}`;
}
