/**
 * The table of testdata/conformance.json against the Worker on workerd: once as
 * Go answers, once more out of the cache. conformance_test.go runs the same table
 * against the native server.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { Miniflare } from "miniflare";
import { rulesOf, workerOptions } from "../dev.mjs";
import { send } from "./http.mjs";

/**
 * @typedef {{ manifest?: string, blobs?: Record<string, string> } | null} Stored
 * @typedef {{ name: string, store: string, method: string, path: string, send?: Record<string, string>,
 *   status: number, has: string[], headers?: Record<string, string>, absent?: string[], body?: string,
 *   contains?: string[], json?: Record<string, unknown>, again?: boolean }} Exchange
 * @typedef {import("./http.mjs").Answer} Answer
 */

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
  const miniflare = new Miniflare(workerOptions({ bound: stored !== null, log: () => {} }));
  await miniflare.ready;
  if (stored) {
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
    assert.deepEqual(got.body, c.body === "" ? Buffer.alloc(0) : file(c.body));
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

for (const [name, stored] of Object.entries(table.stores)) {
  describe(`store ${name}`, () => {
    /** @type {Miniflare} */
    let miniflare;
    before(async () => {
      miniflare = await start(stored);
    });
    after(() => miniflare.dispose());

    for (const round of ["first", "second"]) {
      for (const c of table.cases.filter((c) => c.store === name)) {
        test(`${round}: ${c.name}`, async () => {
          const origin = await miniflare.ready;
          const got = await send(origin, c.path, { method: c.method, headers: c.send });
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
