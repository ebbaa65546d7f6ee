// What goes to the stores: texts within their limits, screenshots of their size,
// every permission explained.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { catalogues, readText } from "./files.mjs";

/** Characters. Chrome: name 75, summary 132, description 16,000; Firefox: name 50, summary 250, description 15,000; reasons 1,000. */
const limits = { Name: 50, "Summary for Chrome": 132, "Summary for Firefox": 250, Description: 15_000, "Single purpose": 1_000 };

/** @param {string} text @returns {Record<string, string>} */
const parts = (text) => Object.fromEntries(text.split(/^## /m).slice(1).map((part) => {
  const [title, ...lines] = part.split("\n");
  return [title.trim(), lines.join("\n").trim()];
}));

const manifest = JSON.parse(readText("manifest.json"));

for (const lang of /** @type {const} */ (["en", "ja"])) {
  describe(`store texts in ${lang}`, () => {
    const texts = parts(readText(`docs/store/${lang}.md`));
    const { messages } = catalogues[lang];

    test("fit", () => {
      for (const [title, limit] of Object.entries(limits)) {
        assert.ok(texts[title], `${title} is missing`);
        assert.ok([...texts[title]].length <= limit, `${title} has ${[...texts[title]].length} characters of ${limit}`);
      }
    });

    test("are those of the manifest", () => {
      assert.equal(texts.Name, messages.extensionName);
      assert.equal(texts["Summary for Chrome"], messages.extensionDescription);
    });

    test("have screenshots of the size that both stores take", () => {
      for (const name of ["1-danger", "2-first-page", "3-settings", "4-help"]) {
        const png = readFileSync(new URL(`../../docs/store/${name}-${lang}.png`, import.meta.url));
        assert.equal(png.toString("latin1", 1, 4), "PNG");
        assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [1280, 800], name);
      }
    });
  });
}

test("every permission has its reason, for the store and in docs/permissions.md", () => {
  const texts = parts(readText("docs/store/en.md"));
  const explained = readText("docs/permissions.md");
  for (const permission of [...manifest.permissions, "host permissions", "content scripts"]) {
    const why = texts[`Why: ${permission}`];
    assert.ok(why && why.length <= 1_000, `${permission}: no reason, or a long one`);
  }
  for (const permission of manifest.permissions) assert.ok(explained.includes(`\`${permission}\``), `${permission} is not in docs/permissions.md`);
});
