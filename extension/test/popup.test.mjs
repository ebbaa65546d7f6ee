// The popup's parts: what it says of the rules, and the switch for a site.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { catalogues, readText } from "./files.mjs";
import { openPage } from "./page.mjs";

const { en, ja } = catalogues;
const now = 1_795_000_000;
const info = { version: now - 7200, created: now - 7200, expires: now + 1, source: "signed", brands: 1169, phrases: 1, webmails: 8 };
const state = { info, server: true, expired: false, checkedAt: now - 300, updatedAt: now - 300 };

/** @type {typeof import("../popup/rules.js")} */ let rules;
/** @type {typeof import("../popup/site.js")} */ let site;
let granted = [];

before(async () => {
  const page = openPage(readText("extension/popup/popup.html"));
  globalThis.document = page.document;
  globalThis.honmono = page.honmono;
  globalThis.chrome = {
    runtime: { getManifest: () => JSON.parse(readText("manifest.json")) },
    permissions: {
      contains: async ({ origins }) => granted.includes(origins[0]),
      request: async ({ origins }) => (granted.push(...origins), true),
      remove: async ({ origins }) => ((granted = granted.filter((o) => !origins.includes(o))), true),
    },
  };
  rules = await import("../popup/rules.js");
  site = await import("../popup/site.js");
});

describe("the rules in use", () => {
  const lines = (s, catalogue = en) => [...rules.rulesFacts(s, catalogue, now).children].map((line) => line.textContent);

  test("version, source, age and the last look", () => {
    assert.deepEqual(lines(state), [
      `Version ${new Date((now - 7200) * 1000).toISOString().slice(0, 16).replace("T", " ")} (updated online)`,
      "1169 companies known",
      "Made 2 hours ago",
      "Last looked for news 5 minutes ago",
    ]);
    assert.match(lines(state, ja).join(), /作成：2 時間前/);
  });

  test("built in, never looked, no server", () => {
    const builtIn = { ...state, info: { ...info, source: "default" }, checkedAt: 0 };
    assert.match(lines(builtIn)[0], /built in/);
    assert.equal(lines(builtIn).at(-1), "No look for news yet");
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

describe("the switch for a site", () => {
  const show = async (url) => {
    const place = document.createElement("div");
    place.append(...(await site.siteSwitch(url, en)));
    return place;
  };

  test("known webmails need none, other pages of the browser have none", async () => {
    assert.equal((await show("https://mail.google.com/mail/u/0/")).textContent, "mail.google.com is supported.");
    assert.equal((await show("about:addons")).textContent, en.messages.popup_site_other);
    assert.equal((await show(undefined)).textContent, en.messages.popup_site_other);
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
