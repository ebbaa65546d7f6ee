// The examples of docs/administrators.md are policies that are understood whole,
// and its table knows every setting.

import assert from "node:assert/strict";
import { test } from "node:test";
import { names } from "../settings/fields.js";
import { defaults, Settings } from "../settings/settings.js";
import { readText } from "./files.mjs";

const text = readText("docs/administrators.md");
const examples = [...text.matchAll(/^```json\n(.*?)^```/gms)].map(([, json]) => JSON.parse(json));
const { gecko } = JSON.parse(readText("manifest.json")).browser_specific_settings;

/** @param {any} example @returns {Record<string, unknown> | undefined} what it says to the extension */
function policyOf(example) {
  const chrome = example["3rdparty"]?.extensions;
  return chrome ? Object.values(chrome)[0] : (example.policies?.["3rdparty"]?.Extensions[gecko.id] ?? example.data);
}

test("every example is understood, to the last entry", async () => {
  const policies = examples.map(policyOf).filter((policy) => policy !== undefined);
  assert.equal(policies.length, 4);
  assert.equal(examples.length, 6);
  for (const policy of policies) {
    const settings = new Settings({ local: { get: async () => ({}), set: async () => {} }, managed: { get: async () => policy } });
    const { value, problems } = await settings.state();
    assert.deepEqual(problems, []);
    for (const [name, given] of Object.entries(policy)) {
      if (name === "locked") assert.deepEqual([...value.locked].sort(), [...given].sort());
      else assert.deepEqual(value[name], given, name);
    }
  }
});

test("the extension's own name is right wherever it stands", () => {
  const named = [...text.matchAll(/[\w-]+@honmono[\w.]+\w/g)].map(([name]) => name.replace(/\.json$/, ""));
  assert.ok(named.length > 5);
  for (const name of named) assert.equal(name, gecko.id);
});

test("the table has a line for every setting, with its default", () => {
  const rows = Object.fromEntries([...text.matchAll(/^\| `(\w+)` \| (.*) \| (.*) \| (.*) \|$/gm)].map(([, name, , , standard]) => [name, standard]));
  assert.deepEqual(Object.keys(rows).sort(), [...names, "locked"].sort());
  for (const name of names) {
    const value = defaults[name];
    if (typeof value === "boolean" || (value && typeof value === "string")) assert.equal(rows[name], `\`${value}\``, name);
  }
});
