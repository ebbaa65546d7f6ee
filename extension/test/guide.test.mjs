// The guide: the right steps in the right order, and every place and word there.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { places, placesIn, regionFor, regions } from "../guide/places.js";
import { forgetProgress, readProgress, writeProgress } from "../guide/progress.js";
import { stages, steps, stepsFor } from "../guide/steps.js";
import { catalogues, readText } from "./files.mjs";

const ids = (...happened) => stepsFor(happened).map(({ id }) => id);

describe("steps", () => {
  test("only opened: no alarm, and nothing about cards and police", () => {
    assert.deepEqual(ids("opened"), ["close", "watch", "national", "brand"]);
    assert.deepEqual(ids(), []);
  });

  test("password: at the official site first, then wherever it was reused, then the orders", () => {
    const list = ids("password");
    for (const [earlier, later] of [["close", "password"], ["password", "reused"], ["reused", "orders"], ["orders", "police"]]) {
      assert.ok(list.includes(earlier) && list.indexOf(earlier) < list.indexOf(later), `${earlier} before ${later}`);
    }
    assert.ok(!list.includes("card"));
  });

  test("what stops the harm comes before who is to be told, whatever happened", () => {
    const list = ids(...stages);
    assert.equal(list[0], "offline");
    assert.ok(list.indexOf("card") < list.indexOf("police"));
    assert.ok(list.indexOf("bank") < list.indexOf("police"));
    assert.equal(new Set(list).size, list.length, "each once");
    assert.equal(list.length, steps.length, "none that never comes");
  });
});

describe("places", () => {
  test("every country has police or its like, and somebody who takes reports", () => {
    const used = steps.flatMap((step) => step.places ?? []);
    assert.deepEqual([...used].sort(), Object.keys(places).sort());
    for (const region of regions) assert.ok(placesIn(region, used).length > 0, region);
    assert.deepEqual(placesIn("jp", used).map(({ id }) => id), ["jp_ipa", "jp_police", "jp_consumer", "jp_antiphishing", "jp_dekyo"]);
  });

  test("numbers and addresses are written as they are used, and named in the README", () => {
    const readme = readText("extension/guide/README.md");
    for (const [id, { tel, url, mail }] of Object.entries(places)) {
      assert.ok(tel || url || mail, id);
      if (url) assert.match(url, /^https:\/\/[a-z0-9.-]+\//, id);
      if (mail) assert.match(mail, /^[a-z]+@[a-z0-9.-]+$/, id);
      if (tel) assert.match(tel, /^[#\d][\d -]*$/, id);
      assert.ok(readme.includes(id), `${id} has no source`);
      for (const fact of [tel, mail]) if (fact) assert.ok(readme.includes(fact), `${fact} has no source`);
    }
    assert.equal(places.jp_consumer.tel, "188");
    assert.equal(places.jp_police.tel, "#9110");
  });

  test("the country is that of the person's language", () => {
    assert.equal(regionFor("ja", ["ja", "en-US"]), "jp");
    assert.equal(regionFor("en", ["en-GB", "en"]), "uk");
    assert.equal(regionFor("en", ["en", "en-AU"]), "au");
    assert.equal(regionFor("en", ["fr-CA"]), "other");
    assert.equal(regionFor("en", ["de", "ja"]), "jp");
    assert.equal(regionFor("en", ["en-GBX"]), "other");
  });
});

test("every step, stage, country and place has words in both languages", () => {
  for (const { lang, messages } of Object.values(catalogues)) {
    const wanted = [
      ...stages.map((stage) => `guide_stage_${stage}`),
      ...regions.map((region) => `guide_region_${region}`),
      ...Object.keys(places).flatMap((id) => [`place_${id}`, `place_${id}_what`]),
      ...steps.flatMap(({ id }) => [`guide_step_${id}`, `guide_step_${id}_how`]),
    ];
    for (const key of wanted) assert.ok(messages[key], `${lang}: ${key}`);
    // No word for a step or a place that is gone.
    const known = new RegExp(`^(guide_step_(${steps.map(({ id }) => id).join("|")})(_how)?(_(${regions.join("|")}|amazon|plain))?|place_(${Object.keys(places).join("|")})(_what)?)$`);
    for (const key of Object.keys(messages)) if (/^(guide_step|place)_/.test(key)) assert.match(key, known);
  }
});

test("what was ticked is kept, and garbage in its place is nothing", async () => {
  const content = {};
  const area = { get: async (key) => ({ [key]: content[key] }), set: async (items) => Object.assign(content, items), remove: async (key) => delete content[key] };
  assert.deepEqual(await readProgress(area), { happened: [], done: [], region: "" });
  await writeProgress(area, { happened: ["card"], done: ["close"], region: "uk" });
  assert.deepEqual(await readProgress(area), { happened: ["card"], done: ["close"], region: "uk" });
  content.guide = { happened: "card", done: [1, "close"] };
  assert.deepEqual(await readProgress(area), { happened: [], done: ["close"], region: "" });
  await forgetProgress(area);
  assert.deepEqual(Object.keys(content), []);
});
