/** The Worker on workerd over time: what is kept, what is not, and what happens when Go fails. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, describe, test } from "node:test";
import { Miniflare } from "miniflare";
import * as dev from "../dev.mjs";
import { send } from "./http.mjs";

const manifest = readFileSync(new URL("../testdata/published.manifest", import.meta.url)).toString();
const newer = manifest.replace("version 1795374000", "version 1795374001");

/** @param {Parameters<typeof dev.workerOptions>[0]} [o] */
const workerOptions = (o) => dev.workerOptions({ log: () => {}, ...o });

/** @type {Miniflare[]} */
const running = [];
after(() => Promise.all(running.map((m) => m.dispose())));

/**
 * @param {import("miniflare").MiniflareOptions} options
 */
async function start(options) {
  const miniflare = new Miniflare(options);
  running.push(miniflare);
  const origin = await miniflare.ready;
  return {
    miniflare,
    kv: await dev.rulesOf(miniflare).catch(() => /** @type {never} */ (undefined)),
    get: (/** @type {string} */ path, headers = {}) => send(origin, path, { headers }),
    head: (/** @type {string} */ path) => send(origin, path, { method: "HEAD" }),
  };
}

/** @param {Uint8Array | string} data */
const hash = (data) => createHash("sha256").update(data).digest("hex");

/** @param {number} ms */
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

describe("cache", () => {
  test("a second reader is answered before Go", async () => {
    const w = await start(workerOptions());
    await w.kv.put("manifest", manifest);
    assert.equal((await w.get("/v1/manifest")).headers["cache-status"], "edge; fwd=miss");
    await w.kv.delete("manifest");
    for (const path of ["/v1/manifest", "/v1/manifest?bust=1"]) {
      const got = await w.get(path);
      assert.equal(got.headers["cache-status"], "memory; hit");
      assert.equal(got.body.toString(), manifest);
    }
  });

  test("a new isolate is answered by the edge cache", async () => {
    const w = await start(workerOptions());
    await w.kv.put("manifest", manifest);
    await w.get("/v1/manifest");
    await w.kv.delete("manifest");
    // The same machine with a fresh isolate: its memory is gone, the edge cache is not.
    await w.miniflare.setOptions({ ...workerOptions(), bindings: { MANIFEST_AGE: "299" } });
    const origin = await w.miniflare.ready;
    const got = await send(origin, "/v1/manifest");
    // Its key holds the origin, whose port may have moved; then it is a miss, and KV has nothing.
    if (got.status === 200) {
      assert.equal(got.headers["cache-status"], "edge; hit");
      assert.equal(got.body.toString(), manifest);
      assert.equal((await send(origin, "/v1/manifest")).headers["cache-status"], "memory; hit");
    } else {
      assert.fail(`status ${got.status}: the edge cache was not asked`);
    }
  });

  test("HEAD fills the cache for GET, and a condition does too", async () => {
    const w = await start(workerOptions());
    await w.kv.put("manifest", manifest);
    assert.equal((await w.head("/v1/manifest")).headers["cache-status"], "edge; fwd=miss");
    const got = await w.get("/v1/manifest");
    assert.equal(got.headers["cache-status"], "memory; hit");
    assert.equal(got.body.toString(), manifest);
    const blob = "[1]\n";
    const path = `/v1/blobs/${hash(blob)}`;
    await w.kv.put(`blob/${hash(blob)}`, blob);
    assert.equal((await w.get(path, { "If-None-Match": `"${hash(blob)}"` })).status, 304);
    assert.equal((await w.get(path)).body.toString(), blob);
  });

  test("errors are not kept", async () => {
    const w = await start(workerOptions());
    assert.equal((await w.get("/v1/manifest")).status, 503);
    await w.kv.put("manifest", "<html>");
    assert.equal((await w.get("/v1/manifest")).status, 502);
    assert.equal((await w.get("/")).status, 503);
    await w.kv.put("manifest", manifest);
    assert.equal((await w.get("/v1/manifest")).status, 200);
    assert.equal((await w.get("/")).status, 200);
    const blob = new Uint8Array([0, 255, 128]);
    const path = `/v1/blobs/${hash(blob)}`;
    assert.equal((await w.get(path)).status, 404);
    await w.kv.put(`blob/${hash(blob)}`, new Uint8Array([0, 255, 129]));
    assert.equal((await w.get(path)).status, 502);
    await w.kv.put(`blob/${hash(blob)}`, blob);
    assert.deepEqual((await w.get(path)).body, Buffer.from(blob));
  });

  test("a publication is seen when the time is up", async () => {
    const w = await start(workerOptions({ manifestAge: 1 }));
    await w.kv.put("manifest", manifest);
    const first = await w.get("/v1/manifest");
    await w.kv.put("manifest", newer);
    await sleep(1100);
    const second = await w.get("/v1/manifest", { "If-None-Match": first.headers.etag ?? "" });
    assert.equal(second.status, 200);
    assert.equal(second.body.toString(), newer);
  });

  test("with age 0 a publication is seen at once", async () => {
    const w = await start(workerOptions({ manifestAge: 0 }));
    await w.kv.put("manifest", manifest);
    const first = await w.get("/v1/manifest");
    assert.equal(first.headers["cache-control"], "no-cache");
    assert.equal((await w.get("/v1/manifest", { "If-None-Match": first.headers.etag ?? "" })).status, 304);
    await w.kv.put("manifest", newer);
    assert.equal((await w.get("/v1/manifest")).body.toString(), newer);
  });

  test("an age that is no number is the default", async () => {
    const w = await start({ ...workerOptions(), bindings: {} });
    await w.kv.put("manifest", manifest);
    assert.equal((await w.get("/v1/manifest")).headers["cache-control"], "public, max-age=300");
  });

  test("languages of the page are not mixed up", async () => {
    const w = await start(workerOptions());
    await w.kv.put("manifest", manifest);
    for (const language of ["ja", "en", "ja", "en", "ja,en;q=0.5"]) {
      const got = await w.get("/", { "Accept-Language": language });
      assert.equal(got.headers["content-language"], language.slice(0, 2));
    }
    assert.equal((await w.get("/", { "Accept-Language": "ja" })).headers["cache-status"], "memory; hit");
  });

  test("a large section arrives whole", async () => {
    const w = await start(workerOptions());
    const blob = new Uint8Array(12 << 20).map((_, i) => (i * 2654435761) >>> 13);
    await w.kv.put(`blob/${hash(blob)}`, blob);
    for (const how of ["edge; fwd=miss", "edge; hit"]) {
      const got = await w.get(`/v1/blobs/${hash(blob)}`);
      assert.equal(got.status, 200);
      assert.equal(hash(got.body), hash(blob));
      assert.equal(got.headers["cache-status"], how, "too large for memory");
    }
  });

  test("many first readers at once are all answered", async () => {
    const w = await start(workerOptions());
    const blobs = Array.from({ length: 40 }, (_, i) => `[${i}]\n`);
    await w.kv.put("manifest", manifest);
    await Promise.all(blobs.map((b) => w.kv.put(`blob/${hash(b)}`, b)));
    const answers = await Promise.all([
      ...blobs.map((b) => w.get(`/v1/blobs/${hash(b)}`)),
      ...blobs.map(() => w.get("/v1/manifest")),
    ]);
    assert.deepEqual(
      answers.map((a) => a.body.toString()),
      [...blobs, ...blobs.map(() => manifest)],
    );
  });
});

describe("KV fails", () => {
  /**
   * The Worker with something else in place of its KV.
   *
   * @param {string} get the body of its get(key, options)
   */
  function withStore(get) {
    const { kvNamespaces, ...options } = workerOptions();
    const contents = `export default () => ({ async get(key, options) { ${get} } });`;
    return start({
      ...options,
      workers: [
        { name: "worker", ...options, kvNamespaces: { UNUSED: "unused" }, wrappedBindings: { RULES: { scriptName: "store" } } },
        { name: "store", modules: [{ type: "ESModule", path: "store.mjs", contents }] },
      ],
    });
  }

  for (const [what, get] of [
    ["refuses", `throw new Error("KV GET failed: 503");`],
    ["breaks off", `return new ReadableStream({ start(c) { c.enqueue(new Uint8Array(9)); }, pull(c) { c.error(new Error("cut")); } });`],
  ]) {
    test(`it ${what}: 503, nothing kept`, async () => {
      const w = await withStore(get);
      for (const path of ["/v1/manifest", `/v1/blobs/${hash("x")}`, "/healthz", "/v1/manifest"]) {
        const got = await w.get(path);
        assert.equal(got.status, 503, path);
        assert.equal(got.headers["retry-after"], "30");
        assert.equal(JSON.parse(got.body.toString()).code, "store-unavailable");
      }
      assert.equal((await w.get("/")).status, 503);
    });
  }
});

describe("Go fails", () => {
  /**
   * The Worker with another glue in place of build/worker.mjs, and little patience.
   *
   * @param {string} body of its fetch
   */
  function withGlue(body) {
    const options = workerOptions();
    const own = options.modules.filter((m) => !m.path.includes("build"));
    const modules = own.map((m) => {
      const source = readFileSync(m.path, "utf8");
      const contents = m.path.endsWith("entry.mjs") ? source.replace("10_000", "200") : source;
      assert.ok(!m.path.endsWith("entry.mjs") || contents !== source);
      return { ...m, type: /** @type {const} */ ("ESModule"), contents };
    });
    const path = options.modules[own.length].path;
    const contents = `export default { async fetch(request, env, ctx) { ${body} } };`;
    return start({ ...options, modules: [...modules, { type: "ESModule", path, contents }] });
  }

  for (const [what, body] of [
    ["throws", `throw new Error("program has exited");`],
    ["never answers", "return new Promise(() => {});"],
    ["stalls half-way", `return new Response(new ReadableStream({ start(c) { c.enqueue(new Uint8Array(9)); } }));`],
    ["breaks off", `return new Response(new ReadableStream({ pull(c) { c.error(new Error("cut")); } }));`],
  ]) {
    test(`it ${what}: a problem, and the next request tries again`, async () => {
      const w = await withGlue(body);
      for (let i = 0; i < 2; i++) {
        const got = await w.get("/v1/manifest");
        assert.equal(got.status, 503);
        assert.equal(got.headers["retry-after"], "30");
        assert.equal(got.headers["content-type"], "application/problem+json");
        assert.equal(JSON.parse(got.body.toString()).code, "not-running");
      }
      const head = await w.head("/v1/manifest");
      assert.equal(head.status, 503);
      assert.equal(head.body.length, 0);
    });
  }
});
