// The privacy policy in the package says what the one in docs says.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./page.mjs";
import { readText } from "./files.mjs";

/** @param {string} text */
const lines = (text) => text.split("\n").map((line) => line.replace(/^(#+|-) /, "").trim()).filter(Boolean);

const [english, japanese] = readText("docs/privacy.md").split(/^(?=# プライバシーポリシー$)/m);

for (const [lang, text] of [["en", english], ["ja", japanese]]) {
  test(`${lang}: the page has the words of docs/privacy.md`, () => {
    const { document } = openPage(readText(`extension/privacy/${lang}.html`));
    const shown = [...document.querySelectorAll("h1, h2, p, li")].map((element) => element.textContent.trim());
    const way = shown.splice(1, 1);
    assert.match(way[0], /日本語|English/);
    assert.deepEqual(shown, lines(text).filter((line) => !line.startsWith("The same words are in the extension")));
    assert.equal(document.documentElement.lang, lang);
  });
}
