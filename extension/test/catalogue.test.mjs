// Every symbol of the detector has a sentence in both languages, and every
// sentence fits: same holes, a form without holes, no markup, no "safe".

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { catalogues, readText } from "./files.mjs";

const signals = readText("detector/signals.go");
const symbols = [...signals.matchAll(/^\s+\w+\s+Symbol = "([A-Z_]+)"/gm)].map(([, symbol]) => symbol);

/** @param {string} text */
const holes = (text) => [...text.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name).sort();

/** The evidence a finding may carry, as view.js names it. */
const evidence = new Set(["brand", "host", "domain", "target", "shown", "address", "phrase", "count"]);

test("signals.go is read as it is written", () => {
  assert.ok(symbols.length > 50, `${symbols.length} symbols found`);
  assert.ok(symbols.includes("BRAND_FOREIGN_LINK"));
  assert.ok(symbols.includes("ADVICE_DO_NOT_CLICK"));
  assert.equal((signals.match(/Symbol = "/g) ?? []).length, symbols.length);
});

for (const [lang, { messages }] of Object.entries(catalogues)) {
  test(`${lang}: every symbol has a sentence that can always be said`, () => {
    for (const symbol of symbols) {
      assert.ok(messages[symbol], `${symbol} has no sentence`);
      const needed = holes(messages[symbol]);
      for (const name of needed) assert.ok(evidence.has(name), `${symbol}: no evidence is called {${name}}`);
      if (needed.length > 0) assert.ok(messages[`${symbol}_plain`], `${symbol} has no form without evidence`);
      assert.deepEqual(holes(messages[`${symbol}_plain`] ?? ""), [], `${symbol}_plain has holes`);
    }
  });

  test(`${lang}: no sentence for a symbol that is gone`, () => {
    for (const key of Object.keys(messages)) {
      const symbol = key.replace(/_plain$/, "");
      if (/^[A-Z_]+$/.test(symbol)) assert.ok(symbols.includes(symbol), `${key} is no symbol`);
    }
  });

  test(`${lang}: no markup and nothing that the browser's own i18n would replace`, () => {
    for (const [key, text] of Object.entries(messages)) {
      assert.ok(!/[<>$]|&\w+;/.test(text), `${key}: ${text}`);
      assert.ok(text.trim() === text && text !== "", `${key} has blanks at its ends`);
    }
  });

  test(`${lang}: what was not found is never called safe`, () => {
    for (const key of ["level_ok", "headline_ok", "headline_url_ok", "headline_url_ok_plain", "toolbar_ok"]) {
      // 「安全を保証するものではありません」 denies it, and so may stay.
      const said = messages[key].replaceAll("安全を保証するものではありません", "");
      assert.ok(!/\bsafe\b|安全|安心|本物です/i.test(said), `${key}: ${messages[key]}`);
    }
  });
}

test("both languages have the same keys with the same holes", () => {
  const { en, ja } = catalogues;
  assert.deepEqual(Object.keys(ja.messages), Object.keys(en.messages));
  for (const [key, text] of Object.entries(en.messages)) {
    assert.deepEqual(holes(ja.messages[key]), holes(text), key);
  }
});

test("Japanese is Japanese, English is English", () => {
  const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
  for (const [key, text] of Object.entries(catalogues.ja.messages)) assert.match(text, japanese, key);
  for (const [key, text] of Object.entries(catalogues.en.messages)) assert.doesNotMatch(text, japanese, key);
});

test("keys are what browsers accept, which fold case", () => {
  const raw = readFileSync(new URL("../_locales/en/messages.json", import.meta.url), "utf8");
  const keys = [...raw.matchAll(/^ {2}"([^"]+)"/gm)].map(([, key]) => key);
  assert.equal(new Set(keys.map((key) => key.toLowerCase())).size, keys.length);
  for (const key of keys) assert.match(key, /^[A-Za-z0-9_@]+$/);
});

/** Everything in which a message may be asked for, test files left out. */
const sources = ["extension", "cmd", "worker"].flatMap((folder) =>
  readdirSync(new URL(`../../${folder}`, import.meta.url), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(js|mjs|html|go)$/.test(file) && !/(^|\/)(test|e2e|node_modules|build)\/|_test\.go$|\.test\.mjs$/.test(file))
    .map((file) => readText(`${folder}/${file}`)),
).concat(readText("manifest.json").replaceAll(/__MSG_(\w+?)__/g, "$1")).join("\n");

test("every message that code asks for by name exists", () => {
  const prefixes = [...new Set(Object.keys(catalogues.en.messages).filter((key) => /^[a-z]+_/.test(key)).map((key) => key.split("_")[0]))];
  const asked = new RegExp(`(?:messages|words|m)(?:\\.|\\[")((?:${prefixes.join("|")})_[a-zA-Z0-9_]+)|data-say(?:-[a-z-]+)?="([a-zA-Z0-9_]+)"`, "g");
  const named = [...sources.matchAll(asked)].map(([, a, b]) => a ?? b);
  assert.ok(named.length > 40, `${named.length} found`);
  for (const key of named) assert.ok(catalogues.en.messages[key], key);
});

test("no message is there for nobody", () => {
  // Keys put together in code: what stands before the first hole.
  const made = [...new Set([...sources.matchAll(/[`"]([a-zA-Z]+_(?:[a-z]+_)*)(?:\$\{|" ?\+)/g)].map(([, prefix]) => prefix))];
  assert.ok(made.includes("failure_"));
  const words = new Set(sources.match(/[A-Za-z0-9_]+/g));
  for (const key of Object.keys(catalogues.en.messages)) {
    const stem = key.replace(/_(plain|button|hidden)$/, "");
    const used = words.has(key) || words.has(stem) || symbols.includes(stem) || made.some((prefix) => key.startsWith(prefix));
    assert.ok(used, `${key} is said nowhere`);
  }
});
