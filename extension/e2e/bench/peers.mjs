/**
 * What others take for a message, where they are installed: SpamAssassin and
 * rspamd, without the network, on the mails of testdata; and the Worker beside plain
 * JavaScript.
 */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { access, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { Agent, request } from "node:http";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { root } from "../extension.mjs";
import { until } from "../inspect.mjs";
import { messagesDir } from "../mail.mjs";

const run = promisify(execFile);

/** The mails of testdata that are attacks, and those that are genuine. */
const kinds = /** @type {const} */ (["attack", "genuine"]);

/**
 * What a filter said of both kinds: how many it flags, and what one message costs
 * it, in milliseconds.
 *
 * @typedef {{each: number, attack: number, genuine: number}} Judged
 */

/**
 * All of them stay silent about what needs the network: they have none here.
 *
 * @returns {Promise<import("./rows.mjs").Part>}
 */
export async function messages() {
  const dir = await mkdtemp(path.join(os.tmpdir(), "honmono-peers-"));
  try {
    /** @type {Record<string, Buffer[]>} */
    const mails = {};
    for (const kind of kinds) {
      const names = (await readdir(path.join(messagesDir, kind))).filter((f) => f.endsWith(".eml")).sort();
      mails[kind] = await Promise.all(names.map((n) => readFile(path.join(messagesDir, kind, n))));
      const separated = mails[kind].map((m) => `From x@example.com Thu Jan  1 00:00:00 2026\n${m.toString("latin1").replace(/^From /gm, ">From ")}\n\n`);
      await writeFile(path.join(dir, kind), separated.join(""), "latin1");
      await writeFile(path.join(dir, "one"), separated[0], "latin1");
    }
    const total = mails.attack.length + mails.genuine.length;
    const ours = await honmono(dir, total);
    const told = (/** @type {Judged} */ j) => `${j.each.toFixed(j.each < 1 ? 2 : 1)} ms; flags ${j.attack} of ${mails.attack.length} attacks and ${j.genuine} of ${mails.genuine.length} genuine mails`;
    /** @type {import("./rows.mjs").Part} */
    const part = { rows: [{ name: "a message of testdata, parsed and judged", measured: ours.each, unit: "ms", note: told(ours) }], skipped: [] };
    for (const [peer, judge] of /** @type {[string, () => Promise<Judged>][]} */ ([
      ["SpamAssassin", () => spamassassin(dir, total)],
      ["rspamd", () => rspamd(dir, mails)],
    ])) {
      try {
        const theirs = await judge();
        part.rows.push({ name: `${peer}, the same messages, ÷ ours`, measured: theirs.each / ours.each, unit: "×", note: `${told(theirs)}${peer === "rspamd" ? "; waiting for names included" : ""}` });
      } catch (error) {
        const absent = error instanceof Error && "code" in error && error.code === "ENOENT";
        part.skipped.push(`${peer}: ${absent ? "not installed" : error}`);
      }
    }
    return part;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/**
 * What a program takes for the mails without what it takes to start: it is one that
 * stays.
 *
 * @param {string} dir
 * @param {number} count messages in both
 * @param {(files: string[]) => Promise<unknown>} judge
 * @param {number} [copies]
 */
async function withoutStart(dir, count, judge, copies = 1) {
  let [most, start] = [Infinity, Infinity];
  const all = Array(copies).fill(kinds.map((kind) => path.join(dir, kind))).flat();
  for (let i = 0; i < 2; i++) {
    let begin = performance.now();
    await judge(all);
    most = Math.min(most, performance.now() - begin);
    begin = performance.now();
    await judge([path.join(dir, "one")]);
    start = Math.min(start, performance.now() - begin);
  }
  return (most - start) / (copies * count - 1);
}

/** @param {string} command @param {string[]} args */
async function said(command, args) {
  const options = { cwd: root, maxBuffer: 256 << 20 };
  const { stdout } = await run(command, args, options).catch((error) => {
    if (error.code === "ENOENT") throw error; // spamassassin and honmono tell by their status what they found
    return error;
  });
  return /** @type {string} */ (stdout);
}

/** @param {string} dir @param {number} count @returns {Promise<Judged>} danger and caution are flags */
async function honmono(dir, count) {
  const command = path.join(dir, "honmono");
  await run("go", ["build", "-o", command, "./cmd/honmono"], { cwd: root });
  const flagged = async (/** @type {string} */ kind) =>
    (await said(command, ["check", "--json", path.join(dir, kind)])).trim().split("\n").filter((line) => /^(danger|caution)$/.test(JSON.parse(line).level)).length;
  const each = await withoutStart(dir, count, (files) => said(command, ["check", "--json", ...files]), 20);
  return { each, attack: await flagged("attack"), genuine: await flagged("genuine") };
}

/** @param {string} dir @param {number} count @returns {Promise<Judged>} at its default of 5 points, without tests that need the network */
async function spamassassin(dir, count) {
  /** @type {Record<string, number>} */
  const flagged = {};
  const each = await withoutStart(dir, count, async (files) => {
    for (const file of files) {
      const text = await said("spamassassin", ["-L", "-t", "--mbox", file]);
      flagged[path.basename(file)] = text.match(/^X-Spam-Status: Yes/gm)?.length ?? 0;
    }
  });
  return { each, attack: flagged.attack, genuine: flagged.genuine };
}

/** Debian's rules and thresholds, on loopback, with nobody to ask. */
const rspamdConfig = (/** @type {string} */ dir, /** @type {number} */ port) => `
.include "$CONFDIR/common.conf"
options {
  pidfile = "${dir}/rspamd.pid";
  .include "$CONFDIR/options.inc"
  dns { nameserver = ["127.0.0.1:9"]; timeout = 0.001s; retransmits = 1; }
  disable_monitoring = true;
}
logging { type = "file"; filename = "${dir}/rspamd.log"; level = "error"; }
worker "normal" { bind_socket = "127.0.0.1:${port}"; count = 1; }
${["arc", "asn", "dkim", "dkim_signing", "dmarc", "fuzzy_check", "hfilter", "mx_check", "rbl", "rspamd_update", "spf", "surbl"].map((name) => `${name} { enabled = false; }`).join("\n")}
`;

/**
 * Starts a daemon of our own, asks it over one connection, ends it.
 *
 * @param {string} dir
 * @param {Record<string, Buffer[]>} mails
 * @returns {Promise<Judged>} flagged: more than greylisted, which is from 6 points on
 */
async function rspamd(dir, mails) {
  await run("rspamd", ["--version"]);
  const port = await freePort();
  await writeFile(path.join(dir, "rspamd.conf"), rspamdConfig(dir, port));
  const vars = ["DBDIR", "RUNDIR", "LOGDIR"].map((name) => `--var=${name}=${dir}`);
  const daemon = spawn("rspamd", ["-f", "-i", "-c", path.join(dir, "rspamd.conf"), ...vars], { stdio: "ignore" });
  const ended = once(daemon, "exit");
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    await until("answer of rspamd", 240_000, () => ask(port, agent, "GET", "/ping").then((answer) => answer.includes("pong") || undefined));
    const judged = { each: 0, attack: 0, genuine: 0 };
    const begin = performance.now();
    for (const kind of kinds) {
      for (const mail of mails[kind]) {
        const { action } = JSON.parse(await ask(port, agent, "POST", "/checkv2", mail));
        if (action !== "no action" && action !== "greylist") judged[kind]++;
      }
    }
    judged.each = (performance.now() - begin) / (mails.attack.length + mails.genuine.length);
    return judged;
  } finally {
    agent.destroy();
    daemon.kill();
    await ended;
  }
}

/** @returns {Promise<number>} a port of loopback that nobody listens on */
async function freePort() {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  await once(server.close(), "close");
  return port;
}

/**
 * @param {number} port
 * @param {Agent} agent
 * @param {string} method
 * @param {string} url
 * @param {Buffer} [body]
 * @returns {Promise<string>}
 */
function ask(port, agent, method, url, body) {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, agent, method, path: url, headers: body && { "content-length": body.length } }, (answer) => {
      /** @type {Buffer[]} */
      const parts = [];
      answer.on("data", (part) => parts.push(part)).on("end", () => resolve(Buffer.concat(parts).toString())).on("error", reject);
    });
    asked.on("error", reject).end(body);
  });
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
