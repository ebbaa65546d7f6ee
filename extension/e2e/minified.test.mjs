/**
 * The minifier may move declarations. Once it put one in front of what it takes
 * apart, and no page of the package started, while every test of the sources passed.
 */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { Linter } from "eslint";
import { pack } from "./extension.mjs";

const linter = new Linter();

/** @param {string} text @param {"module" | "script"} sourceType @returns {string[]} names used before they are there */
function tooEarly(text, sourceType) {
  return linter.verify(text, {
    languageOptions: { ecmaVersion: "latest", sourceType },
    rules: { "no-use-before-define": ["error", { functions: false, classes: false, variables: false }] },
  }).map(({ message, line, column }) => `${line}:${column} ${message}`);
}

/** @type {import("./extension.mjs").Packed} */
let packed;
before(async () => { packed = await pack(); });
after(() => packed?.remove());

test("the rule sees what went wrong", () => {
  assert.equal(tooEarly("const { a = [], ...b } = c ?? {}, c = 1;", "module").length, 1);
  assert.deepEqual(tooEarly("const c = 1, { a = [], ...b } = c ?? {}; const f = () => later; const later = 1;", "module"), []);
});

test("nothing in the package is used before it is there", async () => {
  const dir = packed.dir("firefox");
  const files = (await readdir(dir, { recursive: true })).filter((file) => file.endsWith(".js") && file !== "wasm_exec.js");
  assert.ok(files.length > 40, `${files.length} scripts`);
  for (const file of files) {
    const found = tooEarly(await readFile(path.join(dir, file), "utf8"), file.startsWith("content/") ? "script" : "module");
    assert.deepEqual(found, [], file);
  }
});
