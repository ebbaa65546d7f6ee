/**
 * What the extension costs the webmail's page where much is read, as far as a clock
 * has no part in it: no memory is kept over 500 messages, and a mail of 60,000
 * links is read and marked in slices. How long the longest task takes is measured
 * by `make bench`.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { blamed } from "./blame.mjs";
import { pack } from "./extension.mjs";
import { ownPage, settled, shows } from "./inspect.mjs";
import { count, largeMailbox } from "./pace.mjs";
import { withoutBrowser } from "./suite.mjs";

/** Bytes that the heap may have gained over the last 400 messages. */
const band = 6 << 20;
/** No task of ours may be more than this part of all that we do with the mail. */
const part = 1 / 8;

/** @type {import("./pace.mjs").Mailbox} */
let mailbox;
/** @type {import("./extension.mjs").Packed} */
let packed;
before(async () => {
  packed = await pack();
  mailbox = await largeMailbox();
});
after(async () => {
  await mailbox?.close();
  await packed?.remove();
});

test("500 messages opened in turn: no memory kept", { skip: withoutBrowser("chromium") }, async () => {
  /** @type {number[]} */
  const heaps = [];
  await mailbox.visit(packed.dir("chromium"), async (page, launched) => {
    const own = await ownPage(launched);
    await page.bringToFront();
    const client = await page.createCDPSession();
    for (let from = 0; from < count; from += 100) {
      await mailbox.openAll(page, from, from + 100);
      await client.send("HeapProfiler.collectGarbage");
      heaps.push((await client.send("Runtime.getHeapUsage")).usedSize);
    }
    // The last of them is judged like the first.
    await mailbox.openFirst(page);
    await shows(own, page, ["danger"]);
  });
  console.log(`# heap after 100, 200, … messages: ${heaps.map((bytes) => `${(bytes / (1 << 20)).toFixed(1)} MB`).join(", ")}`);
  assert.ok(heaps[4] - heaps[0] < band, `the heap grows: ${heaps}`);
});

test("a mail of 60,000 links is read and marked in slices", { skip: withoutBrowser("chromium") }, async () => {
  /** @type {number[]} */
  let ours = [];
  await mailbox.visit(packed.dir("chromium"), async (page, launched) => {
    const own = await ownPage(launched);
    await page.bringToFront();
    ours = await blamed(page, `${launched.extension}content/`, async () => {
      await mailbox.openLinks(page);
      assert.equal((await settled(own, undefined, 60_000)).tab.level, "danger");
      await shows(own, page, ["danger"]);
      // The looks at the banner that follow are ours too.
      await new Promise((resolve) => setTimeout(resolve, 3_000));
    });
  });
  const all = ours.reduce((sum, ms) => sum + ms, 0);
  console.log(`# ${Math.round(all)} ms in our scripts, the longest tasks ${ours.slice(0, 5).map((ms) => ms.toFixed(1)).join(", ")} ms`);
  assert.ok(ours.length > 0 && ours[0] < all * part, `of ${all} ms ${ours[0]} in one task`);
});
