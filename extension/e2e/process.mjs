/**
 * Child processes that end with the test: started, waited for until they are
 * ready, and ended by their own id; also where the test is killed.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import net from "node:net";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endGroup, guard, signal } from "./guard.mjs";

/**
 * @typedef {object} Running
 * @property {number} pid
 * @property {() => string} output what it has said on both streams, the last 64 KiB
 * @property {(how?: NodeJS.Signals) => Promise<void>} end asks it to end, insists after five seconds
 */

/**
 * Starts a program and waits until `ready` says so.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {object} o
 * @param {string} [o.cwd]
 * @param {Record<string, string>} [o.env] added to the environment
 * @param {number} [o.uid] who it runs as, where this process may say so; gid alike
 * @param {number} [o.gid]
 * @param {(output: string) => Promise<boolean> | boolean} o.ready
 * @param {number} [o.timeout] milliseconds
 * @returns {Promise<Running>}
 */
export async function start(command, args, { cwd, env, uid, gid, ready, timeout = 20_000 }) {
  let said = "";
  // A group of its own: servers with workers leave those behind when they alone are ended.
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, uid, gid, stdio: ["ignore", "pipe", "pipe"], detached: true });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (text) => { said = (said + text).slice(-65_536); });
  }
  if (child.pid !== undefined) child.once("exit", guard("group", child.pid));
  /** @type {string | undefined} */
  let ended;
  child.once("error", (error) => { ended = error.message; });
  child.once("exit", (code, signal) => { ended ??= `it ended with ${signal ?? code}`; });

  const end = async (/** @type {NodeJS.Signals} */ how = "SIGTERM") => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    const gone = once(child, "exit");
    if (how === "SIGKILL") await endGroup(child.pid);
    else signal(-child.pid, how);
    const insist = setTimeout(endGroup, 5_000, child.pid);
    await gone;
    clearTimeout(insist);
    signal(-child.pid, "SIGKILL");
    child.stdout.destroy();
    child.stderr.destroy();
  };

  const until = Date.now() + timeout;
  for (;;) {
    if (ended !== undefined) throw new Error(`${command}: ${ended}\n${said}`);
    if (await ready(said)) break;
    if (Date.now() > until) {
      await end();
      throw new Error(`${command}: not ready after ${timeout / 1000} s\n${said}`);
    }
    await sleep(50);
  }
  return { pid: /** @type {number} */ (child.pid), output: () => said, end };
}

/**
 * A folder that goes with the test.
 *
 * @param {string} name what is in it, for who finds it
 * @returns {Promise<{ dir: string, remove: () => Promise<void> }>}
 */
export async function temporary(name) {
  const dir = await mkdtemp(path.join(os.tmpdir(), `honmono-${name}-`));
  const letGo = guard("folder", dir);
  return {
    dir,
    remove: async () => {
      await rm(dir, { recursive: true, force: true, maxRetries: 5 });
      letGo();
    },
  };
}

/**
 * @param {number} port
 * @returns {Promise<boolean>} whether somebody listens there on this machine
 */
export function listening(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.once("connect", () => { socket.destroy(); resolve(true); });
    socket.once("error", () => resolve(false));
  });
}

/** @returns {Promise<number>} a port nobody listens on at this moment */
export async function freePort() {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {net.AddressInfo} */ (server.address());
  server.close();
  await once(server, "close");
  return port;
}
