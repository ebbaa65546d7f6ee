// The settings: defaults, what may stand in them, and who has the last word.

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { isOff, languageOf, readerFor, rulesConfig } from "../settings/effect.js";
import { webmails } from "../options/webmails.js";
import { names } from "../settings/fields.js";
import { defaults, Settings, SettingsError } from "../settings/settings.js";
import { readText } from "./files.mjs";

const key = "honmono-test+1d32c271+ASwvFBZl6a9Ij1gtnWmbX5NvsPWKUzSgi1i95lL7fPZA";

/** A storage area that can be listened to. */
function area(data = {}) {
  const listeners = [];
  return {
    data,
    get: async (wanted) => structuredClone(wanted === null ? data : wanted in data ? { [wanted]: data[wanted] } : {}),
    set: async (items) => {
      Object.assign(data, structuredClone(items));
      for (const listen of listeners) listen(Object.fromEntries(Object.keys(items).map((name) => [name, {}])));
    },
    onChanged: { addListener: (listen) => listeners.push(listen) },
  };
}

/** @param {string} code @param {string} [name] */
const failing = (code, name) => (error) => error instanceof SettingsError && error.code === code && (!name || error.setting === name);

let local, settings;
beforeEach(() => {
  local = area();
  settings = new Settings({ local, managed: { get: async () => Promise.reject(new Error("no policy")) } });
});

describe("the person's settings", () => {
  test("are the defaults at first, and what was written afterwards", async () => {
    assert.deepEqual(await settings.read(), { ...defaults, locked: [] });
    await settings.write({ language: "ja", sitesOff: ["https://outlook.live.com/mail/0/"] });
    await settings.write({ strictness: "quiet" });
    assert.deepEqual(await settings.read(), { ...defaults, language: "ja", strictness: "quiet", sitesOff: ["outlook.live.com"], locked: [] });
    assert.deepEqual(await settings.own(), { language: "ja", strictness: "quiet", sitesOff: ["outlook.live.com"] });
    await settings.reset();
    assert.deepEqual(await settings.read(), { ...defaults, locked: [] });
  });

  test("changes at the same time do not undo each other", async () => {
    await Promise.all([settings.write({ language: "en" }), settings.write({ statistics: false }), new Settings({ local }).write({ clickWarning: false })]);
    assert.deepEqual(await settings.own(), { language: "en", statistics: false, clickWarning: false });
  });

  test("who listens hears of changes, and of nothing else", async () => {
    let heard = 0;
    settings.onChange(() => heard++);
    await settings.write({ language: "ja" });
    await local.set({ rules: {} });
    assert.equal(heard, 1);
  });

  test("come in one spelling", async () => {
    const cases = [
      ["protectedDomains", [" Mihon.CO.JP ", "@mihon.co.jp", "日本語.jp", "ｍｉｈｏｎ.example", "example.com."], ["mihon.co.jp", "xn--wgv71a119e.jp", "mihon.example", "example.com"]],
      ["trustedSenders", ["Hanako@Example.ORG", "@example.org", "example.org", "news@日本語.jp"], ["hanako@example.org", "example.org", "news@xn--wgv71a119e.jp"]],
      ["sitesOff", ["https://Mail.Example.org:8443/rc/?_task=mail", "mail.example.org", "http://10.0.0.2/"], ["mail.example.org", "10.0.0.2"]],
      ["rulesURL", "https://Rules.Example.org/honmono/", "https://rules.example.org/honmono"],
      ["rulesURL", "http://localhost:8787/", "http://localhost:8787"],
      ["rulesURL", "", ""],
      ["rulesKeys", [key], [key]],
      ["reportAddress", " Security@Example.org", "security@example.org"],
      ["reportAddress", "", ""],
    ];
    for (const [name, given, want] of cases) {
      await settings.write({ [name]: given });
      assert.deepEqual((await settings.read())[name], want, name);
    }
  });

  test("what cannot be is refused by name, and nothing of it kept", async () => {
    const cases = [
      ["protectedDomains", "mihon.co.jp", "type"], ["protectedDomains", ["localhost"], "domain"], ["protectedDomains", ["192.0.2.1"], "domain"],
      ["protectedDomains", ["0x7f.1"], "domain"], ["protectedDomains", ["a b.example"], "domain"], ["protectedDomains", ["https://mihon.co.jp/"], "domain"],
      ["protectedDomains", ["a@mihon.co.jp"], "domain"], ["protectedDomains", ["xn--zz--.example\u0000"], "domain"], ["protectedDomains", [""], "domain"], ["protectedDomains", [7], "type"],
      ["protectedDomains", Array(201).fill("a.example"), "many"], ["protectedDomains", ["a".repeat(600)], "long"],
      ["trustedSenders", ["hanako@"], "sender"], ["trustedSenders", ["a@b@example.org"], "sender"], ["trustedSenders", ["Hanako <h@example.org>"], "sender"], ["trustedSenders", ["*"], "sender"],
      ["sitesOff", ["https://user@mail.example.org/"], "host"], ["sitesOff", ["javascript:alert(1)"], "host"], ["sitesOff", ["ftp://mail.example.org"], "host"], ["sitesOff", [""], "host"],
      ["rulesURL", "http://rules.example.org", "insecure"], ["rulesURL", "file:///etc/passwd", "url"], ["rulesURL", "https://u:p@rules.example.org", "url"], ["rulesURL", "https://rules.example.org/?a", "url"], ["rulesURL", "rules", "url"], ["reportURL", "javascript:alert(1)", "url"],
      ["rulesKeys", ["PRIVATE+KEY+honmono-test+1d32c271+AAAA"], "private"], ["rulesKeys", ["honmono-test"], "key"], ["rulesKeys", [key.slice(0, -1)], "key"], ["rulesKeys", [key.replace("+AS", "+BS")], "key"],
      ["reportAddress", "security", "address"], ["reportAddress", "a@b.example,c@d.example", "address"],
      ["language", "de", "choice"], ["strictness", "", "choice"], ["strictness", null, "type"], ["statistics", "yes", "type"], ["clickWarning", 1, "type"],
      ["locked", ["language"], "unknown"], ["constructor", 1, "unknown"], ["colour", "red", "unknown"],
    ];
    for (const [name, value, code] of cases) {
      await assert.rejects(settings.write({ language: "ja", [name]: value }), failing(code, name), `${name}: ${JSON.stringify(value)?.slice(0, 60)}`);
    }
    assert.deepEqual(await settings.own(), {});
  });

  test("a private key is never repeated in an error", async () => {
    await assert.rejects(settings.write({ rulesKeys: ["PRIVATE+KEY+x+1d32c271+AASECRET"] }), (error) => !error.message.includes("SECRET") && !JSON.stringify(error.problem()).includes("SECRET"));
  });

  test("garbage in the storage costs no more than itself", async () => {
    for (const garbage of [null, 7, "settings", [], { language: "xx", statistics: false }]) {
      local.data.settings = garbage;
      const value = await settings.read();
      assert.equal(value.language, "auto");
      assert.equal(value.statistics, !(garbage?.language === "xx"));
    }
  });
});

describe("the administrator's settings", () => {
  const policy = (given) => new Settings({ local, managed: area(given) });

  test("are defaults until they are locked", async () => {
    await settings.write({ strictness: "quiet", statistics: false });
    const value = await policy({ strictness: "strict", language: "ja", statistics: true, locked: ["statistics", "sitesOff"] }).read();
    assert.equal(value.strictness, "quiet");
    assert.equal(value.language, "ja");
    assert.equal(value.statistics, true);
    assert.deepEqual(value.locked, ["sitesOff", "statistics"]);
  });

  test("lists of both are added up, unless locked", async () => {
    await settings.write({ protectedDomains: ["own.example"], trustedSenders: ["me@own.example"] });
    const given = { protectedDomains: ["company.example"], trustedSenders: ["company.example"] };
    const open = policy(given);
    assert.deepEqual((await open.read()).protectedDomains, ["company.example", "own.example"]);
    await open.write({ protectedDomains: ["company.example", "other.example"] });
    assert.deepEqual((await open.own()).protectedDomains, ["other.example"]);
    assert.deepEqual((await policy({ ...given, locked: ["trustedSenders"] }).read()).trustedSenders, ["company.example"]);
  });

  test("what is locked cannot be written, nor anything with it", async () => {
    const locked = policy({ rulesURL: "https://rules.company.example", locked: ["rulesURL", "rulesKeys"] });
    await assert.rejects(locked.write({ language: "ja", rulesKeys: [] }), failing("locked", "rulesKeys"));
    assert.deepEqual(await locked.own(), {});
    await locked.write({ language: "ja" });
    assert.equal((await locked.read()).language, "ja");
  });

  test("what is not understood is named, and the rest is in force", async () => {
    const { value, problems, isManaged } = await policy({
      protectedDomains: ["company.example", "not a domain"], strictness: "very", colour: "red", locked: ["language", "everything"],
    }).state();
    assert.ok(isManaged);
    assert.deepEqual(value.protectedDomains, ["company.example"]);
    assert.equal(value.strictness, "normal");
    assert.deepEqual(value.locked, ["language"]);
    assert.deepEqual(problems.map(({ code, name }) => `${name} ${code}`).sort(), ["colour unknown", "locked unknown", "protectedDomains domain", "strictness choice"]);
  });

  test("without a policy nothing is managed", async () => {
    for (const managed of [undefined, area({}), { get: async () => Promise.reject(new Error("none")) }]) {
      const state = await new Settings({ local, managed }).state();
      assert.equal(state.isManaged, false);
      assert.deepEqual(state.value.locked, []);
    }
  });
});

describe("what follows from them", () => {
  test("the language", () => {
    assert.equal(languageOf({ language: "auto" }, "ja-JP"), "ja");
    assert.equal(languageOf({ language: "auto" }, "de"), "en");
    assert.equal(languageOf({ language: "en" }, "ja"), "en");
  });

  test("the rule server: a mirror keeps the package's keys, own keys stand alone", () => {
    const packed = { rulesURL: "https://rules.example", rulesKeys: ["packed"] };
    assert.deepEqual(rulesConfig({ rulesURL: "", rulesKeys: [] }, packed), packed);
    assert.deepEqual(rulesConfig({ rulesURL: "https://mirror.example", rulesKeys: [] }, packed), { rulesURL: "https://mirror.example", rulesKeys: ["packed"] });
    assert.deepEqual(rulesConfig({ rulesURL: "https://own.example", rulesKeys: ["own"] }, packed).rulesKeys, ["own"]);
  });

  test("a site that is off, and its neighbour that is not", () => {
    const off = { sitesOff: ["mail.example.org", "www.icloud.com"] };
    assert.ok(isOff(off, ["https://mail.example.org:8443/rc"]));
    assert.ok(isOff(off, ["https://a.mail.example.org/"]));
    assert.ok(isOff(off, ["about:blank", "https://mail.example.org/"]));
    assert.ok(isOff(off, ["https://www-mail.icloud-sandbox.com/applications/mail2-message/"]));
    for (const url of ["https://example.org/", "https://webmail.example.org/", "https://mail.example.org.evil.example/", "nonsense", undefined]) assert.ok(!isOff(off, [url]));
  });

  test("a domain that cannot be protected does not stop the others", async () => {
    let asked = 0;
    const reader = readerFor(async (method, { domains }) => (asked++, domains.map((d) => (d === "co.jp" ? "" : d))));
    const value = { ...defaults, protectedDomains: ["co.jp", "company.example"], locked: [] };
    assert.deepEqual(await reader(value), { protect: ["company.example"], strictness: "normal" });
    assert.deepEqual(await reader({ ...value, strictness: "strict" }), { protect: ["company.example"], strictness: "strict" });
    assert.equal(asked, 1);
    assert.deepEqual(await reader({ ...value, protectedDomains: [] }), { protect: [], strictness: "normal" });
  });
});

test("the options page has a tick for every webmail of the manifest", () => {
  const named = webmails.flatMap(([, , hosts]) => hosts);
  for (const pattern of JSON.parse(readText("manifest.json")).content_scripts[0].matches) {
    const name = new URL(pattern.replace("*.", "")).hostname;
    assert.ok(isOff({ sitesOff: named }, [`https://${name}/`]), `${name} cannot be switched off by a tick`);
  }
});

test("the schema for administrators knows every setting, its kind and its choices", async () => {
  const { properties } = JSON.parse(readText("extension/managed-schema.json"));
  assert.deepEqual(Object.keys(properties).sort(), [...names, "locked"].sort());
  assert.deepEqual(properties.locked.items.enum, names);
  for (const name of names) {
    const { type, items, enum: choices, title, description } = properties[name];
    const kind = Array.isArray(defaults[name]) ? "array" : typeof defaults[name];
    assert.equal(type, kind, name);
    if (kind === "array") assert.deepEqual(items, { type: "string" });
    for (const choice of choices ?? []) await settings.write({ [name]: choice });
    assert.ok(title && description, name);
  }
  assert.equal(JSON.parse(readText("manifest.json")).storage.managed_schema, "managed-schema.json");
});

test("every setting has a default that may be written", async () => {
  assert.deepEqual(names.slice().sort(), Object.keys(defaults).sort());
  await new Settings({ local }).write(structuredClone(defaults));
});
