/**
 * What Go's own benchmarks measure: natively and, for the verdict, in wasm under
 * Node, with the same code in the form that the browser's program has.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { root } from "../extension.mjs";

const run = promisify(execFile);

/**
 * Runs benchmarks and answers each one's metrics by their units; none if all
 * were skipped.
 *
 * @param {string} pkg
 * @param {string} pattern
 * @param {{time?: string, wasm?: boolean}} [o]
 * @returns {Promise<Map<string, Record<string, number>>>}
 */
export async function goBench(pkg, pattern, { time = "1s", wasm = false } = {}) {
  const flags = ["-run=^$", "-v", `-bench=${pattern}`, `-benchtime=${time}`, "-benchmem", "-cpu=1", "-timeout=20m"];
  const stdout = wasm ? await inNode(pkg, flags.map((f) => f.replace("-", "-test."))) : (await run("go", ["test", ...flags, pkg], { cwd: root, maxBuffer })).stdout;
  const found = new Map();
  for (const line of stdout.split("\n")) {
    const [name, , ...rest] = line.trim().split(/\s+/);
    if (!name?.startsWith("Benchmark") || rest.length === 0) continue;
    /** @type {Record<string, number>} */
    const metrics = {};
    for (let i = 0; i + 1 < rest.length; i += 2) metrics[rest[i + 1]] = Number(rest[i]);
    found.set(name.replace(/-\d+$/, ""), metrics);
  }
  if (found.size === 0 && !stdout.includes("--- SKIP")) throw new Error(`bench: ${pkg}: no benchmark is called ${pattern}`);
  return found;
}

const maxBuffer = 16 << 20;

/**
 * Builds a package's tests as the browser's program is built, and answers what they
 * print under Node.
 *
 * @param {string} pkg
 * @param {string[]} flags
 */
async function inNode(pkg, flags) {
  const goroot = (await run("go", ["env", "GOROOT"])).stdout.trim();
  const folder = await mkdtemp(path.join(os.tmpdir(), "honmono-bench-"));
  try {
    const program = path.join(folder, "tests.wasm");
    await run("go", ["run", "./wasm/build", "-tests", pkg, "-o", program], { cwd: root });
    const node = ["--stack-size=8192", path.join(goroot, "lib/wasm/wasm_exec_node.js"), program, ...flags];
    return (await run(process.execPath, node, { cwd: path.join(root, pkg), maxBuffer })).stdout;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns {Promise<import("./rows.mjs").Part>} the verdict beside goquery's parse */
export async function verdict() {
  const rows = [];
  const skipped = [];
  for (const wasm of [false, true]) {
    for (const pattern of ["CheckRatio$", "CheckMails$"]) {
      const found = await goBench("./detector", pattern, { time: "4s", wasm });
      if (found.size === 0) skipped.push(`verdict, ${wasm ? "wasm" : "native"}: people's mails: the corpora are not here`);
      for (const [name, m] of found) {
        const kind = name.split("/")[1];
        rows.push({
          name: `verdict ÷ goquery's parse, ${/KB$/.test(kind) ? kind : `${kind} mails`}, ${wasm ? "wasm" : "native"}`, measured: m["x-parse"], limit: 1.5, unit: "×",
          note: `${(m["verdict-µs"] / 1000).toFixed(2)} ms ÷ ${(m["parse-µs"] / 1000).toFixed(2)} ms`,
        });
      }
    }
  }
  return { rows, skipped };
}

/** @returns {Promise<import("./rows.mjs").Part>} ten megabytes made to hurt */
export async function hostile() {
  const found = await goBench("./detector", "Hostile$", { time: "2x" });
  const worst = (/** @type {string} */ unit) => [...found].reduce((a, b) => (b[1][unit] > a[1][unit] ? b : a));
  const [slow, time] = worst("ns/op");
  const [large, memory] = worst("x-input");
  return {
    rows: [
      { name: "10 MB hostile HTML, native, the worst of them", measured: time["ns/op"] / 1e6, limit: 2000, unit: "ms", note: slow.split("/")[1] },
      { name: "10 MB hostile HTML, memory ÷ input", measured: memory["x-input"], limit: 10, unit: "×", note: large.split("/")[1] },
    ],
    skipped: [],
  };
}

/** @returns {Promise<import("./rows.mjs").Part>} one host against many domains */
export async function lookalike() {
  const found = await goBench("./detector/internal/lookalike", "^BenchmarkCheck$");
  const at = (/** @type {number} */ n) => found.get(`BenchmarkCheck/domains=${n}`)?.["ns/op"] ?? NaN;
  return {
    rows: [
      { name: "lookalike, one host, 10,000 protected domains", measured: at(10_000) / 1000, limit: 5, unit: "µs" },
      { name: "lookalike, 10,000 domains ÷ 1,000", measured: at(10_000) / at(1000), limit: 1.3, unit: "×" },
      { name: "lookalike, 100,000 domains ÷ 10,000", measured: at(100_000) / at(10_000), limit: 1.3, unit: "×" },
    ],
    skipped: [],
  };
}
