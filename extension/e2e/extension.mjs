/**
 * Packs the extension the way a release is packed, for one test run.
 */
import { execFile } from "node:child_process";
import { access } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { temporary } from "./process.mjs";

export const root = fileURLToPath(new URL("../../", import.meta.url));

const wasm = path.join(root, "build/detector.wasm");

/**
 * Runs the honmono command of this tree.
 *
 * @param {string[]} args
 * @returns {Promise<string>} what it said on standard output
 */
export async function honmono(args) {
  const { stdout } = await promisify(execFile)("go", ["run", "./cmd/honmono", ...args], { cwd: root, maxBuffer: 16 << 20 });
  return stdout;
}

/**
 * @typedef {object} Packed
 * @property {(name: import("./browser.mjs").BrowserName) => string} dir the unpacked extension for a browser
 * @property {() => Promise<void>} remove
 */

/**
 * @param {object} [o]
 * @param {string[]} [o.origins] where it works beside the webmails it knows
 * @param {string} [o.rulesURL]
 * @param {string[]} [o.rulesKeys]
 * @param {boolean} [o.welcome] whether the first page opens at install
 * @param {string} [o.out] a folder that stays; none: a temporary one
 * @returns {Promise<Packed>}
 */
export async function pack({ origins = [], rulesURL, rulesKeys = [], welcome = false, out } = {}) {
  await access(wasm).catch(() => {
    throw new Error("build/detector.wasm is missing: run `make wasm` first");
  });
  const { dir, remove } = out ? { dir: out, remove: async () => {} } : await temporary("packed");
  await honmono([
    "pack", "--out", dir, "--wasm", wasm,
    ...(welcome ? [] : ["--no-welcome"]),
    ...origins.flatMap((origin) => ["--dev-origin", origin]),
    ...(rulesURL ? ["--rules-url", rulesURL] : []),
    ...rulesKeys.flatMap((key) => ["--rules-key", key]),
  ]);
  return {
    dir: (name) => path.join(dir, name === "chromium" ? "chrome" : "firefox"),
    remove,
  };
}
