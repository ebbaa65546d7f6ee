/** Publishing to the KV of a local workerd, as to Cloudflare, by `honmono rules`. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { appendFile, cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Miniflare } from "miniflare";
import { serveAdmin } from "../admin.mjs";
import { rulesOf, workerOptions } from "../dev.mjs";
import { send } from "./http.mjs";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));

/** @type {string} */
let dir;
/** @type {Miniflare} */
let miniflare;
/** @type {Awaited<ReturnType<typeof serveAdmin>>} */
let admin;
before(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "honmono-admin-"));
  await run("go", ["build", "-o", path.join(dir, "honmono"), "./cmd/honmono"], { cwd: root });
  await cp(path.join(root, "detector/rules/source"), path.join(dir, "source"), { recursive: true });
  miniflare = new Miniflare(workerOptions({ manifestAge: 0, log: () => {} }));
  await miniflare.ready;
  admin = await serveAdmin(/** @type {any} */ (await rulesOf(miniflare)));
});
after(async () => {
  await admin?.stop();
  await miniflare?.dispose();
  await rm(dir, { recursive: true, force: true });
});

/** @param {string[]} args */
async function rules(...args) {
  const { stdout } = await run(path.join(dir, "honmono"), ["rules", ...args], {
    cwd: dir,
    env: {
      ...process.env,
      CLOUDFLARE_API_BASE_URL: admin.url,
      CLOUDFLARE_ACCOUNT_ID: "local",
      CLOUDFLARE_API_TOKEN: "local",
      HONMONO_RULES: "kv:RULES",
    },
  });
  return stdout;
}

test("publish, publish again, go back, look, prune", async () => {
  const origin = await miniflare.ready;
  const live = async () => (await send(origin, "/v1/manifest")).body.toString();
  await rules("keygen");
  assert.match(await rules("publish", "--settle", "0s", "source"), /first publication at kv:RULES/);
  const first = await live();
  assert.match(first, /^honmono rules v1\n/);
  for (const [, hash] of first.matchAll(/^section \S+ \d+ (\S+)$/gm)) {
    assert.equal((await send(origin, `/v1/blobs/${hash}`)).status, 200);
  }
  await appendFile(path.join(dir, "source/phrases/en.txt"), "threat: a phrase of this test\n");
  assert.match(await rules("publish", "--settle", "0s", "--rollout", "10", "source"), /\+ phrase: en threat "a phrase of this test"/);
  assert.match(await live(), /^rollout 10$/m);
  assert.match(await rules("rollback", "--settle", "0s"), /- phrase: en threat "a phrase of this test"/);
  const sections = (/** @type {string} */ text) => text.match(/^section .*$/gm);
  assert.deepEqual(sections(await live()), sections(first));
  assert.equal((await rules("status")).match(/^history/gm)?.length, 3);
  // Seen from outside.
  assert.match(await rules("status", "--to", origin.origin), /keys +honmono-dev\n/);
  await rules("prune", "--grace", "1s");
  assert.equal((await send(origin, "/healthz")).status, 200);
});
