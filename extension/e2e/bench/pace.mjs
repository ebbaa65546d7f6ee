/**
 * How long a webmail's page is busy with us where much is read: in a mailbox of 500
 * messages opened in turn, and with a mail of 60,000 links. The browser's own
 * long-task observer tells how long the page was busy, a trace with what (blame.mjs).
 */
import { blamed } from "../blame.mjs";
import { ownPage, settled, shows } from "../inspect.mjs";
import { count, idleExtension, largeMailbox } from "../pace.mjs";

/** A task above this is felt; milliseconds. */
const limit = 50;

/** @param {number[]} tasks */
const worst = (tasks) => Math.max(0, ...tasks).toFixed(0);

/**
 * @param {import("../extension.mjs").Packed} packed
 * @returns {Promise<import("./rows.mjs").Part>}
 */
export async function pace(packed) {
  const mailbox = await largeMailbox();
  const idle = await idleExtension();
  const ours = packed.dir("chromium");
  try {
    /** @type {number[]} */
    let turn = [];
    const withoutTurn = await mailbox.visit(idle.dir, (page) => mailbox.openAll(page, 0, count));
    const withTurn = await mailbox.visit(ours, (page) => mailbox.openAll(page, 0, count));
    await mailbox.visit(ours, async (page, launched) => {
      await page.bringToFront();
      turn = await blamed(page, `${launched.extension}content/`, () => mailbox.openAll(page, 0, 50));
    });

    /** @type {number[]} */
    let links = [];
    const withoutLinks = await mailbox.visit(idle.dir, (page) => mailbox.openLinks(page));
    const withLinks = await mailbox.visit(ours, async (page, launched) => {
      const own = await ownPage(launched);
      await page.bringToFront();
      links = await blamed(page, `${launched.extension}content/`, async () => {
        await mailbox.openLinks(page);
        await settled(own, undefined, 60_000);
        await shows(own, page, ["danger"]);
        await new Promise((resolve) => setTimeout(resolve, 3_000));
      });
    });
    return {
      rows: [
        { name: `${count} messages in turn: our longest task`, measured: turn[0] ?? 0, limit, unit: "ms", note: `the page's long tasks: ${withTurn.length} with us, the worst ${worst(withTurn)} ms; ${withoutTurn.length} and ${worst(withoutTurn)} ms without` },
        { name: "a mail of 60,000 links: our longest task", measured: links[0] ?? 0, limit, unit: "ms", note: `of ${links.reduce((sum, ms) => sum + ms, 0).toFixed(0)} ms in all; the page's worst ${worst(withLinks)} ms with us, ${worst(withoutLinks)} ms without` },
      ],
      skipped: [],
    };
  } finally {
    await idle.remove();
    await mailbox.close();
  }
}
