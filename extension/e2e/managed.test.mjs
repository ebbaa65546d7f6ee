/**
 * An administrator's policy in both browsers, put where administrators put it: a
 * policy file for Chromium, policies.json and a managed storage manifest for
 * Firefox. What is given is in force, and what is locked cannot be changed.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, realpathSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { accessible, fits, inThemes } from "./axe.mjs";
import { findBrowser, launch } from "./browser.mjs";
import { pack } from "./extension.mjs";
import { openOwn, ready, says, stored, textOf } from "./pages.mjs";
import { skipped, withoutBrowser } from "./suite.mjs";

const id = "extension@honmono.github.io";
const key = "honmono-test+1d32c271+ASwvFBZl6a9Ij1gtnWmbX5NvsPWKUzSgi1i95lL7fPZA";

/** What docs/administrators.md shows, with one mistake in it. */
const policy = {
  language: "en",
  strictness: "strict",
  protectedDomains: ["mihon-kaisha.co.jp", "co.jp"],
  trustedSenders: ["newsletter@mihon-kaisha.co.jp"],
  rulesURL: "https://rules.mihon-kaisha.co.jp",
  rulesKeys: [key, "no key"],
  reportAddress: "security@mihon-kaisha.co.jp",
  locked: ["language", "strictness", "protectedDomains", "rulesURL", "rulesKeys", "reportAddress"],
};

/** @type {import("./extension.mjs").Packed} */
let packed;
before(async () => { packed = await pack(); });
after(() => packed?.remove());

/**
 * What a person sees on the options page, and what they cannot do.
 *
 * @param {import("./browser.mjs").Launched} launched
 */
async function isInForce(launched) {
  const page = await openOwn(launched, "options/options.html");
  // Chromium reads its policies some seconds after its start.
  await says(page, "#managed", /set by your organisation.*mistakes.*“no key” is not a public key.*“co\.jp” is an ending/i);
  await ready(page);
  const controls = await page.evaluate(() => Object.fromEntries(["language", "rulesURL", "rulesKeys", "reportAddress", "reportURL", "protected-new", "trusted-new"].map((name) => {
    const { value, disabled } = /** @type {HTMLInputElement} */ (document.getElementById(name));
    return [name, { value, disabled }];
  })));
  assert.deepEqual(controls, {
    language: { value: "en", disabled: true },
    rulesURL: { value: policy.rulesURL, disabled: true },
    rulesKeys: { value: key, disabled: true },
    reportAddress: { value: policy.reportAddress, disabled: true },
    reportURL: { value: "", disabled: false },
    "protected-new": { value: "", disabled: true },
    "trusted-new": { value: "", disabled: false },
  });
  assert.match(await textOf(page, "[data-setting=language]"), /Set by your organisation’s administrator\./);
  assert.match(await textOf(page, "#trusted .entries"), /newsletter@mihon-kaisha\.co\.jp ?from your organisation$/);

  // Past the page, by its own program: locked is locked.
  const refused = await page.evaluate(async () => {
    const { Settings } = await import(/** @type {any} */ ("../settings/settings.js"));
    const settings = new Settings((globalThis.browser ?? globalThis.chrome).storage);
    return settings.write({ strictness: "quiet", clickWarning: false }).then(() => "written", (/** @type {any} */ error) => `${error.code} ${error.setting}`);
  });
  assert.equal(refused, "locked strictness");
  assert.equal(await stored(page), undefined);

  // The detector protects what the administrator named, and is not stopped by the
  // name that cannot be protected.
  const { verdict } = await page.evaluate(async () => (await (globalThis.browser ?? globalThis.chrome).runtime.sendMessage({ type: "checkURL", url: "https://rnihon-kaisha.co.jp/" })).ok);
  assert.ok(verdict.findings.some((/** @type {Finding} */ f) => f.evidence?.target === "mihon-kaisha.co.jp"), JSON.stringify(verdict));
  return page;
}

const chromiumPolicies = "/etc/chromium/policies/managed";

/** @returns {string | undefined} why no policy can be written for Chromium */
function withoutPolicies() {
  for (let dir = chromiumPolicies; ; dir = path.dirname(dir)) {
    if (!existsSync(dir)) continue;
    try {
      accessSync(dir, constants.W_OK);
      return undefined;
    } catch {
      return `${chromiumPolicies} cannot be written: run as an administrator`;
    }
  }
}

/**
 * The id Chromium gives an unpacked extension: its path, hashed, in the letters a–p.
 *
 * @param {string} dir
 */
function unpackedId(dir) {
  const hash = createHash("sha256").update(realpathSync(dir)).digest("hex").slice(0, 32);
  return hash.replace(/./g, (digit) => String.fromCharCode(97 + parseInt(digit, 16)));
}

describe("Chromium with a policy", { skip: withoutBrowser("chromium") || skipped(withoutPolicies()) }, () => {
  const file = path.join(chromiumPolicies, `honmono-test-${process.pid}.json`);
  /** @type {import("./browser.mjs").Launched} */
  let launched;
  before(async () => {
    await mkdir(chromiumPolicies, { recursive: true });
    await writeFile(file, JSON.stringify({ "3rdparty": { extensions: { [unpackedId(packed.dir("chromium"))]: policy } } }));
    launched = await launch("chromium", { extension: packed.dir("chromium"), lang: "ja" });
  });
  after(async () => {
    await launched?.close();
    await rm(file, { force: true });
  });

  test("what is given is in force, what is locked is said and kept", async () => {
    const page = await isInForce(launched);
    await accessible(page, "options, managed");
    await fits(page, "options, managed", { shots: "options/managed-en", at: [320, 1280] });
  });

  test("in Japanese, with the longest names that there can be", async () => {
    await launched.close();
    const long = `${"verylongname".repeat(5)}abc.${"w".repeat(63)}.example.co.jp`;
    const given = { ...policy, language: "ja", protectedDomains: [long, "co.jp"], trustedSenders: [`newsletter@${long}`], rulesURL: `https://${long}`, locked: [...policy.locked, "trustedSenders", "sitesOff", "statistics", "clickWarning", "reportURL"] };
    await writeFile(file, JSON.stringify({ "3rdparty": { extensions: { [unpackedId(packed.dir("chromium"))]: given } } }));
    launched = await launch("chromium", { extension: packed.dir("chromium"), lang: "ja" });
    const page = await openOwn(launched, "options/options.html");
    await says(page, "#managed", /一部の設定は所属先の管理者が決めており、ここでは変更できません。.*「no key」.*「co\.jp」/);
    await ready(page);
    const locked = await page.evaluate(() => [...document.querySelectorAll("[data-setting]")].map((place) => {
      const controls = [...place.querySelectorAll("input, select, textarea, button")];
      return { name: place.getAttribute("data-setting"), said: /所属先の管理者が固定しています。/.test(place.textContent ?? ""), disabled: controls.every((control) => control.matches(":disabled")) };
    }));
    assert.deepEqual(locked.map(({ name }) => name).sort(), [...given.locked].sort());
    assert.deepEqual(locked.filter(({ said, disabled }) => !said || !disabled), []);
    await inThemes(page, (theme) => accessible(page, `options, managed ja ${theme}`));
    await fits(page, "options, managed ja", { shots: "options/managed-ja", at: [320, 1280] });
  });
});

/**
 * A Firefox with a policies.json of its own, in the folder where administrators
 * put it: the installed one, linked into another folder, so that no other Firefox
 * of this machine reads the policy.
 *
 * @param {string} dir
 * @param {object} policies
 * @returns {Promise<string>} its executable
 */
async function firefoxWith(dir, policies) {
  const program = realpathSync(/** @type {string} */ (findBrowser("firefox")));
  const from = path.dirname(program);
  await mkdir(path.join(dir, "distribution"), { recursive: true });
  for (const name of await readdir(from)) {
    // Firefox looks beside its program, links followed.
    if (name === path.basename(program)) await copyFile(program, path.join(dir, name));
    else if (name !== "distribution") await symlink(path.join(from, name), path.join(dir, name));
  }
  await writeFile(path.join(dir, "distribution/policies.json"), JSON.stringify(policies));
  return path.join(dir, path.basename(program));
}

for (const [name, place] of /** @type {const} */ ([["policies.json", "policies"], ["a managed storage manifest", "manifest"]])) {
  describe(`Firefox with ${name}`, { skip: withoutBrowser("firefox") }, () => {
    /** @type {import("./browser.mjs").Launched} */
    let launched;
    let home = "";
    before(async () => {
      home = await mkdtemp(path.join(os.tmpdir(), "honmono-home-"));
      if (place === "manifest") {
        const dir = path.join(home, ".mozilla/managed-storage");
        await mkdir(dir, { recursive: true });
        await writeFile(path.join(dir, `${id}.json`), JSON.stringify({ name: id, description: "Honmono", type: "storage", data: policy }));
      }
      launched = await launch("firefox", {
        extension: packed.dir("firefox"), lang: "ja", env: { HOME: home },
        ...(place === "policies" ? { executable: await firefoxWith(path.join(home, "firefox"), { policies: { "3rdparty": { Extensions: { [id]: policy } } } }) } : {}),
      });
    });
    after(async () => {
      await launched?.close();
      await rm(home, { recursive: true, force: true });
    });

    test("what is given is in force, what is locked is said and kept", async () => {
      await isInForce(launched);
    });
  });
}
