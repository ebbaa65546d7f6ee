// What a person does about a message: call its sender fine, open the guide or
// the report about it.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { caseOf, keepCase, readCase } from "../background/cases.js";
import { Deeds } from "../background/deeds.js";
import { senderOf, trust } from "../background/senders.js";
import { popupRequest, pageRequest } from "../background/shapes.js";

/** The browser's storage, in memory. */
function area() {
  /** @type {Record<string, any>} */
  const content = {};
  return {
    content,
    get: async (key) => (key === null ? { ...content } : key in content ? { [key]: content[key] } : {}),
    set: async (items) => void Object.assign(content, structuredClone(items)),
    remove: async (keys) => [keys].flat().forEach((key) => delete content[key]),
  };
}

describe("senders", () => {
  test("an address is one address, a domain is all of its own and no other's", () => {
    const trusted = ["me@fine.example", "shop.example"];
    const is = (address) => senderOf(address, trusted, ["me@fine.example"]);
    assert.deepEqual(is("Me@FINE.example"), { address: "me@fine.example", trusted: true, own: true });
    assert.equal(is("you@fine.example").trusted, false);
    assert.equal(is("news@mail.shop.example").trusted, true);
    assert.equal(is("news@shop.example").own, false);
    assert.equal(is("news@notshop.example").trusted, false, "label boundaries");
    assert.equal(is("news@shop.example.evil.example").trusted, false);
    for (const none of ["", undefined, "no address", "a@b@shop.example", "@shop.example"]) assert.equal(is(none), undefined, none);
  });

  test("fine, and back; the administrator's senders are not copied", async () => {
    let list = ["a@b.example"];
    const settings = { own: async () => ({ trustedSenders: list }), write: async (patch) => void (list = patch.trustedSenders) };
    await trust(settings, "New@Shop.example", true);
    await trust(settings, "new@shop.example", true);
    assert.deepEqual(list, ["a@b.example", "new@shop.example"]);
    await trust(settings, "new@SHOP.example", false);
    assert.deepEqual(list, ["a@b.example"]);
    await assert.rejects(trust(settings, "shop.example", true), /no address/);
  });
});

const message = {
  key: "k", frameId: 0, pending: false, level: "danger",
  mail: { subject: "要対応", from: { name: "Amazon", address: "x@y.example" } },
  view: { brand: "Amazon", title: "…", reasons: [{ symbol: "A", text: "why" }], official: { text: "look" }, report: { name: "Amazon", url: "mailto:a@b.example" } },
  verdict: {
    brand: "amazon",
    findings: [{ symbol: "BRAND_FOREIGN_LINK", weight: 4 }, { symbol: "LIST_MAIL", weight: -1 }],
    links: [{ host: "xn5.cn", level: "danger" }, { host: "xn5.cn", level: "caution" }, { host: "amazon.co.jp", level: "ok" }, { host: "", level: "danger" }],
  },
};

describe("cases", () => {
  test("a case is what was found, and not the mail", () => {
    const facts = caseOf(message, 7, 1000);
    assert.deepEqual(facts.symbols, ["BRAND_FOREIGN_LINK"]);
    assert.deepEqual(facts.hosts, ["xn5.cn"]);
    assert.deepEqual(facts.allHosts, ["xn5.cn", "amazon.co.jp"]);
    assert.equal(facts.rules, 7);
    assert.equal(facts.from.address, "x@y.example");
    // A message that could not be checked has a case all the same.
    assert.deepEqual(caseOf({ key: "k", frameId: 0, pending: false, level: "unknown" }, 0, 1).symbols, []);
  });

  test("ten are kept, the oldest goes", async () => {
    const session = area();
    session.content["tab:1"] = {};
    const ids = [];
    for (let at = 1; at <= 12; at++) ids.push(await keepCase(session, { ...caseOf(message, 1, at) }));
    assert.equal(await readCase(session, ids[1]), undefined);
    assert.equal((await readCase(session, ids[2])).at, 3);
    assert.equal(Object.keys(session.content).length, 11, "what is others' stays");
  });
});

describe("deeds", () => {
  function make(found) {
    const shown = [];
    const session = area();
    let list = [];
    const deeds = new Deeds({
      tabs: { message: async (tabId, frameId, key) => (tabId === 1 && frameId === 0 && key === "k" ? found : undefined) },
      session,
      settings: { own: async () => ({ trustedSenders: list }), write: async (patch) => void (list = patch.trustedSenders) },
      show: async (path) => shown.push(path),
      rules: async () => 7,
    });
    return { deeds, shown, session, list: () => list };
  }
  const place = { tabId: 1, frameId: 0, key: "k" };

  test("the page opens with the case of the message that was named", async () => {
    const { deeds, shown, session } = make(message);
    await deeds.open(place, "report");
    const [, path, id] = /^(report\/report\.html\?kind=report)#([\w-]+)$/.exec(shown[0]);
    assert.ok(path);
    assert.equal((await readCase(session, id)).subject, "要対応");
    await deeds.open(place, "guide");
    assert.match(shown[1], /^guide\/guide\.html\?kind=guide#/);
  });

  test("a message that is gone opens the page without one", async () => {
    const { deeds, shown, session } = make(message);
    await deeds.open({ ...place, key: "other" }, "guide");
    assert.deepEqual(shown, ["guide/guide.html"]);
    assert.deepEqual(session.content, {});
  });

  test("whose address is trusted is not for the page to say", async () => {
    const { deeds, list } = make(message);
    await deeds.trust(place, true);
    assert.deepEqual(list(), ["x@y.example"]);
    await assert.rejects(deeds.trust({ ...place, key: "other" }, true), /no open message/);
    await deeds.trust(place, false);
    assert.deepEqual(list(), []);
  });

  test("requests are what they should be, or none", () => {
    assert.deepEqual(pageRequest({ type: "open", page: "guide", key: "k", url: "https://x.example" }), { type: "open", page: "guide", key: "k" });
    assert.deepEqual(pageRequest({ type: "trust", trusted: true, key: "k", address: "a@b.example" }), { type: "trust", key: "k", trusted: true });
    assert.deepEqual(popupRequest({ type: "openCase", page: "missed", tabId: 1, frameId: 0, key: "k" }), { type: "openCase", page: "missed", tabId: 1, frameId: 0, key: "k" });
    for (const bad of [{ type: "open", page: "options", key: "k" }, { type: "open", page: "guide" }, { type: "trust", key: "k", trusted: 1 }, { type: "openCase", page: "guide", tabId: 1, frameId: 0, key: "k" }]) {
      assert.throws(() => pageRequest(bad), /no /);
    }
    assert.throws(() => popupRequest({ type: "trustSender", tabId: "1", frameId: 0, key: "k", trusted: true }), /no integer/);
  });
});
