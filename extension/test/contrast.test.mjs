// The colours of tokens.css, measured as WCAG 2 does: 4.5:1 for text.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readText } from "./files.mjs";

const css = readText("extension/shared/tokens.css");
const dark = css.slice(css.indexOf("@media"));
const light = css.slice(0, css.indexOf("@media"));

/** @param {string} text */
const tokens = (text) => Object.fromEntries([...text.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]));

/** @param {string} colour */
function luminance(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** @param {string} a @param {string} b */
function contrast(a, b) {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

test("the measure is right", () => {
  assert.equal(Math.round(contrast("#000000", "#ffffff")), 21);
  assert.equal(contrast("#777777", "#ffffff") < 4.5, true);
});

for (const [theme, text] of Object.entries({ light, dark })) {
  test(`${theme}: every text on every ground it stands on`, () => {
    const t = tokens(text);
    assert.equal(Object.keys(t).length, 17);
    for (const level of ["danger", "caution", "ok", "unknown"]) {
      const ground = t[`${level}-ground`];
      for (const [on, ink] of [[ground, t[`${level}-ink`]], [t.paper, t[`${level}-ink`]], [ground, t.ink], [ground, t["ink-soft"]], [ground, t.action]]) {
        assert.ok(contrast(on, ink) >= 4.5, `${level}: ${ink} on ${on} has ${contrast(on, ink).toFixed(2)}`);
      }
    }
    for (const ground of [t.paper, t.page]) {
      for (const ink of [t.ink, t["ink-soft"], t.action, ...["danger", "caution", "ok", "unknown"].map((level) => t[`${level}-ink`])]) {
        assert.ok(contrast(ground, ink) >= 4.5, `${ink} on ${ground}`);
      }
    }
    assert.ok(contrast(t.action, t["on-action"]) >= 4.5, "a filled button");
    assert.ok(contrast(t.mark, t.ink) >= 4.5, "a marked word");
    // The edge of a field is no text: WCAG asks for 3:1.
    for (const ground of [t.paper, t["unknown-ground"]]) assert.ok(contrast(t.edge, ground) >= 3, "a field's edge");
  });
}

test("the badge's white letters and the marks in the page", () => {
  const badges = [...readText("extension/background/toolbar.js").matchAll(/"(#[0-9a-f]{6})"/g)].map(([, colour]) => colour);
  for (const colour of badges.filter((c) => c !== "#ffffff")) assert.ok(contrast(colour, "#ffffff") >= 4.5, colour);
  assert.ok(contrast("#b3261e", "#ffffff") >= 4.5);
});
