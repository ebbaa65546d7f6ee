// The popup's parts: what it says of the rules, and the switch for a site.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { buildView } from "../view/view.js";
import { catalogues, readText } from "./files.mjs";
import { openPage } from "./page.mjs";

const { en, ja } = catalogues;
const now = 1_795_000_000;
const info = { version: now - 7200, created: now - 7200, expires: now + 1, source: "signed", brands: 1169, phrases: 1, webmails: 8 };
const state = { info, server: true, expired: false, checkedAt: now - 300, updatedAt: now - 300 };

/** @type {typeof import("../popup/rules.js")} */ let rules;
/** @type {typeof import("../popup/site.js")} */ let site;
/** @type {typeof import("../popup/input.js")} */ let input;
/** @type {typeof import("../popup/picture.js")} */ let picture;
/** @type {typeof import("../popup/messages.js")} */ let messages;
let granted = [];
let own = {};
let policy = {};

before(async () => {
  const page = openPage(readText("extension/popup/popup.html"));
  globalThis.document = page.document;
  globalThis.honmono = page.honmono;
  globalThis.chrome = {
    storage: {
      local: { get: async () => ({ settings: own }), set: async (items) => void (own = items.settings) },
      managed: { get: async () => policy },
    },
    runtime: { getManifest: () => JSON.parse(readText("manifest.json")) },
    permissions: {
      contains: async ({ origins }) => granted.includes(origins[0]),
      request: async ({ origins }) => (granted.push(...origins), true),
      remove: async ({ origins }) => ((granted = granted.filter((o) => !origins.includes(o))), true),
    },
  };
  rules = await import("../popup/rules.js");
  site = await import("../popup/site.js");
  input = await import("../popup/input.js");
  picture = await import("../popup/picture.js");
  messages = await import("../popup/messages.js");
});

describe("the rules in use", () => {
  const lines = (s, catalogue = en) => [...rules.rulesFacts(s, catalogue, now).children].map((line) => line.textContent);

  test("version, source, age and the last look", () => {
    assert.deepEqual(lines(state), [
      `Version ${new Date((now - 7200) * 1000).toISOString().slice(0, 16).replace("T", " ")} (updated online)`,
      "1169 companies and agencies known",
      "Made 2 hours ago",
      "Last checked for updates 5 minutes ago",
    ]);
    assert.match(lines(state, ja).join(), /作成：2 時間前/);
  });

  test("built in, never looked, no server", () => {
    const builtIn = { ...state, info: { ...info, source: "default" }, checkedAt: 0 };
    assert.match(lines(builtIn)[0], /built in/);
    assert.equal(lines(builtIn).at(-1), "Not checked for updates yet");
    assert.equal(lines({ ...builtIn, server: false }).at(-1), "No rule server is set.");
  });

  test("out of date and failed are said aloud, in words for every kind", () => {
    assert.ok(lines({ ...state, expired: true }).includes("These rules are out of date."));
    for (const code of ["unreachable", "timeout", "status", "too_large", "garbled", "refused", "older", "storage", "detector", "stored"]) {
      for (const catalogue of [en, ja]) {
        const text = rules.failureOf({ code, detail: "", at: now }, catalogue.messages);
        assert.ok(text.length > 10 && !/[{}_]/.test(text), `${code}: ${text}`);
      }
    }
    assert.match(lines({ ...state, error: { code: "refused", detail: "rules: expired", at: now } }).at(-1), /the rules in use stay.*rules: expired/);
  });

  test("without a detector it says that", () => {
    assert.equal(lines({ ...state, info: undefined })[0], en.messages.failure_detector);
  });

  test("a clock that runs behind gives no negative ages", () => {
    assert.equal(rules.ago(now + 5000, now, "en"), "this minute");
    assert.equal(rules.ago(now - 3 * 86_400, now, "en"), "3 days ago");
  });
});

/** Waits until something holds, without a clock of its own. */
async function until(holds) {
  for (let i = 0; i < 200; i++) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.fail(`never: ${holds}`);
}

describe("what is asked about", () => {
  test("links, hosts and mail addresses, typed, pasted or dropped", () => {
    const is = (given) => input.addressIn(given);
    assert.deepEqual(is("  https://xn5.cn/a?b=c@d.example "), { url: "https://xn5.cn/a?b=c@d.example", mail: false });
    assert.deepEqual(is("xn5.cn"), { url: "xn5.cn", mail: false });
    assert.deepEqual(is("Amazon <no-reply@xn5.cn>"), { url: "xn5.cn", mail: true });
    assert.deepEqual(is("mailto:a@xn5.cn?subject=x"), { url: "xn5.cn", mail: true });
    assert.deepEqual(is("# a comment\r\nhttps://a.example/\r\nhttps://b.example/"), { url: "https://a.example/", mail: false });
    // User names in front of a host are no mail address: the whole is judged.
    assert.deepEqual(is("https://amazon.co.jp@xn5.cn/"), { url: "https://amazon.co.jp@xn5.cn/", mail: false });
    assert.deepEqual(is(" \n "), { url: "", mail: false });
    const data = (types) => ({ getData: (type) => types[type] ?? "" });
    assert.equal(input.dropped(data({ "text/uri-list": "https://real.example/", "text/plain": "words" })), "https://real.example/");
    assert.equal(input.dropped(data({ "text/plain": "words" })), "words");
  });

  test("the picture: what anybody can put in front, whose it is, what follows", () => {
    const draw = (view, given) => {
      const [figure] = picture.addressPicture(view, given, en.messages);
      return figure && { parts: [...figure.querySelectorAll("dl > div")].map((piece) => [piece.className, piece.querySelector("dt").textContent, piece.querySelector("dd").textContent]), said: figure.querySelector("figcaption").textContent };
    };
    const view = { destination: { before: "www.amazon.co.jp.", domain: "xn5.cn" } };
    const drawn = draw(view, "https://www.amazon.co.jp.xn5.cn/ap/signin?x=1");
    assert.deepEqual(drawn.parts, [["before", "anyone can add this", "www.amazon.co.jp."], ["owner", "the owner", "xn5.cn"], ["after", "the page", "/ap/signin?x=1"]]);
    assert.match(drawn.said, /^xn5\.cn tells you whose it is/);
    // The way led through another host: what follows there says nothing here.
    assert.deepEqual(draw(view, "https://safelinks.example/?url=x").parts.map(([kind]) => kind), ["before", "owner"]);
    assert.match(draw({ destination: { before: "", domain: "bit.ly" }, hidden: "shortener" }, "bit.ly/x").said, /only sends you on/);
    assert.equal(draw({}, "nonsense"), undefined);
  });
});

describe("the open messages", () => {
  const message = (level, key) => ({ key, frameId: 0, pending: false, level, view: buildView({ level, score: 0, findings: [], links: [] }, en) });

  test("the worst first, one open; each says how to tell us that we are wrong", async () => {
    const asked = [];
    globalThis.chrome.runtime.sendMessage = async (request) => (asked.push(request), { ok: {} });
    const nodes = messages.messageNodes({ active: true, level: "danger", messages: [message("ok", "a"), message("danger", "b")] }, 7, en);
    assert.deepEqual(nodes.map((node) => node.className.split(" ")[1]), ["danger", "ok"]);
    assert.equal(nodes[0].querySelector(".rest").hidden, false);
    assert.equal(nodes[1].querySelector(".rest").hidden, true);
    for (const [node, page, key] of [[nodes[0], "false-alarm", "b"], [nodes[1], "missed", "a"]]) {
      node.querySelector(".feedback button").click();
      assert.deepEqual(asked.pop(), { type: "openCase", page, tabId: 7, frameId: 0, key });
    }
    nodes[0].querySelector("button.guide").click();
    assert.deepEqual(asked.pop(), { type: "openCase", page: "guide", tabId: 7, frameId: 0, key: "b" });
  });

  test("where nothing was found, nobody asks why", () => {
    const view = buildView({ level: "ok", score: 1, findings: [{ symbol: "TEXT_DEADLINE", group: "text", weight: 1, evidence: { phrase: "24h" } }], links: [] }, en);
    const node = messages.verdictNode(view);
    assert.equal(node.querySelector(".heading").textContent, en.messages.banner_notes);
    assert.ok(![...node.querySelectorAll(".heading")].some((h) => h.textContent === en.messages.banner_reasons));
  });

  test("none, and none that can be read", () => {
    const text = (state) => messages.messageNodes(state, 1, en).map((node) => node.textContent).join();
    assert.equal(text({ active: false, messages: [] }), en.messages.popup_not_a_webmail);
    assert.equal(text({ active: true, messages: [] }), en.messages.popup_no_message);
    assert.equal(text({ active: true, messages: [{ pending: true, level: "unknown" }] }), en.messages.popup_checking);
  });
});

describe("the switch for a site", () => {
  const show = async (url) => {
    const place = document.createElement("div");
    place.append(...(await site.siteSwitch(url, en)));
    return place;
  };

  test("a known webmail can be kept still, and back; the administrator's word is last", async () => {
    const place = await show("https://mail.google.com/mail/u/0/");
    assert.match(place.textContent, /^mail\.google\.com is supported\./);
    place.querySelector("button").click();
    await until(() => /switched off on mail\.google\.com/.test(place.textContent));
    assert.deepEqual(own.sitesOff, ["mail.google.com"]);
    place.querySelector("button").click();
    await until(() => /is supported/.test(place.textContent));
    assert.deepEqual(own.sitesOff, []);
    policy = { sitesOff: ["mail.google.com"], locked: ["sitesOff"] };
    const locked = await show("https://mail.google.com/");
    assert.match(locked.textContent, /switched off/);
    assert.equal(locked.querySelector("button"), null);
    policy = {};
  });

  test("other pages of the browser have no switch", async () => {
    assert.equal((await show("about:addons")).textContent, en.messages.popup_site_other);
    assert.equal((await show(undefined)).textContent, en.messages.popup_site_other);
  });

  test("where the browser's question is answered with no, that is said and nothing is on", async () => {
    const place = await show("https://webmail.example.org/");
    const { request } = globalThis.chrome.permissions;
    globalThis.chrome.permissions.request = async () => false;
    place.querySelector("button").click();
    await until(() => /Not switched on/.test(place.textContent));
    assert.equal(place.querySelector("button").textContent, "Switch Honmono on for webmail.example.org");
    globalThis.chrome.permissions.request = request;
  });

  test("on, and off again", async () => {
    const place = await show("https://webmail.example.org:8443/rc/?_task=mail");
    assert.equal(place.querySelector("button").textContent, "Switch Honmono on for webmail.example.org");
    place.querySelector("button").click();
    await new Promise(setImmediate);
    assert.deepEqual(granted, ["https://webmail.example.org/*"]);
    assert.match(place.textContent, /Switched on/);
    const again = await show("https://webmail.example.org/");
    again.querySelector("button").click();
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    assert.deepEqual(granted, []);
    assert.match(again.querySelector("button").textContent, /^Switch Honmono on/);
  });
});
