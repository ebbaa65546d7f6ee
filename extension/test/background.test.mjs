// The background's parts: who may ask, what is remembered, how it is loaded.

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { adaptersFor } from "../background/adapters.js";
import { Detector, DetectorError, DetectorGone } from "../background/detector.js";
import { portKeeper } from "../background/ports.js";
import { Relay } from "../background/relay.js";
import { Reader } from "../background/reader.js";
import { router } from "../background/router.js";
import { maxHTML, pageRequest, popupRequest } from "../background/shapes.js";
import { isAllowed, isFixed, patternFor, syncSites } from "../background/sites.js";
import { levelOf, Tabs } from "../background/tabs.js";
import { showLevel } from "../background/toolbar.js";
import { defaults } from "../settings/settings.js";
import { catalogues, readText } from "./files.mjs";

describe("router", () => {
  const self = { id: "me", origin: "chrome-extension://me/" };
  const page = { id: "me", url: "https://mail.google.com/mail/u/0/", tab: { id: 5 }, frameId: 0 };
  const popup = { id: "me", url: "chrome-extension://me/popup/popup.html?tab=5", tab: { id: 9 }, frameId: 0 };
  /** @param {any} message @param {any} sender */
  const send = (message, sender, handlers = {}) =>
    new Promise((resolve) => {
      const listen = router(self, { page: async () => "page", popup: async () => "popup", ...handlers });
      if (!listen(message, sender, resolve)) resolve("ignored");
    });

  test("content scripts and own pages are answered, each what is theirs", async () => {
    assert.deepEqual(await send({ type: "hello" }, page), { ok: "page" });
    assert.deepEqual(await send({ type: "state", tabId: 5 }, popup), { ok: "popup" });
    assert.equal((await send({ type: "state", tabId: 5 }, page)).error.reason, "invalid");
    assert.equal((await send({ type: "hello" }, popup)).error.reason, "invalid");
  });

  test("everybody else is ignored", async () => {
    assert.equal(await send({ type: "hello" }, { ...page, id: "other" }), "ignored");
    assert.equal(await send({ type: "hello" }, { id: "me", url: "https://x.example/" }), "ignored");
    assert.equal(await send({ type: "state", tabId: 5 }, { ...page, url: "https://x.example/chrome-extension://me/" }).then((a) => a.error.reason), "invalid");
  });

  test("what has not its shape is refused", async () => {
    const message = { from: { name: "n", address: "a@b.example" }, subject: "s", html: "<p>" };
    const good = { type: "check", key: "k", message };
    assert.deepEqual(pageRequest(structuredClone(good)).message.from, message.from);
    const bad = [
      undefined, null, 0, "hello", [], {}, { type: "constructor" }, { type: "check" },
      { ...good, key: 1 }, { ...good, key: "k".repeat(301) },
      { ...good, message: { ...message, from: undefined } },
      { ...good, message: { ...message, from: { name: {} } } },
      { ...good, message: { ...message, html: "x".repeat(maxHTML + 1) } },
      { ...good, message: { ...message, attachments: "a" } },
      { ...good, message: { ...message, attachments: Array(201).fill("a") } },
      { ...good, message: { ...message, folder: "trash" } },
      { ...good, message: { ...message, partial: "yes" } },
      { type: "showing", keys: [1] }, { type: "failed", key: "k", reason: "because" },
    ];
    for (const value of bad) assert.throws(() => pageRequest(value), undefined, JSON.stringify(value)?.slice(0, 80));
    for (const value of [{ type: "state", tabId: "5" }, { type: "checkURL", url: "x".repeat(20_001) }, { type: "hello" }]) {
      assert.throws(() => popupRequest(value));
    }
    assert.equal((await send(bad[5], page)).error.reason, "invalid");
  });

  test("only known fields get through", () => {
    const { message } = pageRequest({ type: "check", key: "k", message: { from: { address: "a@b", evil: 1 }, protect: ["x"], mailbox: null } });
    assert.deepEqual(Object.keys(message).sort(), ["auth", "from"]);
    assert.deepEqual(message.from, { address: "a@b" });
  });

  test("a failure is told by its kind", async () => {
    const failing = (error) => send({ type: "hello" }, page, { page: () => Promise.reject(error) });
    assert.equal((await failing(new DetectorError("no"))).error.reason, "unreadable");
    assert.equal((await failing(new DetectorGone("dead"))).error.reason, "detector");
  });
});

describe("detector", () => {
  /** A program that answers by a script. */
  const program = (answer, memory = 0) => {
    let end = () => {};
    const ended = new Promise((resolve) => (end = resolve));
    return { call: answer, ended, memory: () => memory, end };
  };

  test("is loaded once, for questions that come together", async () => {
    let starts = 0;
    const detector = new Detector({ start: async () => (starts++, program(() => '{"ok":1}')) });
    assert.deepEqual(await Promise.all([detector.ask("rulesInfo", {}), detector.ask("webmails", {}), detector.warm({})]), [1, 1, undefined]);
    assert.equal(starts, 1);
  });

  test("is prepared before the first answer, and again after each start", async () => {
    const log = [];
    const programs = [];
    const detector = new Detector({
      start: async () => (programs.push(program((method) => (log.push(method), '{"ok":1}'))), programs.at(-1)),
      prepare: async (ask) => void (await ask("loadRules", {})),
    });
    await detector.ask("check", {});
    programs[0].end();
    await new Promise(setImmediate);
    await detector.ask("check", {});
    assert.deepEqual(log, ["loadRules", "check", "loadRules", "check"]);
  });

  test("is warmed up for its reader, behind whoever asked already, and never fails at it", async () => {
    const log = [];
    let answer = '{"ok":{}}';
    const detector = new Detector({ start: async () => program((method, request) => (log.push(`${method} ${request}`), answer)) });
    await Promise.all([detector.warm({ protect: ["own.example"] }), detector.ask("webmails", {})]);
    assert.deepEqual(log, ["webmails {}", 'prepare {"protect":["own.example"]}']);
    answer = '{"error":"no domain"}';
    await detector.warm({});
    await new Detector({ start: async () => Promise.reject(new Error("no memory")) }).warm({});
  });

  test("a dead program is replaced and the question asked again", async () => {
    let starts = 0;
    const dead = program(() => {
      throw new Error("Go program has already exited");
    });
    const detector = new Detector({ start: async () => (starts++ === 0 ? dead : program(() => '{"ok":"alive"}')) });
    assert.equal(await detector.ask("check", {}), "alive");
  });

  test("a question that kills every program is given up", async () => {
    let starts = 0;
    const detector = new Detector({ start: async () => (starts++, program(() => { throw new Error("exited"); })) });
    await assert.rejects(detector.ask("check", {}), DetectorGone);
    assert.equal(starts, 2);
  });

  test("rules that kill the program do not keep it from starting", async () => {
    const detector = new Detector({
      start: async () => program((method) => {
        if (method === "loadRules") throw new Error("exited");
        return '{"ok":"default rules"}';
      }),
      prepare: async (ask) => void (await ask("loadRules", {})),
    });
    assert.equal(await detector.ask("check", {}), "default rules");
  });

  test("preparation that fails leaves the built-in rules", async () => {
    const detector = new Detector({ start: async () => program(() => '{"ok":1}'), prepare: () => Promise.reject(new Error("stored rules")) });
    assert.equal(await detector.ask("check", {}), 1);
  });

  test("a start that failed is tried again at the next question", async () => {
    let starts = 0;
    const detector = new Detector({ start: async () => { if (starts++ === 0) throw new Error("no wasm"); return program(() => '{"ok":1}'); } });
    await assert.rejects(detector.ask("check", {}), DetectorGone);
    assert.equal(await detector.ask("check", {}), 1);
  });

  test("a program grown fat is let go after its answer", async () => {
    let starts = 0;
    const detector = new Detector({ start: async () => (starts++, program(() => '{"ok":1}', 300 << 20)) });
    await detector.ask("check", {});
    await detector.ask("check", {});
    assert.equal(starts, 2);
  });

  test("a verdict that needs a part on disk gets it, and is asked again", async () => {
    const asked = [];
    let loaded = false;
    const program = {
      ended: new Promise(() => {}),
      memory: () => 0,
      call(method, request) {
        asked.push(method);
        if (method === "loadBlocklist") loaded = JSON.parse(request).sections.abc === "text";
        return JSON.stringify({ ok: method === "check" ? { level: loaded ? "danger" : "ok", ...(!loaded && { needs: ["abc"] }) } : {} });
      },
    };
    const whole = new Detector({ start: async () => program, recall: async (hashes) => Object.fromEntries(hashes.map((hash) => [hash, "text"])) });
    assert.deepEqual(await whole.ask("check", {}), { level: "danger" });
    assert.deepEqual(asked, ["check", "loadBlocklist", "check"]);

    for (const recall of [undefined, async () => ({}), async () => Promise.reject(new Error("disk"))]) {
      loaded = false;
      const verdict = await new Detector({ start: async () => program, recall }).ask("check", {});
      assert.deepEqual([verdict.level, verdict.partial], ["ok", true], "what could not be looked up is said");
    }
  });

  test("its no is its no, and nonsense is no answer", async () => {
    const answers = ['{"error":"rules: expired"}', "nonsense"];
    const detector = new Detector({ start: async () => program(() => answers.shift() ?? "nonsense") });
    await assert.rejects(detector.ask("check", {}), (e) => e instanceof DetectorError && e.message === "rules: expired");
    await assert.rejects(detector.ask("check", {}), DetectorGone);
  });
});

describe("tabs", () => {
  let data, shown, dead, tabs;
  beforeEach(() => {
    data = {};
    shown = [];
    dead = new Set();
    tabs = new Tabs({
      area: {
        get: async (key) => structuredClone(key === null ? data : key in data ? { [key]: data[key] } : {}),
        set: async (items) => void Object.assign(data, structuredClone(items)),
        remove: async (keys) => void [keys].flat().forEach((key) => delete data[key]),
      },
      show: async (tabId, level) => void shown.push(`${tabId}:${level}`),
      alive: async (_tab, frame) => !dead.has(frame),
    });
  });
  const view = (level) => ({ level });

  test("from idle through checking to the worst message", async () => {
    await tabs.enter(1, 0);
    await tabs.note(1, 0, "a", { pending: true });
    await tabs.note(1, 0, "a", { view: view("ok") });
    await tabs.note(1, 0, "b", { view: view("danger") });
    await tabs.showing(1, 0, ["a"]);
    await tabs.showing(1, 0, []);
    assert.deepEqual(shown, ["1:idle", "1:checking", "1:ok", "1:danger", "1:ok", "1:idle"]);
  });

  test("a check under way is not outshone by an ok, and danger is not hidden by it", () => {
    const state = (level, pending = false) => ({ key: level, frameId: 0, pending, level });
    assert.equal(levelOf([state("ok"), state("unknown", true)]), "checking");
    assert.equal(levelOf([state("danger"), state("unknown", true)]), "danger");
    assert.equal(levelOf([state("ok"), state("unknown")]), "unknown");
    assert.equal(levelOf([state("ok"), state("caution")]), "caution");
    assert.equal(levelOf([]), "idle");
  });

  test("frames of a tab count together; one that left does not", async () => {
    await tabs.enter(1, 0);
    await tabs.enter(1, 7);
    await tabs.note(1, 7, "a", { view: view("danger") });
    assert.equal((await tabs.read(1)).level, "danger");
    await tabs.leave(1, 7);
    assert.equal((await tabs.read(1)).level, "idle");
    await tabs.leave(1, 0);
    assert.deepEqual(await tabs.read(1), { level: "idle", active: false, messages: [] });
    assert.deepEqual(data, {});
  });

  test("a frame that went away unseen is noticed", async () => {
    await tabs.enter(1, 3);
    await tabs.note(1, 3, "a", { view: view("danger") });
    dead.add(3);
    await tabs.enter(1, 0);
    assert.equal((await tabs.read(1)).level, "idle");
  });

  test("old tabs are forgotten, and verdicts kept small", async () => {
    for (let id = 1; id <= 45; id++) await tabs.enter(id, 0);
    assert.ok((await tabs.known()).length <= 40);
    const link = { href: "x".repeat(2000), host: "", registrableDomain: "", level: "ok" };
    await tabs.note(50, 0, "a", { view: view("ok"), verdict: { level: "ok", score: 0, findings: Array(500).fill({}), links: Array(5000).fill(link) } });
    assert.ok(JSON.stringify(data["tab:50"]).length < 100_000);
  });
});

describe("ports", () => {
  /** @param {any} sender */
  const makePort = (sender) => {
    let ended = () => {};
    return { sender, cut: false, disconnect() { this.cut = true; }, onDisconnect: { addListener: (f) => (ended = f) }, end: () => ended() };
  };
  const gmail = { id: "me", url: "https://mail.google.com/", tab: { id: 1 }, frameId: 0 };

  test("the end of a port is the end of its page", () => {
    const left = [];
    const keep = portKeeper("me", { left: (tab, frame) => left.push([tab, frame]) });
    const port = makePort(gmail);
    keep(port);
    port.end();
    assert.deepEqual(left, [[1, 0]]);
  });

  test("an opened port is told of, as the browser says who opened it", () => {
    const opened = [];
    portKeeper("me", { opened: (frame) => opened.push(frame), left() {} })(makePort({ ...gmail, url: "https://mail.google.com/mail/" }));
    assert.deepEqual(opened.map(({ tabId, frameId, url }) => [tabId, frameId, url]), [[1, 0, "https://mail.google.com/mail/"]]);
  });

  test("an end that is told late does not hit the next page", () => {
    const left = [];
    const keep = portKeeper("me", { left: (tab, frame) => left.push([tab, frame]) });
    const [old, next] = [makePort(gmail), makePort(gmail)];
    keep(old);
    keep(next);
    old.end();
    assert.deepEqual(left, []);
    next.end();
    assert.deepEqual(left, [[1, 0]]);
  });

  test("nobody else is connected", () => {
    const keep = portKeeper("me", { opened: () => assert.fail("opened"), left: () => assert.fail("left") });
    for (const sender of [undefined, { ...gmail, id: "other" }, { id: "me", url: "x" }]) {
      const port = makePort(sender);
      keep(port);
      assert.ok(port.cut);
    }
  });
});

describe("reader", () => {
  const frame = { tabId: 1, frameId: 0, url: "https://mail.google.com/mail/" };
  const notes = [];
  const counted = [];
  const tabs = { enter: async () => {}, note: async (_t, _f, key, news) => void notes.push([key, "view" in news ? news.view.level : "pending"]), showing: async () => {} };
  let warmed = 0;
  const make = (ask) => new Reader({ ask, tabs, warm: async () => void warmed++, catalogue: async () => catalogues.en, css: async () => "css", relay: new Relay({ sendMessage: async () => undefined }), settings: async () => ({ ...defaults, sitesOff: ["outlook.live.com"], locked: [] }), allowed: async (url) => !url.startsWith("https://taken-back.example/"), reader: async () => ({ protect: ["own.example"], strictness: "strict" }), own: async () => ({ trustedSenders: ["me@fine.example"] }), tally: { note: (_frame, key, _message, { level }) => void counted.push([key, level]) } });

  test("the toolbar waits while a message is checked, and says when it could not be", async () => {
    notes.length = 0;
    const reader = make(async () => ({ level: "ok", score: 0, findings: [], links: [] }));
    const { view } = await reader.answer({ type: "check", key: "k", message: { from: {} } }, frame);
    assert.equal(view.level, "ok");
    const broken = make(async () => Promise.reject(new DetectorGone("dead")));
    await assert.rejects(broken.answer({ type: "check", key: "k", message: { from: {} } }, frame));
    await broken.answer({ type: "failed", key: "page", reason: "unreadable" }, frame);
    assert.deepEqual(counted, [["k", "ok"]], "what could not be checked is not counted");
    assert.deepEqual(notes, [["k", "pending"], ["k", "ok"], ["k", "pending"], ["k", "unknown"], ["page", "unknown"]]);
  });

  test("asked early, only danger is an answer; the toolbar goes on saying that it checks", async () => {
    notes.length = counted.length = 0;
    let level = "ok";
    const reader = make(async () => ({ level, score: 0, findings: [], links: [] }));
    const early = { type: "check", key: "k", message: { from: {} }, early: true };
    for (level of ["ok", "caution", "unknown"]) assert.deepEqual(await reader.answer(early, frame), {}, level);
    assert.deepEqual([notes.map(([, what]) => what), counted], [["pending", "pending", "pending"], []]);
    level = "danger";
    assert.equal((await reader.answer(early, frame)).view.level, "danger");
    assert.deepEqual([notes.at(-1), counted], [["k", "danger"], [["k", "danger"]]]);
    notes.length = 0;
    await assert.rejects(make(async () => Promise.reject(new DetectorGone("dead"))).answer(early, frame));
    assert.deepEqual(notes, [["k", "pending"]]);
  });

  test("an open port warms the detector up, but not on a site that is switched off", async () => {
    const reader = make(async () => assert.fail("nothing is to be asked there"));
    for (const [url, times] of [["https://outlook.live.com/mail/0/", 0], ["https://mail.google.com/mail/", 1]]) {
      warmed = 0;
      await reader.opened({ ...frame, url });
      assert.equal(warmed, times, url);
    }
    warmed = 0;
    await reader.answer({ type: "showing", keys: [] }, frame);
    assert.equal(warmed, 0);
    await reader.answer({ type: "showing", keys: ["k"] }, frame);
    assert.equal(warmed, 1);
  });

  test("a site that is switched off gets nothing, and is told so", async () => {
    const reader = make(async () => assert.fail("nothing is to be asked there"));
    const off = { adapters: [], css: "", rules: 0, clickWarning: true, words: { checking: "", unchecked: "" }, off: true };
    assert.deepEqual(await reader.answer({ type: "hello" }, { ...frame, url: "https://outlook.live.com/mail/0/" }), off);
    assert.deepEqual(await reader.answer({ type: "hello" }, { ...frame, tabURL: "https://outlook.live.com/mail/0/" }), off);
    assert.deepEqual(await reader.answer({ type: "hello" }, { ...frame, url: "https://taken-back.example/inbox" }), off);
  });

  test("the detector is told what the person protects, and how strict to be", async () => {
    /** @type {any[]} */
    const asked = [];
    const reader = make(async (method, request) => (asked.push([method, request]), { level: "ok", score: 0, findings: [], links: [] }));
    const message = { from: {} };
    await reader.answer({ type: "check", key: "k", message }, frame);
    assert.deepEqual(asked, [["check", { message, protect: ["own.example"], strictness: "strict" }]]);
  });

  test("a page gets the adapters of its host and those that look for themselves", async () => {
    const webmails = [{ id: "roundcube", detect: ["#rc"] }, { id: "gmail", hosts: ["mail.google.com"] }, { id: "yahoo", hosts: ["mail.yahoo.co.jp"] }];
    const reader = make(async (method) => (method === "webmails" ? webmails : { version: 7 }));
    const hello = await reader.answer({ type: "hello" }, frame);
    assert.deepEqual(hello, { adapters: [webmails[1], webmails[0]], css: "css", rules: 7, clickWarning: true, words: { checking: catalogues.en.messages.click_checking, unchecked: catalogues.en.messages.click_unchecked }, off: false });
    const ids = (url) => adaptersFor(webmails, url).map(({ id }) => id);
    assert.deepEqual(ids("https://jp1.mail.yahoo.co.jp/neo"), ["yahoo", "roundcube"]);
    assert.deepEqual(ids("https://notmail.google.com/"), ["roundcube"]);
    assert.deepEqual(ids("https://mail.google.com.evil.example/"), ["roundcube"]);
  });
});

describe("sites", () => {
  test("a page may be read while its site is the manifest's or granted", async () => {
    const granted = ["https://webmail.example.org/*"];
    const api = {
      runtime: { getManifest: () => ({ content_scripts: [{ js: [], matches: ["https://mail.google.com/*"] }] }), getURL: () => "chrome-extension://x/" },
      permissions: { contains: async ({ origins }) => origins.every((origin) => granted.includes(origin)) },
    };
    assert.equal(await isAllowed(api, "https://mail.google.com/mail/u/0/"), true);
    assert.equal(await isAllowed(api, "https://webmail.example.org:8443/inbox"), true);
    granted.length = 0;
    assert.equal(await isAllowed(api, "https://webmail.example.org:8443/inbox"), false);
    assert.equal(await isAllowed(api, "https://mail.google.com/mail/u/0/"), true);
  });

  test("patterns are for hosts, whatever the port", () => {
    assert.equal(patternFor("https://mail.example.org:8443/roundcube/?_task=mail"), "https://mail.example.org/*");
    assert.equal(patternFor("http://[::1]:9000/"), "http://[::1]/*");
    for (const url of ["about:blank", "chrome://settings/", "file:///etc/passwd", "nonsense", ""]) assert.equal(patternFor(url), undefined);
  });

  test("what the manifest names is known", () => {
    const { matches } = JSON.parse(readText("manifest.json")).content_scripts[0];
    assert.ok(isFixed("https://mail.google.com/mail/u/0/#inbox", matches));
    assert.ok(isFixed("https://jp1.mail.yahoo.co.jp/", matches));
    assert.ok(!isFixed("http://mail.google.com/", matches));
    assert.ok(!isFixed("https://mail.google.com.evil.example/", matches));
    assert.ok(!isFixed("https://notmail.yahoo.co.jp.example/", matches));
  });

  test("scripts run where the person said, nowhere else", async () => {
    let scripts = [];
    const api = (origins) => ({
      permissions: { getAll: async () => ({ origins }) },
      runtime: { getURL: (path) => `moz-extension://me/${path}`, getManifest: () => ({ content_scripts: [{ js: ["content/a.js", "moz-extension://me/content/b.js"], matches: ["https://mail.google.com/*"] }] }) },
      scripting: {
        getRegisteredContentScripts: async () => scripts,
        registerContentScripts: async (s) => void (scripts = s),
        updateContentScripts: async (s) => void (scripts = s),
        unregisterContentScripts: async () => void (scripts = []),
      },
    });
    await syncSites(api(["https://mail.google.com/*", "https://rc.example/*", "https://*/*", "<all_urls>"]));
    assert.deepEqual(scripts[0].matches, ["https://rc.example/*"]);
    assert.deepEqual(scripts[0].js, ["content/a.js", "content/b.js"]);
    await syncSites(api(["https://rc.example/*", "http://10.0.0.2/*"]));
    assert.deepEqual(scripts[0].matches, ["https://rc.example/*", "http://10.0.0.2/*"]);
    await syncSites(api(["https://mail.google.com/*"]));
    assert.deepEqual(scripts, []);
  });
});

describe("toolbar", () => {
  test("every level has its own shape, word and badge", async () => {
    const seen = [];
    for (const level of ["idle", "checking", "ok", "caution", "danger", "unknown"]) {
      const face = {};
      const action = {
        setIcon: async ({ path }) => void (face.icon = path[16]),
        setBadgeText: async ({ text }) => void (face.badge = text),
        setBadgeBackgroundColor: async () => {},
        setBadgeTextColor: async () => Promise.reject(new Error("No tab with id: 1")),
        setTitle: async ({ title }) => void (face.title = title),
      };
      await showLevel(action, catalogues.ja, 1, level);
      assert.ok(readText(`extension${face.icon.replace("-16.png", ".svg")}`).startsWith("<svg"));
      seen.push(face);
    }
    assert.deepEqual(seen.map(({ badge }) => badge), ["", "…", "〇", "△", "×", "?"]);
    assert.equal(new Set(seen.map(({ title }) => title)).size, 6);
  });
});
