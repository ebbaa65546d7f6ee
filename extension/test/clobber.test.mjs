// A webmail may have a form around all of its page, and then a field of the mail takes
// the place of the form's own methods and properties, in our world too. jsdom does not
// do that by itself, and needs some of them itself.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openPage } from "./page.mjs";

const names = ["append", "before", "getAttributeNames", "getBoundingClientRect", "localName", "prepend", "removeAttribute", "scrollHeight", "setAttribute", "style"];

/** A page that is a form, with a mail whose fields have these names. */
function page() {
  const fields = names.map((name) => `<input name="${name}">`).join("");
  const opened = openPage(`<body><main><form data-id="7"><h2>Your parcel</h2><span title="Bob &lt;bob@example.com&gt;">Bob</span>
    <div id="mail" role="document"><p>A letter that is long enough to be one.</p>${fields}</div></form></main></body>`);
  const form = opened.document.querySelector("form");
  for (const field of form.querySelectorAll("input")) Object.defineProperty(form, field.getAttribute("name"), { value: field });
  return { ...opened, form, mail: opened.document.getElementById("mail") };
}

describe("a form around the page, and fields with the names of its methods", () => {
  test("hide no mail from the fallback", () => {
    const { honmono, document } = page();
    const { readings: [reading], problem } = honmono.fallback.find(document);
    assert.equal(problem, undefined);
    assert.deepEqual([reading.from.address, reading.subject, reading.id], ["bob@example.com", "Your parcel", "7"]);
  });

  test("keep no banner from its place", async () => {
    const { honmono, document, form, window } = page();
    const [reading] = honmono.fallback.find(document).readings;
    const host = document.createElement("div");
    for (const anchor of [{ element: form, place: "prepend" }, { element: form, place: "before" }]) {
      const placed = honmono.placement({ host, fill() {}, fold() {} }, { ...reading, anchor }, { ours: (write) => write(), places: () => [reading.place], hidden() {} });
      assert.equal(host.isConnected, true);
      placed.check();
      placed.remove();
      assert.equal(host.isConnected, false);
    }
    window.close();
  });
});
