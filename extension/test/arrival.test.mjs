// When a body is there to be judged: the page's clock is the test's. What one mail
// leaves under another's header, and the same mail twice.

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { openPage } from "./page.mjs";

let page;
let clock;
/** @type {any} */
let arrival;
beforeEach(() => {
  clock = 1_000_000;
  page = openPage(`<main><div id="body">words <b>of</b> a mail</div><iframe id="frame" src="https://body.example/"></iframe></main>`);
  page.window.Date.now = () => clock;
  ({ arrival } = page.honmono);
});
afterEach(() => page.window.close());

/** @param {string} id @param {object} [head] */
function reading(id, head = {}) {
  const body = page.document.getElementById(id);
  return { body, place: body, id: "", subject: "S", from: { name: "N", address: "n@example.net" }, ...(id === "frame" && { remote: ["body.example"] }), ...head };
}
/** @param {string} id @param {object} [more] */
function message(id, more = {}) {
  return { reading: reading(id), since: clock, changed: clock, stale: true, rested: false, ...more };
}
const untouched = () => false;
const touched = () => true;
const step = (message) => {
  const { act, wait } = arrival.next(message);
  return [act, wait];
};
const later = (ms) => (clock += ms);

describe("a body in the page", () => {
  test("is read early, and read when it has been left alone", () => {
    const open = message("body");
    assert.deepEqual(step(open), ["read early", 300]);
    open.early = open.changed;
    assert.deepEqual(step(open), ["wait", 300]);
    later(300);
    assert.deepEqual(step(open), ["read", undefined]);
  });

  test("that never comes to rest is read all the same; one without words has longer", () => {
    const open = message("body");
    later(1900);
    open.changed = open.early = clock;
    assert.deepEqual(step(open), ["wait", 100]);
    page.document.getElementById("body").textContent = " ";
    assert.deepEqual(step(open), ["wait", 1100]);
    assert.ok(arrival.isMissing(open));
  });

  test("that was judged once is judged again without delay", () => {
    assert.deepEqual(step(message("body", { rested: true })), ["read", undefined]);
  });
});

describe("a body in another frame", () => {
  test("is called until it is offered, and given up", () => {
    const open = message("frame");
    assert.deepEqual(step(open), ["call", 700]);
    later(6001);
    assert.deepEqual(step(open), ["give up", undefined]);
    open.offered = "one";
    assert.deepEqual(step(open), ["join", undefined]);
  });
});

for (const [where, more, ask, early] of /** @type {const} */ ([["body", {}, "read", "read early"], ["frame", { offered: "one", offeredAt: 0 }, "join", "join early"]])) {
  describe(`the next mail's header over an untouched ${where}`, () => {
    const other = { subject: "another" };

    test("waits ten seconds for its own, and is then judged as a part", () => {
      const before = message(where, { ...more, view: { level: "ok" } });
      later(600);
      const left = arrival.leftBy(before, reading(where, other), untouched);
      assert.equal(left.danger, false);
      const open = message(where, { ...more, left });
      assert.ok(arrival.isMissing(open));
      assert.deepEqual(step(open), ["wait", 10_000]);
      later(5000);
      assert.deepEqual(step(open), ["wait", 5000]);
      later(5000);
      assert.deepEqual(step(open), [ask, undefined]);
      assert.ok(arrival.isMissing(open), "called harmless although it may be the other's");
    });

    test("is asked about after two seconds where the other was dangerous, once", () => {
      const before = message(where, { ...more, view: { level: "danger" } });
      later(600);
      const open = message(where, { ...more, left: arrival.leftBy(before, reading(where, other), untouched) });
      assert.deepEqual(step(open), ["wait", 2000], "an honest mail after an attack would be called dangerous");
      later(2000);
      assert.deepEqual(step(open), [early, 8000]);
      open.early = open.since;
      assert.deepEqual(step(open), ["wait", 8000]);
      later(8000);
      assert.deepEqual(step(open), [ask, undefined]);
    });

    test("is told on to the mail after that", () => {
      const before = message(where, { ...more, view: { level: "danger" } });
      later(600);
      const left = arrival.leftBy(before, reading(where, other), untouched);
      const next = message(where, { ...more, reading: reading(where, other), left });
      assert.equal(arrival.leftBy(next, reading(where, { subject: "a third" }), untouched), left);
    });

    test("is asked about at once where it came just before the header, and is its own where no other comes", () => {
      const before = message(where, { ...more, ...(where === "frame" && { offeredAt: clock }) });
      later(400);
      const left = arrival.leftBy(before, reading(where, other), untouched);
      assert.equal(left.fresh, true);
      const open = message(where, { ...more, left });
      assert.deepEqual(step(open), [early, 5000], "called harmless by a body that the mail before may have left");
      open.early = open.since;
      assert.deepEqual(step(open), ["wait", 5000]);
      later(5000);
      assert.deepEqual(step(open), [ask, undefined]);
      assert.ok(!arrival.isMissing(open));
      // Under the header after that it is what this mail left.
      assert.equal(arrival.leftBy({ ...open, ...(where === "frame" && { offeredAt: 0 }) }, reading(where, { subject: "a third" }), untouched).fresh, false);
    });

    test("that came just before the header, and was dangerous before it, waits two seconds", () => {
      const before = message(where, { ...more, view: { level: "danger" }, ...(where === "frame" && { offeredAt: clock }) });
      later(400);
      const open = message(where, { ...more, left: arrival.leftBy(before, reading(where, other), untouched) });
      assert.deepEqual(step(open), ["wait", 2000]);
      later(2000);
      assert.deepEqual(step(open), [early, 3000]);
    });

    test("is no other's where it changed, or another came", () => {
      const before = message(where, more);
      later(1000);
      if (where === "body") assert.equal(arrival.leftBy(before, reading(where, other), touched), undefined);
      const left = arrival.leftBy(before, reading(where, other), untouched);
      const open = message(where, { ...more, left, ...(where === "frame" ? { offered: "two" } : { left: undefined }) });
      assert.ok(!arrival.isMissing(open));
      assert.notEqual(step(open)[0], "wait");
    });

    test("that says the same is judged at once: the same mail came twice", () => {
      const before = message(where, { ...more, reading: reading(where, { id: "1" }), view: { level: "danger" } });
      later(600);
      assert.equal(arrival.leftBy(before, reading(where, { id: "2" }), untouched), undefined);
    });
  });
}
