// The rules' way into the browser, against servers that are down, slow, older,
// hostile or cut off half-way. The detector here stands for the real one, which
// has its own tests for signatures; what is tested is that its word is kept.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { DetectorGone } from "../background/detector.js";
import { isUpdateAlarm, scheduleUpdates } from "../rules/schedule.js";
import { RulesStore } from "../rules/store.js";
import { fetchText } from "../rules/transport.js";
import { Updater } from "../rules/updater.js";
import { Area, day, FakeDetector, now, publish, sha256 } from "./rules.mjs";

/** @type {Area} */ let area;
/** @type {FakeDetector} */ let detector;
/** @type {Map<string, string | Uint8Array | (() => any)>} */ let server;
/** @type {{ url: string, options: any }[]} */ let requests;
let changes = 0;
/** What the next lot will be. */
let lot = 0;

const fetchFrom = async (url, options) => {
  requests.push({ url, options });
  const found = server.get(new URL(url).pathname);
  if (found === undefined) return new Response("no such thing", { status: 404 });
  return typeof found === "function" ? found(options) : new Response(found);
};

function serve({ manifest, texts }) {
  server = new Map([["/v1/manifest", manifest], ...texts.map((text) => [`/v1/blobs/${sha256(text)}`, text])]);
}

function makeUpdater(config = {}) {
  return new Updater({
    config: { rulesURL: "https://rules.example", rulesKeys: ["key"], ...config },
    ask: detector.ask,
    store: new RulesStore(area),
    fetch: fetchFrom,
    now: () => now,
    changed: () => changes++,
    random: () => lot / 100,
  });
}

beforeEach(() => {
  area = new Area();
  detector = new FakeDetector();
  requests = [];
  changes = 0;
  lot = 0;
  serve(publish(200, { brands: "brands 2", links: "links 1" }));
});

test("new rules are fetched, verified, used and kept", async () => {
  const updater = makeUpdater();
  assert.equal(await updater.update(), "updated");
  assert.equal(detector.version, 200);
  assert.equal(changes, 1);
  const { info, error, checkedAt, updatedAt } = await updater.state();
  assert.deepEqual([info.version, error, checkedAt, updatedAt], [200, undefined, now, now]);
  assert.equal(area.data.rules.sections[sha256("brands 2")], "brands 2");
});

test("only what is missing is fetched", async () => {
  await makeUpdater().update();
  assert.deepEqual(
    requests.map(({ url }) => new URL(url).pathname),
    ["/v1/manifest", `/v1/blobs/${sha256("brands 2")}`],
  );
  assert.equal(await makeUpdater().update(), "current");
  assert.equal(requests.length, 3);
});

test("the request says nothing about the person", async () => {
  await makeUpdater().update();
  for (const { url, options } of requests) {
    assert.equal(options.credentials, "omit");
    assert.equal(options.redirect, "error");
    assert.equal(options.referrerPolicy, "no-referrer");
    assert.equal(options.headers, undefined);
    assert.equal(new URL(url).search, "");
  }
});

test("the stored set is put into a detector that starts anew", async () => {
  await makeUpdater().update();
  detector = new FakeDetector();
  const updater = makeUpdater();
  await updater.restore(detector.ask);
  assert.deepEqual([detector.version, detector.source], [200, "signed"]);
});

test("a section of the set before is kept with the next one", async () => {
  await makeUpdater().update();
  serve(publish(300, { brands: "brands 2", links: "links 3" }));
  await makeUpdater().update();
  assert.equal(requests.filter(({ url }) => url.endsWith(sha256("brands 2"))).length, 1);
  detector = new FakeDetector();
  await makeUpdater().restore(detector.ask);
  assert.equal(detector.version, 300);
});

const refusals = {
  "an older manifest": [publish(50, { brands: "brands 0" }), "refused", /older/],
  "a manifest that nobody signed": [publish(300, { brands: "b" }, { signed: false }), "refused", /signature/],
  "an expired manifest": [publish(300, { brands: "b" }, { expires: now - 1 }), "refused", /expired/],
  garbage: [{ manifest: "<html>Welcome to our hotel's WiFi", texts: [] }, "refused", /malformed/],
  "bytes that are no text": [{ manifest: new Uint8Array([0xff, 0xfe, 0x00]), texts: [] }, "garbled", /UTF-8/],
  "an endless manifest": [{ manifest: "x".repeat(70_000), texts: [] }, "too_large", /65536/],
};

for (const [name, [publication, code, detail]] of Object.entries(refusals)) {
  test(`${name} changes nothing and is told`, async () => {
    await makeUpdater().update();
    const before = structuredClone(area.data.rules);
    serve(publication);
    const updater = makeUpdater();
    assert.equal(await updater.update(), "failed");
    assert.equal(detector.version, 200);
    assert.deepEqual(area.data.rules, before);
    const { error } = await updater.state();
    assert.equal(error.code, code);
    assert.match(error.detail, detail);
    assert.equal(changes, 1);
  });
}

test("a blob whose hash is wrong changes nothing", async () => {
  server.set(`/v1/blobs/${sha256("brands 2")}`, "brands X");
  const updater = makeUpdater();
  assert.equal(await updater.update(), "failed");
  assert.deepEqual([detector.version, area.data.rules], [100, undefined]);
  assert.equal((await updater.state()).error.code, "refused");
});

test("a blob longer than the manifest says is not read to its end", async () => {
  let sent = 0;
  const endless = new ReadableStream({ pull: (c) => (sent++, c.enqueue(new Uint8Array(1000))) }, { highWaterMark: 0 });
  server.set(`/v1/blobs/${sha256("brands 2")}`, () => new Response(endless));
  const updater = makeUpdater();
  assert.equal(await updater.update(), "failed");
  assert.equal((await updater.state()).error.code, "too_large");
  assert.ok(sent < 5, `${sent} chunks were read`);
});

test("a manifest that promises too much is refused before anything is fetched", async () => {
  const { manifest } = publish(300, { brands: "b" });
  const huge = JSON.parse(manifest);
  huge.sections[0].size = 1e12;
  server.set("/v1/manifest", JSON.stringify(huge));
  const updater = makeUpdater();
  assert.equal(await updater.update(), "failed");
  assert.equal(requests.length, 1);
  assert.equal((await updater.state()).error.code, "too_large");
});

test("a server that is down, forbids, or has lost a blob", async () => {
  const cases = [
    [() => Promise.reject(new TypeError("Failed to fetch")), "unreachable"],
    [() => new Response("", { status: 500 }), "status"],
  ];
  for (const [answer, code] of cases) {
    server.set("/v1/manifest", answer);
    const updater = makeUpdater();
    assert.equal(await updater.update(), "failed");
    const { error, info } = await updater.state();
    assert.deepEqual([error.code, info.version, error.at], [code, 100, now]);
  }
  serve(publish(200, { brands: "brands 2" }));
  server.delete(`/v1/blobs/${sha256("brands 2")}`);
  assert.equal(await makeUpdater().update(), "failed");
  assert.equal(detector.version, 100);
});

test("a server that never answers is given up", async () => {
  const hang = (_url, { signal }) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  await assert.rejects(fetchText("https://rules.example/", { limit: 10, timeout: 20, cache: "no-store", fetch: hang }), { code: "timeout" });
  const slow = async (_url, { signal }) =>
    new Response(new ReadableStream({ start: (c) => signal.addEventListener("abort", () => c.error(signal.reason)) }));
  await assert.rejects(fetchText("https://rules.example/", { limit: 10, timeout: 20, cache: "no-store", fetch: slow }), { code: "timeout" });
});

test("a version once accepted is the floor, even when the stored set is lost", async () => {
  await makeUpdater().update();
  delete area.data.rules;
  detector = new FakeDetector();
  serve(publish(150, { brands: "brands 1" }));
  const updater = makeUpdater();
  assert.equal(await updater.update(), "failed");
  assert.equal((await updater.state()).error.code, "older");
  assert.equal(detector.version, 100);
});

test("a stored set that has expired since is still used, and said to be old", async () => {
  serve(publish(200, { brands: "brands 2" }, { expires: now + day }));
  await makeUpdater().update();
  detector = new FakeDetector();
  const later = new Updater({
    config: { rulesURL: "https://rules.example", rulesKeys: ["key"] },
    ask: detector.ask,
    store: new RulesStore(area),
    fetch: fetchFrom,
    now: () => now + 2 * day,
  });
  await later.restore(detector.ask);
  assert.equal(detector.version, 200);
  assert.equal((await later.state()).expired, true);
});

test("a stored set that was tampered with is not used, and not thrown away", async () => {
  await makeUpdater().update();
  area.data.rules.sections[sha256("brands 2")] = "brands X";
  detector = new FakeDetector();
  const updater = makeUpdater();
  await assert.rejects(updater.restore(detector.ask));
  const { info, error } = await updater.state();
  assert.deepEqual([info.version, error.code], [100, "stored"]);
});

test("garbage in the store is as nothing", async () => {
  for (const rules of [null, 7, "x", { manifest: 1 }, { manifest: "m", sections: { a: 1 }, acceptedAt: 1 }]) {
    area.data = { rules, rulesStatus: rules };
    await makeUpdater().restore(detector.ask);
    assert.equal((await makeUpdater().state()).info.version, 100);
  }
});

test("killed while it fetches: the old set is there at the next start", async () => {
  await makeUpdater().update();
  serve(publish(300, { brands: "brands 3" }));
  server.set(`/v1/blobs/${sha256("brands 3")}`, () => new Promise(() => {}));
  makeUpdater().update();
  await new Promise((resolve) => setTimeout(resolve, 20));
  detector = new FakeDetector();
  await makeUpdater().restore(detector.ask);
  assert.equal(detector.version, 200);
});

test("rules of one publisher are forgotten when another is trusted, and no sooner", async () => {
  /** @type {Record<string, any>} */
  const data = { rules: { manifest: "m", sections: {}, acceptedAt: 1 }, rulesStatus: { highest: 9, checkedAt: 1, updatedAt: 1 } };
  const store = new RulesStore({
    get: async (keys) => Object.fromEntries([keys].flat().flatMap((key) => (key in data ? [[key, data[key]]] : []))),
    set: async (items) => void Object.assign(data, items),
    remove: async (keys) => [keys].flat().forEach((key) => delete data[key]),
  });
  await store.trust(["b", "a"]);
  await store.trust(["a", "b"]);
  assert.equal((await store.status()).highest, 9);
  await store.trust(["c"]);
  assert.equal(await store.set(), undefined);
  assert.equal((await store.status()).highest, 0);
});

test("a full disk: the new rules are used, and the state says they are not kept", async () => {
  const store = new RulesStore(area);
  const updater = makeUpdater();
  area.full = true;
  assert.equal(await updater.update(), "failed");
  assert.equal(detector.version, 200);
  assert.equal(changes, 1);
  area.full = false;
  await assert.rejects(store.put({ manifest: "", sections: { a: "x".repeat(9_000_001) }, acceptedAt: 0 }, {}), /too many/);
});

test("a detector that cannot start is no reason to lose anything", async () => {
  await makeUpdater().update();
  detector.ask = async () => Promise.reject(new DetectorGone("no memory"));
  const updater = makeUpdater();
  assert.equal(await updater.update(), "failed");
  const state = await updater.state();
  assert.deepEqual([state.info, state.error.code], [undefined, "detector"]);
});

test("two updates at once are one", async () => {
  const updater = makeUpdater();
  await Promise.all([updater.update(), updater.update()]);
  assert.equal(requests.length, 2);
});

test("without a rule server nothing is asked", async () => {
  const updater = makeUpdater({ rulesURL: "" });
  assert.equal(await updater.update(), "current");
  assert.equal(requests.length, 0);
  assert.equal((await updater.state()).server, false);
});

test("a rule server may live in a folder", async () => {
  server.set("/team/v1/manifest", server.get("/v1/manifest"));
  await makeUpdater({ rulesURL: "https://rules.example/team/" }).update();
  assert.equal(requests[0].url, "https://rules.example/team/v1/manifest");
});

test("the alarm is about hourly, drawn by lot, and set once", async () => {
  const made = [];
  const alarms = { get: async () => made[0], create: async (name, info) => made.push({ name, ...info }) };
  await scheduleUpdates(alarms, () => 0.5);
  await scheduleUpdates(alarms, () => 0.9);
  assert.equal(made.length, 1);
  assert.deepEqual([made[0].delayInMinutes, made[0].periodInMinutes], [3, 55]);
  assert.ok(isUpdateAlarm(made[0]) && !isUpdateAlarm({ name: "other" }));
});

test("a redirect to elsewhere is not followed", async () => {
  server.set("/v1/manifest", ({ redirect }) => (redirect === "error" ? Promise.reject(new TypeError("redirected")) : new Response("from elsewhere")));
  const updater = makeUpdater();
  assert.equal(await updater.update(), "failed");
  assert.equal((await updater.state()).error.code, "unreachable");
});

test("a server that drips is given up like one that hangs", async () => {
  const drip = async (_url, { signal }) =>
    new Response(
      new ReadableStream({
        async pull(c) {
          await new Promise((resolve) => setTimeout(resolve, 5));
          signal.aborted ? c.error(signal.reason) : c.enqueue(new Uint8Array(1));
        },
      }),
    );
  await assert.rejects(fetchText("https://rules.example/", { limit: 1e6, timeout: 40, cache: "no-store", fetch: drip }), { code: "timeout" });
});

test("a busy server is left alone for as long as it says, a day at most", async () => {
  let time = now;
  const updater = () =>
    new Updater({
      config: { rulesURL: "https://rules.example", rulesKeys: ["key"] },
      ask: detector.ask,
      store: new RulesStore(area),
      fetch: fetchFrom,
      now: () => time,
    });
  for (const [status, header, wait] of [
    [503, "120", 120],
    [429, "999999999", day],
    [429, "Wed, 21 Oct 2026 07:28:00 GMT", 600],
    [503, undefined, 600],
  ]) {
    area = new Area();
    detector = new FakeDetector();
    requests = [];
    time = now;
    serve(publish(200, { brands: "brands 2" }));
    const manifest = server.get("/v1/manifest");
    server.set("/v1/manifest", () => new Response("", { status, headers: header ? { "retry-after": header } : {} }));
    assert.equal(await updater().update(), "failed");
    assert.equal((await updater().state()).error.code, "busy");
    server.set("/v1/manifest", manifest);
    time = now + wait - 1;
    assert.equal(await updater().update(), "current");
    assert.equal(requests.length, 1, `asked again before ${wait} seconds were over`);
    assert.equal((await updater().state()).error.code, "busy", "it is still said");
    time = now + wait;
    assert.equal(await updater().update(), "updated");
    assert.equal((await updater().state()).error, undefined);
  }
});

test("a set on trial is for those whose lot is below its share", async () => {
  for (const [drawn, share, result] of [
    [0, 1, "updated"],
    [9, 10, "updated"],
    [10, 10, "current"],
    [99, 100, "updated"],
  ]) {
    area = new Area();
    detector = new FakeDetector();
    requests = [];
    lot = drawn;
    serve(publish(200, { brands: "brands 2" }, { rollout: share }));
    assert.equal(await makeUpdater().update(), result, `lot ${drawn}, ${share} %`);
    assert.equal(detector.version, result === "updated" ? 200 : 100);
    if (result === "current") assert.equal(requests.length, 1, "nothing of a set that is not for it is fetched");
  }
});

test("a lot is kept until a set for everybody was taken, and told nobody", async () => {
  lot = 30;
  serve(publish(200, { brands: "brands 2" }, { rollout: 10 }));
  assert.equal(await makeUpdater().update(), "current");
  lot = 5; // would be drawn next
  assert.equal(await makeUpdater().update(), "current");
  serve(publish(201, { brands: "brands 2" }, { rollout: 31 }));
  assert.equal(await makeUpdater().update(), "updated");
  assert.equal(area.data.rulesStatus.lot, 30);
  serve(publish(202, { brands: "brands 2" }));
  assert.equal(await makeUpdater().update(), "updated");
  assert.equal(area.data.rulesStatus.lot, 5);
  assert.ok(!JSON.stringify(await makeUpdater().state()).includes("lot"));
  for (const { url, options } of requests) assert.ok(!/[?&]|30/.test(url.replace(/[0-9a-f]{64}/, "")) && options.body === undefined);
});

test("who has rules that are out of date takes part in every trial", async () => {
  lot = 99;
  detector.expires = now - 1;
  serve(publish(200, { brands: "brands 2" }, { rollout: 1 }));
  assert.equal(await makeUpdater().update(), "updated");
});

const withList = (version, day, extra = {}) =>
  publish(version, { brands: "brands 2", "blocklist-20261109-7": "filter A", "blocklist-20261109-7-exact": "exact A", [`blocklist-${day}-1`]: `filter ${day}`, [`blocklist-${day}-1-exact`]: `exact ${day}` }, extra);

test("the exact parts of the blocklist are fetched and kept, and given when they are needed", async () => {
  serve(withList(200, "20261119"));
  await makeUpdater().update();
  assert.deepEqual(await makeUpdater().recall([sha256("exact A"), sha256("not there")]), { [sha256("exact A")]: "exact A" });
  assert.ok(!JSON.stringify(area.data.rules.sections).includes("exact"), "a start does not read them");
  detector = new FakeDetector();
  await makeUpdater().restore(detector.ask);
  assert.equal(detector.version, 200);
});

test("of a new blocklist only the difference is fetched, and what left it is removed", async () => {
  serve(withList(200, "20261119"));
  await makeUpdater().update();
  requests = [];
  serve(withList(300, "20261120"));
  assert.equal(await makeUpdater().update(), "updated");
  assert.deepEqual(
    requests.map(({ url }) => new URL(url).pathname).slice(1).sort(),
    [`/v1/blobs/${sha256("filter 20261120")}`, `/v1/blobs/${sha256("exact 20261120")}`].sort(),
  );
  assert.deepEqual(
    Object.keys(area.data).filter((key) => key.startsWith("rulesLater:")).sort(),
    [`rulesLater:${sha256("exact A")}`, `rulesLater:${sha256("exact 20261120")}`].sort(),
  );
});

test("an exact part that was lost is fetched again", async () => {
  serve(withList(200, "20261119"));
  await makeUpdater().update();
  await area.remove([`rulesLater:${sha256("exact A")}`, "rulesLater"]);
  requests = [];
  assert.equal(await makeUpdater().update(), "updated");
  assert.deepEqual(await makeUpdater().recall([sha256("exact A")]), { [sha256("exact A")]: "exact A" });
});
