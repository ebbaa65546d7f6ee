/**
 * A screen that nobody sees, and a hand at its keyboard: what a browser asks in a
 * window of its own, a driver cannot answer, and a person would press a key. Xvfb and
 * xdotool, from Debian's packages.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { accessSync, constants } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { start, temporary } from "./process.mjs";

const [xvfb, xdotool] = ["/usr/bin/Xvfb", "/usr/bin/xdotool"];

/** @returns {string | undefined} why there is no such screen here, or undefined if there can be */
export function withoutDisplay() {
  try {
    for (const file of [xvfb, xdotool]) accessSync(file, constants.X_OK);
    return undefined;
  } catch {
    return "the browser's own questions need Xvfb and xdotool: apt-get install --no-install-recommends xvfb xdotool";
  }
}

/**
 * @typedef {object} Display
 * @property {Record<string, string>} env for who is to be shown on it
 * @property {(...keys: string[]) => Promise<void>} press keys, as xdotool names them, in whatever has the focus
 * @property {() => Promise<string>} picture what it shows, as a hash: another one where anything has changed
 * @property {() => Promise<void>} end
 */

/** @returns {Promise<Display>} under a number that was free */
export async function startDisplay() {
  const named = /^(\d+)\n/m;
  const { dir, remove } = await temporary("display");
  try {
    const server = await start(xvfb, ["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp", "-fbdir", dir], { ready: (said) => named.test(said) });
    const env = { DISPLAY: `:${named.exec(server.output())?.[1]}` };
    return {
      env,
      press: async (...keys) => { await promisify(execFile)(xdotool, ["key", ...keys], { env: { ...process.env, ...env } }); },
      picture: async () => createHash("sha256").update(await readFile(path.join(dir, "Xvfb_screen0"))).digest("hex"),
      end: async () => {
        await server.end();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
