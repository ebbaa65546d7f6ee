// Whether a mail's style sheets reach what is around the mail: what does, and what
// newsletters say that does not.

import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import { openPage } from "./page.mjs";

let page;
afterEach(() => page.window.close());

/** @param {string} css @param {string} [more] of the mail @param {string} [around] in the page */
async function reaches(css, more = "", around = "") {
  page = openPage(`<div id="shell"><h2>subject</h2><input><div id="mail"><style>${css}</style><p class="x">words</p>${more}</div></div>${around}`);
  page.document.querySelector("input").focus();
  const mail = page.document.getElementById("mail");
  return page.honmono.reach(mail, () => [mail]);
}

const many = (element, n) => `<${element}></${element}>`.repeat(n);

describe("reaches the page", () => {
  for (const [what, css] of Object.entries({
    "by name": "#shell { opacity: .04 }",
    "an element before or after it": "#shell::before { content: '' ; position: fixed }",
    "in a state that may come": "h2:hover { display: none }",
    "out of a state": "#shell:not(:hover) { opacity: .04 }",
    "out of a state, by a list": "h2:not(.x, :focus) { opacity: .04 }",
    "out of a state that it is in now": "#shell input:not(:focus) { opacity: .04 }",
    "by a namespace, which cannot be asked for": "h|div { opacity: .04 }",
    "a thick line through its text": "body { text-decoration-thickness: 40px }",
    "the shadow of its letters": "body { text-shadow: 0 0 90px red }",
  })) {
    test(what, async () => assert.equal(await reaches(css), true));
  }

  test("one element of the page's among more than are looked at", async () => {
    assert.equal(await reaches("b { opacity: .04 }", many("b", 600), "<b></b>"), true);
  });
});

describe("keeps to the mail", () => {
  for (const [what, css] of Object.entries({
    "by name": ".x { opacity: .04 }",
    "out of a state": "#mail p:not(:hover) { opacity: .04 }",
    "what all newsletters say": "body { margin: 0; padding: 0; font: 14px sans-serif; color: #333; -webkit-text-size-adjust: 100% } img { border: 0; outline: none }",
    "what takes away": "a { text-decoration: none; text-shadow: none } table { border-radius: 4px }",
  })) {
    test(what, async () => assert.equal(await reaches(css), false));
  }

  test("more elements than are looked at, all of them the mail's", async () => {
    assert.equal(await reaches("b { opacity: .04 }", many("b", 600)), false);
  });
});
