/**
 * A test that is killed leaves nothing running, and no folder: real servers, a real
 * SIGKILL.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { access } from "node:fs/promises";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { until } from "./inspect.mjs";

const here = new URL(".", import.meta.url);

/**
 * A test's process that has started a server with a worker in a session of its own,
 * and a server that is asked to end and does not.
 */
const victim = `
  import { start, temporary } from "${new URL("process.mjs", here)}";
  const { dir } = await temporary("guarded");
  const ready = (said) => said.includes("ready");
  const [parent, stubborn] = await Promise.all([
    start("sh", ["-c", "setsid sleep 600 & sleep 601 & echo ready $!; wait"], { ready }),
    start("sh", ["-c", "trap '' TERM HUP INT; echo ready; while :; do sleep 1; done"], { ready }),
  ]);
  const gone = await start("sh", ["-c", "echo ready; exec sleep 602"], { ready });
  await gone.end();
  const { readFile } = await import("node:fs/promises");
  const children = (await readFile(\`/proc/\${parent.pid}/task/\${parent.pid}/children\`, "utf8")).trim().split(" ").map(Number);
  console.log(JSON.stringify({ dir, pids: [parent.pid, stubborn.pid, ...children] }));
  setInterval(() => {}, 1000);
`;

/** @param {number} pid */
function lives(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** @param {NodeJS.Signals} how */
async function ended(how) {
  const child = spawn(process.execPath, ["--input-type=module", "-e", victim], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  /** @type {{ dir: string, pids: number[] }} */
  const { dir, pids } = JSON.parse(line);
  assert.equal(pids.length, 4, "a parent, its two children, and a stubborn one");
  assert.ok(pids.every(lives));
  await access(dir);
  child.kill(how);
  await once(child, "exit");
  await until("nothing left of it", 10_000, async () => (pids.some(lives) || (await access(dir).then(() => true, () => false)) ? undefined : true));
}

for (const how of /** @type {const} */ (["SIGKILL", "SIGTERM"])) {
  test(`what a test leaves behind that ended by ${how}`, { skip: process.platform === "win32" && "no groups of processes" }, () => ended(how));
}
