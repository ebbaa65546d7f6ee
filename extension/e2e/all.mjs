/**
 * Runs every browser test: two files at a time, because browsers mostly wait. What
 * sets the machine's policies runs alone.
 *
 * A file that fails runs once more, alone, and is named at the end: a browser
 * that did not come up, or lost a click, is the machine's business; what fails twice is ours.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
/** In milliseconds, for a file. The longest is a browser's matrix, of about three minutes. */
const limit = 420_000;
const alone = ["managed.test.mjs"];
/** The longest first, so that none is left over at the end. */
const long = ["matrix-chromium.test.mjs", "matrix-firefox.test.mjs", "mending.test.mjs", "rules.test.mjs", "hostile.test.mjs", "hostile-webmails-chromium.test.mjs", "hostile-webmails-firefox.test.mjs", "roundcube.test.mjs", "sogo.test.mjs", "fault.test.mjs", "pace.test.mjs"];

const files = (await readdir(here)).filter((name) => name.endsWith(".test.mjs") && !alone.includes(name));
const rank = (/** @type {string} */ name) => (long.includes(name) ? long.indexOf(name) : long.length);
const queue = [...files].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));

/** @type {string[]} */
const failed = [];
await Promise.all([work(), work()]);
for (const name of alone) if (!(await run(name))) failed.push(name);

/** @type {string[]} */
const broken = [];
for (const name of failed) {
  console.log(`\n${name}: once more`);
  if (!(await run(name))) broken.push(name);
}
const shaky = failed.filter((name) => !broken.includes(name));
if (shaky.length > 0) console.log(`\npassed at the second attempt only: ${shaky.join(", ")}`);
if (broken.length > 0) console.log(`\nfailed: ${broken.join(", ")}`);
else console.log(`\n${files.length + alone.length} files of browser tests passed`);
process.exitCode = broken.length > 0 ? 1 : 0;

async function work() {
  for (let name = queue.shift(); name; name = queue.shift()) if (!(await run(name))) failed.push(name);
}

/**
 * Its output is shown when it has ended, so that two files do not mix theirs.
 *
 * @param {string} name
 * @returns {Promise<boolean>} whether all of it passed
 */
async function run(name) {
  const begin = Date.now();
  const child = spawn(process.execPath, ["--test", "--test-reporter=spec", "--test-force-exit", `--test-timeout=${limit}`, path.join(here, name)], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (said += text));
  const [code] = await once(child, "close");
  console.log(`\n${name}: ${code === 0 ? "passed" : "FAILED"} after ${Math.round((Date.now() - begin) / 1000)} s\n${code === 0 ? "" : said}`);
  return code === 0;
}
