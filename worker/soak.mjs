/**
 * The Worker under load on workerd, for minutes, while rules are published: every
 * answer must be right, every manifest must have all of its blobs, and memory must
 * not grow.
 *
 *     node worker/soak.mjs [--seconds 120] [--connections 16]
 *
 * Clients do what browsers do: ask for the manifest, with the tag they have, and
 * fetch the sections that they lack, in brotli, gzip or neither. Meanwhile `honmono
 * rules publish` puts changed rules live through the KV API, and takes them back.
 * Build worker/build/ first (make worker). It prints figures and ends with status 1
 * where something was wrong.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFile, cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { Agent } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { Miniflare } from "miniflare";
import { serveAdmin } from "./admin.mjs";
import { migrate, rulesOf, workerOptions } from "./dev.mjs";
import { send } from "./test/http.mjs";

const run = promisify(execFile);
const root = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({
  options: { seconds: { type: "string", default: "120" }, connections: { type: "string", default: "16" } },
});
const seconds = Number(values.seconds);
const connections = Number(values.connections);

const dir = await mkdtemp(path.join(tmpdir(), "honmono-soak-"));
const source = path.join(dir, "source");
const tool = path.join(dir, "honmono");
await run("go", ["build", "-o", tool, "./cmd/honmono"], { cwd: root });
await cp(path.join(root, "detector/rules/source"), source, { recursive: true });
await run(tool, ["rules", "keygen", "--out", path.join(dir, "keys")]);

const miniflare = new Miniflare({
  ...workerOptions({ manifestAge: 1, log: () => {} }),
  unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
});
await miniflare.ready;
await migrate(miniflare);
const origin = await miniflare.unsafeGetDirectURL();
const engine = Number((await readFile(`/proc/self/task/${process.pid}/children`, "utf8").catch(() => "0")).split(" ")[0]);
const admin = await serveAdmin(/** @type {any} */ (await rulesOf(miniflare)));

/** @param {string[]} args */
const rules = (...args) =>
  run(tool, ["rules", args[0], "--to", "kv:RULES", "--keys", path.join(dir, "keys"), "--settle", "0s", ...args.slice(1)], {
    env: { ...process.env, CLOUDFLARE_API_BASE_URL: admin.url, CLOUDFLARE_ACCOUNT_ID: "local", CLOUDFLARE_API_TOKEN: "local" },
  });
await rules("publish", source);

/** @type {number[]} */
const times = [];
/** @type {string[]} */
const wrong = [];
/** @type {number[]} megabytes of the engine, once a second */
const memory = [];
const count = { requests: 0, notModified: 0, sections: 0, publications: 1 };
const versions = new Set();
const until = performance.now() + seconds * 1000;

/**
 * @param {string} what
 * @param {boolean} holds
 */
function expect(what, holds) {
  if (!holds && wrong.length < 20) wrong.push(what);
}

/** @param {number} n */
async function client(n) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const accept = ["br", "gzip", ""][n % 3];
  let tag = "";
  let version = 0;
  /** @type {Set<string>} */
  let held = new Set();
  /** @param {string} target @param {Record<string, string>} [headers] */
  const get = async (target, headers = {}) => {
    const start = performance.now();
    const options = { headers: { "Accept-Encoding": accept, ...headers } };
    // A connection that lay idle may just be closing.
    const got = await send(origin, target, { agent, ...options }).catch(() => send(origin, target, options));
    times.push(performance.now() - start);
    count.requests++;
    const encoding = got.headers["content-encoding"];
    const body = encoding === "br" ? brotliDecompressSync(got.body) : encoding === "gzip" ? gunzipSync(got.body) : got.body;
    return { ...got, body };
  };
  while (performance.now() < until) {
    const got = await get("/v1/manifest", tag ? { "If-None-Match": tag } : {});
    if (got.status === 304) {
      count.notModified++;
      continue;
    }
    expect(`manifest: status ${got.status}`, got.status === 200);
    if (got.status !== 200) continue;
    const text = got.body.toString();
    const now = Number(/^version (\d+)$/m.exec(text)?.[1]);
    expect(`version ${now} after ${version}`, now >= version);
    versions.add(now);
    [version, tag] = [now, got.headers.etag ?? ""];
    const named = new Set();
    for (const [, size, hash] of text.matchAll(/^section \S+ (\d+) ([0-9a-f]{64})$/gm)) {
      named.add(hash);
      // A new browser now and then: it fetches everything.
      if (held.has(hash) && Math.random() > 0.1) continue;
      const blob = await get(`/v1/blobs/${hash}`);
      count.sections++;
      expect(`blob of version ${now}: status ${blob.status}`, blob.status === 200);
      expect(`blob of version ${now}: not what its name says`, createHash("sha256").update(blob.body).digest("hex") === hash);
      expect(`blob of version ${now}: size`, blob.body.length === Number(size));
    }
    held = named;
    if (Math.random() < 0.2) tag = "";
  }
  agent.destroy();
}

async function publisher() {
  for (let n = 0; performance.now() < until - 5000; n++) {
    await new Promise((resolve) => setTimeout(resolve, (seconds * 1000) / 10));
    if (n % 3 === 2) {
      await rules("rollback");
    } else {
      await appendFile(path.join(source, "phrases/en.txt"), `threat: a phrase of the soak number ${n}\n`);
      await rules("publish", source);
    }
    count.publications++;
  }
}

async function watch() {
  while (performance.now() < until) {
    const status = await readFile(`/proc/${engine}/status`, "utf8").catch(() => "");
    memory.push(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? NaN) / 1024);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

/** @param {number[]} list @param {number} q */
function quantile(list, q) {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
}

try {
  await Promise.all([publisher(), watch(), ...Array.from({ length: connections }, (_, n) => client(n))]);
} finally {
  await admin.stop();
  await miniflare.dispose();
  await rm(dir, { recursive: true });
}
// The first third fills caches and warms up the engine.
const third = Math.floor(memory.length / 3);
const [early, late] = [quantile(memory.slice(third, 2 * third), 0.5), quantile(memory.slice(2 * third), 0.5)];
expect(`memory grew from ${early.toFixed(0)} to ${late.toFixed(0)} MB`, !(late > early * 1.25 + 10));
expect(`only ${versions.size} versions were seen`, versions.size >= Math.min(count.publications, 3));
console.log(
  `${count.requests} requests in ${seconds} s over ${connections} connections (${(count.requests / seconds).toFixed(0)}/s): ` +
    `median ${quantile(times, 0.5).toFixed(2)} ms, p99 ${quantile(times, 0.99).toFixed(2)} ms, longest ${Math.max(0, quantile(times, 1)).toFixed(0)} ms\n` +
    `${count.notModified} not modified, ${count.sections} sections, ${count.publications} publications, ${versions.size} versions seen\n` +
    `workerd ${early.toFixed(0)} MB in the second third, ${late.toFixed(0)} MB in the last; over time ` +
    `${Array.from({ length: 12 }, (_, i) => memory[Math.floor((i * memory.length) / 12)]?.toFixed(0)).join(" ")}\n` +
    `${wrong.length === 0 ? "no wrong answer" : wrong.join("\n")}`,
);
process.exit(wrong.length === 0 ? 0 : 1);
