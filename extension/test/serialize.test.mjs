// The body as it is written for the detector parses to the tree that it was.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { describe, test } from "node:test";
import { JSDOM } from "jsdom";
import { readMail } from "../e2e/mail.mjs";
import { openPage } from "./page.mjs";

const options = { outer: false, hrefAttributes: [], limit: 1_000_000 };

const parser = new (new JSDOM("").window.DOMParser)();
/** @param {string} html what it is after parsing and writing */
const canonical = (html) => parser.parseFromString(`<!doctype html><body>${html}`, "text/html").body.innerHTML;

const { honmono, document } = openPage("<!doctype html><main></main>");
const main = document.querySelector("main");

/** @param {string} html @param {object} [change] */
async function written(html, change = {}) {
  main.innerHTML = html;
  return { ...(await honmono.serialize(main, { ...options, ...change })), native: main.innerHTML };
}

describe("what is written", () => {
  const folder = new URL("../../testdata/messages/", import.meta.url);
  for (const kind of ["attack", "genuine", "hostile"]) {
    test(`every HTML mail of ${kind} is what innerHTML makes of it`, async () => {
      const files = readdirSync(new URL(`${kind}/`, folder)).filter((name) => name.endsWith(".eml"));
      let seen = 0;
      for (const file of files) {
        const { html } = await readMail(`${kind}/${file}`);
        // jsdom's own innerHTML knows recursion; depth has a test of its own.
        if (!html || html.length > 300_000 || file.includes("-deep")) continue;
        const { text, native } = await written(html);
        assert.equal(canonical(text), canonical(native), file);
        seen++;
      }
      assert.ok(seen > 0);
    });
  }

  test("names, namespaces and texts that are easily spoilt", async () => {
    for (const html of [
      '<p title="a&quot;b&amp;c<d>&nbsp;">x &lt; y &amp; z&nbsp;</p><br><img alt=""><!-- c --><input value="1">',
      "<style>a > b { content: '&' }</style><textarea>&lt;b></textarea>",
      '<svg viewBox="0 0 1 1"><a xlink:href="https://x.example/"><text>t</text></a><style>a&lt;b</style></svg><math><mi>x</mi></math>',
      "<template><a href=https://t.example/>t</a></template><table><tr><td>1</table>",
      '<form><input name="attributes"><input name="firstChild"><input name="parentNode"><a href="/x">x</a></form>',
    ]) {
      const { text, native } = await written(html);
      assert.equal(canonical(text), canonical(native));
    }
  });

  test("nested 10,000 deep", async () => {
    // From the inside out and in no document, or jsdom takes the square of the depth.
    const root = document.createElement("main");
    let tree = document.createTextNode("deep");
    for (let i = 0; i < 10_000; i++) {
      const around = document.createElement("div");
      around.append(tree);
      tree = around;
    }
    root.append(tree);
    const { text, whole } = await honmono.serialize(root, options);
    assert.equal(text, `${"<div>".repeat(10_000)}deep${"</div>".repeat(10_000)}`);
    assert.equal(whole, true);
  });

  test("no longer than the limit, which is said", async () => {
    const { text, whole } = await written(`<p>${"x".repeat(50)}</p><p>${"y".repeat(50)}</p>`, { limit: 60 });
    assert.equal(text.length, 60);
    assert.equal(whole, false);
  });
});

describe("while it is written", () => {
  test("the page has its turn", async () => {
    main.innerHTML = '<a href="https://x.example/">x</a>'.repeat(20_000);
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    const { text } = await honmono.serialize(main, options);
    clearInterval(timer);
    assert.equal(text.length, main.innerHTML.length);
    assert.ok(turns > 3, `${turns} turns`);
  });

  test("a body that is taken apart is no body", async () => {
    main.innerHTML = `<div>${'<a href="https://x.example/">x</a>'.repeat(20_000)}</div>`;
    const writing = honmono.serialize(main, options);
    setTimeout(() => main.firstElementChild.replaceChildren(), 0);
    assert.equal(await writing, undefined);
  });
});

test("links that the webmail rewrote, and marks of ours", async () => {
  await written('<a href="https://wrap.example/" originalsrc="https://x.example/?a=1&amp;b=2" style="color: red">x</a> <a href="https://y.example/">y</a>');
  const before = await honmono.serialize(main, { ...options, hrefAttributes: ["originalsrc"] });
  assert.match(before.text, /href="https:\/\/x\.example\/\?a=1&amp;b=2"/);
  assert.doesNotMatch(before.text, /wrap\.example/);
  await honmono.marks.apply(main, [{ href: "https://x.example/?a=1&b=2", label: "×" }, { href: "https://y.example/", label: "×" }], ["originalsrc"]);
  assert.equal(main.querySelectorAll("a > span").length, 2);
  const after = await honmono.serialize(main, { ...options, hrefAttributes: ["originalsrc"] });
  assert.equal(canonical(after.text), canonical(before.text));
});

test("a mail reads the same to the letter with marks of ours and without, wherever its styles stand", async () => {
  await written('<a style="color: red" href="https://x.example/" title="t">x</a> <a href="https://x.example/" style="top: 0" title="u">y</a> <a href="https://x.example/">z</a>');
  const before = await honmono.serialize(main, options);
  await honmono.marks.apply(main, [{ href: "https://x.example/", label: "×" }], []);
  assert.equal(main.querySelectorAll("a > span").length, 3);
  assert.equal((await honmono.serialize(main, options)).text, before.text);
});
