/**
 * The same body twice, where header and body are in two frames (iCloud Mail): a
 * newsletter that comes again, an attack under another sender. Whoever opens the
 * second is told as much as with the first, whether the webmail loads the body anew
 * or finds that nothing of it has to change.
 */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { driven } from "./driven.mjs";
import { givenBrowser, givenMail } from "./fixture.mjs";
import { shows as showsIn, until } from "./inspect.mjs";
import { readMail } from "./mail.mjs";
import { prefixedBody } from "./rewrite.mjs";
import { withoutBrowser } from "./suite.mjs";

const attack = "attack/amazon-member-information-final.eml";
const again = "attack/amazon-prime-auto-renewal.eml";
const order = "genuine/amazon-order.eml";
const copy = "genuine/amazon-sign-in-approval.eml";

const [icloud] = driven.filter(({ id }) => id === "icloud");
/** The body of one mail under another's header. @param {string} file */
const bodyOf = async (file) => {
  const body = prefixedBody("x")(await readMail(file));
  return () => body;
};
const mail = givenMail(async () => [
  { files: [attack] }, { files: [again], body: await bodyOf(attack) }, { files: [order] }, { files: [copy], body: await bodyOf(order) },
]);
const { webmails } = mail;

for (const name of /** @type {const} */ (["chromium", "firefox"])) {
  describe(name, { skip: withoutBrowser(name) }, () => {
    /** @type {import("puppeteer-core").Page} */
    let own;
    /** @type {import("puppeteer-core").Page} */
    let page;
    givenBrowser(name, mail, { lang: "ja" }, (pages) => ({ own, page } = pages));
    before(() => page.goto(`https://${icloud.host}${icloud.path}?thread=${webmails.ids[0]}&lang=ja`));

    /** @param {Level[]} levels */
    const shows = (...levels) => showsIn(own, page, levels);
    /** The frame with list and header. */
    const program = () => until("the program's frame", 10_000, async () => page.frames().find((f) => f.url().includes(icloud.frame ?? "")));
    /** @param {number} thread */
    const go = async (thread) => {
      const frame = await program();
      await frame.waitForFunction(() => globalThis.mailbox?.acts !== undefined);
      await frame.evaluate((id) => { globalThis.mailbox.acts.go("inbox", id); }, webmails.ids[thread]);
    };
    /** @param {string} file */
    const subjectOf = async (file) => (await readMail(file)).subject;

    /** @param {Level} level @param {string} subject */
    const judged = (level, subject) => until(`${level}: ${subject}`, 30_000, async () => {
      const { messages: [message] } = await shows(level);
      return message.mail?.subject === subject ? message : undefined;
    });

    for (const [level, first, second] of /** @type {const} */ ([["danger", 0, 1], ["ok", 2, 3]])) {
      const files = [attack, again, order, copy];
      test(`${level}: loaded anew, it is judged as a whole`, async () => {
        await go(first);
        await judged(level, await subjectOf(files[first]));
        await go(second);
        const { verdict } = await judged(level, await subjectOf(files[second]));
        assert.ok(!verdict?.partial, "called a part of a mail");
      });
    }

    test("danger: untouched under another header, it is dangerous there too", async () => {
      await go(0);
      await judged("danger", await subjectOf(attack));
      await showHead("お支払い方法の確認");
      const { verdict } = await judged("danger", "お支払い方法の確認");
      assert.equal(verdict?.partial, true, "it may be the other's");
    });

    test("ok: untouched under another header, it is said to be a part", async () => {
      await go(2);
      await judged("ok", await subjectOf(order));
      await showHead("ご注文の確認");
      const { verdict } = await judged("ok", "ご注文の確認");
      assert.equal(verdict?.partial, true, "called harmless although it may be the other's");
    });

    /** What a page does that changes what differs and nothing else. @param {string} subject */
    async function showHead(subject) {
      // A body that has just changed is taken for the next header's.
      await new Promise((resolve) => setTimeout(resolve, 800));
      await (await program()).evaluate((subject) => {
        const heading = document.querySelector(".thread-detail-pane .thread-subject");
        if (heading) heading.textContent = subject;
      }, subject);
    }
  });
}
