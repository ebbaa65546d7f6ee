// What is counted: each message once, nothing of it kept, and never without end.

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { limits, Statistics } from "../statistics/statistics.js";
import { Tally } from "../statistics/tally.js";

let data, now, statistics;
beforeEach(() => {
  data = {};
  now = new Date(2026, 10, 22, 9, 30);
  statistics = new Statistics({
    area: {
      get: async (key) => structuredClone(key in data ? { [key]: data[key] } : {}),
      set: async (items) => void Object.assign(data, structuredClone(items)),
      remove: async (key) => void delete data[key],
    },
    now: () => now,
    random: () => "salt",
  });
});

const amazon = { level: "danger", brand: "amazon", findings: [{ symbol: "BRAND_FOREIGN_LINK", group: "claim", weight: 3, evidence: { brand: "amazon", brandName: "Amazon", host: "kzvq.cn" } }] };
const jcb = { level: "caution", brand: "jcb", findings: [{ symbol: "X", group: "claim", weight: 3, evidence: { brand: "jcb", brandName: "JCB", brandNameJa: "ジェーシービー" } }] };
const fine = { level: "ok", findings: [] };
const today = async () => (await statistics.summary()).days.at(-1);

describe("counting", () => {
  test("by answer, by day and by brand", async () => {
    await Promise.all([statistics.count("a", fine), statistics.count("b", amazon), statistics.count("c", jcb), statistics.count("d", amazon)]);
    now = new Date(2026, 10, 23, 0, 5);
    await statistics.count("e", fine);
    const { since, total, days, brands } = await statistics.summary(3);
    assert.equal(since, "2026-11-22");
    assert.deepEqual(total, { checked: 5, caution: 1, danger: 2 });
    assert.deepEqual(days, [
      { day: "2026-11-21", checked: 0, caution: 0, danger: 0 },
      { day: "2026-11-22", checked: 4, caution: 1, danger: 2 },
      { day: "2026-11-23", checked: 1, caution: 0, danger: 0 },
    ]);
    assert.deepEqual(brands, [{ id: "amazon", name: "Amazon", count: 2 }, { id: "jcb", name: "JCB", nameJa: "ジェーシービー", count: 1 }]);
  });

  test("a message opened again is not counted again", async () => {
    for (const _ of [1, 2, 3]) await statistics.count("mail.google.com gmail:1", amazon);
    assert.deepEqual(await today(), { day: "2026-11-22", checked: 1, caution: 0, danger: 1 });
    assert.equal((await statistics.summary()).brands[0].count, 1);
  });

  test("one that was read in pieces counts as the worst it was", async () => {
    await statistics.count("a", fine);
    await statistics.count("a", { ...jcb, level: "caution" });
    await statistics.count("a", amazon);
    await statistics.count("a", fine);
    assert.deepEqual(await today(), { day: "2026-11-22", checked: 1, caution: 0, danger: 1 });
    assert.deepEqual((await statistics.summary()).brands.map(({ count }) => count), [1]);
  });

  test("what could not be checked is not counted", async () => {
    await statistics.count("a", { level: "unknown", findings: [] });
    assert.deepEqual(data, {});
  });

  test("a warning about nobody names nobody", async () => {
    await statistics.count("a", { level: "caution", findings: [{ symbol: "LINK_NUMERIC_HOST", group: "link", weight: 3, evidence: { host: "192.0.2.1" } }] });
    await statistics.count("b", { level: "danger", brand: "__proto__", findings: [{ symbol: "X", group: "claim", weight: 9, evidence: { brand: "__proto__", brandName: "x" } }] });
    const { brands } = await statistics.summary();
    assert.deepEqual(brands.map(({ name }) => name), ["x"]);
    assert.equal({}.name, undefined);
  });
});

test("nothing of a message can be read from what is stored", async () => {
  await statistics.count("mail.google.com gmail:#thread-f:1800000000", amazon);
  const text = JSON.stringify(data);
  for (const part of ["mail.google", "thread", "kzvq", "LINK"]) assert.ok(!text.includes(part), text);
});

test("what is stored has an end", async () => {
  const days = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [new Date(Date.UTC(2024, 0, i + 1)).toISOString().slice(0, 10), [9, 1, 1]]));
  const brands = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`brand-${i}`, { name: "x".repeat(100), count: i + 1 }]));
  data.statistics = { form: 1, since: "2024-01-01", total: [4500, 500, 500], days, brands, salt: "s", seen: Array.from({ length: 3000 }, (_, i) => [`mark${i}`, 0]) };
  await statistics.count("a", { ...amazon, findings: [{ ...amazon.findings[0], evidence: { brand: "brand-299", brandName: "y".repeat(5000) } }], brand: "brand-299" });
  const stored = data.statistics;
  assert.equal(Object.keys(stored.days).length, limits.days);
  assert.equal(Object.keys(stored.brands).length, limits.brands);
  assert.equal(stored.brands["brand-299"].count, 301);
  assert.equal(stored.brands["brand-299"].name.length, limits.name);
  assert.equal(stored.seen.length, limits.seen);
  assert.deepEqual(stored.total, [4501, 500, 501]);
  assert.ok(JSON.stringify(stored).length < 60_000);
});

test("one click forgets everything", async () => {
  await statistics.count("a", amazon);
  await statistics.erase();
  assert.deepEqual(data, {});
  assert.deepEqual(await statistics.summary(1), { since: "", total: { checked: 0, caution: 0, danger: 0 }, days: [{ day: "2026-11-22", checked: 0, caution: 0, danger: 0 }], brands: [] });
  await statistics.count("a", amazon);
  assert.equal((await statistics.summary()).total.checked, 1);
});

test("what is damaged is begun anew, and does not stop the mail", async () => {
  for (const damaged of [null, 7, [], { form: 2 }, { form: 1, since: "", salt: "", total: [1, 2], days: {}, brands: {}, seen: [] }, { form: 1, since: "", salt: "", total: [1, 2, "3"], days: {}, brands: {}, seen: [] }]) {
    data.statistics = damaged;
    await statistics.count("a", amazon);
    assert.equal((await statistics.summary()).total.checked, 1);
  }
});

test("thirty days end today, through a change of clocks and years", async () => {
  now = new Date(2026, 0, 3, 23, 59);
  const { days } = await statistics.summary();
  assert.equal(days.length, 30);
  assert.equal(days[0].day, "2025-12-05");
  assert.equal(days.at(-1).day, "2026-01-03");
  assert.equal(new Set(days.map(({ day }) => day)).size, 30);
});

test("of a page that is still filling the last word counts, and only where it is wanted", async () => {
  const counted = [];
  const waiting = [];
  let wanted = true;
  const tally = new Tally({
    statistics: { count: async (message, { level }) => void counted.push([message, level]) },
    wanted: async () => wanted,
    later: (count) => waiting.push(count),
  });
  const frame = { tabId: 1, frameId: 0, url: "https://mail.example.org:8443/" };
  const mail = { from: { address: "a@b.example" }, subject: "s" };
  tally.note(frame, "page:1", mail, fine);
  tally.note(frame, "page:2", mail, amazon);
  tally.note(frame, "page:3", { ...mail, subject: "another" }, fine);
  for (const count of waiting.splice(0)) await count();
  assert.deepEqual(counted, [["mail.example.org:8443 page:2", "danger"], ["mail.example.org:8443 page:3", "ok"]]);
  wanted = false;
  tally.note(frame, "page:4", mail, fine);
  for (const count of waiting) await count();
  assert.equal(counted.length, 2);
});

// Node runs it as anybody's method, browsers throw "Illegal invocation": then no
// mail had a verdict.
test("the browser's own timer is called as browsers want it", (t) => {
  const timer = globalThis.setTimeout;
  t.after(() => (globalThis.setTimeout = timer));
  let called = 0;
  globalThis.setTimeout = /** @type {any} */ (function (/** @type {unknown} */ ..._) {
    assert.ok(this === undefined || this === globalThis, "Illegal invocation");
    called++;
  });
  const tally = new Tally({ statistics: { count: async () => {} }, wanted: async () => true });
  tally.note({ tabId: 1, frameId: 0, url: "https://mail.example/" }, "k", { from: { address: "a@b.example" }, subject: "s" }, fine);
  assert.equal(called, 1);
});
