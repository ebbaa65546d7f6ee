/**
 * Ends what a test leaves behind that was itself ended without a chance to: a server
 * on this machine, and the folder that it lived in. A second process, which nobody
 * who ends the test knows of, is told what there is, and reads from a pipe; when the
 * test is gone, however it went, the system closes the pipe, and what was not let go
 * of by then is ended.
 */
import { spawn } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** @type {import("node:stream").Writable | undefined} */
let pipe;

/**
 * @param {"group" | "folder"} kind a group of processes, named by its leader's id, or a folder
 * @param {string | number} name
 * @returns {() => void} lets go of it: it was ended, or removed
 */
export function guard(kind, name) {
  pipe ??= begin();
  const what = `${kind} ${name}`;
  pipe.write(`hold ${what}\n`);
  return () => void pipe?.write(`let ${what}\n`);
}

function begin() {
  // A session of its own: what ends the test's group does not end it.
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url)], { stdio: ["pipe", "ignore", "ignore"], detached: true });
  child.unref();
  // The test's end is not to wait for it.
  /** @type {import("node:net").Socket} */ (child.stdin).unref();
  child.stdin.on("error", () => {});
  return child.stdin;
}

/**
 * Ends a group of processes at once, and whatever of theirs is in a group of its own.
 *
 * @param {number} leader
 */
export async function endGroup(leader) {
  const others = await offspring(leader);
  signal(-leader, "SIGKILL");
  for (const pid of others) signal(pid, "SIGKILL");
}

/**
 * @param {number} pid
 * @returns {Promise<number[]>} its children, theirs, and so on; none where the system does not tell
 */
async function offspring(pid) {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
  const children = text.split(" ").map(Number).filter(Boolean);
  return [...children, ...(await Promise.all(children.map(offspring))).flat()];
}

/**
 * @param {number} pid negative: the group that it leads
 * @param {NodeJS.Signals} name
 */
export function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    // Nobody of it is left.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ESRCH") throw error;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  /** @type {Set<string>} */
  const held = new Set();
  for await (const line of createInterface({ input: process.stdin })) {
    const [, act, what] = /^(hold|let) (.*)$/s.exec(line) ?? [];
    if (act === "hold") held.add(what);
    else held.delete(what);
  }
  const all = [...held].map((what) => what.split(/ (.*)/s));
  // First who writes, then what is written to.
  for (const [, leader] of all.filter(([kind]) => kind === "group").reverse()) await endGroup(Number(leader));
  for (const [, folder] of all.filter(([kind]) => kind === "folder")) await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
