/** The development runner: as a program and as a function. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { compatibilityDate, startWorker } from "../dev.mjs";
import { send } from "./http.mjs";

const program = fileURLToPath(new URL("../dev.mjs", import.meta.url));
const testdata = fileURLToPath(new URL("../testdata/", import.meta.url));

/** @type {string} */
let dir;
before(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "honmono-worker-"));
});
after(() => rm(dir, { recursive: true }));

/** @param {Uint8Array | string} data */
const hash = (data) => createHash("sha256").update(data).digest("hex");

/**
 * A published directory with one blob.
 *
 * @param {string} name
 */
async function publish(name) {
  const target = path.join(dir, name);
  await mkdir(path.join(target, "blobs"), { recursive: true });
  const blob = await readFile(path.join(testdata, "brands.json"));
  await writeFile(path.join(target, "blobs", hash(blob)), blob);
  const manifest = await readFile(path.join(testdata, "published.manifest"), "utf8");
  await writeFile(path.join(target, "manifest"), manifest);
  return { target, manifest, blob };
}

/**
 * Asks until the answer is the one that is waited for.
 *
 * @param {() => Promise<boolean>} holds
 */
async function eventually(holds) {
  for (let i = 0; i < 600; i++) {
    if (await holds()) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail("it did not happen in time");
}

/**
 * Runs the program to its end.
 *
 * @param {string[]} args
 * @param {(child: import("node:child_process").ChildProcess, stdout: string) => void} [onOutput]
 */
function run(args, onOutput) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
      onOutput?.(child, stdout);
    });
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

describe("program", () => {
  for (const signal of /** @type {const} */ (["SIGTERM", "SIGINT"])) {
    test(`it prints one line and ends on ${signal}`, async () => {
      const { target, manifest } = await publish(signal);
      /** @type {Promise<import("./http.mjs").Answer> | undefined} */
      let asked;
      const ended = await run(["--dir", target], (child, stdout) => {
        const origin = /^listening (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(stdout)?.[1];
        assert.ok(origin, stdout);
        asked = send(origin, "/v1/manifest").finally(() => child.kill(signal));
      });
      assert.deepEqual(ended, { code: 0, signal: null, stdout: ended.stdout, stderr: "" });
      assert.equal((await asked)?.body.toString(), manifest);
    });
  }

  test("what it cannot do it says", async () => {
    const missing = await run(["--dir", path.join(dir, "no-such")]);
    assert.equal(missing.code, 1);
    assert.match(missing.stderr, /^worker: ENOENT.*no-such/);
    for (const args of [[], ["--dir"], ["--dir", dir, "--port", "x"], ["--dir", dir, "--manifest-age", "-1"], ["--wrong"]]) {
      const { code, stderr, stdout } = await run(args);
      assert.equal(code, 2, args.join(" "));
      assert.match(stderr, /usage: node worker\/dev\.mjs --dir DIR/);
      assert.equal(stdout, "");
    }
  });
});

describe("mirror", () => {
  test("it follows the directory", async () => {
    const { target, manifest, blob } = await publish("follow");
    const worker = await startWorker({ dir: target });
    try {
      const get = (/** @type {string} */ p) => send(worker.url, p);
      assert.equal((await get("/v1/manifest")).body.toString(), manifest);
      assert.deepEqual((await get(`/v1/blobs/${hash(blob)}`)).body, blob);

      const [newer, added] = [manifest.replace("1795374000", "1795374001"), "[2]\n"];
      await writeFile(path.join(target, "blobs", hash(added)), added);
      await writeFile(path.join(target, "manifest.new"), newer);
      await rename(path.join(target, "manifest.new"), path.join(target, "manifest"));
      await eventually(async () => (await get("/v1/manifest")).body.toString() === newer);
      assert.equal((await get(`/v1/blobs/${hash(added)}`)).status, 200, "a manifest is not up before its blobs");

      await rm(path.join(target, "manifest"));
      await eventually(async () => (await get("/v1/manifest")).status === 503);
      await writeFile(path.join(target, "manifest"), manifest);
      await worker.reload();
      assert.equal((await get("/v1/manifest")).body.toString(), manifest);
    } finally {
      await worker.stop();
    }
  });

  test("a blob that is still being written waits", async () => {
    const { target } = await publish("half");
    const whole = "[1,2,3]\n";
    const file = path.join(target, "blobs", hash(whole));
    await writeFile(file, whole.slice(0, 4));
    const worker = await startWorker({ dir: target });
    try {
      const status = async () => (await send(worker.url, `/v1/blobs/${hash(whole)}`)).status;
      assert.equal(await status(), 404);
      await writeFile(file, whole);
      await eventually(async () => (await status()) === 200);
    } finally {
      await worker.stop();
    }
  });

  test("an empty directory is a Worker with nothing published", async () => {
    const target = path.join(dir, "empty");
    await mkdir(target);
    const worker = await startWorker({ dir: target });
    try {
      assert.equal((await send(worker.url, "/v1/manifest")).status, 503);
    } finally {
      await worker.stop();
    }
  });
});

test("the engine is of the date that wrangler.toml asks for", async () => {
  const config = await readFile(new URL("../wrangler.toml", import.meta.url), "utf8");
  assert.equal(/^compatibility_date = "(.+)"$/m.exec(config)?.[1], compatibilityDate);
});
