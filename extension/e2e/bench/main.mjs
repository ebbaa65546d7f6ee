/**
 * Measures every budget in one run and prints them beside their limits:
 *
 *     node extension/e2e/bench/main.mjs [PART…]
 *
 * The parts are those of the list below; none named means all. Needs
 * build/detector.wasm. A browser or a peer that is absent is skipped with a word.
 * Only ratios within one run mean something on a machine that does other work.
 */
import { findBrowser } from "../browser.mjs";
import { pack } from "../extension.mjs";
import * as banner from "./banner.mjs";
import * as go from "./go.mjs";
import { pace } from "./pace.mjs";
import * as peers from "./peers.mjs";
import * as program from "./program.mjs";
import { table } from "./rows.mjs";

const wanted = new Set(process.argv.slice(2));
/** @type {import("./rows.mjs").Part[]} */
const parts = [];

/**
 * @param {string} name
 * @param {() => Promise<import("./rows.mjs").Part>} measure
 */
async function part(name, measure) {
  if (wanted.size > 0 && !wanted.has(name)) return;
  console.error(`bench: ${name} …`);
  try {
    parts.push(await measure());
  } catch (error) {
    parts.push({ rows: [], skipped: [`${name}: failed: ${error instanceof Error ? error.message.split("\n")[0] : error}`] });
    process.exitCode = 1;
  }
}

await part("verdict", go.verdict);
await part("hostile", go.hostile);
await part("lookalike", go.lookalike);
await part("size", program.size);
const packed = await pack();
try {
  for (const name of /** @type {const} */ (["chromium", "firefox"])) {
    if (!findBrowser(name)) {
      parts.push({ rows: [], skipped: [`${name}: not installed`] });
      continue;
    }
    await part("start", () => program.start(name, packed));
    await part("banner", () => banner.waiting(name, packed));
  }
  if (findBrowser("chromium")) {
    await part("page", () => banner.page(packed));
    await part("pace", () => pace(packed));
  }
} finally {
  await packed.remove();
}
await part("worker", peers.worker);
await part("messages", peers.messages);
console.log(table(parts));
