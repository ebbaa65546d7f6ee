/**
 * The table of testdata/conformance.json against the Worker on workerd: once as
 * Go answers, once more out of the cache. conformance_test.go runs the same table
 * against the native server.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { Miniflare } from "miniflare";
import { migrate, rulesOf, workerOptions } from "../dev.mjs";
import { send } from "./http.mjs";

/**
 * @typedef {{ manifest?: string, blobs?: Record<string, string> } | null} Stored
 * @typedef {{ name: string, store: string, method: string, path: string, send?: Record<string, string>,
 *   status: number, has: string[], headers?: Record<string, string>, absent?: string[], body?: string,
 *   contains?: string[], json?: Record<string, unknown>, again?: boolean,
 *   give?: string, repeat?: number, once?: boolean }} Exchange
 * @typedef {import("./http.mjs").Answer} Answer
 */

/** Opens the reports of the table. */
const token = "a-token-that-only-the-tests-use-32-bytes";

const app = fileURLToPath(new URL("../testdata/app/", import.meta.url));

/** @param {string} name */
const file = (name) => readFileSync(new URL(`../testdata/${name}`, import.meta.url));

/** @type {{ stores: Record<string, Stored>, headers: Record<string, Record<string, string>>, cases: Exchange[] }} */
const table = JSON.parse(file("conformance.json").toString());

/**
 * A Worker over a store of the table.
 *
 * @param {Stored} stored null leaves the KV unbound
 */
async function start(stored) {
  // The direct socket: Miniflare's own front compresses as it likes.
  const miniflare = new Miniflare({
    ...workerOptions({ bound: stored !== null, token, app, log: () => {} }),
    unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
  });
  await miniflare.ready;
  if (stored) {
    await migrate(miniflare);
    const kv = await rulesOf(miniflare);
    for (const [name, source] of Object.entries(stored.blobs ?? {})) {
      await kv.put(`blob/${name}`, new Uint8Array(file(source)));
    }
    if (stored.manifest) {
      await kv.put("manifest", new Uint8Array(file(stored.manifest)));
    }
  }
  return miniflare;
}

/**
 * @param {Exchange} c
 * @param {Answer} got
 */
function check(c, got) {
  assert.equal(got.status, c.status, `status; body ${got.body}`);
  const want = Object.assign({}, ...c.has.map((set) => table.headers[set]), c.headers);
  for (const [name, value] of Object.entries(want)) {
    assert.equal(got.headers[name.toLowerCase()], value, name);
  }
  for (const name of c.absent ?? []) {
    assert.equal(got.headers[name.toLowerCase()], undefined, name);
  }
  if (c.body !== undefined) {
    assert.deepEqual(c.body === "" ? got.body : decode(got), c.body === "" ? Buffer.alloc(0) : file(c.body));
  }
  for (const text of c.contains ?? []) {
    assert.ok(got.body.toString().includes(text), `no ${text} in ${got.body}`);
  }
  if (c.json) {
    assert.equal(got.headers["content-type"]?.includes("json"), true);
    const members = JSON.parse(got.body.toString());
    for (const [name, value] of Object.entries(c.json)) {
      assert.deepEqual(members[name], value, name);
    }
  }
}

/** @param {Answer} got */
function decode(got) {
  const encoding = got.headers["content-encoding"];
  return encoding === "br" ? brotliDecompressSync(got.body) : encoding === "gzip" ? gunzipSync(got.body) : got.body;
}

for (const [name, stored] of Object.entries(table.stores)) {
  describe(`store ${name}`, () => {
    /** @type {Miniflare} */
    let miniflare;
    before(async () => {
      miniflare = await start(stored);
    });
    after(() => miniflare.dispose());

    for (const round of ["first", "second"]) {
      for (const [n, c] of table.cases.entries()) {
        if (c.store !== name || (c.once && round === "second")) {
          continue;
        }
        test(`${round}: ${c.name}`, async () => {
          const origin = await miniflare.unsafeGetDirectURL();
          const ask = () => {
            // Each case comes from an address of its own, unless it names one.
            const headers = /** @type {Record<string, string>} */ ({ "CF-Connecting-IP": `192.0.${Math.floor(n / 250)}.${n % 250}`, ...c.send });
            for (const [name, value] of Object.entries(headers)) {
              headers[name] = value.replaceAll("{n}", String(Math.floor(Math.random() * 1e4)));
            }
            return send(origin, c.path, { method: c.method, headers, body: c.give });
          };
          for (let i = 1; i < (c.repeat ?? 1); i++) {
            await ask();
          }
          const got = await ask();
          check(c, got);
          if (c.again) {
            const headers = { ...c.send, "If-None-Match": got.headers.etag ?? "" };
            const again = await send(origin, c.path, { method: c.method, headers });
            assert.equal(again.status, 304);
            assert.equal(again.body.length, 0);
          }
        });
      }
    }
  });
}

test("every case has a store", () => {
  for (const c of table.cases) {
    assert.ok(c.store in table.stores, c.name);
  }
});
