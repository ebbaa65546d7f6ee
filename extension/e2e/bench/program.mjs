/**
 * The program that the browser loads: its size, and what it takes to start it
 * and to ask it, in the extension's own page, beside a Go program that does nothing.
 */
import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { launch } from "../browser.mjs";
import { root } from "../extension.mjs";
import { ownPage } from "../inspect.mjs";

const run = promisify(execFile);
const detector = path.join(root, "build/detector.wasm");

/** @returns {Promise<import("./rows.mjs").Part>} */
export async function size() {
  const file = await readFile(detector);
  const mega = (/** @type {number} */ n) => n / 1e6;
  return {
    rows: [
      { name: "detector.wasm", measured: mega(file.length), limit: 5, unit: "MB", note: "tables and default rules included" },
      { name: "detector.wasm, gzip", measured: mega(gzipSync(file, { level: 9 }).length), limit: 1.5, unit: "MB" },
      { name: "detector.wasm, brotli", measured: mega(brotliCompressSync(file).length), unit: "MB" },
    ],
    skipped: [],
  };
}

/** Builds the program that does nothing. */
async function emptyProgram() {
  const out = path.join(os.tmpdir(), `honmono-empty-${process.pid}.wasm`);
  await run("go", ["build", "-trimpath", "-ldflags=-s -w", "-o", out, "./extension/e2e/bench/empty"], { cwd: root, env: { ...process.env, GOOS: "js", GOARCH: "wasm" } });
  const file = await readFile(out);
  await rm(out);
  return file;
}

/**
 * A mail of about n bytes as mailing tools build them; every row leads to another
 * place. The same as in detector/bench_test.go.
 *
 * @param {number} n
 */
export function newsletter(n) {
  const row = (/** @type {number} */ i) => `<tr><td style="padding:12px 24px;font-family:Helvetica,Arial,sans-serif;font-size:14px;color:#333333"><table width="100%" cellpadding="0" cellspacing="0"><tr><td width="120"><a href="https://www.example.com/item/${i}?utm_source=mail"><img src="https://img.example.com/${i}.jpg" width="120" height="90" alt="Item"></a></td><td><h3 style="margin:0">今週のおすすめ</h3><p>送料無料でお届けします。Free delivery on your next order, while stocks last.</p><a href="https://www.example.com/item/${i}" style="color:#0066c0;text-decoration:none">くわしく見る</a></td></tr></table></td></tr>`;
  const rows = Math.max(1, Math.floor(n / new TextEncoder().encode(row(12345)).length));
  return `<html><body><table width="600">${Array.from({ length: rows }, (_, i) => row(10000 + i)).join("")}</table></body></html>`;
}

/**
 * Runs in a page of the extension: fetches, compiles, starts and asks a program.
 * Times are milliseconds.
 *
 * @param {string} url
 * @param {string[]} requests messages to check, one after the other
 * @param {number} [times] each so often: some browsers' clocks tell whole milliseconds
 */
async function startAndAsk(url, requests, times = 1) {
  const page = /** @type {any} */ (globalThis);
  if (!page.Go) await import(new URL("/wasm_exec.js", location.href).href);
  const go = new page.Go();
  const now = () => performance.now();
  const begin = now();
  const { instance } = await WebAssembly.instantiateStreaming(fetch(url), go.importObject);
  const instantiated = now();
  page.honmonoDetector = undefined;
  go.run(instance);
  const started = now();
  const door = page.honmonoDetector;
  /** @type {number[]} */
  const checks = [];
  if (door) door.call("rulesInfo", "{}");
  const rules = now();
  for (const request of requests) {
    const asked = now();
    let answer = "";
    for (let i = 0; i < times; i++) answer = door.call("check", request);
    checks.push((now() - asked) / times);
    if (!answer.startsWith('{"ok":')) throw new Error(answer.slice(0, 200));
  }
  return { instantiate: instantiated - begin, start: started - instantiated, rules: rules - started, checks, memory: /** @type {WebAssembly.Memory} */ (instance.exports.mem).buffer.byteLength };
}

/**
 * @param {import("../browser.mjs").BrowserName} name
 * @param {import("../extension.mjs").Packed} packed
 * @returns {Promise<import("./rows.mjs").Part>}
 */
export async function start(name, packed) {
  const launched = await launch(name, { extension: packed.dir(name) });
  try {
    const page = await ownPage(launched);
    const empty = (await emptyProgram()).toString("base64");
    // The other program comes from memory: what the disk costs is not counted.
    const urls = await page.evaluate(async (text) => {
      const blob = (/** @type {BlobPart} */ part) => URL.createObjectURL(new Blob([part], { type: "application/wasm" }));
      const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
      return { empty: blob(bytes), detector: blob(await (await fetch("/detector.wasm")).arrayBuffer()) };
    }, empty);
    const request = (/** @type {number} */ n) => JSON.stringify({ message: { from: { name: "Example Shop", address: "news@example.com" }, subject: "今週のおすすめ", html: newsletter(n) } });
    const small = request(5 << 10);

    /** @type {Record<string, number>} */
    const best = {};
    const keep = (/** @type {string} */ key, /** @type {number} */ ms) => (best[key] = Math.min(best[key] ?? Infinity, ms));
    for (let i = 0; i < 7; i++) {
      const nothing = await page.evaluate(startAndAsk, urls.empty, []);
      keep("empty", nothing.instantiate + nothing.start);
      const ours = await page.evaluate(startAndAsk, urls.detector, [small, small]);
      keep("instantiate", ours.instantiate);
      keep("start", ours.start);
      keep("rules", ours.rules);
      keep("ready", ours.instantiate + ours.start + ours.rules);
      keep("first", ours.checks[0]);
    }
    const warm = await page.evaluate(startAndAsk, urls.detector, [5, 50, 500].flatMap((kb) => Array(kb === 500 ? 4 : 12).fill(request(kb << 10))), 10);
    const many = await page.evaluate(startAndAsk, urls.detector, Array.from({ length: 500 }, (_, i) => request((1 + (i % 60)) << 10)));
    const rows = [
      { name: `${name}: cold start ÷ an empty Go program's`, measured: best.ready / best.empty, limit: name === "chromium" ? 2.5 : undefined, unit: "×", note: `${best.ready.toFixed(0)} ms ÷ ${best.empty.toFixed(0)} ms: instantiate ${best.instantiate.toFixed(0)}, Go ${best.start.toFixed(0)}, rules ${best.rules.toFixed(0)}` },
      { name: `${name}: first check, 5 KB, index built for it`, measured: best.first, unit: "ms" },
      ...[5, 50, 500].map((kb, i) => ({ name: `${name}: check, warm, ${kb} KB`, measured: Math.min(...warm.checks.slice(i * 12, i * 12 + 12)), unit: "ms" })),
      { name: `${name}: memory after 500 mails`, measured: many.memory / 1e6, unit: "MB" },
    ];
    return { rows, skipped: [] };
  } finally {
    await launched.close();
  }
}

