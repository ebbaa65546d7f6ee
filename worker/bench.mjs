/**
 * What the Worker costs, side by side with a plain JavaScript Worker that answers
 * the same bytes with the same headers, both on workerd on this machine.
 *
 *     node worker/bench.mjs [--rounds N]
 *
 * Only ratios within one run mean something. The rounds of the three take turns,
 * so that a busy machine slows all of them. A round is 500 requests one after the
 * other (the medians and p99 in the table), then 2,000 over 16 connections; those
 * that start Go are a tenth of it. The time includes this program's HTTP client;
 * "CPU" does not: it is what the workerd process used per request (Linux only).
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { Agent } from "node:http";
import { gzipSync } from "node:zlib";
import { parseArgs } from "node:util";
import { Miniflare } from "miniflare";
import { compatibilityDate, rulesOf, workerOptions } from "./dev.mjs";
import { send } from "./test/http.mjs";

const single = 500;
const parallel = 2000;
const connections = 16;

const { values } = parseArgs({ options: { rounds: { type: "string", default: "8" } } });
const manifest = readFileSync(new URL("testdata/published.manifest", import.meta.url));

const ours = new Miniflare(workerOptions());
const kv = await rulesOf(ours);
await kv.put("manifest", new Uint8Array(manifest));
const origin = await ours.ready;
const oursEngine = newChild([]);
const first = await timed(() => send(origin, "/v1/manifest"));
const answer = await send(origin, "/v1/manifest");

const plain = new Miniflare({
  compatibilityDate,
  modules: true,
  bindings: { BODY: answer.body.toString(), HEADERS: JSON.stringify(answer.headers) },
  script: `
    let init;
    export default {
      fetch(request, env) {
        init ??= { headers: JSON.parse(env.HEADERS) };
        return new Response(env.BODY, init);
      },
    };`,
});
const plainOrigin = await plain.ready;
const plainEngine = newChild([oursEngine]);

/**
 * @typedef {object} Subject
 * @property {URL} origin
 * @property {string} path
 * @property {number} requests
 * @property {number} engine process id of its workerd
 * @property {number[]} times
 * @property {number[]} rates
 * @property {number} cpu milliseconds
 * @property {number} asked
 */

/** @type {Record<string, Subject>} */
const subjects = {
  "plain JavaScript": subject(plainOrigin, "/v1/manifest", parallel, plainEngine),
  "cached manifest": subject(origin, "/v1/manifest", parallel, oursEngine),
  // Never cached, so Go starts for each.
  "through Go": subject(origin, "/healthz", parallel / 10, oursEngine),
};

for (let round = -1; round < Number(values.rounds); round++) {
  for (const s of Object.values(subjects)) {
    const agent = new Agent({ keepAlive: true, maxSockets: connections });
    const times = [];
    const cpu = cpuTime(s.engine);
    for (let i = 0; i < (s.requests * single) / parallel; i++) {
      times.push((await timed(() => ask(s, agent))).ms);
    }
    const all = await timed(async () => {
      let left = s.requests;
      await Promise.all(
        Array.from({ length: connections }, async () => {
          while (left-- > 0) {
            await ask(s, agent);
          }
        }),
      );
    });
    agent.destroy();
    // The first round only warms up.
    if (round >= 0) {
      s.times.push(...times);
      s.cpu += cpuTime(s.engine) - cpu;
      s.asked += times.length + s.requests;
      s.rates.push((s.requests / all.ms) * 1000);
    }
  }
}
await ours.dispose();
await plain.dispose();

const base = subjects["plain JavaScript"];
console.log(`first request of a fresh isolate  ${first.ms.toFixed(1)} ms`);
for (const [name, s] of Object.entries(subjects)) {
  const median = quantile(s.times, 0.5);
  console.log(
    `${name.padEnd(18)} median ${median.toFixed(3)} ms  p99 ${quantile(s.times, 0.99).toFixed(3)} ms  ` +
      `${quantile(s.rates, 0.5).toFixed(0).padStart(6)} requests/s  ` +
      `CPU ${(s.cpu / s.asked).toFixed(3)} ms  ` +
      `ratio ${(median / quantile(base.times, 0.5)).toFixed(2)} (median), ` +
      `${(quantile(base.rates, 0.5) / quantile(s.rates, 0.5)).toFixed(2)} (throughput), ` +
      `${(s.cpu / s.asked / (base.cpu / base.asked)).toFixed(2)} (CPU)`,
  );
}
const wasm = readFileSync(new URL("build/app.wasm", import.meta.url));
console.log(`app.wasm ${wasm.length} bytes, ${gzipSync(wasm, { level: 9 }).length} gzip`);

/**
 * @param {URL} origin
 * @param {string} path
 * @param {number} requests
 * @param {number} engine
 * @returns {Subject}
 */
function subject(origin, path, requests, engine) {
  return { origin, path, requests, engine, times: [], rates: [], cpu: 0, asked: 0 };
}

/**
 * The child process that is not among known; 0 where /proc does not tell.
 *
 * @param {number[]} known
 */
function newChild(known) {
  const list = `/proc/self/task/${process.pid}/children`;
  if (!existsSync(list)) {
    return 0;
  }
  const children = readFileSync(list, "utf8").trim().split(" ").map(Number);
  return children.find((pid) => !known.includes(pid) && existsSync(`/proc/${pid}`)) ?? 0;
}

/**
 * Processor time that a process has used, in milliseconds.
 *
 * @param {number} pid
 */
function cpuTime(pid) {
  if (pid === 0) {
    return NaN;
  }
  let total = 0;
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    // Nanoseconds on a processor: finer than the ticks of /proc/PID/stat.
    total += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ")[0]);
  }
  return total / 1e6;
}

/**
 * @param {Subject} s
 * @param {Agent} agent
 */
async function ask(s, agent) {
  // A connection that lay idle while this machine was busy may just be closing.
  const got = await send(s.origin, s.path, { agent }).catch(() => send(s.origin, s.path));
  if (got.status !== 200) {
    throw new Error(`${s.path}: status ${got.status}`);
  }
}

/**
 * @template T
 * @param {() => Promise<T>} f
 */
async function timed(f) {
  const start = performance.now();
  const value = await f();
  return { value, ms: performance.now() - start };
}

/**
 * @param {number[]} values
 * @param {number} q
 */
function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
}
