// docs/permissions.md says of every permission why it is there. The manifest and
// the page are held together here, and both to the code.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { readText } from "./files.mjs";

const manifest = JSON.parse(readText("manifest.json"));
const page = readText("docs/permissions.md");
const [asked, notAsked] = page.split(/^## What is not asked for$/m);
const rows = asked.split("\n").filter((line) => line.startsWith("| `")).map((line) => line.split("|").map((cell) => cell.trim()));

/** What calls for each permission: an API without which it would be of no use. */
const uses = {
  activeTab: /currentWindow: true/,
  alarms: /\balarms\b/,
  contextMenus: /contextMenus\.create/,
  scripting: /scripting\.(registerContentScripts|executeScript)/,
  storage: /storage\.(local|session)/,
};

const code = readdirSync(new URL("..", import.meta.url), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".js") && !/^(test|e2e|node_modules)\//.test(file))
  .map((file) => readText(`extension/${file}`))
  .join("\n");

/** @param {string} cell */
const names = (cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name);

test("every permission of the manifest is justified, and no other", () => {
  const justified = rows.filter((row) => names(row[1]).length === 1 && /^`[a-zA-Z]+`$/.test(row[1])).flatMap((row) => names(row[1]));
  assert.deepEqual(justified.sort(), [...manifest.permissions].sort());
  for (const [, what, why] of rows) assert.ok(why.length > 40, `${what} is not justified`);
});

test("hosts, frames and the policy for scripts are justified as they are", () => {
  const named = rows.flatMap((row) => names(row[1]));
  for (const host of manifest.optional_host_permissions) assert.ok(named.includes(host), host);
  assert.ok(named.includes("content_scripts") && named.includes("all_frames"));
  const script = manifest.content_security_policy.extension_pages.split(";")[0];
  assert.ok(named.includes(script), script);
  assert.equal(manifest.host_permissions, undefined);
});

test("what is said not to be asked for is not", () => {
  const all = JSON.stringify(manifest);
  const absent = notAsked.split("\n").filter((line) => line.startsWith("- ")).flatMap((line) => names(line.split("–")[0]));
  assert.ok(absent.length > 8, `${absent.length} found`);
  for (const name of absent) assert.ok(!all.includes(`"${name}"`), `${name} is in the manifest`);
  for (const name of ["onMessageExternal", "onConnectExternal", "onUserScriptMessage"]) assert.ok(!code.includes(name), `${name} is listened to`);
});

test("no permission is there that no code needs", () => {
  for (const name of manifest.permissions) {
    const use = uses[/** @type {keyof typeof uses} */ (name)];
    assert.ok(use, `${name}: say here what needs it`);
    assert.match(code, use, name);
  }
});

test("the manifest has no other door", () => {
  const known = [
    "manifest_version", "name", "short_name", "description", "version", "default_locale", "minimum_chrome_version", "browser_specific_settings", "icons", "action",
    "background", "content_scripts", "permissions", "optional_host_permissions", "content_security_policy", "options_ui", "storage", "homepage_url", "author", "incognito",
  ];
  assert.deepEqual(Object.keys(manifest).filter((key) => !known.includes(key)), []);
});
