/**
 * What stands before Go: edge.mjs alone in Node, with a stand-in for the edge
 * cache where one is needed, for what cannot be brought about on workerd.
 */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Copy, keyOf, malformed, Memory, noneMatch, read, respond, take, unavailable } from "../edge.mjs";

const now = Date.UTC(2026, 10, 22, 18);

/**
 * @param {number} size
 * @param {number} [life] seconds
 */
const copyOf = (size, life = 60) =>
  new Copy(200, new Headers({ "Cache-Control": `public, max-age=${life}` }), new ArrayBuffer(size), now);

test("only what is public and has a life is kept", () => {
  const life = (/** @type {number} */ status, /** @type {string | undefined} */ cacheControl) =>
    new Copy(status, new Headers(cacheControl ? [["Cache-Control", cacheControl]] : []), new ArrayBuffer(0), now).expires;
  assert.equal(life(200, "public, max-age=300"), now + 300_000);
  assert.equal(life(200, "public, max-age=31536000, immutable"), now + 31_536_000_000);
  for (const cacheControl of [undefined, "no-store", "no-cache", "private, max-age=300", "public", "public, max-age=0", "max-age=300"]) {
    assert.equal(life(200, cacheControl), 0, cacheControl);
  }
  for (const status of [206, 301, 304, 400, 404, 500, 502, 503]) {
    assert.equal(life(status, "public, max-age=300"), 0, String(status));
  }
});

test("memory gives nothing out after its time", () => {
  const memory = new Memory();
  memory.set("a", copyOf(10, 60));
  assert.ok(memory.get("a", now + 59_999));
  assert.equal(memory.get("a", now + 60_000), undefined);
  assert.equal(memory.get("a", now), undefined, "it was dropped for good");
});

test("memory stays under its limit and drops what was not used", () => {
  const memory = new Memory();
  const half = 4 << 20; // with room for its encodings, two fit and three do not
  memory.set("a", copyOf(half));
  memory.set("b", copyOf(half));
  assert.ok(memory.get("a", now));
  memory.set("c", copyOf(half));
  assert.equal(memory.get("b", now), undefined, "b was the least recently used");
  assert.ok(memory.get("a", now));
  assert.ok(memory.get("c", now));
  memory.set("a", copyOf(1));
  memory.set("d", copyOf(half));
  assert.ok(memory.get("a", now) && memory.get("c", now) && memory.get("d", now), "replacing gives the room back");
});

test("memory does not take what is too large for it", () => {
  const memory = new Memory();
  memory.set("a", copyOf(10));
  memory.set("big", copyOf((8 << 20) + 1));
  assert.equal(memory.get("big", now), undefined);
  assert.ok(memory.get("a", now));
});

test("many small answers count too", () => {
  const memory = new Memory();
  for (let i = 0; i < 20_000; i++) {
    memory.set(String(i), copyOf(0));
  }
  assert.equal(memory.get("0", now), undefined);
  assert.ok(memory.get("19999", now));
});

test("a key is the path, and on the page the languages", () => {
  const key = (/** @type {string} */ url, /** @type {HeadersInit} */ headers = {}) => keyOf(new Request(url, { headers }));
  const manifest = key("https://rules.example/v1/manifest");
  assert.equal(key("https://rules.example/v1/manifest?x=1"), manifest);
  assert.equal(key("https://rules.example/v1/manifest", { "Accept-Language": "ja" }), manifest);
  assert.notEqual(key("https://rules.example/v1/manifest/"), manifest);
  assert.notEqual(key("https://other.example/v1/manifest"), manifest);
  assert.notEqual(key("https://rules.example/", { "Accept-Language": "ja" }), key("https://rules.example/"));
  assert.equal(key("https://rules.example/?ja"), key("https://rules.example/"), "a query is no language");
  assert.ok(key("https://rules.example/", { "Accept-Language": "x".repeat(10_000) }).length < 400);
});

test("If-None-Match is compared weakly", () => {
  for (const header of ['"a"', 'W/"a"', '"b", "a"', '"b",W/"a"', "*", ' "a" ']) {
    assert.ok(noneMatch(header, '"a"'), header);
  }
  for (const header of [null, "", "a", '"b"', '"aa"', "W/a", '"A"']) {
    assert.ok(!noneMatch(header, '"a"'), String(header));
  }
  assert.ok(!noneMatch("*", null), "without a tag nothing matches");
});

test("a copy answers GET, HEAD and a condition", async () => {
  const response = new Response("body", {
    headers: { "Cache-Control": "public, max-age=60", ETag: '"a"', "Content-Type": "text/plain", "Content-Length": "4" },
  });
  const copy = await take(response, now);
  const ask = (/** @type {RequestInit} */ init) =>
    respond(new Request("https://rules.example/", init), copy, "memory; hit", now + 7_400);
  const get = ask({});
  assert.equal(await get.text(), "body");
  assert.equal(get.headers.get("Age"), "7");
  assert.equal(get.headers.get("Cache-Status"), "memory; hit");
  assert.equal(get.headers.get("Date"), "Sun, 22 Nov 2026 18:00:00 GMT");
  const head = ask({ method: "HEAD" });
  assert.equal(await head.text(), "");
  assert.equal(head.headers.get("Content-Length"), "4");
  const same = ask({ headers: { "If-None-Match": '"a"' } });
  assert.equal(same.status, 304);
  assert.equal(same.headers.get("Content-Length"), null);
  assert.equal(same.headers.get("Content-Type"), null);
  assert.equal(same.headers.get("ETag"), '"a"');
  assert.equal(ask({ method: "POST", headers: { "If-None-Match": "*" } }).status, 200);
  assert.equal(await ask({}).text(), "body", "a copy can be given out again");
});

test("an empty answer stays empty", async () => {
  const copy = await take(new Response(null, { status: 204, headers: { Allow: "GET" } }), now);
  const got = respond(new Request("https://rules.example/", { method: "OPTIONS" }), copy, "bypass", now);
  assert.equal(got.status, 204);
  assert.equal(got.body, null);
});

test("an error stays an error, whatever the condition", async () => {
  const copy = await take(new Response("no", { status: 404, headers: { ETag: '"a"' } }), now);
  const got = respond(new Request("https://rules.example/", { headers: { "If-None-Match": "*" } }), copy, "memory; hit", now);
  assert.equal(got.status, 404);
  assert.equal(got.headers.get("Age"), null);
});

/**
 * @param {object} cache
 */
function edgeCache(cache) {
  Object.assign(globalThis, { caches: { default: cache } });
}
afterEach(() => {
  Reflect.deleteProperty(globalThis, "caches");
});

test("the edge cache's copy keeps its age", async () => {
  edgeCache({
    match: async () =>
      new Response("body", {
        headers: {
          "Cache-Control": "public, max-age=60",
          Date: new Date(now).toUTCString(),
          "CF-Cache-Status": "HIT",
          Age: "12",
        },
      }),
  });
  const copy = await read("https://rules.example/", now + 20_000);
  assert.equal(copy?.expires, now + 60_000);
  assert.equal(copy?.headers.get("CF-Cache-Status"), null);
  assert.equal(await read("https://rules.example/", now + 60_000), undefined, "too old by our own clock");
});

test("an edge cache that fails, or answers nonsense, is a miss", async (t) => {
  t.mock.method(console, "error", () => {});
  const miss = async () => assert.equal(await read("https://rules.example/", now), undefined);
  edgeCache({ match: async () => undefined });
  await miss();
  edgeCache({ match: async () => Promise.reject(new Error("down")) });
  await miss();
  edgeCache({ match: async () => new Response("x", { headers: { "Cache-Control": "public, max-age=60" } }) });
  await miss();
  edgeCache({ match: async () => new Response("x", { status: 404, headers: { Date: new Date(now).toUTCString() } }) });
  await miss();
  edgeCache({ put: async () => Promise.reject(new Error("full")) });
  await copyOf(1).write("https://rules.example/");
});

test("its own errors are problems that nobody keeps", async () => {
  for (const [response, status] of /** @type {const} */ ([[unavailable(), 503], [malformed(), 400]])) {
    assert.equal(response.status, status);
    assert.equal(response.headers.get("Content-Type"), "application/problem+json");
    assert.equal(response.headers.get("Cache-Control"), "no-store");
    assert.equal(JSON.parse(await response.text()).status, status);
  }
  assert.equal(unavailable().headers.get("Retry-After"), "30");
});
