/**
 * A body in a frame of another host, as iCloud Mail has it, that comes late, after
 * the next mail's header, or never. Two browsers' own frames: which document answers
 * when, and what a frame says while it goes from one to the next, is theirs.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { givenBrowser, givenMail } from "./fixture.mjs";
import { state, until } from "./inspect.mjs";
import { readMail } from "./mail.mjs";
import { withoutBrowser } from "./suite.mjs";

const spoofed = "attack/amazon-member-information-final.eml";
const order = "genuine/amazon-order.eml";
/** Milliseconds. */
const slow = 2_500;

/**
 * The page's own address says how long its bodies take; none: at once.
 *
 * @param {string} text
 */
function delayed(text) {
  return text
    .replace("?mail=${m.id}`", "?mail=${m.id}&slow=${new URLSearchParams(location.search).get(\"slow\") ?? 0}`")
    .replace("const html = await", "await new Promise((done) => setTimeout(done, Number(new URLSearchParams(location.search).get(\"slow\"))));\n  const html = await");
}

const mail = givenMail(() => [{ files: [spoofed] }, { files: [order] }], { transform: delayed });
const { webmails } = mail;

for (const name of /** @type {const} */ (["chromium", "firefox"])) {
  describe(name, { skip: withoutBrowser(name) }, () => {
    /** @type {import("puppeteer-core").Page} */
    let own;
    /** @type {import("puppeteer-core").Page} */
    let page;
    givenBrowser(name, mail, { lang: "ja", everywhere: true }, (pages) => ({ own, page } = pages));

    /** @param {string} file @param {number} wait milliseconds that its body takes */
    async function open(file, wait) {
      await page.goto("about:blank");
      await until("an idle toolbar", 10_000, async () => ((await state(own)) ? undefined : true));
      await page.goto(`https://www.icloud.com/mail/?thread=${webmails.thread(file)}&hl=ja&lang=ja&slow=${wait}`);
    }

    /** What is said of the mail from some sender. @param {string} address */
    async function said(address) {
      const now = await state(own);
      const message = now?.tab.messages.find((m) => m.mail?.from?.address === address);
      return now && message ? { badge: now.badge, level: message.pending ? "…" : message.level } : undefined;
    }

    /**
     * All that is said until the last word.
     *
     * @param {string} address
     * @param {(last: { badge: string, level: string }) => boolean} isLast
     */
    async function course(address, isLast) {
      /** @type {string[]} */
      const levels = [];
      await until(`a last word on ${address}`, 15_000, async () => {
        const now = await said(address);
        if (now && now.level !== levels.at(-1)) levels.push(now.level);
        if (!now || !isLast(now)) throw new Error(levels.join(", "));
        return true;
      });
      return levels;
    }

    test("a body that comes seconds after its header is waited for", async () => {
      await open(order, slow);
      const { address } = (await readMail(order)).from;
      const begin = Date.now();
      // The document is there long before its body is.
      const body = until("the body", 10_000, async () => {
        for (const frame of page.frames()) if (await frame.$(".mail-message-defaults").catch(() => null)) return Date.now();
        return undefined;
      });
      const levels = await course(address, ({ level }) => level === "ok");
      assert.ok((await body) - begin > slow / 2, "the body was not slow");
      assert.deepEqual(levels.filter((level) => level !== "…"), ["ok"]);
    });

    test("the next mail's header over the body of the last is not judged by that body", async () => {
      await open(order, 0);
      const [honest, false_] = await Promise.all([readMail(order), readMail(spoofed)]);
      await course(honest.from.address, ({ level }) => level === "ok");
      const program = page.frames().find((frame) => frame.url().includes("/applications/mail2/"));
      assert.ok(program);
      await program.evaluate(({ name, address, subject, id, wait }) => {
        for (const e of document.querySelectorAll(".thread-detail-pane .thread-participants")) {
          e.setAttribute("title", `${name} <${address}>`);
          e.textContent = name;
        }
        const heading = document.querySelector(".thread-detail-pane .thread-subject");
        const frame = /** @type {HTMLIFrameElement | null} */ (document.querySelector(".thread-detail-pane iframe"));
        if (!heading || !frame) throw new Error("no mail");
        heading.textContent = subject;
        setTimeout(() => { frame.src = frame.src.replace(/mail=[^&]*/, `mail=${id}`); }, wait);
      }, { ...false_.from, subject: false_.subject, id: false_.id, wait: slow });
      const levels = await course(false_.from.address, ({ level }) => level === "danger");
      assert.ok(!levels.includes("ok"), `said: ${levels.join(", ")}`);
    });

    test("without its body a mail is never called harmless, and the toolbar says so", async () => {
      await open(order, 1_000_000);
      const { address } = (await readMail(order)).from;
      const levels = await course(address, ({ badge, level }) => level !== "…" && badge.includes("?")).catch(async (error) => {
        throw new Error(`${error.message}; toolbar: ${JSON.stringify((await state(own))?.badge)}, ${JSON.stringify((await state(own))?.tab.messages)}`);
      });
      await sleep(1_500);
      const last = await said(address);
      assert.ok(![...levels, last?.level].includes("ok"), `said: ${levels.join(", ")}`);
      assert.match(last?.badge ?? "", /\?/);
    });
  });
}
