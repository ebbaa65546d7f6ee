/**
 * What others take for a message, where they are installed: SpamAssassin and
 * rspamd, without the network, on the mails of testdata; and the Worker beside plain
 * JavaScript.
 */
import { execFile } from "node:child_process";
import { access, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { root } from "../extension.mjs";
import { messagesDir } from "../mail.mjs";

const run = promisify(execFile);

/** @param {string} command @param {string[]} args */
async function timed(command, args) {
  const begin = performance.now();
  await run(command, args, { cwd: root, maxBuffer: 256 << 20 }).catch((error) => {
    if (error.code === "ENOENT") throw error; // spamassassin and honmono tell by their status what they found
  });
  return performance.now() - begin;
}

/** @returns {Promise<import("./rows.mjs").Part>} */
export async function messages() {
  const names = (await readdir(messagesDir, { recursive: true })).filter((f) => f.endsWith(".eml")).sort();
  const dir = await mkdtemp(path.join(os.tmpdir(), "honmono-peers-"));
  try {
    const all = path.join(dir, "all.mbox");
    const texts = await Promise.all(names.map((n) => readFile(path.join(messagesDir, n), "latin1")));
    const separated = (/** @type {string[]} */ list) => list.map((t) => `From x@example.com Thu Jan  1 00:00:00 2026\n${t.replace(/^From /gm, ">From ")}\n\n`).join("");
    await writeFile(all, separated(texts), "latin1");
    const one = path.join(dir, "one.mbox");
    await writeFile(one, separated(texts.slice(0, 1)), "latin1");
    const honmono = path.join(dir, "honmono");
    await run("go", ["build", "-o", honmono, "./cmd/honmono"], { cwd: root });
    // What it takes to start is taken off: both are programs that stay.
    const each = async (/** @type {string} */ command, /** @type {string[]} */ args, copies = 1) => {
      let [most, least] = [Infinity, Infinity];
      for (let i = 0; i < 3; i++) {
        most = Math.min(most, await timed(command, [...args, ...Array(copies).fill(all)]));
        least = Math.min(least, await timed(command, [...args, one]));
      }
      return (most - least) / (copies * texts.length - 1);
    };
    const ours = await each(honmono, ["check", "--json"], 20);
    /** @type {import("./rows.mjs").Part} */
    const part = { rows: [{ name: "a message of testdata, parsed and judged", measured: ours, unit: "ms", note: `${texts.length} messages, on all cores` }], skipped: [] };
    for (const [peer, command, args] of /** @type {[string, string, string[]][]} */ ([
      ["SpamAssassin", "spamassassin", ["-L", "-t", "--mbox"]],
      ["rspamd", "rspamc", ["--mime", "-n", "1"]],
    ])) {
      try {
        const theirs = await each(command, args);
        part.rows.push({ name: `${peer}, the same messages, ÷ ours`, measured: theirs / ours, unit: "×", note: `${theirs.toFixed(1)} ms` });
      } catch {
        part.skipped.push(`${peer}: ${command} is not installed`);
      }
    }
    return part;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** @returns {Promise<import("./rows.mjs").Part>} */
export async function worker() {
  try {
    await access(path.join(root, "worker/build/app.wasm"));
  } catch {
    return { rows: [], skipped: ["Worker: not built; run `make worker`"] };
  }
  const { stdout } = await run("node", ["worker/bench.mjs", "--rounds", "4"], { cwd: root });
  const ratios = /^cached manifest .*ratio ([\d.]+) \(median\), ([\d.]+) \(throughput\)/m.exec(stdout);
  if (!ratios) throw new Error(`bench: the Worker's benchmark says something else:\n${stdout}`);
  return {
    rows: [
      { name: "Worker: cached manifest ÷ plain JavaScript, median", measured: Number(ratios[1]), limit: 1.3, unit: "×" },
      { name: "Worker: likewise, throughput over 16 connections", measured: Number(ratios[2]), unit: "×" },
    ],
    skipped: [],
  };
}
