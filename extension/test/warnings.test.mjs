// Links that are stopped: what is asked, what is kept, and who may know.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Malformed, pageRequest, popupRequest } from "../background/shapes.js";
import { Tabs } from "../background/tabs.js";
import { Warnings } from "../background/warnings.js";
import { catalogues } from "./files.mjs";

/** A storage area, in memory. */
function memory() {
  const held = new Map();
  return {
    held,
    get: async (key) => (key === null ? Object.fromEntries(held) : held.has(key) ? { [key]: held.get(key) } : {}),
    set: async (items) => void Object.entries(items).forEach(([k, v]) => held.set(k, structuredClone(v))),
    remove: async (keys) => void [keys].flat().forEach((k) => held.delete(k)),
  };
}

const link = (level) => ({ href: "https://bad.example/a", host: "bad.example", registrableDomain: "bad.example", level, symbols: [] });
const frame = { tabId: 1, frameId: 0, url: "https://mail.google.com/mail/" };
const request = { type: "follow", key: "k", href: "https://bad.example/a", url: "https://bad.example/a", text: "here", way: "tab", why: "marked" };

function make({ level = "danger", alone = "ok", wanted = true, inMail = "danger", pending = false, marks = [] } = {}) {
  const opened = [];
  const area = memory();
  const state = { key: "k", frameId: 0, pending, level, verdict: { level, score: 9, findings: [], links: [link(inMail)] }, view: { level, title: "t", marks } };
  const warnings = new Warnings({
    area,
    ask: async () => (alone === "dead" ? Promise.reject(new Error("dead")) : { level: alone, score: 0, findings: [], links: [link(alone)] }),
    tabs: { message: async (_t, _f, key) => (key.startsWith("k") ? state : undefined) },
    menus: { open: (...all) => opened.push(["menu", ...all]), close() {} },
    catalogue: async () => catalogues.en,
    open: async (way, tabId, url) => void opened.push([way, tabId, url]),
    pageURL: "ext://warning",
    wanted: async () => wanted,
  });
  return { warnings, opened, area };
}
const idOf = ([, , url]) => url.split("#")[1];

describe("a stopped link", () => {
  test("opens a page that is called by a random number alone", async () => {
    const { warnings, opened } = make();
    assert.deepEqual(await warnings.follow(request, frame), { opened: "warning" });
    assert.match(opened[0][2], /^ext:\/\/warning#[0-9a-f-]{36}$/);
    const view = await warnings.view(idOf(opened[0]));
    assert.equal(view.host.domain, "bad.example");
    assert.equal(await warnings.view("made-up"), undefined);
  });

  test("opened anyway, is remembered for the message and the host, and for no other", async () => {
    const { warnings, opened } = make();
    await warnings.follow(request, frame);
    assert.equal(await warnings.openAnyway(idOf(opened[0])), request.url);
    assert.deepEqual(await warnings.follow(request, frame), { opened: "link" });
    assert.deepEqual(opened.at(-1), ["tab", 1, request.url]);
    assert.deepEqual(await warnings.follow({ ...request, key: "k2" }, frame), { opened: "warning" });
    assert.deepEqual(await warnings.follow(request, { ...frame, url: "https://other.example/" }), { opened: "warning" });
  });

  test("that changed gets no benefit of the doubt in a dangerous mail, and is judged in others", async () => {
    const changed = { ...request, why: "changed", href: "https://new.example/", url: "https://new.example/" };
    assert.deepEqual(await make().warnings.follow(changed, frame), { opened: "warning" });
    assert.deepEqual(await make({ level: "ok" }).warnings.follow(changed, frame), { opened: "link" });
    assert.deepEqual(await make({ level: "ok", alone: "danger" }).warnings.follow(changed, frame), { opened: "warning" });
    assert.deepEqual(await make({ level: "ok", alone: "dead" }).warnings.follow(changed, frame), { opened: "warning" });
  });

  test("that is no web address is never opened", async () => {
    const { warnings, opened } = make();
    await warnings.follow({ ...request, url: "javascript:alert(1)" }, frame);
    assert.equal((await warnings.view(idOf(opened[0]))).openable, false);
    assert.equal(await warnings.openAnyway(idOf(opened[0])), undefined);
  });

  test("of a mail that could not be judged says so, unless there is a verdict by now", async () => {
    const unchecked = { ...request, why: "unchecked" };
    for (const alone of ["ok", "dead"]) {
      const { warnings, opened } = make({ alone });
      assert.deepEqual(await warnings.follow({ ...unchecked, key: "none" }, frame), { opened: "warning" });
      const view = await warnings.view(idOf(opened[0]));
      assert.deepEqual([view.why, view.level, view.host.before + view.host.domain, view.openable], ["unchecked", "unknown", "bad.example", true], alone);
    }
    const late = make();
    await late.warnings.follow(unchecked, frame);
    assert.equal((await late.warnings.view(idOf(late.opened[0]))).why, "marked");
    const fine = make({ level: "ok", inMail: "ok" });
    assert.deepEqual(await fine.warnings.follow(unchecked, frame), { opened: "link" });
    assert.deepEqual(await make({ level: "ok", inMail: "ok", pending: true }).warnings.follow(unchecked, frame), { opened: "warning" });
    assert.deepEqual(await make({ level: "ok", inMail: "ok" }).warnings.follow({ ...unchecked, href: "https://never.read/" }, frame), { opened: "warning" });
  });

  test("of a message that is not known, opened anyway, is not remembered", async () => {
    const { warnings, opened } = make();
    const nameless = { ...request, key: "", why: "unchecked" };
    await warnings.follow(nameless, frame);
    assert.equal(await warnings.openAnyway(idOf(opened[0])), request.url);
    assert.deepEqual(await warnings.follow(nameless, frame), { opened: "warning" });
  });

  test("that was cleared is opened for the page, and on nobody's word but the verdict's", async () => {
    const cleared = { ...request, why: "cleared", way: "behind" };
    const { warnings, opened } = make({ level: "ok", inMail: "ok" });
    assert.deepEqual(await warnings.follow(cleared, frame), { opened: "link" });
    assert.deepEqual(opened, [["behind", 1, request.url]]);
    assert.deepEqual(await make({ marks: [{ href: request.href, label: "" }] }).warnings.follow(cleared, frame), { opened: "warning" });
    assert.deepEqual(await make().warnings.follow({ ...cleared, key: "none" }, frame), { opened: "warning" });
  });

  test("where nothing is to be stopped, is opened", async () => {
    const { warnings, opened } = make({ wanted: false });
    assert.deepEqual(await warnings.follow({ ...request, why: "unchecked" }, frame), { opened: "link" });
    assert.deepEqual(opened, [["tab", 1, request.url]]);
  });

  test("a hundred are not all kept", async () => {
    const { warnings, area } = make();
    for (let i = 0; i < 100; i++) await warnings.follow(request, frame);
    assert.ok(area.held.size <= 30);
  });
});

test("requests about links are refused where they have not their shape", () => {
  assert.deepEqual(pageRequest({ ...request, extra: 1 }), request);
  for (const bad of [{ ...request, way: "up" }, { ...request, why: "so" }, { ...request, url: 1 }, { ...request, url: "x".repeat(20_001) }, { ...request, text: "x".repeat(2_001) }, { type: "hidden", key: "k" }, { type: "warning", id: "x" }, { type: "openAnyway", id: "x" }]) {
    assert.throws(() => pageRequest(bad), Malformed);
  }
  assert.throws(() => popupRequest({ type: "openAnyway", id: "x".repeat(65) }), Malformed);
  assert.throws(() => popupRequest(request), Malformed);
});

describe("answers out of order", () => {
  const view = (level) => ({ level });
  const start = () => new Tabs({ area: memory(), show: async () => {}, alive: async () => true });

  test("an older answer does not take a newer one's place", async () => {
    const tabs = start();
    await tabs.note(1, 0, "k", { pending: true, asked: "1" });
    await tabs.note(1, 0, "k", { pending: true, asked: "2" });
    await tabs.note(1, 0, "k", { view: view("danger"), asked: "2" });
    await tabs.note(1, 0, "k", { view: view("ok"), asked: "1" });
    assert.equal((await tabs.message(1, 0, "k")).level, "danger");
  });

  test("while a message waits to be asked about, nothing is called harmless", async () => {
    const tabs = start();
    await tabs.note(1, 0, "k", { view: view("ok") });
    await tabs.showing(1, 0, ["k"], true);
    assert.equal((await tabs.read(1)).level, "checking");
    await tabs.showing(1, 0, ["k"], false);
    assert.equal((await tabs.read(1)).level, "ok");
    await tabs.note(1, 0, "k", { view: view("danger") });
    await tabs.showing(1, 0, ["k"], true);
    assert.equal((await tabs.read(1)).level, "danger");
  });

  test("the answer about a message that was left brings it not back", async () => {
    const tabs = start();
    await tabs.note(1, 0, "k", { pending: true, asked: "1" });
    await tabs.showing(1, 0, []);
    await tabs.note(1, 0, "k", { view: view("danger"), asked: "1" });
    assert.equal(await tabs.message(1, 0, "k"), undefined);
  });
});
