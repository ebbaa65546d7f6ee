// A body in a frame of another origin: who may speak for whom.

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { bodyFrameFor, FrameGone, Relay } from "../background/relay.js";
import { Clock } from "./clock.mjs";
import { openPage } from "./page.mjs";

const webmails = /** @type {any[]} */ ([
  { id: "cloud", hosts: ["www.cloud.example"], frameHosts: ["body.sandbox.example"], body: [".mail"] },
  { id: "other", hosts: ["mail.other.example"], frameHosts: ["frames.other.example"], body: ["body"] },
  { id: "plain", hosts: ["plain.example"], body: ["body"] },
]);
const page = { tabId: 1, frameId: 4, url: "https://www.cloud.example/mail/" };
const inner = { tabId: 1, frameId: 7, url: "https://body.sandbox.example/message/" };

describe("the background", () => {
  let sent;
  let relay;
  beforeEach(() => {
    sent = [];
    relay = new Relay({
      sendMessage: async (tabId, notice, options) => {
        sent.push([tabId, notice, options]);
        return notice.type === "body" ? { html: `from frame ${options.frameId}`, partial: false, number: 1 } : undefined;
      },
    });
  });

  test("fetches the body from the very frame that showed the token", async () => {
    relay.join("t", "b", inner, webmails);
    assert.deepEqual(sent, [[1, { type: "joined", token: "t", body: "b" }, undefined]]);
    assert.deepEqual(await relay.body("t", page, webmails), { html: "from frame 7", partial: false, number: 1 });
    relay.mark("t", "k", 1, { level: "danger", marks: [], marksComplete: true, title: "not for the frame" });
    assert.deepEqual(sent.at(-1), [1, { type: "marks", token: "t", key: "k", number: 1, view: { level: "danger", marks: [], marksComplete: true } }, { frameId: 7 }]);
  });

  test("only a host that the rules name may hold a body, and never a whole tab", () => {
    for (const frame of [{ ...inner, frameId: 0 }, { ...inner, url: "http://body.sandbox.example/" }, { ...inner, url: "https://evil.example/" }, { ...inner, url: "about:blank" }, { ...inner, url: "https://x.body.sandbox.example/" }]) {
      assert.throws(() => relay.join("t", "b", frame, webmails), FrameGone, frame.url);
    }
  });

  test("only a page of the same tab and the same webmail may have it", async () => {
    relay.join("t", "b", inner, webmails);
    for (const asker of [{ ...page, tabId: 2 }, { ...page, url: "https://mail.other.example/" }, { ...page, url: "https://plain.example/" }, inner]) {
      await assert.rejects(relay.body("t", asker, webmails), FrameGone, asker.url);
    }
    await assert.rejects(relay.body("another", page, webmails), FrameGone);
  });

  test("a frame that gives something else gives nothing", async () => {
    for (const answer of [undefined, null, "text", { html: 7, number: 1 }, { html: "a" }, { html: "x".repeat(10_000_001), number: 1 }]) {
      const odd = new Relay({ sendMessage: async () => answer });
      odd.join("t", "b", inner, webmails);
      await assert.rejects(odd.body("t", page, webmails), FrameGone);
    }
  });

  test("tells a frame what it is", () => {
    assert.deepEqual(bodyFrameFor(inner.url, webmails), { parents: ["www.cloud.example"], body: [".mail"] });
    assert.equal(bodyFrameFor(page.url, webmails), undefined);
  });
});

describe("the script in the frame", () => {
  /** @param {Partial<MessageEvent>} event */
  async function told(event) {
    const clock = new Clock();
    const { honmono, window, document } = openPage("<div class=mail><p>A mail.</p></div>", { url: inner.url, clock });
    const asked = [];
    const channel = { ask: async (request) => (asked.push(request), { ok: {} }), alive: () => true, open() {}, reopen() {}, close() {} };
    Object.defineProperty(window, "parent", { value: { the: "parent" }, configurable: true });
    /** @type {(event: any) => void} */
    let hear = () => {};
    window.addEventListener = (type, listener) => type === "message" && (hear = listener);
    const frame = honmono.bodyFrame({ document, channel, frame: { parents: ["www.cloud.example"], body: [".mail"] } });
    hear({ isTrusted: true, source: window.parent, origin: "https://www.cloud.example", data: { honmono: "token" }, ...event });
    await clock.pass(1000);
    const body = await frame.body("token");
    frame.stop();
    assert.deepEqual(asked.splice(0, 1).map((request) => ({ ...request })), [{ type: "arrived" }]);
    return { asked, body };
  }

  test("shows its parent's token, and hands over the body for it", async () => {
    const { asked, body } = await told({});
    assert.deepEqual(asked.map(({ type, token }) => ({ type, token })), [{ type: "join", token: "token" }]);
    assert.equal(body.html, "<p>A mail.</p>");
  });

  for (const [name, event] of Object.entries({
    "an event that a script made up": { isTrusted: false },
    "a message of another window": { source: {} },
    "a parent of another host": { origin: "https://evil.example" },
    "a parent without TLS": { origin: "http://www.cloud.example" },
    "a token that is none": { data: { honmono: 7 } },
    "no data": { data: null },
    "a very long token": { data: { honmono: "x".repeat(65) } },
  })) {
    test(`does not listen to ${name}`, async () => {
      const { asked, body } = await told(/** @type {any} */ (event));
      assert.deepEqual(asked, []);
      assert.equal(body, undefined);
    });
  }
});
